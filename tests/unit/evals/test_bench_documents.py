"""Pages and files a second of each format: what is counted, and how it is reported."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.evals.bench import documents, report
from tests.evals.bench.document_rates import Read, measure_rates, rates
from tests.evals.bench.documents import measure_documents
from tests.evals.bench.machine import this_machine
from tests.evals.bench.results import Section, Table
from tests.evals.documents.collection import available
from tests.evals.documents.office import CASES
from tests.evals.documents.readers import OURS, READERS


class Clock:
    """Seconds of the processor, as files spend them."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def file(self, *seconds: float, pages: int = 0, characters: int) -> Read:
        spent: Iterator[float] = iter(seconds)

        def read_one() -> tuple[int, int]:
            self.now += next(spent)
            return pages, characters

        return read_one


def test_rates_are_of_all_files_of_a_format_by_turn() -> None:
    clock = Clock()
    files = {
        "pdf": [
            clock.file(9.0, 1.0, 0.5, 4.0, pages=3, characters=200),
            clock.file(9.0, 1.0, 0.5, 4.0, pages=1, characters=600),
        ],
        "html": [clock.file(9.0, 0.25, 0.25, 0.25, characters=100)],
    }
    found = rates(files, turns=3, seconds=clock)
    assert {name: one.value for name, one in found["pdf"].items()} == {
        "files": 2,
        "pages a second": 2.0,
        "files a second": 1.0,
        "characters a second": 400.0,
    }
    assert {name: one.value for name, one in found["html"].items()} == {
        "files": 1,
        "files a second": 4.0,
        "characters a second": 400.0,
    }
    assert found["pdf"]["pages a second"].n == 3


def some_files() -> tuple[list[str], Table]:
    """A PDF file and one of each other format, and one that is refused."""
    kinds = list(dict.fromkeys(case.kind for case in CASES))
    cases = [next(case for case in CASES if case.kind == kind and case.shown) for kind in kinds]
    refused = next(case for case in CASES if not case.shown)
    return kinds, measure_rates(available()[:1], [*cases, refused])


def test_every_format_is_read_and_none_that_is_refused() -> None:
    kinds, found = some_files()
    assert list(found) == ["pdf", *kinds]
    assert all(row["files"].value == 1 for row in found.values())
    assert all(row["characters a second"].value > 0 for row in found.values())
    assert [kind for kind, row in found.items() if "pages a second" in row] == ["pdf"]


def test_the_section_measures_them_and_the_page_shows_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "READERS", {OURS: READERS[OURS]})
    kinds = {sample.kind: sample for sample in available()}
    monkeypatch.setattr(documents, "available", lambda: list(kinds.values()))
    monkeypatch.setattr(documents, "CASES", CASES[:2])
    tables = measure_documents(tmp_path, lambda _: None)
    assert list(tables["rates"]) == ["pdf", "docx"]
    written = page_of(tables, tmp_path, monkeypatch)
    assert "| format | files | pages a second | files a second | characters a second |" in written
    assert f"| pdf | {len(kinds)} |" in written
    assert "| docx | 2 |  | " in written
    assert "a second" not in page_of({**tables, "rates": {}}, tmp_path, monkeypatch)


def page_of(tables: dict[str, Table], folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    section = Section(
        name="documents",
        machine=this_machine(),
        taken_at=datetime(2026, 1, 2, tzinfo=UTC),
        seconds=1.0,
        load=0.0,
        tables=tables,
    )
    monkeypatch.setattr(report, "kept", {"documents": section}.get)
    return report.write_report(folder / "page.md", folder / "img" / "p.png").read_text("utf-8")
