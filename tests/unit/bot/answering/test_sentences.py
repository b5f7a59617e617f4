"""The sentences of ranked passages, what is measured of them, and which passages are read first."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import EMBEDDER, index, info, query, query_term

from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.reader.order import passages_of
from aspire_bot.answering.search.sentences import SentenceQuery, sentences_of
from aspire_bot.answering.types import ScoredPassage

_TEXTS = (
    "The office moves in May. Nobody asked why.",
    "Travel of students is paid. Lodging is not.",
    "# Travel\n\nOnly students are meant.",
)


def _sentences(asked: Query, *texts: str) -> Sequence[Evidence]:
    made = index(*((text, info(f"d{n}")) for n, text in enumerate(texts)))
    ranking = [
        ScoredPassage(passage=passage, document=document, score=1.0 - rank / 100, rank=rank)
        for rank, document in enumerate(made.documents().values(), start=1)
        for passage in made.passages_of(document.document_id)
    ]
    vector = EMBEDDER.embed_query(asked.text)
    return sentences_of(SentenceQuery(query=asked, vector=vector, outdated={}), ranking, made)


def test_every_sentence_of_the_passages_with_what_it_and_its_passage_name() -> None:
    asked = query("Is travel of students paid?", query_term("travel"), query_term("students"))
    found = {one.text: one.signals for one in _sentences(asked, *_TEXTS)}
    assert found["Travel of students is paid."].covered == 1.0
    assert found["Lodging is not."].covered == 0.0
    assert found["Lodging is not."].covered_around == 1.0
    assert found["Only students are meant."].covered == 0.5
    assert found["Only students are meant."].covered_around == 1.0, "the heading names the rest"
    assert found["Nobody asked why."].covered_around == 0.0


def test_what_came_before_counts_for_the_passage_alone() -> None:
    asked = query("And students?", query_term("students"), query_term("travel", inherited=True))
    found = {one.text: one.signals for one in _sentences(asked, *_TEXTS)}
    assert found["Only students are meant."].covered == 1.0
    assert found["Travel of students is paid."].covered_around == 1.0


def test_passages_are_read_in_the_order_of_their_best_sentences() -> None:
    found = _sentences(query(), *_TEXTS)
    by_score = sorted(
        (replace(one, score=float("Lodging" in one.text)) for one in found),
        key=lambda one: -one.score,
    )
    assert [entry.rank for entry in passages_of(by_score)] == [2, 1, 3]


@pytest.mark.parametrize(
    ("asked", "current"),
    [
        (query("What is the ceiling?"), {"FY2025": 0.0, "FY2026": 1.0, "version 4": 1.0}),
        (
            query("What is the ceiling (2025)?", query_term("2025年")),
            {"FY2025": 1.0, "FY2026": 1.0, "version 4": 1.0},
        ),
        (
            replace(query("The FY2025 edition?"), editions=("FY2025",)),
            {"FY2025": 1.0, "FY2026": 0.0, "version 4": 1.0},
        ),
        (
            replace(query("The FY2025 edition and now?"), editions=("FY2025",), wants_newest=True),
            {"FY2025": 1.0, "FY2026": 1.0, "version 4": 1.0},
        ),
        (
            replace(query("The third edition?"), editions=("version 3",)),
            {"FY2025": 0.0, "FY2026": 1.0, "version 4": 0.0},
        ),
        (
            replace(query("The previous edition?"), wants_former=True),
            {"FY2025": 1.0, "FY2026": 0.0, "version 4": 1.0},
        ),
        (
            replace(query("And the previous one?"), wants_former=True, wants_newest=True),
            {"FY2025": 1.0, "FY2026": 1.0, "version 4": 1.0},
        ),
    ],
)
def test_which_editions_count_as_current(asked: Query, current: dict[str, float]) -> None:
    made = index(
        *(
            ("The ceiling is so high.", info(edition.replace(" ", "-"), edition=edition))
            for edition in current
        )
    )
    ranking = [
        ScoredPassage(passage=passage, document=document, score=1.0, rank=1)
        for document in made.documents().values()
        for passage in made.passages_of(document.document_id)
    ]
    given = SentenceQuery(
        query=asked, vector=EMBEDDER.embed_query("ceiling"), outdated={"FY2025": "FY2026"}
    )
    found = sentences_of(given, ranking, made)
    assert {one.passage.document.edition: one.signals.is_current for one in found} == current


def test_an_edition_that_is_gone_is_not_current_though_its_year_is_named() -> None:
    gone = info("a", edition="FY2025")
    made = index(("The ceiling is so high.", replace(gone, gone_since="2026-03-01")))
    ranking = [
        ScoredPassage(passage=passage, document=made.documents()["a"], score=1.0, rank=1)
        for passage in made.passages_of("a")
    ]
    asked = query("What is the ceiling (2025)?", query_term("2025年"))
    given = SentenceQuery(query=asked, vector=EMBEDDER.embed_query("ceiling"), outdated={})
    assert [one.signals.is_current for one in sentences_of(given, ranking, made)] == [0.0]
