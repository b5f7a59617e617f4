"""The benchmark of growth in its short form: to a thousand passages, with vectors by spelling."""

from pathlib import Path

import pytest
from tests.evals.bench import indexes, scale, scale_asking, scale_texts
from tests.evals.sets import shared_folder

from aspire_ingest.index.generations import Home, current_number


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
    said: list[str] = []

    tables = scale.measure_scale(shared.resolve(), said.append, (300, 1_000), "hashing/64")

    assert list(tables) == list(scale.TABLES)
    assert all(list(rows) == ["300", "1,000"] for rows in tables.values())
    for size, row in tables["ingest"].items():
        assert row["passages"].value == pytest.approx(int(size.replace(",", "")), rel=0.15)
        assert row["ratio"].value > 1.0
    for small, large in (tables["disk"].values(), tables["ingest"].values()):
        for column in ("all", "passages"):
            if column in small:
                assert small[column].value < large[column].value
    assert 50 < tables["memory"]["1,000"]["resident, MB"].value < 2_000
    assert tables["answers"]["1,000"]["en p50, ms"].n + 12 < 200
    for row in tables["change"].values():
        assert 0 < row["of that after publishing, s"].value < row["add to answer, s"].value
    assert current_number(Home(tmp_path / "homes" / "scale")) == 4, "two sizes, one change at each"
