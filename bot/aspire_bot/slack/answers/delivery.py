"""The one message that a question gets: opened at once, shown at work, made the answer.

Opened as a stream that shows a plan, or as a plain post where the rates or the workspace have no
stream for us. Its `ts` is kept before the answer is worked out and the answer is delivered into it:
whatever dies in between, the same message is brought to its end later, and none is posted twice.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aspire_bot.answering.types import StepName
from aspire_bot.messages import SlackPhrases
from aspire_bot.slack.platform.web import STREAM_IS_OVER, SlackCallError, SlackWeb, Task, TaskStatus
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.render.message import JsonObject, SlackMessage
from aspire_bot.state.inbox import Inbox, Job

logger = logging.getLogger(__name__)

_SHOWN = ("search", "read", "check")
_SHOWN_AT: Mapping[StepName, int] = {
    "rewrite": 0,
    "retrieve": 0,
    "read": 1,
    "generate": 1,
    "verify": 2,
}
"""Which line of the plan a step belongs to."""
_GONE = {"message_not_found", "cant_update_message"}
_MOST_SEARCHES = 4
"""Attempts in which the message of an earlier one is looked for even if Slack is hard to reach."""
_BEFORE_S = 300.0
"""Slack's clock may be that much behind ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an answer goes, and for whom it is."""

    channel: str
    thread_ts: str
    user: str
    is_direct: bool = False


