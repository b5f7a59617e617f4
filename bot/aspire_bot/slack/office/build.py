"""All of it put together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.curating.ports import Curator
from aspire_bot.slack.jobs.office_task import (
    CheckIndex,
    CheckWanted,
    GroupQuestions,
    LookAtSources,
    OfferAnswer,
    PostDraft,
    Remind,
    SettleDraft,
    SettleOffer,
    TakeEscalation,
    TellMe,
    TellPageChanged,
    TellWaiting,
)
from aspire_bot.slack.jobs.router import TaskHandler
from aspire_bot.slack.jobs.task import AnyTask
from aspire_bot.slack.jobs.worker_pool import PeriodicTask
from aspire_bot.slack.office.checks import IndexChecks, OfficeChecks
from aspire_bot.slack.office.drafts import DraftReview
from aspire_bot.slack.office.page_changes import PageChanges
from aspire_bot.slack.office.reminders import EscalationReminders
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.office.waiting_askers import TellingWaiting
from aspire_bot.slack.options import Core
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State

_CHECKS_EVERY_S = 15.0
"""How often it is looked whether there is a new generation."""
_REMINDERS_EVERY_S = 300.0
_PAGES_EVERY_S = 60.0
"""How often it is looked whether a document that staff watch has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeOptions:
    """How the office works, as the operator wants it.

    `checks` None: nobody looks at the index. `remind_h`: hours, 0: never. `is_one_workspace`: its
    staff are told of the index. `curator` says what changed, and links lead to `console_url`.
    """

    checks: IndexChecks | None
    remind_h: float
    contact: str | None
    today: Callable[[], date]
    is_one_workspace: bool
    curator: Curator | None = None
    console_url: str | None = None


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
    core: Core,
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
    reminders = EscalationReminders(
        state=state, staff=staff, posting=posting, remind_h=options.remind_h
    )
    looking = OfficeChecks(
        state=state,
        staff=staff,
        library=core,
        posting=posting,
        checks=options.checks,
        today=options.today,
        is_told=options.is_one_workspace,
    )
    pages = PageChanges(
        state=state,
        staff=staff,
        library=core,
        posting=posting,
        curator=options.curator,
        console_url=options.console_url,
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
            TakeEscalation: reminders.on_take,
            Remind: reminders.on_remind,
            CheckIndex: looking.on_check_index,
            GroupQuestions: looking.on_group,
            LookAtSources: pages.on_look_at_sources,
            TellPageChanged: pages.on_tell,
        },
        periodic=(
            PeriodicTask(name="office checks", every_s=_CHECKS_EVERY_S, do=looking.schedule),
            PeriodicTask(name="reminders", every_s=_REMINDERS_EVERY_S, do=reminders.schedule),
            PeriodicTask(name="watched pages", every_s=_PAGES_EVERY_S, do=pages.look),
        ),
    )
