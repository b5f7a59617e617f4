"""All of it put together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aspire_bot.slack.curating.actions import CuratingActions
from aspire_bot.slack.curating.alerts import Alerting
from aspire_bot.slack.curating.buttons import ACTS, CHANGE_VIEW, INGEST_SHORTCUT
from aspire_bot.slack.curating.commands import CuratingCommands
from aspire_bot.slack.curating.files import SharedFiles
from aspire_bot.slack.curating.operation import OperationRunner
from aspire_bot.slack.curating.ports import Curator
from aspire_bot.slack.jobs.router import TaskHandler
from aspire_bot.slack.jobs.task import (
    AnyTask,
    BeginOperation,
    StepOperation,
    TellStatus,
    WatchIndex,
    write_task,
)
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.listeners.payloads import Click, Shortcut, Submission
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.inbox import Arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratingParts:
    """What the bot wires in before its intake is there; empty where nothing can be changed."""

    files: SharedFiles | None
    tasks: Mapping[type[AnyTask], TaskHandler]
    alerting: Alerting | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratingDoor:
    """What staff press, choose and send."""

    commands: CuratingCommands
    clicks: Mapping[str, Callable[[SlackWeb, Click], None]]
    shortcuts: Mapping[str, Callable[[SlackWeb, Shortcut], None]]
    submissions: Mapping[str, Callable[[SlackWeb, Submission], Mapping[str, str] | None]]


def build_curating(
    state: State, staff: Staff, curator: Curator | None, *, max_age_h: float | None
) -> CuratingParts:
    """Build what works off tasks; `curator` None: nothing can be changed from Slack."""
    if curator is None:
        return CuratingParts(files=None, tasks={}, alerting=None)
    runner = OperationRunner(state=state, curator=curator)
    tasks: dict[type[AnyTask], TaskHandler] = {
        BeginOperation: runner.on_begin,
        StepOperation: runner.on_step,
        TellStatus: runner.on_status,
    }
    alerting = None
    if channel := staff.office.channel:
        alerting = Alerting(
            state=state,
            curator=curator,
            channel=channel,
            put=lambda key: _put(state, WatchIndex(user=""), key=key),
            max_age_h=max_age_h,
        )
        tasks[WatchIndex] = alerting.on_watch
    files = SharedFiles(staff=staff, inbox=state.inbox, put=_putting(state))
    return CuratingParts(files=files, tasks=tasks, alerting=alerting)


def curating_door(state: State, staff: Staff, intake: Intake, parts: CuratingParts) -> CuratingDoor:
    """Build what takes what staff press, choose and send."""
    actions = CuratingActions(state=state, intake=intake, staff=staff)
    files = parts.files
    return CuratingDoor(
        commands=CuratingCommands(intake=intake, staff=staff, is_set_up=files is not None),
        clicks=dict.fromkeys(ACTS, actions.on_click),
        shortcuts={INGEST_SHORTCUT: files.on_shortcut} if files else {},
        submissions={CHANGE_VIEW: actions.on_submission},
    )


def _putting(state: State) -> Callable[..., bool]:
    def put(task: AnyTask, *, key: str, team: str, channel: str) -> bool:
        return _put(state, task, key=key, team=team, channel=channel)

    return put


def _put(state: State, task: AnyTask, *, key: str, team: str = "", channel: str = "") -> bool:
    arrival = Arrival(
        kind="task",
        key=key,
        team=team,
        channel=channel,
        # Among themselves they need no order, and nobody's question waits for them.
        thread_ts=key,
        user=task.user,
        body=write_task(task),
    )
    return state.inbox.put(arrival, once_per_message=False) is not None