@dataclass(slots=True)
class Reply:
    """The message of one job."""

    web: SlackWeb
    inbox: Inbox
    job: Job
    place: Place
    wording: SlackPhrases
    ts: str = ""
    is_stream: bool = False
    _done: int = field(default=0)
    _told: str = ""
    _shown: list[JsonObject] = field(default_factory=list[JsonObject])
    _waiting: list[JsonObject] = field(default_factory=list[JsonObject])
    _is_spoilt: bool = False

    def take_up(self) -> None:
        """Find the message that an earlier attempt made, where there was one."""
        self.ts, self.is_stream = self.job.placeholder_ts or "", self.job.is_stream
        if not self.ts and self.job.attempts > 1:
            self._adopt()

    def open(self) -> None:
        """Make the message, where there is none yet."""
        if not self.ts:
            self._make()

    def step(self, name: StepName) -> None:
        """Show that a step has begun; to show it is not worth a failure.

        Where there is no message yet, it is made when the documents are searched: from then on
        something will be said.
        """
        if not self.ts and name != "rewrite":
            self.open()
        at = _SHOWN_AT[name]
        if not self.is_stream or at == self._done:
            return
        self._done = at
        try:
            self.web.append_tasks(self.place.channel, self.ts, self._tasks())
        except SlackCallError as error:
            logger.info("step not shown: %s", error)

    def tell(self, text: str, blocks: Sequence[JsonObject]) -> None:
        """Show a piece of the answer that will stay; the rest follows with the whole."""
        self._told += text
        self._waiting += blocks
        if not self.is_stream or self._is_spoilt:
            return
        try:
            if self.web.append_blocks(self.place.channel, self.ts, self._waiting):
                self._shown += self._waiting
                self._waiting = []
        except SlackCallError as error:
            self._is_spoilt = True  # whether it stands there is not known: the whole will be put
            logger.info("piece not shown: %s", error)

    def deliver(self, message: SlackMessage, *, text: str = "") -> None:
        """Make the message the answer. The same again changes nothing.

        `text` is the answer's: where just that was told already, only the rest is added.

        Raises:
            SlackCallError: Slack did not take it; to be tried again where `retryable`.
        """
        with self.web.tracing.span(
            "slack.deliver", attempt=self.job.attempts, is_stream=self.is_stream
        ):
            try:
                self._finish(message, is_told=bool(self._told) and self._told == text)
            except SlackCallError as error:
                if error.error not in _GONE:
                    raise
                # Somebody deleted the placeholder, not the question: the answer still goes out.
                self._repost(message)

    def say(self, message: SlackMessage) -> None:
        """Post a message that needs no time; where an earlier attempt did, it is the same one."""
        if self.ts:
            self.deliver(message)
        else:
            with self.web.tracing.span("slack.deliver", attempt=self.job.attempts, is_stream=False):
                self._keep(self._post(message), is_stream=False)

    def discard(self) -> None:
        """Take the message away."""
        if not self.ts:
            return
        if self.is_stream:
            self._end_stream()
        self.web.delete(self.place.channel, self.ts)

    def _repost(self, message: SlackMessage) -> None:
        """Post in a deleted message's place; what an earlier attempt posted there is the same."""
        gone, self.ts = self.ts, ""
        if self.job.attempts > 1:
            self._adopt()
        if self.ts in {"", gone}:
            self._keep(self._post(message), is_stream=False)
        else:
            self._finish(message)

    def _finish(self, message: SlackMessage, *, is_told: bool = False) -> None:
        if self.is_stream:
            self._done = len(_SHOWN)
            is_right = self.job.attempts == 1 and (is_told or not self._shown)
            final = self._rest_of(message) if is_told and not self._is_spoilt else message
            try:
                self.web.stop_stream(self.place.channel, self.ts, final, self._tasks())
            except SlackCallError as error:
                if error.error != STREAM_IS_OVER:
                    raise  # else it ended by itself, or at an attempt of which we know nothing
            else:
                if is_right and not self._is_spoilt:
                    return
        # Put whole, for what stands there may be more, or less, than the answer.
        self.web.update(self.place.channel, self.ts, message)

    def _rest_of(self, message: SlackMessage) -> SlackMessage:
        """What is still to be shown where the text was told piece by piece."""
        rest = message.below_text()
        return SlackMessage(text=rest.text, blocks=(*self._waiting, *rest.blocks))

    def _end_stream(self) -> None:
        try:
            notice = render_notice(self.wording.working)
            self.web.stop_stream(self.place.channel, self.ts, notice)
        except SlackCallError as error:
            if error.error not in {STREAM_IS_OVER, *_GONE}:
                raise

    def _make(self) -> None:
        may_stream = self.job.attempts == 1 and self.place.thread_ts
        stream_ts = self._start_stream() if may_stream else None
        if stream_ts is not None:
            self._keep(stream_ts, is_stream=True)
        else:
            self._keep(self._post(render_notice(self.wording.working)), is_stream=False)

    def _start_stream(self) -> str | None:
        # Documented for channels; live workspaces ask for it in direct conversations as well.
        recipient = self.place.user
        try:
            return self.web.start_stream(
                self.place.channel, self.place.thread_ts, self._tasks(), recipient=recipient
            )
        except SlackCallError as error:
            if error.retryable:
                raise
            logger.info("no stream: %s", error)
            return None

    def _post(self, message: SlackMessage) -> str:
        return self.web.post(
            self.place.channel,
            message,
            thread_ts=self.place.thread_ts,
            key=self.job.arrival.key,
        )

    def _adopt(self) -> None:
        """An attempt that died between posting and noting it left a message: go on in that one.

        Raises:
            SlackCallError: Slack cannot tell now; to be tried again.
        """
        key, since_s = self.job.arrival.key, self.job.received_at.timestamp() - _BEFORE_S
        try:
            found = self.web.find_ours(
                self.place.channel, self.place.thread_ts, key, since_s=since_s
            )
        except SlackCallError as error:
            if error.retryable and self.job.attempts < _MOST_SEARCHES:
                raise
            logger.info("no orphan looked for: %s", error)
            return
        if found:
            # Whether it is a stream does not matter: what is none says so when it is ended.
            self._keep(found, is_stream=True)

    def _keep(self, ts: str, *, is_stream: bool) -> None:
        self.ts, self.is_stream = ts, is_stream
        self.inbox.note_placeholder(self.job.job_id, ts, is_stream=is_stream)

    def _tasks(self) -> Sequence[Task]:
        return [
            Task(
                task_id=f"{self.job.arrival.key}-{name}",
                title=self.wording.steps[name],
                status=_status(n, self._done),
            )
            for n, name in enumerate(_SHOWN)
        ]


def _status(line: int, done: int) -> TaskStatus:
    if line < done:
        return "complete"
    return "in_progress" if line == done else "pending"
