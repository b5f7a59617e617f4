"""Documents that may be out of date: by their kind's rule, and not without reason."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.local_slack.answers import answer, cite
from tests.unit.bot.answering.made import index, info

from aspire_bot.answering.types import Answer, Question
from aspire_bot.office.staleness import stale_documents, stale_note, stale_of
from aspire_bot.slack.render.blocks import render_answer
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.reader import IndexReader

TODAY = date(2026, 11, 29)
CALL = (
    "# Fir call\n\nThe Fir call closes on 15 March 2026.",
    info("fir", title="Fir", kind="call"),
)
OPEN = (
    "# Elm call\n\nThe Elm call closes on 15 March 2027.",
    info("elm", title="Elm", kind="call"),
)
NEWS = ("The Fir call closed on 15 March 2026.", info("news", title="News", kind="news"))
JA = (
    "# 樫公募\n\n樫公募の募集期間は2025年11月2日から2026年1月15日までです。",
    info("kashi", title="樫公募", kind="call", language="ja"),
)


def _document(made: IndexReader, name: str) -> DocumentInfo:
    return made.documents()[name]


def test_a_call_is_stale_once_its_last_deadline_is_past() -> None:
    made = index(CALL, OPEN, NEWS, JA)
    found = stale_documents(made.documents().values(), TODAY, unseen_days=30)
    assert [(one.document.document_id, one.rule) for one in found] == [
        ("kashi", "closed"),
        ("fir", "closed"),
    ]
    assert stale_note(found[1], "en") == "closed on 15 March 2026"
    assert "2026年1月15日に締切済み" in stale_note(found[0], "ja")
    assert stale_of(_document(made, "fir"), date(2026, 3, 15)) is None


@pytest.mark.parametrize("edition", ["FY2025", "令和7年度"])
def test_a_guideline_is_stale_when_its_year_is_over_and_none_is_newer(edition: str) -> None:
    old = replace(info("old", title="Handbook"), kind="guideline", edition=edition)
    assert stale_of(old, date(2026, 3, 31)) is None
    stale = stale_of(old, date(2026, 4, 1))
    assert stale is not None
    assert (stale.rule, stale.since) == ("ended", date(2026, 3, 31))
    assert edition in stale_note(stale, "en")
    newer = replace(old, document_id="new", edition="FY2026")
    assert stale_documents([old, newer], TODAY, unseen_days=30) == ()
    no_year = replace(old, edition="version 2")
    assert stale_of(no_year, TODAY) is None


def test_a_page_that_is_gone_is_stale_after_so_many_days() -> None:
    gone = replace(info("gone", title="Gone"), gone_since="2026-11-01")
    assert stale_documents([gone], TODAY, unseen_days=29) == ()
    (one,) = stale_documents([gone], TODAY, unseen_days=28)
    assert stale_note(one, "en") == "not seen on its site since 1 November 2026"


def test_readers_see_it_beside_the_citation() -> None:
    call = _document(index(CALL), "fir")
    elm = _document(index(OPEN), "elm")
    asked = Question(text="?", asked_at=datetime(2026, 11, 29, tzinfo=UTC))
    assert "closed on 15 March 2026" in _shown(answer("It. [1]", cite(1, call), question=asked))
    assert "closed" not in _shown(answer("It. [1]", cite(1, elm), question=asked))
    assert "closed" not in _shown(answer("It. [1]", cite(1, call)))  # the day is not known


def _shown(said: Answer) -> str:
    return str(render_answer(said).blocks)
