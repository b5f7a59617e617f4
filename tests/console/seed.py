"""A state as an office may have it after some weeks, for pictures: both languages, nobody real."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from tests.console.stage import draft
from tests.unit.bot.office.test_clusters import ByTopic
from tests.unit.bot.state.made import gap, posted

from aspire_bot.answering.types import Outcome
from aspire_bot.curator import Alert, HeldItem, IndexStatus, Run, SourceState
from aspire_bot.office.cluster_book import ClusterBook
from aspire_bot.office.cluster_decisions import ClusterDecisions
from aspire_bot.state import State
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.console.answer_traces import AnswerTrace, ReadPassage
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.office.test_questions import Expects, TestQuestion, TestRun
from aspire_bot.state.sources import CitedSource

_WEEKS = 12
_GOALS = CitedSource(document_id="goals", title="About goals", published="2026-01-20")
_AIM = CitedSource(document_id="mokuteki", title="国際共同研究")
STATUS = IndexStatus(
    index_version="12-abc",
    as_of="2026-11-28T06:00:00+09:00",
    documents=6,
    passages=9,
    languages={"en": 4, "ja": 2},
    sources=(
        SourceState(name="programme-site", last_success="2026-11-29T06:00:00+09:00"),
        SourceState(name="partner-site", failures=3, problem="the server answered 503"),
    ),
    runs=(Run(run="20261129-060000-sync-1", outcome="done", added=1, replaced=2, removed=0),),
    held=(
        HeldItem(
            target="https://programme.example/plan.pdf",
            mark="CONFIDENTIAL",
            reason="marked CONFIDENTIAL",
            source="programme-site",
        ),
    ),
    alerts=(
        Alert(
            kind="failing",
            source="partner-site",
            text="partner-site failed 3 times in a row: the server answered 503",
        ),
    ),
)


def seed(state: State) -> None:
    """Keep a little of everything."""
    _answers(state)
    _waiting(state)
    _questions(state)
    _approved(state)
    _tests(state)
    state.troubles.change(
        {"failing:partner-site": "partner-site failed 3 times in a row: the server answered 503"},
        {},
    )


def _answers(state: State) -> None:
    """Some answers a week, with votes, that get better."""
    now = utc_now()
    for week in range(_WEEKS):
        at = now - timedelta(weeks=_WEEKS - 1 - week, minutes=5)
        for number in range(6 + week % 4):
            is_silent = number < 3 - week // 5
            outcome: Outcome = "abstained" if is_silent else "answered"
            is_japanese = number % 2 == 0
            one = replace(
                posted(f"w{week}n{number}"),
                question="旅費は出ますか？" if is_japanese else "What does the programme fund?",
                language="ja" if is_japanese else "en",
                outcome=outcome,
                text="渡航費を負担します。[1]" if is_japanese else "Joint research. [1]",
                certainty="hedged" if number == 4 else "sure",
                sources=(_AIM if is_japanese else _GOALS,),
                asked_at=at - timedelta(hours=number),
                channel="D1" if number == 5 else "C1",
            )
            state.answers.add(one)
            if number in {2, 3}:
                state.feedback.vote(one.answer_id, "U9", "down" if number + week < 6 else "up")
    passages = (
        ReadPassage(passage_id="p1", document_id="goals", title="About goals", rank=1, score=0.71),
    )
    trace = AnswerTrace(
        confidence=0.81, certainty="sure", passages=passages, quotes=(("p1", "Joint research."),)
    )
    state.traces.add("w11n5", trace)


def _waiting(state: State) -> None:
    """Two questions at the office, one of them taken, and two drafts."""
    for name, question, language in (
        ("e1", "採択後に研究代表者を変更できますか？", "ja"),
        ("e2", "Can a partner from a company join?", "en"),
    ):
        answer = replace(
            posted(name), question=question, language=language, asked_at=utc_now(), sources=(_AIM,)
        )
        state.answers.add(answer)
        made, _ = state.escalations.open_for(answer, "U1", staff_channel="G1")
        if name == "e1":
            state.escalations.take(made.escalation_id, "U4")
            when = datetime.fromisoformat("2026-12-07T00:00:00+00:00")
            state.escalations.set_remind_at(made.escalation_id, when)
    shown: Mapping[str, tuple[str, str, str]] = {
        "d1": ("若手研究者の渡航費は対象ですか？", "若手研究者の渡航費を負担します。[1]", "ja"),
        "d2": ("Are salaries covered?", "Salaries are covered. [1]", "en"),
    }
    for name, (question, text, language) in shown.items():
        state.answers.add(
            replace(posted(name), question=question, text=text, outcome="answered",
                    language=language, asked_at=utc_now(), sources=(_GOALS,))
        )  # fmt: skip
        state.drafts.add(draft(name, question=question, text=text, language=language))


def _questions(state: State) -> None:
    """Unanswered questions, some of them in a group, one group dismissed."""
    asked = ("Visa support?", "Visa letters for guests?", "保育費は？", "Lunch?")
    for number, question in enumerate(asked):
        state.gaps.add(replace(gap(f"g{number}", question, asker=f"U{number}"), nearest=(_GOALS,)))
    ClusterBook(state=state, embedder=ByTopic()).refresh("T1")
    (lunch,) = (one for one in state.clusters.open_groups(9) if "g3" in one.gap_ids)
    decisions = ClusterDecisions(state=state, team="T1")
    decisions.dismiss(lunch.cluster_id or "", "U3", "The cafeteria knows.")


def _approved(state: State) -> None:
    for name, question, text, until in (
        (
            "ap1",
            "応募の締切はいつですか？\n締切は？",
            "2027年3月31日の正午です。",
            date(2027, 3, 31),
        ),
        ("ap2", "May I fly business class?", "No: economy class alone is covered.", None),
    ):
        state.approvals.add(
            ApprovedAnswer(
                approval_id=name, question=question, text=text,
                language="ja" if name == "ap1" else "en", audience="public", approved_by="U3",
                approved_at=utc_now(), team="T1", valid_until=until, sources=(_AIM,),
                status="published",
            )
        )  # fmt: skip


def _tests(state: State) -> None:
    asked: tuple[tuple[str, str, Expects, str], ...] = (
        ("t1", "渡航費は出ますか？", "document", "mokuteki"),
        ("t2", "What does it fund?", "quote", "joint research"),
        ("t3", "Is there a swimming pool?", "none", ""),
    )
    state.test_questions.put(
        TestQuestion(test_id=name, question=question, expects=expects, value=value)
        for name, question, expects, value in asked
    )
    for day in (3, 1):
        for name, *_ in asked:
            has_failed = name == "t2" and day == 1
            outcome = "abstained" if has_failed or name == "t3" else "answered"
            state.test_questions.keep_run(
                TestRun(
                    test_id=name, has_passed=not has_failed, outcome=outcome,
                    said="" if outcome == "abstained" else "About goals",
                    index_version=f"{12 - day}", ran_at=utc_now() - timedelta(days=day),
                )
            )  # fmt: skip
