"""When several things that are asked are answered each by itself."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import evidence, in_one_passage, info, query

from aspire_bot.answering.quotes.choose import Selection
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.quotes.settle import one_or_several, settle
from aspire_bot.answering.search.search import Bands, Finding

BANDS = Bands(answer_from=0.4, sure_from=0.6)


def finding(confidence: float, sureness: float, document: str = "goals") -> Finding:
    said = (evidence("It is so.", document=info(document)),)
    return Finding(
        query=query(),
        evidence=said,
        selection=Selection(evidence=said),
        confidence=confidence,
        sureness=sureness,
    )


@pytest.mark.parametrize("behind", [0.0, 3.5])  # a row that is named may be far behind another
def test_of_what_is_named_each_what_is_not_said_yet_is_said(behind: float) -> None:
    new, old = (
        evidence(f"Up to {share} percent may go out.", document=info(name), score=score)
        for share, name, score in ((40, "new", 2.0), (50, "old", 2.0 - behind))
    )
    first = replace(SURE, evidence=(new,), selection=Selection(evidence=(new,)))
    both = Selection(evidence=(new, old), is_of_each=True)
    second = replace(SURE, evidence=(new, old), selection=both)
    said = settle([first, second], lambda: WHOLE, BANDS).said
    assert [[one.text for one in part.selection.evidence] for part in said] == [
        [new.text],
        [old.text],
    ]


SURE, HEDGED, SILENT = finding(0.9, 0.8), finding(0.9, 0.5), finding(0.2, 0.1)
WHOLE, UNSAID = finding(0.8, 0.7), finding(0.3, 0.2)
ELSEWHERE = finding(0.9, 0.8, "travel")
SURER = finding(0.9, 0.9)


@pytest.mark.parametrize(
    ("parts", "whole", "is_one"),
    [
        ((SURE, SURE), WHOLE, False),
        ((SURE, SILENT), WHOLE, False),  # what is left open is named
        ((SURE, SILENT), SURER, True),
        ((ELSEWHERE, SILENT), SURER, False),
        ((SURE, HEDGED), WHOLE, True),
        ((HEDGED, SILENT), WHOLE, True),
        ((SILENT, SILENT), WHOLE, True),
        ((SURE, HEDGED), UNSAID, False),  # rather each than nothing
        ((ELSEWHERE, HEDGED), WHOLE, False),  # what is sure is not left out
    ],
)
def test_a_sentence_is_one_question_where_a_part_is_in_doubt(
    parts: tuple[Finding, ...], whole: Finding, *, is_one: bool
) -> None:
    found = one_or_several(parts, lambda: whole, BANDS)
    assert list(found) == ([whole] if is_one else list(parts))


def test_one_thing_of_several_is_not_left_out_without_a_word() -> None:
    due = evidence("Plans are due on May 3.")
    parts = (_asked("When?", due), SILENT)
    whole = replace(_asked("Both?", due), sureness=0.9)
    assert one_or_several(parts, lambda: whole, BANDS, are_several=True) == parts
    both = _asked("Both?", due, evidence("They pay for travel and for a stay."))
    more = replace(both, sureness=0.9)
    assert one_or_several(parts, lambda: more, BANDS, are_several=True) == (more,)
    # without its form nothing says that it is several
    assert one_or_several(parts, lambda: whole, BANDS) == (whole,)


def test_what_is_said_of_one_thing_answers_another_only_where_nothing_is_missing() -> None:
    when, how_many, of_them = (
        evidence("The field met on May 13.", score=2.0),
        evidence("Four teams of the field spoke.", score=2.1),
        evidence("One of them came from abroad.", score=1.9),
    )
    parts = [_asked("When?", when), _asked("How many?", when, how_many, of_them)]
    settled = settle(parts, lambda: SILENT, BANDS)
    assert [one.asks for one in settled.said] == [("When?",), ("How many?",)]
    assert settled.said[1].selection.evidence == (how_many, of_them)
    # what is far behind is not missed
    far = replace(of_them, score=-1.0)
    settled = settle([_asked("When?", when), _asked("Where?", when, far)], lambda: SILENT, BANDS)
    assert [one.asks for one in settled.said] == [("When?", "Where?")]
    # a sentence that is as good as its own answers it; one that is less so does not
    own = evidence("It was held in the annex.", score=2.5, start=40)
    for behind, asks in ((0.5, [("When?", "Where?")]), (1.5, [("When?",), ("Where?",)])):
        other = replace(_asked("Where?", own), evidence=(own, replace(when, score=2.5 - behind)))
        settled = settle([_asked("When?", when), other], lambda: SILENT, BANDS)
        assert [one.asks for one in settled.said] == asks


def test_nothing_taken_apart_stays_nothing() -> None:
    assert list(one_or_several((), lambda: WHOLE, BANDS)) == []


def test_what_does_not_fit_is_what_answers_least() -> None:
    best, before = in_one_passage(
        "About 90 people came. They were welcomed by Professor Amano, who leads the field.",
        ("About 90 people came.", -1.0),
        ("They were welcomed by Professor Amano, who leads the field.", 3.0),
    )
    long = replace(before, text=before.text * 20)
    parts = [_asked(f"Thing {n}?", replace(best, text=f"Thing {n}.")) for n in range(3)]
    settled = settle([_asked("Who leads?", long, best), *parts], lambda: parts[0], BANDS)
    assert [one.text for one in settled.said[0].selection.evidence] == [best.text]


@pytest.mark.parametrize(
    ("expert_score", "confidence", "said"),
    [
        (2.0, 0.9, ["Three kinds of expert help.", "Officers select proposals."]),
        (-0.5, 0.9, ["Three kinds of expert help."]),  # its best is said, and far better
        (2.0, 0.2, ["Three kinds of expert help."]),  # it is not answered surely
    ],
)
def test_a_thing_asked_is_told_only_where_its_best_sentence_is(
    expert_score: float, confidence: float, said: list[str]
) -> None:
    text = "Three kinds of expert help. Officers select proposals."
    kinds, experts = sorted(
        in_one_passage(text, (said[0], 1.0), ("Officers select proposals.", expert_score)),
        key=lambda one: one.sentence.start,
    )
    first = _asked("Which experts help?", kinds)
    second = replace(_asked("What do they do?", kinds, experts), confidence=confidence)
    settled = settle([first, second], lambda: first, BANDS)
    assert [one.text for part in settled.said for one in part.selection.evidence] == said
    asks = [ask for part in settled.said for ask in part.asks]
    assert asks == ["Which experts help?", "What do they do?"]


def test_where_no_part_is_sure_what_all_together_leave_out_is_named() -> None:
    due = evidence("Plans are due on May 3.", score=2.0)
    when = replace(_asked("When?", due), confidence=0.2)
    who = replace(_asked("Who?", evidence("Ada leads.", start=40)), confidence=0.2, sureness=0.1)
    parts = [when, who]
    settled = settle(parts, lambda: _asked("Both?", due), BANDS)
    assert [(one.asks, one.selection.evidence) for one in settled.said] == [(("When?",), (due,))]
    assert settled.unsaid == ("Who?",)
    # what speaks to none of them is an answer to all or to none
    other = settle(parts, lambda: _asked("Both?", evidence("It is so.", start=80)), BANDS)
    assert (other.said[0].asks, other.unsaid) == ((), ())


@pytest.mark.parametrize(
    ("text", "ask", "confidence", "unsaid"),
    [
        ("18件の提案があり、4件を採択しました。", "How many came?", 0.6, ()),
        ("4件を採択しました。", "How many came?", 0.6, ("How many came?",)),
        ("18件の提案があり、4件を採択しました。", "Who came?", 0.6, ("Who came?",)),
        ("18件の提案があり、4件を採択しました。", "How many came?", 0.3, ("How many came?",)),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_what_counts_both_leaves_neither_open(
    text: str, ask: str, confidence: float, unsaid: tuple[str, ...], *, is_first: bool
) -> None:
    counted = evidence(text, score=0.5)
    elsewhere = evidence("They were in three classes.", score=-4.0, start=40)
    open_one = replace(_asked(ask, elsewhere), confidence=0.1, sureness=0.05)
    parts = [open_one, _asked("How many were chosen?", counted)]
    whole = replace(_asked("Both?", counted), confidence=confidence, sureness=0.3)
    settled = settle(parts if is_first else parts[::-1], lambda: whole, BANDS)
    assert settled.unsaid == unsaid
    assert [one.selection.evidence for one in settled.said] == [(counted,)]
    told = {"How many were chosen?"} if unsaid else {ask, "How many were chosen?"}
    assert set(settled.said[0].asks) == told
    assert settled.sureness == (SURE.sureness if unsaid else whole.sureness)


def _asked(ask: str, *said: Evidence) -> Finding:
    selection = Selection(evidence=said)
    return replace(SURE, query=query(ask), evidence=said, selection=selection)
