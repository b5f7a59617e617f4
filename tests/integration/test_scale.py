"""The benchmark of growth in its short form: to a thousand passages, with vectors by spelling."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.evals.bench import indexes, scale, scale_asking, scale_texts
from tests.evals.sets import shared_folder

from aspire_ingest.index.generations.home import Home, current_number

_ORIGINALS = scale_texts.originals


def _few(shared: Path) -> dict[str, list[scale_texts.Text]]:
    """The first texts of each set: indexing them all takes most of a minute."""
    return {name: texts[:60] for name, texts in _ORIGINALS(shared).items()}


Measure = Callable[..., Mapping[str, Any]]


def _once_grown(measure: Measure) -> Measure:
    """Measure the programs at the last size alone: starting them takes half a minute a size."""

    def measured(home: Path, *rest: object) -> Mapping[str, Any]:
        return {} if current_number(Home(home)) == 1 else measure(home, *rest)

    return measured


def test_an_index_grows_and_a_bot_follows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = shared_folder()
    if shared is None:
        pytest.skip("the question sets are not on this machine: ASPIRE_SHARED names their folder")
    for module in (scale_asking, scale_texts, indexes):
        monkeypatch.setattr(module, "FOLDER", tmp_path)
    for module in (indexes, scale):
        monkeypatch.setattr(module, "HOMES", tmp_path / "homes")
    monkeypatch.setattr(scale_asking, "_CHANGES", 1)
    monkeypatch.setattr(scale_asking, "_STARTS", 1)
    monkeypatch.setattr(scale_texts, "PUBLIC", ("jsquad_valid", "nomiracl_en_s"))
    monkeypatch.setattr(scale_asking, "_QUESTIONS_OF_A_SET", 15)
    monkeypatch.setattr(scale, "originals", _few)
    # how an index grows and is followed: reading costs a bot the same whatever its size
    monkeypatch.setenv("ASPIRE_READER", "none")
    for name in ("measure_start", "measure_bot"):
        monkeypatch.setattr(scale, name, _once_grown(getattr(scale, name)))

    sizes = (100, 500)  # texts of the sets, and then made ones
    tables = scale.measure_scale(shared.resolve(), lambda _what: None, sizes, "hashing/64")

    assert list(tables) == list(scale.TABLES)
    assert list(tables["ingest"]) == list(tables["disk"]) == ["100", "500"]
    assert all(rows["500"] for rows in tables.values())
    for size, row in tables["ingest"].items():
        assert row["passages"].value == pytest.approx(int(size.replace(",", "")), rel=0.15)
        assert row["ratio"].value > 1.0
    assert tables["ingest"]["100"]["of made texts, %"].value == 0.0
    assert tables["ingest"]["500"]["of made texts, %"].value > 50.0
    small, large = tables["disk"].values()
    assert all(3 * small[part].value < large[part].value for part in ("all", "index.sqlite"))
    assert 50 < tables["memory, chroma"]["500"]["resident, MB"].value < 2_000
    assert tables["answers, exact"]["500"]["p95, ms"].n == 2 * 15 - 12, "the first warm the bot up"
    for row in (*tables["change, exact"].values(), *tables["change, chroma"].values()):
        assert 0 < row["of that after publishing, s"].value < row["add to answer, s"].value
    assert current_number(Home(tmp_path / "homes" / "scale")) == 4, "two sizes, two changes"
