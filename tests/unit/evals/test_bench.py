"""The parts of the benchmark that decide what a figure means."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.evals.bench import floors, report
from tests.evals.bench.__main__ import main
from tests.evals.bench.floors import FLOORS, verdicts
from tests.evals.bench.indexes import KeptVectors
from tests.evals.bench.languages import crossing, targets
from tests.evals.bench.large import large_targets
from tests.evals.bench.machine import Machine, this_machine
from tests.evals.bench.markdown import measured_table, number, shown, table
from tests.evals.bench.results import Measured, Section, Table, keep, kept
from tests.evals.bench.timing import median_of, quantile_of, ratio_of

from aspire_bot.evaluation.cases import Case
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.embedding.types import EmbeddedPassage, PassageInput
from aspire_ingest.index.store.cache import IngestCache

MACHINE = Machine(
    processor="a processor", cores=2, memory_gb=8, system="a system", python="3.11", packages={}
)


def section(name: str, tables: dict[str, Table]) -> Section:
    return Section(
        name=name,
        machine=MACHINE,
        taken_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        seconds=60.0,
        load=0.5,
        tables=tables,
    )


def case(lang: str, *files: str, answerable: bool = True) -> Case:
    return Case(id="q", question="?", lang=lang, source_files=files, answerable=answerable)


def test_crossing_asks_only_what_the_other_language_answers() -> None:
    both, own = case("en", "a-en.md", "a-ja.md"), case("en", "b-en.md")
    other, japanese = case("en", "c-ja.docx"), case("ja", "a-ja.md", "a-en.md")
    none = case("en", "d-ja.md", answerable=False)

    found = crossing([both, own, other, japanese, none], "en")

    assert found.cases == (both, other)
    assert found.left_out == {"a-en.md"}
    assert crossing([both, japanese], "ja").left_out == {"a-ja.md"}


def test_what_is_left_out_is_not_indexed_and_all_else_is(tmp_path: Path) -> None:
    for path in ("corpus/pages/a-en.md", "corpus/pages/a-ja.md", "corpus/distractors/x-en.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / "corpus/guidelines").mkdir()

    names = [Path(target).name for target in targets(frozenset({"a-en.md"}), tmp_path)]

    assert names == ["corpus.jsonl", "corpus.jsonl", "a-ja.md", "x-en.md"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.9664, ".966"),
        (0.0, ".000"),
        (1.034, "1.03"),
        (2.5, "2.50"),
        (23.46, "23.5"),
        (1832, "1,832"),
    ],
)
def test_numbers_keep_three_digits(value: float, written: str) -> None:
    assert number(value) == written


def test_shares_show_their_counts_and_other_figures_their_number() -> None:
    one = Measured(value=27 / 29, n=29, low=0.8276, high=1.0)
    assert shown(one, "right_and_cited") == "93.1 % (27/29; 82.8–100 %)"
    assert shown(one, "nDCG@10") == ".931 (.828–1.00; n=29)"
    assert shown(Measured(value=2.0, n=1)) == "2.00"
    assert shown(Measured(value=2.0, n=1), "files") == "2"


def test_a_table_leaves_out_columns_that_no_row_has() -> None:
    rows: Table = {"one": {"a": Measured(value=1.5, n=1)}, "two": {}}
    written = measured_table("x", rows, {"a": "A", "b": "B"})
    assert written == "| x | A |\n| --- | --- |\n| one | 1.50 |\n| two |  |"
    assert table(("h",), [("c",)]) == "| h |\n| --- |\n| c |"


def test_ratios_are_of_medians_and_their_intervals_keep_the_turns_together() -> None:
    found = ratio_of([2.0, 4.0, 100.0], [1.0, 2.0, 4.0])
    assert (found.value, found.n) == (2.0, 3)
    assert (found.low, found.high) == (2.0, 25.0)


def test_quantiles_lie_inside_their_intervals() -> None:
    times = [float(n) for n in range(101)]
    assert median_of(times).value == 50.0
    high = quantile_of(times, 0.95)
    assert high.value == 95.0
    assert high.low is not None
    assert high.high is not None
    assert 80 < high.low < 95 < high.high <= 100


def held(value: float, other: float) -> dict[str, Section]:
    """Every figure that a floor names, at one value; those to be exceeded at another."""
    tables: dict[str, dict[str, Table]] = {}
    for floor in FLOORS:
        if floor.above:
            name, of, row, column = floor.above
            put(tables, name, of, row, column, other)
    for floor in FLOORS:
        put(tables, floor.section, floor.table, floor.row, floor.column, value)
    return {name: section(name, found) for name, found in tables.items()}


def put(
    tables: dict[str, dict[str, Table]], name: str, of: str, row: str, column: str, value: float
) -> None:
    rows = tables.setdefault(name, {}).setdefault(of, {})
    rows.setdefault(row, {})[column] = Measured(value=value, n=1)


def test_floors_are_met_from_their_limit_on() -> None:
    for one in verdicts(held(1.0, 0.5)):
        floor = one.floor
        limit = one.limit
        assert limit is not None
        if floor.above is not None:
            assert one.is_met is (limit < 1.0)
        elif floor.most is not None:
            assert one.is_met is (limit >= 1.0)
        else:
            assert one.is_met is (limit <= 1.0)


def test_to_exceed_a_figure_is_more_than_to_reach_it() -> None:
    assert not any(one.is_met for one in verdicts(held(0.5, 0.5)) if one.floor.above)


def test_what_was_not_measured_is_not_met_and_not_failed() -> None:
    assert {one.is_met for one in verdicts({})} == {None}


def test_every_floor_names_a_place_of_its_own() -> None:
    places = [(f.section, f.table, f.row, f.column, f.above) for f in FLOORS]
    assert len(set(places)) == len(FLOORS)
    for floor in floors.FLOORS:
        assert [floor.least, floor.most, floor.above].count(None) == 2


def test_sections_come_back_as_they_were_kept(tmp_path: Path) -> None:
    one = section("speed", {"starts": {"ask": {"s": Measured(value=1.5, n=7, low=1.0, high=2.0)}}})
    keep(one, tmp_path)
    assert kept("speed", tmp_path) == one
    assert kept("quality", tmp_path) is None


def test_a_page_without_figures_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "kept", dict[str, Section]().get)
    page = report.write_report(tmp_path / "page.md", tmp_path / "img" / "picture.png")
    written = page.read_text("utf-8")
    assert "Not measured yet: quality, peers, speed" in written
    assert f"0 of {len(FLOORS)} floors" in written


def test_without_the_sets_it_says_where_to_put_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASPIRE_SHARED", str(tmp_path))
    assert main(["quality"]) == 2
    assert "ASPIRE_SHARED" in capsys.readouterr().err
    assert main(["qualities"]) == 2
    assert "qualities" in capsys.readouterr().err


def test_this_machine_is_named() -> None:
    machine = this_machine()
    assert machine.cores >= 1
    assert machine.memory_gb > 0
    assert machine.processor


class CountingEmbedder(HashingEmbedder):
    """Counts the passages it embeds."""

    def __init__(self) -> None:
        super().__init__(8)
        self.embedded = 0

    def embed_passages(
        self, inputs: Sequence[PassageInput]
    ) -> Iterator[tuple[int, EmbeddedPassage]]:
        self.embedded += len(inputs)
        return super().embed_passages(inputs)


def test_known_vectors_are_not_embedded_again() -> None:
    counting = CountingEmbedder()
    texts = ["one", "two", "three"]
    with IngestCache.in_memory() as cache:
        first = _vectors(KeptVectors(counting, cache), texts[:2])
        second = _vectors(KeptVectors(counting, cache), texts)
    assert counting.embedded == 3
    assert sorted(second) == [0, 1, 2]
    for position, text in enumerate(texts):
        np.testing.assert_allclose(second[position], _vectors(counting, [text])[0], atol=1e-6)
    np.testing.assert_allclose(first[1], second[1])


def _vectors(
    embedder: KeptVectors | CountingEmbedder, texts: Sequence[str]
) -> dict[int, NDArray[np.float32]]:
    inputs = [PassageInput(text=text) for text in texts]
    return {position: one.vector for position, one in embedder.embed_passages(inputs)}


def test_the_large_index_has_no_text_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.evals.bench.large.FOLDER", tmp_path)
    monkeypatch.setattr("tests.evals.bench.large._TEXTS", 100)
    for name in ("jsquad_valid", "mtrag_un_s", "nomiracl_en_s", "nomiracl_ja_s"):
        folder = tmp_path / "bench" / name
        folder.mkdir(parents=True)
        lines = [
            {"id": str(n), "title": "T", "text": " ".join(f"{name} {n} {m}." for m in range(6))}
            for n in range(10)
        ]
        (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")

    file = Path(large_targets(tmp_path)[0])

    texts = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert 90 < len(texts) <= 100
    assert len({one["id"] for one in texts}) == len(texts)
    assert len({one["text"] for one in texts}) == len(texts)
    assert file.read_bytes() == Path(large_targets(tmp_path)[0]).read_bytes()
