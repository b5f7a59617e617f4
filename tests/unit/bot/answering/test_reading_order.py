"""Which passages are read first, and that none is left out for the rank of its sum."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import EMBEDDER, evidence, index, info

from aspire_bot.answering.clock import Clock
from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.message.query.rewrite import Rewriter
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_bot.answering.quotes.calibration import shipped_calibration
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.order import in_reading_order
from aspire_bot.answering.reader.read import FIRST_READ, FURTHER_READ, MOST_READ
from aspire_bot.answering.reader.types import Reading
from aspire_bot.answering.search.retrieve import HybridRetriever
from aspire_bot.answering.search.search import Bands, Scoring, Search
from aspire_bot.answering.types import Question
from aspire_ingest.index.text.analysis import analyze

REWRITER = Rewriter(load_glossary(None, analyze), Spelling())


def _sentence(passage_id: str, document_id: str = "d", **measured: float) -> Evidence:
    one = evidence(passage_id, info(document_id), passage_id=passage_id, measured=measured)
    score = measured.get("passage_score", 0.0)
    return replace(one, passage=replace(one.passage, score=score))


@pytest.mark.parametrize(
    ("weights", "first"),
    [
        ({"passage_score": 1.0}, "a"),
        ({"document_score": 1.0, "similarity": 0.1}, "b"),
        ({"similarity": 1.0}, "c"),
        ({"sentences": -1.0, "covered_around": 0.1}, "c"),
    ],
)
def test_the_passage_that_answers_most_likely_comes_first(
    weights: Mapping[str, float], first: str
) -> None:
    found = [
        _sentence("a", "d1", passage_score=0.9),
        _sentence("a", "d1", passage_score=0.9, similarity=0.2),
        _sentence("b", "d1", passage_score=0.1, similarity=0.5),
        _sentence("c", "d2", passage_score=0.5, similarity=0.8, covered_around=0.3),
    ]
    order = in_reading_order(found, LinearModel(weights=weights), "en")
    assert order[0].text == first
    assert sorted(one.text for one in order) == ["a", "a", "b", "c"]
    of_a = [one.signals.similarity for one in order if one.text == "a"]
    assert of_a == [0.0, 0.2], "within a passage they stay as they are"


def test_other_languages_are_at_most_half_of_what_is_read_first() -> None:
    def named(name: str, language: str, score: float) -> Evidence:
        one = evidence(name, info(name, language=language), passage_id=name)
        return replace(one, signals=replace(one.signals, similarity=score))

    found = [named(f"ja{n}", "ja", 1.0 - n / 10) for n in range(4)]
    found += [named(f"en{n}", "en", 0.5 - n / 10) for n in range(2)]
    order = in_reading_order(found, LinearModel(weights={"similarity": 1.0}), "en")
    assert [one.text for one in order] == ["en0", "ja0", "en1", "ja1", "ja2", "ja3"]
    order = in_reading_order(found, LinearModel(weights={"similarity": 1.0}), "ja")
    assert [one.text for one in order] == ["ja0", "ja1", "ja2", "ja3", "en0", "en1"]
    own_language = in_reading_order(found[:3], LinearModel(weights={"similarity": 1.0}), "en")
    assert [one.text for one in own_language] == ["ja0", "ja1", "ja2"], "nothing is left out"
    foreign = in_reading_order(
        found[:1] + found[4:], LinearModel(weights={"is_foreign": -1.0}), "en"
    )
    assert foreign[-1].text == "ja0"


def test_what_is_shipped_prefers_what_names_and_resembles_the_question() -> None:
    order = shipped_calibration().order
    alike = {"passage_score": 0.5, "is_current": 1.0}
    for name in ("passage_similarity", "similarity", "covered_around"):
        found = [_sentence("b", "d1", **alike), _sentence("a", "d2", **{**alike, name: 0.5})]
        assert in_reading_order(found, order, "en")[0].text == "a", name


def test_the_best_by_vectors_alone_is_kept_behind_the_best_of_the_sum() -> None:
    # Its words are none of the question's, so that thirty pages that name them go before it.
    pages = [f"Fee number {n} of the hall is posted at the door of the hall." for n in range(30)]
    held = index(*pages, "Rent of rooms: ask the desk.")
    asked = REWRITER.rewrite(Question(text="What is the fee of the hall?"), held)
    page, rent = (held.vectors([held.passages_of(name)[0].passage_id])[0] for name in ("d0", "d30"))
    vector = 0.45 * page + 0.55 * rent
    order = HybridRetriever(EMBEDDER).retrieve(asked, vector, held, k=5)
    assert "d30" in [entry.document.document_id for entry in order]
    assert [entry.rank for entry in order] == list(range(1, len(order) + 1))
    assert [entry.score for entry in order] == sorted(
        (entry.score for entry in order), reverse=True
    )


@pytest.mark.parametrize(("own", "abroad"), [(30, 5), (2, 8), (0, 10)])
def test_other_languages_take_half_of_a_ranking_or_what_is_left(own: int, abroad: int) -> None:
    pages = [(f"KAIの会費{n}円は会員が払う。", info(f"j{n}", language="ja")) for n in range(30)]
    held = index(*(f"Lamp {n} is lit." for n in range(own)), *pages)
    asked = REWRITER.rewrite(Question(text="What does KAI cost?"), held)
    vector = held.vectors([held.passages_of("j7")[0].passage_id])[0]
    order = HybridRetriever(EMBEDDER).retrieve(asked, vector, held, k=10)
    languages = [entry.document.language for entry in order[:10]]
    assert languages.count("ja") == abroad
    assert [entry.rank for entry in order] == list(range(1, len(order) + 1))


class _Listener:
    """Reads nothing into what it is given; keeps what came first."""

    def __init__(self) -> None:
        self.first: list[str] = []

    def read(self, question: ReaderText, passages: Sequence[ReaderText]) -> Sequence[Reading]:
        self.first = self.first or [one.text for one in passages]
        return [Reading(sentences=(-4.0,) * len(one.spans), passage=-4.0) for one in passages]


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_search_reads_in_the_order_that_was_learnt(sign: float) -> None:
    texts = [f"Fee number {n} of the hall is paid." for n in range(FIRST_READ)]
    held = index(*texts, *(f"Rent {n} of rooms is paid at the desk." for n in range(FIRST_READ)))
    order = LinearModel(weights={"covered_around": sign})
    listener = _Listener()
    scoring = Scoring(
        calibration=replace(shipped_calibration(), order=order),
        bands=Bands(answer_from=0.5, sure_from=0.5),
        reader=listener,
    )
    search = Search(
        retriever=HybridRetriever(EMBEDDER),
        scoring=scoring,
        reranker=None,
        clock=Clock(),
    )
    asked = REWRITER.rewrite(Question(text="What is the fee of the hall?"), held)
    search.read(search.rank(asked, held), held)
    assert [("hall" in text) for text in listener.first] == [sign > 0] * FIRST_READ


class _Sure(_Listener):
    """A reader that finds an answer in everything, and counts what it is asked to read."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def read(self, question: ReaderText, passages: Sequence[ReaderText]) -> Sequence[Reading]:
        self.count += len(passages)
        return [Reading(sentences=(9.0,) * len(one.spans), passage=9.0) for one in passages]


@pytest.mark.parametrize(
    ("reads_on", "count"), [(False, FIRST_READ + FURTHER_READ), (True, MOST_READ)]
)
def test_reading_ends_where_the_first_passages_answer(reads_on: bool, count: int) -> None:
    held = index(*(f"Fee number {n} of the hall is paid." for n in range(MOST_READ + 4)))
    reader = _Sure()
    scoring = Scoring(
        calibration=shipped_calibration(),
        bands=Bands(answer_from=0.5, sure_from=0.5),
        reader=reader,
        reads_on=reads_on,
    )
    search = Search(
        retriever=HybridRetriever(EMBEDDER), scoring=scoring, reranker=None, clock=Clock()
    )
    asked = REWRITER.rewrite(Question(text="What is the fee of the hall?"), held)
    search.read(search.rank(asked, held), held)
    side_by_side = 1
    assert reader.count == count + side_by_side
