"""The bot in Slack, put together: Bolt at the door, the inbox, the workers, and who does what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from slack_bolt import App

from aspire_bot.slack.answers.answer_service import AnswerService
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.answers.conversation import Conversation
from aspire_bot.slack.answers.ephemeral import EphemeralAnswers
from aspire_bot.slack.answers.feedback import Feedback
from aspire_bot.slack.curating.alerts import Alerting
from aspire_bot.slack.curating.build import CuratingParts, build_curating, curating_door
from aspire_bot.slack.jobs.office_task import ShowHome
from aspire_bot.slack.jobs.router import EventHandler, Router, TaskHandler
from aspire_bot.slack.jobs.task import (
    AnswerForOffice,
    AnyTask,
    Ask,
    AskAgain,
    AskEphemeral,
    Escalate,
    OfferAgain,
    Publish,
    ReportFeedback,
    Share,
    ShowReach,
    TellAsker,
    TellSourceChanged,
    Tour,
    Withdraw,
)
from aspire_bot.slack.jobs.waiting_room import WaitingRoom
from aspire_bot.slack.jobs.worker_pool import PeriodicTask, WorkerPool
from aspire_bot.slack.listeners.actions import Interactions
from aspire_bot.slack.listeners.commands import SlashCommand
from aspire_bot.slack.listeners.events import Joined, OpenedHome, PersonMessage, SlackEvent
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.office.build import OfficeOptions, build_office
from aspire_bot.slack.office.clicks import OfficeClicks
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.office.waiting_list import WaitingList
from aspire_bot.slack.onboarding.home import Home
from aspire_bot.slack.onboarding.tour import Touring
from aspire_bot.slack.options import Core, SlackAccess, SlackOptions
from aspire_bot.slack.platform.connections import ConnectedWorkspaces
from aspire_bot.slack.platform.installation import forget_uninstalled
from aspire_bot.slack.platform.listener_pool import Workers
from aspire_bot.slack.platform.metrics import Metrics
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.platform.workspaces import OneWorkspace, Workspaces, build_client, check_token
from aspire_bot.slack.render import buttons
from aspire_bot.slack.staff.approvals import Approving
from aspire_bot.slack.staff.asker_message import TellingAskers
from aspire_bot.slack.staff.build import approval_tasks, publication_reactions
from aspire_bot.slack.staff.channel_rules import ChannelRules
from aspire_bot.slack.staff.channel_settings import ChannelSettings
from aspire_bot.slack.staff.correction import SetRight
from aspire_bot.slack.staff.escalation import Escalating
from aspire_bot.slack.staff.kept_questions import KeptQuestions
from aspire_bot.slack.staff.office_commands import OfficeCommands
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.slack.staff.source_watch import SourceWatch
from aspire_bot.state import State
from aspire_ingest.index.telemetry.tracing import NO_TRACING, Tracing

_LISTENERS = 8
"""Threads for buttons, commands and modals: these only keep what came, and open views."""

_ALERTS_EVERY_S = 60.0
"""How often it is seen to that somebody looks at the index; they look as often as they do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackBot:
    """The running bot: events go into `app`, `pool` works them off."""

    app: App
    pool: WorkerPool
    intake: Intake

    def open(self) -> None:
        """Begin to work, with what an earlier process left first."""
        self.pool.open()

    def close(self, *, timeout_s: float) -> bool:
        """Finish what is in hand; False where that took too long, and it is left for later."""
        executor = self.app.listener_runner.listener_executor
        left = executor.drain(min(3.0, timeout_s)) if isinstance(executor, Workers) else 0
        return self.pool.close(timeout_s=timeout_s) and not left


