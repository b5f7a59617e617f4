"""Works off the steps of operations, and keeps the message of each up to date."""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from aspire_bot.messages import phrases
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.curating.buttons import Act
from aspire_bot.slack.curating.messages import operation_message, progress_note, working_message
from aspire_bot.slack.curating.operation_steps import OperationSteps, wanted_before
from aspire_bot.slack.curating.ports import Curator
from aspire_bot.slack.curating.result import OperationResult
from aspire_bot.slack.curating.status_messages import status_message
from aspire_bot.slack.jobs.router import PostponedError
from aspire_bot.slack.jobs.task import AnyTask, BeginOperation, StepOperation, TellStatus
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.state import State
from aspire_bot.state.inbox import Job
from aspire_bot.state.operations import Facts, Operation, Status
from aspire_ingest.index.errors import AspireError, IndexUnavailableError

logger = logging.getLogger(__name__)

_BUSY_S = 5.0
_LONGEST_WAIT_S = 60.0
_PROGRESS_EVERY_S = 3.0
_GONE = {"message_not_found", "cant_update_message"}
_NEXT: Mapping[Act, Status] = {
    "approve": "doing",
    "prune": "pruning",
    "change": "looking",
    "cancel": "cancelled",
    "undo": "undoing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationRunner:
    """Takes operations through their steps."""

    state: State
    curator: Curator

    def on_begin(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Look at what staff want changed, and show it to them."""
        assert isinstance(task, BeginOperation)  # noqa: S101  the router's table says so
        operation = self.state.operations.begin(
            Operation(
                operation_id=task.operation_id,
                kind=task.kind,
                team=job.arrival.team,
                channel=task.channel or web.open_direct(task.user),
                thread_ts=task.thread_ts,
                user=task.user,
                language=web.locale(task.user),
                began_at=datetime.now(UTC),
                claimed_by=job.arrival.key,
                request=dict(task.request),
            )
        )
        if operation.claimed_by != job.arrival.key:
            return  # somebody has gone on with it
        place = Place(channel=operation.channel, thread_ts=operation.thread_ts, user="")
        reply = self._reply(job, web, place, operation.language)
        if not reply.ts:
            reply.say(working_message(operation))
        self.state.operations.note_message(operation.operation_id, reply.ts)
        self._go_on(job, web, operation, reply.ts)

    def on_step(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Do what was pressed, unless another was quicker."""
        assert isinstance(task, StepOperation)  # noqa: S101  as above
        operation = self.state.operations.claim(
            task.operation_id,
            turn=task.turn,
            by=job.arrival.key,
            user=task.user,
            status=_NEXT[task.act],
            request=self._request(task),
        )
        if operation is None or operation.message_ts is None:
            return
        if operation.is_at_work and not OperationResult.of(operation).waits:
            self._show(web, operation, operation.message_ts, working_message(operation))
        self._go_on(job, web, operation, operation.message_ts)

    def on_status(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Tell one of staff how the index does."""
        assert isinstance(task, TellStatus)  # noqa: S101  as above
        del job
        language = web.locale(task.user)
        try:
            message = status_message(self.curator.status(), language)
        except AspireError as error:
            if error.retryable:
                raise
            message = render_notice(phrases(language).slack.error(error), footnote=str(error))
        web.respond(task.response_url, message)

    def _go_on(self, job: Job, web: SlackWeb, operation: Operation, ts: str) -> None:
        if operation.is_at_work:
            progress = _Progress(self, web, operation, ts)
            try:
                status, found = OperationSteps(curator=self.curator).do(
                    web, operation, progress, attempt=job.attempts
                )
            except IndexUnavailableError as error:
                raise self._wait(web, operation, ts) from error
            finally:
                progress.close()
            operation = self.state.operations.settle(operation.operation_id, status, found)
            logger.info(
                "operation=%s kind=%s user=%s status=%s",
                operation.operation_id,
                operation.kind,
                operation.user,
                operation.status,
            )
        self._show(web, operation, ts, operation_message(operation))

    def _wait(self, web: SlackWeb, operation: Operation, ts: str) -> PostponedError:
        """Say that somebody else is at work, once, and come back later and later."""
        found = OperationResult.of(operation)
        waits = found.waits + 1
        self.state.operations.note(operation.operation_id, found.kept(waits=waits))
        kept = self.state.operations.get(operation.operation_id) or operation
        if waits == 1:
            self._show(web, kept, ts, working_message(kept))
        return PostponedError(min(_LONGEST_WAIT_S, _BUSY_S * waits))

    def _request(self, task: StepOperation) -> Facts | None:
        """What is wanted from now on; earlier wishes stay where there are no others."""
        operation = self.state.operations.get(task.operation_id)
        if task.act != "change" or operation is None:
            return None
        return {
            **operation.request,
            "wanted": {**wanted_before(operation.request), **task.wanted},
        }

    def _show(self, web: SlackWeb, operation: Operation, ts: str, message: SlackMessage) -> None:
        """Put it into the operation's message; anew where somebody deleted that."""
        try:
            web.update(operation.channel, ts, message)
        except SlackCallError as error:
            if error.error not in _GONE:
                raise
            new = web.post(operation.channel, message, thread_ts=operation.thread_ts)
            self.state.operations.note_message(operation.operation_id, new)

    def _reply(self, job: Job, web: SlackWeb, place: Place, language: str) -> Reply:
        reply = Reply(
            web=web,
            inbox=self.state.inbox,
            job=job,
            place=place,
            wording=phrases(language).slack,
        )
        reply.take_up()
        return reply


class _Progress:
    """Shows how far a step is, now and then; to show it is not worth a failure."""

    def __init__(
        self, runner: OperationRunner, web: SlackWeb, operation: Operation, ts: str
    ) -> None:
        self._runner, self._web = runner, web
        self._operation, self._ts = operation, ts
        self._shown_at = time.monotonic()
        self._lock = threading.Lock()
        self._is_open = True

    def __call__(self, step: str, done: int, total: int) -> None:
        """See `OnProgress`."""
        with self._lock:
            now = time.monotonic()
            if not self._is_open or now - self._shown_at < _PROGRESS_EVERY_S:
                return
            self._shown_at = now
            note = progress_note(step, done, total, self._operation.language)
            try:
                message = working_message(self._operation, note)
                self._web.update(self._operation.channel, self._ts, message)
            except SlackCallError as error:
                logger.info("progress not shown: %s", error)

    def close(self) -> None:
        """Show nothing more: what came of it is shown now."""
        with self._lock:
            self._is_open = False
