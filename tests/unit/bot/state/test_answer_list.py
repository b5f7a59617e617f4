"""Kept answers as staff look through them, on both databases."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from tests.unit.bot.state.made import NOW, SOURCE, gap, posted

from aspire_bot.state import State
from aspire_bot.state.console.answer_list import AnswerFilter
from aspire_bot.state.console.answer_traces import AnswerTrace
from aspire_bot.state.sources import CitedSource

GUIDE = CitedSource(document_id='a "quoted" 指針\\id', title="Guide")
KEPT = (
    ("a1", "How much is 100% of the TRAVEL_cost?", "answered", "en", (SOURCE, GUIDE)),
    ("a2", "旅費はいくらですか", "abstained", "ja", (GUIDE,)),
    ("a3", "Hello", "conversation", "en", ()),
    ("a4", "how much is 1000 of the travelXcost?", "answered", "en", (GUIDE,)),
)


@pytest.fixture
def kept(state: State) -> State:
    for minutes, (answer_id, question, outcome, language, sources) in enumerate(KEPT):
        state.answers.add(
            replace(
                posted(answer_id),
                question=question,
                text="Yes." if answer_id == "a3" else "That depends.",
                outcome=outcome,  # pyright: ignore[reportArgumentType]  as in KEPT
                language=language,
                sources=sources,
                asked_at=NOW + timedelta(minutes=minutes),
            )
        )
    for name, cluster in (("a2", "c1"), ("a3", "c1"), ("a4", "c2")):
        state.gaps.add(gap(name, f"{name}?", answer_id=name))
        state.clusters.add({name: np.ones(4, np.float32)}, "x")
        state.clusters.assign("T1", {name: cluster})
    state.feedback.vote("a1", "U1", "down")
    state.feedback.vote("a1", "U2", "down")
    state.feedback.vote("a4", "U1", "up")
    return state


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (AnswerFilter(), ["a4", "a3", "a2", "a1"]),
        (AnswerFilter(text="travel much"), ["a4", "a1"]),
        (AnswerFilter(text="100%"), ["a1"]),
        (AnswerFilter(text="travel_cost"), ["a1"]),
        (AnswerFilter(text="旅費"), ["a2"]),
        (AnswerFilter(text="yes."), ["a3"]),
        (AnswerFilter(text="' OR 1=1 --"), []),
        (AnswerFilter(outcome="answered"), ["a4", "a1"]),
        (AnswerFilter(language="ja"), ["a2"]),
        (AnswerFilter(vote="down"), ["a1"]),
        (AnswerFilter(vote="up", text="travel"), ["a4"]),
        (AnswerFilter(group="c1"), ["a3", "a2"]),
        (AnswerFilter(group="c1", language="en"), ["a3"]),
        (AnswerFilter(group="none"), []),
    ],
)
def test_answers_are_found(kept: State, wanted: AnswerFilter, found: list[str]) -> None:
    assert [one.answer_id for one in kept.answer_list.page(wanted, 9)] == found


def test_a_page_follows_the_one_before_also_within_a_moment(kept: State) -> None:
    for name in ("b1", "b2", "b3"):
        kept.answers.add(replace(posted(name), asked_at=NOW + timedelta(minutes=1)))
    seen: list[str] = []
    before = None
    while page := kept.answer_list.page(AnswerFilter(), 2, before=before):
        seen += [one.answer_id for one in page]
        before = (page[-1].asked_at, page[-1].answer_id)
    assert seen == ["a4", "a3", "b3", "b2", "b1", "a2", "a1"]


def test_votes_are_counted_and_citations_found(kept: State) -> None:
    (disliked,) = kept.answer_list.disliked(9)
    assert (disliked.answer_id, disliked.up, disliked.down) == ("a1", 0, 2)
    assert [one.answer_id for one in kept.answer_list.citing(GUIDE.document_id)] == ["a4", "a1"]
    assert [one.answer_id for one in kept.answer_list.citing("d1")] == ["a1"]
    assert kept.answer_list.citing("d") == kept.answer_list.citing("%") == ()
    named = (GUIDE.document_id, "d1", "d", "%")
    assert kept.answer_list.times_cited(named) == {GUIDE.document_id: 2, "d1": 1}
    assert kept.answer_list.times_cited(["d1"]) == {"d1": 1}
    kept.answers.mark_deleted("a4")
    assert kept.answer_list.times_cited(named)[GUIDE.document_id] == 1


def test_several_are_read_at_once(kept: State) -> None:
    found = kept.answers.some(["a1", "gone", "a4"])
    assert {name: one.answer_id for name, one in found.items()} == {"a1": "a1", "a4": "a4"}
    brought, _ = kept.escalations.open_for(found["a1"], "U1", staff_channel="G1")
    assert kept.escalations.some([brought.escalation_id, "gone"]) == {
        brought.escalation_id: brought
    }
    waiting = [kept.wanted.add(found["a1"], "a2", user) for user in ("U1", "U2")]
    kept.wanted.add(found["a4"], "a3", "U1")
    kept.wanted.set_told(kept.wanted.waiting_for("a3")[0].wanted_id)
    order = tuple(sorted(waiting, key=lambda one: (one.wanted_at, one.wanted_id)))
    assert kept.wanted.waiting_for_each(["a1", "a2", "a3"]) == {"a2": order}


def test_how_an_answer_came_about_goes_with_it(kept: State) -> None:
    trace = AnswerTrace(confidence=0.5, questions=("Q\x00",), quotes=(("p1", "指針"),))
    kept.traces.add("a1", trace)
    kept.traces.add("a1", AnswerTrace(confidence=0.9))
    assert kept.traces.get("a1") == trace
    assert kept.traces.get("a2") is None
    kept.retention.forget("U1")
    assert kept.traces.get("a1") is None
