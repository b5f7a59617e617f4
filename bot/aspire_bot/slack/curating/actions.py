"""The buttons of an operation and its modal: who may, and what becomes a task."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from aspire_bot.messages import phrases
from aspire_bot.slack.curating.buttons import ACTS, Act, read
from aspire_bot.slack.curating.change_view import TITLE, change_view, read_change
from aspire_bot.slack.curating.result import OperationResult
from aspire_bot.slack.jobs.task import StepOperation
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.listeners.payloads import Click, Submission
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.operations import Operation

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratingActions:
    """Takes what staff press; who is staff is asked each time, for anyone may see a message."""

    state: State
    intake: Intake
    staff: Staff

    def on_click(self, web: SlackWeb, click: Click) -> None:
        """One of the buttons."""
        act = ACTS.get(click.action_id)
        step = read(click.value)
        if act is None or step is None:
            return
        if not self.staff.includes(web, click.user):
            logger.warning("curating refused: user=%s command=%s", click.user, act)
            notice = render_notice(phrases(web.locale(click.user)).slack.staff_only)
            web.respond(click.response_url, notice)
            return
        operation = self._current(step)
        if operation is None:
            self._say_why(web, click, step[0])
            return
        if act == "change":
            self._ask(web, click, operation)
            return
        self._put(click.team, operation, act, click.user)

    def on_submission(self, web: SlackWeb, sent: Submission) -> Mapping[str, str] | None:
        """The modal of `change`."""
        step = read(sent.metadata)
        if not self.staff.includes(web, sent.user):
            logger.warning("curating refused: user=%s command=change", sent.user)
            return {TITLE: phrases(web.locale(sent.user)).slack.staff_only}
        operation = self._current(step) if step else None
        preview = OperationResult.of(operation).preview if operation else None
        if operation is None or preview is None:
            return {TITLE: phrases(web.locale(sent.user)).curating.too_late}
        changed, errors = read_change(sent, preview.document, operation.language)
        if errors:
            return errors
        if changed:
            self._put(sent.team, operation, "change", sent.user, changed)
        return None

    def _current(self, step: tuple[str, int]) -> Operation | None:
        operation = self.state.operations.get(step[0])
        return operation if operation is not None and operation.turn == step[1] else None

    def _say_why(self, web: SlackWeb, click: Click, operation_id: str) -> None:
        """Where it was decided meanwhile, its message says so; what is kept no more, does not."""
        if self.state.operations.get(operation_id) is None:
            words = phrases(web.locale(click.user)).curating
            web.respond(click.response_url, render_notice(words.kept_no_more))

    def _ask(self, web: SlackWeb, click: Click, operation: Operation) -> None:
        preview = OperationResult.of(operation).preview
        if preview is not None:
            view = change_view(
                preview.document, operation.operation_id, operation.turn, operation.language
            )
            web.open_view(click.trigger_id, view)

    def _put(
        self,
        team: str,
        operation: Operation,
        act: Act,
        user: str,
        wanted: Mapping[str, str] | None = None,
    ) -> None:
        task = StepOperation(
            user=user,
            operation_id=operation.operation_id,
            turn=operation.turn,
            act=act,
            wanted=dict(wanted or {}),
        )
        # Not by the click: the same step wanted twice is done once, whoever pressed.
        key = f"step:{task.operation_id}:{task.turn}:{task.act}"
        thread = f"operation:{task.operation_id}"
        self.intake.put(task, key=key, team=team, channel=operation.channel, thread_ts=thread)