def build_bot(
    core: Core,
    access: SlackAccess,
    state: State,
    options: SlackOptions,
    metrics: Metrics | None = None,
    tracing: Tracing = NO_TRACING,
) -> SlackBot:
    """Build the bot, and check its token with Slack.

    Raises:
        ConfigError: Slack refuses the token or cannot be reached.
    """
    metrics = metrics or Metrics()
    app, workspaces = _bolt(access)
    connected = ConnectedWorkspaces(workspaces, metrics, tracing)
    staff = Staff(options.office)
    rules = ChannelRules(
        channels=state.channels, fixed=options.fixed_rules, default=options.default_policy
    )
    audiences = Audiences(rules=rules, staff=staff)
    office = build_office(
        state,
        staff,
        audiences,
        core,
        OfficeOptions(
            checks=options.checks,
            remind_h=options.remind_h,
            contact=options.contact,
            today=options.today,
            is_one_workspace=access.oauth is None,
            curator=options.curator,
            console_url=options.console_url,
        ),
    )
    answer_service = AnswerService(
        answerer=core,
        state=state,
        staff=staff,
        metrics=metrics,
        contact=options.contact,
        review=office.review,
        page_links=options.page_links,
    )
    escalating = Escalating(
        state=state, staff=staff, metrics=metrics, on_answered=office.telling.answered
    )
    judge = options.same_question
    questions = KeptQuestions(state=state, judge=judge, today=options.today) if judge else None
    telling = TellingAskers(state=state, staff=staff, audiences=audiences)
    approving = Approving(
        state=state,
        staff=staff,
        publisher=options.publisher,
        today=options.today,
        on_answered=office.telling.answered,
        questions=questions,
    )
    home = _home(core, audiences, options, state)
    curating = build_curating(state, staff, options.curator, max_age_h=options.index_max_age_h)
    router = Router(
        inbox=state.inbox,
        web_of=connected.web,
        bot_user_of=connected.bot_user,
        events=_on_events(home, answer_service, audiences, escalating, options, curating),
        tasks={
            **_on_tasks(answer_service, audiences, escalating, options),
            **_on_approved(approving, telling),
            **curating.tasks,
            **office.tasks,
            ShowHome: home.on_show,
        },
        metrics=metrics,
        tracing=tracing,
    )
    alerting = curating.alerting if access.oauth is None else None  # whose channel would it be?
    watch = SourceWatch(state=state, library=core)
    periodic = (*approval_tasks(approving, watch), *_alert_tasks(alerting), *office.periodic)
    pool = _pool(state, router, connected.web, options, periodic)
    intake = Intake(
        state=state,
        policy_of=rules.policy,
        wake=pool.wake,
        metrics=metrics,
        staff_channel=options.office.channel,
    )
    setup = ChannelSettings(rules=rules, staff=staff, state=state)
    set_right = SetRight(
        state=state,
        intake=intake,
        staff=staff,
        library=core,
        today=options.today,
        shows_reach=questions is not None,
    )
    published = publication_reactions(state, intake, staff, questions)
    door = curating_door(state, staff, intake, curating)
    posting = Posting(inbox=state.inbox, wake=pool.wake)
    pressed = OfficeClicks(state=state, staff=staff, posting=posting)
    Interactions(
        state=state,
        intake=intake,
        web_of=connected.web,
        feedback=Feedback(state=state, intake=intake, staff=staff, metrics=metrics),
        slash=SlashCommand(
            intake=intake,
            setup=setup,
            audiences=audiences,
            library=core,
            curating=door.commands,
            office=OfficeCommands(
                state=state,
                staff=staff,
                audiences=audiences,
                library=core,
                console_url=options.console_url,
            ),
        ),
        setup=setup,
        clicks={
            buttons.SET_RIGHT: set_right.on_click,
            buttons.WITHDRAW: set_right.on_withdraw,
            **published.clicks,
            **door.clicks,
            **pressed.reactions(),
        },
        shortcuts={buttons.SET_RIGHT_SHORTCUT: set_right.on_shortcut, **door.shortcuts},
        submissions={
            buttons.SET_RIGHT_VIEW: set_right.on_submission,
            **published.submissions,
            **door.submissions,
            **pressed.submissions(),
        },
    ).register(app)
    app.use(intake.on_event)  # pyright: ignore[reportUnknownMemberType]  Bolt leaves generics open
    metrics.watch_queue(state.inbox.counts)
    return SlackBot(app=app, pool=pool, intake=intake)


