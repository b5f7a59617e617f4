"""The benchmark of growth: what is put together, carried on, and written."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from tests.counting import CountingEmbedder
from tests.evals.bench.machine import Machine
from tests.evals.bench.results import Section, Table, plain
from tests.evals.bench.scale_curves import MEASURES, Curve, curves
from tests.evals.bench.scale_report import BEGIN, END, write_scale
from tests.evals.bench.scale_texts import Text, grown
from tests.evals.bench.scale_vectors import PutTogether

from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.embedding.types import PassageInput

_PASSAGES = (1_000, 10_000, 100_000)
_P95 = MEASURES[2]


def _section(values: Mapping[str, tuple[float, float, float]]) -> Section:
    """A section in which every measure grows as it is said, by its column; else it stands at 1."""
    tables: dict[str, Table] = {}
    columns = {(one.table, one.column) for one in MEASURES} | {("ingest", "load")}
    for table, column in sorted(columns | {("disk", part) for part in _DISK}):
        for at, passages in enumerate(_PASSAGES):
            value = values.get(column, (1.0, 1.0, 1.0))[at]
            row = tables.setdefault(table, {}).setdefault(f"{passages:,}", {})
            row[column] = plain(value)
            if table == "ingest":
                row["passages"] = plain(passages)
    return Section(
        name="scale",
        machine=Machine(processor="p", cores=2, memory_gb=8, system="s", python="3", packages={}),
        taken_at=datetime(2026, 1, 2, tzinfo=UTC),
        seconds=60,
        load=0.1,
        tables=tables,
    )


_DISK = ("index.sqlite", "chroma", "vectors", "words")


def test_texts_are_the_real_ones_first_then_new_ones_of_their_sentences() -> None:
    texts = {
        name: [Text(document_id=f"{name}/{n}", title=f"T{n}", text="x") for n in range(4)]
        for name in ("jsquad_valid", "mtrag_un_s")
    }
    sentences = {
        one.document_id: [f"{one.document_id}-{k}." for k in range(4)]
        for each in texts.values()
        for one in each
    }
    taken = list(islice(grown(texts, sentences), 20))
    assert {one.document_id for one in taken[:8]} == sentences.keys()
    made = taken[8:]
    assert all(one.is_made for one in made)
    assert len({one.text for one in made}) == len(made), "no text twice"
    for one in made:
        known = [words for each in sentences.values() for words in each if words in one.text]
        assert len(known) == 4
        assert (" " in one.text) == ("mtrag" in one.text), "Japanese sentences are not spaced"
    assert list(islice(grown(texts, sentences), 20)) == taken, "the same every time"


def test_a_passage_of_known_sentences_gets_their_mean_by_length() -> None:
    embedder = HashingEmbedder(64)
    words = ["Rain falls on soil.", "It is measured each hour of the day in every field."]
    known = {one: embedder.embed_query(one) for one in words}
    text = " ".join(words)
    spans = ((0, len(words[0])), (len(words[0]) + 1, len(text)))
    together = PutTogether(embedder, embedder, known)
    ((position, found),) = together.embed_passages([PassageInput(text=text, spans=spans)])
    assert position == 0
    expected = sum(known[one] * len(one) for one in words)
    assert np.allclose(found.vector, expected / np.linalg.norm(expected), atol=1e-6)
    assert np.allclose(found.sentences, np.stack([known[one] for one in words]))
    assert (together.made, together.asked) == (1, 0)


def test_an_unknown_sentence_is_known_by_its_beginning_or_left_to_the_model() -> None:
    embedder = HashingEmbedder(64)
    known = {"Rain falls on soil.": embedder.embed_query("Rain falls on soil.")}
    together = PutTogether(embedder, embedder, known)
    joined = PassageInput(text="Rain falls on soil. Hail", spans=((0, 24),))
    strange = PassageInput(text="Nobody knows this.", spans=((0, 18),))
    found = dict(together.embed_passages([strange, joined]))
    assert np.allclose(found[1].vector, known["Rain falls on soil."])
    assert np.allclose(found[0].vector, next(embedder.embed_passages([strange]))[1].vector)
    assert (together.made, together.asked) == (1, 1)


def test_the_model_embeds_some_of_each_batch_for_comparison() -> None:
    embedder = HashingEmbedder(64)
    known = {"Rain falls on soil.": embedder.embed_query("Rain falls on soil.")}
    strange = PassageInput(text="Nobody knows this.", spans=((0, 18),))
    joined = PassageInput(text="Rain falls on soil. Hail", spans=((0, 24),))
    model = CountingEmbedder(HashingEmbedder(64))
    together = PutTogether(embedder, model, known)
    dict(together.embed_passages([strange]))
    assert (together.sampled.passages, together.sampled.cosines) == (1, [])
    dict(together.embed_passages([joined, *([strange] * 48)]))
    assert together.sampled.passages == len(model.texts) == 1 + 3
    (cosine,) = together.sampled.cosines
    assert 0 < cosine < 1
    assert 0 < together.sampled.seconds < together.seconds


def test_a_curve_is_carried_on_from_its_two_largest_sizes() -> None:
    curve = Curve(measure=_P95, passages=_PASSAGES, values=(20.0, 30.0, 75.0))
    assert curve.slope == pytest.approx(45 / 90_000)
    assert curve.at(1_000_000) == pytest.approx(75 + 450)
    assert curve.reaches == pytest.approx(150_000)
    assert curve.is_met is True
    assert replace(curve, values=(1.0, 2.0, 101.0)).is_met is False
    falling = replace(curve, values=(20.0, 30.0, 25.0))
    assert (falling.at(10_000_000), falling.reaches) == (25.0, None)


def test_adding_is_held_to_its_bound_at_every_size() -> None:
    found = curves(_section({"ratio": (1.3, 1.1, 1.1)}))
    (ratio,) = [one for one in found if one.measure.column == "ratio"]
    assert ratio.is_met is False
    assert [one.is_met for one in curves(_section({})) if one.measure.most] == [True] * 13


needs_plots = pytest.mark.skipif(
    find_spec("matplotlib") is None, reason="matplotlib is installed by `make bench` alone"
)


@needs_plots
def test_only_the_part_between_the_marks_is_written(tmp_path: Path) -> None:
    page, picture = tmp_path / "scale.md", tmp_path / "img" / "scale.svg"
    page.write_text(f"# Before\n\n{BEGIN}\nstale\n{END}\n\nAfter.\n", encoding="utf-8")
    section = _section({"p95, ms": (20, 40, 130), "of that after publishing, s": (1, 2, 3)})
    write_scale(section, page, picture)
    written = page.read_text(encoding="utf-8")
    assert written.startswith("# Before\n")
    assert written.endswith(f"{END}\n\nAfter.\n")
    assert "stale" not in written
    assert "| exact: warm answer, p95 ms, at 100,000 | 100 | 130 | **not met** |" in written
    assert "280,000" in written, "where a new generation takes five seconds"
    assert "(img/scale.svg)" in written
    drawn = picture.read_bytes()
    write_scale(section, page, picture)
    assert page.read_text(encoding="utf-8") == written
    assert picture.read_bytes() == drawn, "the same figures give the same file"


@needs_plots
@pytest.mark.parametrize(("loads", "is_said"), [((3.0, 4.0, 9.0), True), ((0.1, 1.0, 3.0), False)])
def test_figures_of_a_busy_machine_are_called_so(
    loads: tuple[float, float, float], is_said: bool, tmp_path: Path
) -> None:
    page = tmp_path / "scale.md"
    page.write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
    write_scale(_section({"load": loads}), page, tmp_path / "scale.svg")
    assert ("busy with other work" in page.read_text(encoding="utf-8")) is is_said


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "scale.md"
    page.write_text("# Mine\n")
    with pytest.raises(ValueError, match="no part between"):
        write_scale(_section({}), page, tmp_path / "scale.svg")
    assert page.read_text() == "# Mine\n"
