"""All of it put together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.jobs.office_task import (
    CheckIndex,
    CheckWanted,
    GroupQuestions,
    OfferAnswer,
    PostDraft,
    Remind,
    SettleDraft,
    SettleOffer,
    TakeEscalation,
    TellMe,
    TellWaiting,
)
from aspire_bot.slack.jobs.router import TaskHandler
from aspire_bot.slack.jobs.task import AnyTask
from aspire_bot.slack.jobs.worker_pool import PeriodicTask
from aspire_bot.slack.office.care import EscalationCare
from aspire_bot.slack.office.checks import IndexChecks, OfficeChecks
from aspire_bot.slack.office.drafts import DraftReview
from aspire_bot.slack.office.posting import Posting
from aspire_bot.slack.office.wanted import TellingWaiting
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.suggestions.check import QuotingCore

_CHECKS_EVERY_S = 15.0
"""How often it is looked whether there is a new generation."""
_REMINDERS_EVERY_S = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeOptions:
    """How the office works, as the operator wants it.

    `checks` None: nobody looks at the index. `remind_h`: hours, 0: never. `is_one_workspace`: its
    staff are told of the index.
    """

    checks: IndexChecks | None
    remind_h: float
    contact: str | None
    today: Callable[[], date]
    is_one_workspace: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeParts:
    """What the bot wires in."""

    telling: TellingWaiting
    review: DraftReview
    tasks: Mapping[type[AnyTask], TaskHandler]
    periodic: tuple[PeriodicTask, ...]


def build_office(
    state: State,
    staff: Staff,
    audiences: Audiences,
    core: QuotingCore,
    options: OfficeOptions,
) -> OfficeParts:
    """Build what works off the office's tasks."""
    posting = Posting(inbox=state.inbox)
    telling = TellingWaiting(state=state, staff=staff, core=core, posting=posting)
    review = DraftReview(
        state=state,
        staff=staff,
        audiences=audiences,
        posting=posting,
        telling=telling,
        contact=options.contact,
    )
    care = EscalationCare(state=state, staff=staff, posting=posting, remind_h=options.remind_h)
    looking = OfficeChecks(
        state=state,
        staff=staff,
        library=core,
        posting=posting,
        checks=options.checks,
        today=options.today,
        is_told=options.is_one_workspace,
    )
    return OfficeParts(
        telling=telling,
        review=review,
        tasks={
            TellMe: telling.on_tell_me,
            TellWaiting: telling.on_tell_waiting,
            CheckWanted: telling.on_check_wanted,
            OfferAnswer: telling.on_offer,
            SettleOffer: telling.on_settle,
            PostDraft: review.on_post,
            SettleDraft: review.on_settle,
            TakeEscalation: care.on_take,
            Remind: care.on_remind,
            CheckIndex: looking.on_check_index,
            GroupQuestions: looking.on_group,
        },
        periodic=(
            PeriodicTask(name="office checks", every_s=_CHECKS_EVERY_S, do=looking.schedule),
            PeriodicTask(name="reminders", every_s=_REMINDERS_EVERY_S, do=care.schedule),
        ),
    )