def _home(core: Core, audiences: Audiences, options: SlackOptions, state: State) -> Home:
    return Home(
        library=core,
        audiences=audiences,
        content=options.content,
        contact=options.contact,
        offered=options.offered,
        waiting=WaitingList(state=state),
    )


def _on_events(
    home: Home,
    answer_service: AnswerService,
    audiences: Audiences,
    escalating: Escalating,
    options: SlackOptions,
    curating: CuratingParts,
) -> Mapping[type[SlackEvent], EventHandler]:
    """Who does what at an event."""
    conversation = Conversation(
        answer_service=answer_service,
        escalation=escalating,
        audiences=audiences,
        files=curating.files,
    )
    return {
        PersonMessage: conversation.on_said,
        OpenedHome: home.on_opened,
        Joined: _touring(answer_service, audiences, options).on_joined,
    }


def _on_tasks(
    answer_service: AnswerService,
    audiences: Audiences,
    escalating: Escalating,
    options: SlackOptions,
) -> Mapping[type[AnyTask], TaskHandler]:
    """Who does the work that a button, a command or a shortcut asked for."""
    ephemeral = EphemeralAnswers(answer_service=answer_service, audiences=audiences)
    return {
        AskEphemeral: ephemeral.on_ask_ephemeral,
        Share: ephemeral.on_share,
        OfferAgain: ephemeral.on_offer_again,
        AskAgain: ephemeral.on_ask_again,
        Ask: ephemeral.on_ask,
        Escalate: escalating.on_escalate,
        AnswerForOffice: escalating.on_answer,
        ReportFeedback: escalating.on_report,
        Tour: _touring(answer_service, audiences, options).on_tour,
    }


def _on_approved(
    approving: Approving, telling: TellingAskers
) -> Mapping[type[AnyTask], TaskHandler]:
    """Who works off what staff approved."""
    return {
        Publish: approving.on_publish,
        TellAsker: telling.on_tell_asker,
        Withdraw: approving.on_withdraw,
        ShowReach: approving.on_show_reach,
        TellSourceChanged: approving.on_source_changed,
    }


def _alert_tasks(alerting: Alerting | None) -> tuple[PeriodicTask, ...]:
    if alerting is None:
        return ()
    return (PeriodicTask(name="alerts", every_s=_ALERTS_EVERY_S, do=alerting.schedule),)


def _touring(answer_service: AnswerService, audiences: Audiences, options: SlackOptions) -> Touring:
    return Touring(
        state=answer_service.state,
        audiences=audiences,
        content=options.content,
        contact=options.contact,
        work_out=partial(answer_service.work_out, origin="onboarding"),
        offered=options.offered,
    )


def _bolt(access: SlackAccess) -> tuple[App, Workspaces]:
    executor = Workers(_LISTENERS)
    if access.oauth is not None and access.workspaces is not None:
        app = App(
            client=build_client(None, access.api_url),
            signing_secret=access.signing_secret,
            oauth_settings=access.oauth,
            listener_executor=executor,
        )
        forget_uninstalled(app, access.installations)
        return app, access.workspaces
    client = build_client(access.bot_token, access.api_url)
    check_token(client)
    app = App(client=client, signing_secret=access.signing_secret, listener_executor=executor)
    forget_uninstalled(app, None)  # the events come all the same
    return app, OneWorkspace(client)


def _pool(
    state: State,
    router: Router,
    web_of: Callable[[str], SlackWeb],
    options: SlackOptions,
    more: tuple[PeriodicTask, ...],
) -> WorkerPool:
    room = WaitingRoom(
        inbox=state.inbox, web_of=web_of, workers=options.workers, max_queue=options.max_queue
    )

    def clear_up() -> None:
        state.retention.purge(options.keep_days, datetime.now(UTC))
        state.audit.remove_old(options.audit_days)

    periodic: tuple[PeriodicTask, ...] = (
        PeriodicTask(name="waiting", every_s=1.0, do=lambda: room.tell(pool.owner)),
        PeriodicTask(name="retention", every_s=3600.0, do=clear_up),
        *more,
    )
    pool = WorkerPool(state.inbox, router, workers=options.workers, periodic=periodic)
    return pool
