"""What waits for staff, as the inbox shows it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aspire_bot.slack.office.drafts import editable
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.render.plain import shown_text
from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.escalations import Escalation
from aspire_bot.state.office.dismissals import DismissedKind
from aspire_bot.state.office.drafts import Draft
from aspire_bot.state.office.offers import OfferedAnswer
from aspire_bot.state.sources import CitedSource

_LATEST_REMINDER = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingQuestion:
    """A question that was brought to the office; who asked is known, for they wanted an answer.

    `owner` is the id of who sees to it ("": nobody), `candidates` whom it can be given to, by id.
    """

    escalation_id: str
    answer_id: str
    question: str
    opened_at: datetime
    permalink: str
    sources: tuple[CitedSource, ...]
    owner: str
    candidates: Mapping[str, str]
    remind_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingDraft:
    """An answer that staff see before the asker does; `editable` is its text without markers."""

    answer_id: str
    question: str
    made_at: datetime
    language: str
    text: str
    editable: str
    is_for_staff: bool
    sources: tuple[CitedSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingOffer:
    """What the documents answer by now to a question that people wait for; `people` counts them."""

    offer_id: str
    question: str
    offered_at: datetime
    language: str
    text: str
    is_for_staff: bool
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """What staff dismissed, and why; `page` is the address of its page, "" where it has none."""

    kind: DismissedKind
    item: str
    title: str
    page: str
    reason: str
    at: datetime


def offer_shown(offer: OfferedAnswer, question: str, people: int) -> WaitingOffer:
    """Give what the inbox shows of an offered answer."""
    return WaitingOffer(
        offer_id=offer.offer_id,
        question=question,
        offered_at=offer.offered_at,
        language=offer.language,
        text=shown_text(SlackMessage.from_json(offer.message)),
        is_for_staff=offer.audience == "staff",
        people=people,
    )


def drafted(drafts: Iterable[Draft], answers: Mapping[str, PostedAnswer]) -> list[WaitingDraft]:
    """Give what the inbox shows of drafts; `answers` are those that they become, by id."""
    return [
        WaitingDraft(
            answer_id=one.answer_id,
            question=one.question,
            made_at=one.made_at,
            language=one.language,
            text=one.text,
            editable=editable(one),
            is_for_staff=one.audience == "staff",
            sources=answers[one.answer_id].sources if one.answer_id in answers else (),
        )
        for one in drafts
    ]


def waiting(
    escalations: Iterable[Escalation], names: Mapping[str, Mapping[str, str]]
) -> list[WaitingQuestion]:
    """Give what the inbox shows of open escalations; `names` are those of staff, by workspace."""
    return [
        WaitingQuestion(
            escalation_id=one.escalation_id,
            answer_id=one.answer_id,
            question=one.question,
            opened_at=one.opened_at,
            # kept by ourselves, but it becomes a link: what is none stays out
            permalink=one.permalink if one.permalink.startswith("https://") else "",
            sources=one.sources,
            owner=one.owner or "",
            candidates=_with_owner(names.get(one.team, {}), one.owner),
            remind_at=one.remind_at,
        )
        for one in escalations
    ]


def nine_on(day: str, timezone: str, today: date) -> datetime | None:
    """Give nine in the morning of a day (`2026-12-01`) after today; None for any other text."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    if not today < found <= today + _LATEST_REMINDER:
        return None
    return datetime.combine(found, time(9), ZoneInfo(timezone))


def _with_owner(names: Mapping[str, str], owner: str | None) -> Mapping[str, str]:
    """Who is no more among staff is named still while a question is theirs."""
    return names if owner is None or owner in names else {**names, owner: owner}
