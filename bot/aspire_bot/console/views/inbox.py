"""What waits for staff, as the inbox shows it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aspire_bot.console.parts import QuestionGroup
from aspire_bot.state.escalations import Escalation
from aspire_bot.state.gaps import Gap
from aspire_bot.state.sources import CitedSource


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingQuestion:
    """A question that was brought to the office; who asked is known, for they wanted an answer."""

    escalation_id: str
    answer_id: str
    question: str
    opened_at: datetime
    permalink: str
    sources: tuple[CitedSource, ...]


def waiting(escalations: Iterable[Escalation]) -> list[WaitingQuestion]:
    """Give what the inbox shows of open escalations."""
    return [
        WaitingQuestion(
            escalation_id=one.escalation_id,
            answer_id=one.answer_id,
            question=one.question,
            opened_at=one.opened_at,
            # kept by ourselves, but it becomes a link: what is none stays out
            permalink=one.permalink if one.permalink.startswith("https://") else "",
            sources=one.sources,
        )
        for one in escalations
    ]


def one_by_one(gaps: Sequence[Gap]) -> list[QuestionGroup]:
    """Give each unanswered question as a group of its own."""
    return [
        QuestionGroup(
            key=gap.gap_id,
            title=gap.question,
            times=gap.times,
            language=gap.language,
            questions=(gap.question,),
            nearest=gap.nearest,
        )
        for gap in gaps
    ]
