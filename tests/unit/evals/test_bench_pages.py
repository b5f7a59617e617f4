"""The console's pages, timed over a small state and a small index."""

from pathlib import Path

import pytest
from tests.evals.bench.pages import SLOWEST, Sizes, chosen_sizes, measure_pages


def test_every_page_is_asked_for_over_an_index_that_is_made_once(tmp_path: Path) -> None:
    said: list[str] = []
    sizes = Sizes(answers=120, passages=40)
    homes = tmp_path / "homes"
    measure_pages(sizes, tmp_path, said.append, homes=homes, times=2)
    tables = measure_pages(sizes, tmp_path, said.append, homes=homes, times=2)
    rows = tables["pages"]
    assert len(rows) > 12
    assert rows[SLOWEST]["p95, ms"].value == max(row["p95, ms"].value for row in rows.values())
    assert {row["p50, ms"].n for row in rows.values()} == {2}
    assert tables["size"]["kept"]["passages"].value == 40
    assert sum("an index of 40 passages" in one for one in said) == 1


def test_the_sizes_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen_sizes() == Sizes(answers=50_000, passages=100_000)
    monkeypatch.setenv("ASPIRE_BENCH_PASSAGES", "300")
    monkeypatch.setenv("ASPIRE_BENCH_ANSWERS", "200")
    assert chosen_sizes() == Sizes(answers=200, passages=300)
