"""Sentences that state different values are found; those that differ for a reason are not."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.new_state import new_state
from tests.unit.bot.answering.made import index, info

from aspire_bot.office.approved_check import check_approvals, contradicted_approvals
from aspire_bot.office.contradictions import find_contradictions
from aspire_bot.state import open_state
from aspire_ingest.index import DocumentInfo

NOW = datetime(2026, 11, 29, tzinfo=UTC)
Made = tuple[str, DocumentInfo]


def _two(one: str, other: str, *, language: str = "en", **fields: str) -> tuple[Made, Made]:
    first = info("one", title="Guide", language=language)
    second = info("two", title="Notes", language=language, **fields)  # pyright: ignore[reportArgumentType]  of the info
    return (one, first), (other, second)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        (
            "Each project receives up to 20 million yen for travel.",
            "Each project receives up to 30 million yen for travel.",
            "en",
        ),
        (
            "The final report is due within 60 days after the end of the project.",
            "The final report is due within 90 days after the end of the project.",
            "en",
        ),
        (
            "研究課題の旅費の上限は2000万円です。",
            "研究課題の旅費の上限は3000万円です。",
            "ja",
        ),
    ],
)
def test_different_values_for_one_thing_are_found_once(one: str, other: str, language: str) -> None:
    made = index(*_two(one, other, language=language))
    (pair,) = find_contradictions(made, NOW)
    assert [quote.document_id for quote in pair.quotes] == ["one", "two"]
    assert [quote.quote for quote in pair.quotes] == [one, other]
    for quote in pair.quotes:
        assert made.document(quote.document_id).text[quote.start : quote.end] == quote.quote
    assert find_contradictions(made, NOW)[0].pair_id == pair.pair_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Each project receives up to 20 million yen.",
            "Each project receives up to 20 million yen.",
        ),
        (
            "Each project receives up to 20 million yen for travel.",
            "Each project receives up to 30 million yen for equipment.",
        ),
        (
            "Each project receives 20 million yen for travel a year.",
            "Each project receives 60 million yen for travel in total.",
        ),
    ],
)
def test_what_is_explained_is_none(one: str, other: str) -> None:
    assert find_contradictions(index(*_two(one, other)), NOW) == ()


def test_an_approved_answer_is_named_and_news_is_told_once(tmp_path: Path) -> None:
    said, other = _two(
        "Each project receives up to 20 million yen for travel.",
        "Each project receives up to 30 million yen for travel.",
    )
    approved = info("two", title="How much for travel?", kind="faq")
    approved = replace(approved, extra={"approved_by": "Sato"})
    made = index(said, (other[0], approved))
    found = find_contradictions(made, NOW)
    (one,) = contradicted_approvals(made, found)
    assert (one.document_id, one.documents[0].document_id) == ("two", "one")
    assert check_approvals(made, NOW) == (one,), "without looking through all"
    assert check_approvals(index(said), NOW) == ()
    state = open_state(new_state(tmp_path / "state.db"))
    assert len(state.contradictions.replace(found)) == 1
    assert state.contradictions.replace(found) == ()
    state.contradictions.set_status([found[0].pair_id], "dismissed")
    state.contradictions.replace(found)
    assert [one.status for one in state.contradictions.all()] == ["dismissed"]
    state.contradictions.replace(())
    assert state.contradictions.all() == ()
    state.close()
