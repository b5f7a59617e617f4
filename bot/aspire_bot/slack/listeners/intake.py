"""What Slack sends is kept before it is acknowledged; the worker pool works off what is kept.

A Bolt middleware: it answers Slack itself, so that Bolt's own listeners never run for these events.
Where the store cannot be written the middleware fails, Slack gets an error and delivers again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from pydantic import ValidationError
from slack_bolt import BoltContext, BoltResponse

from aspire_bot.answering.types import Turn
from aspire_bot.logs import log_about
from aspire_bot.slack.jobs.task import AnyTask, OfferAgain, write_task
from aspire_bot.slack.listeners.events import (
    Deleted,
    Edited,
    Joined,
    OpenedHome,
    PersonMessage,
    read_event,
)
from aspire_bot.slack.platform.metrics import Metrics
from aspire_bot.slack.staff.audit import record_task
from aspire_bot.slack.staff.policy import wants_answer
from aspire_bot.state import State
from aspire_bot.state.channels import ChannelPolicy
from aspire_bot.state.inbox import Arrival
from aspire_bot.state.threads import ThreadKey

logger = logging.getLogger(__name__)

# Bolt's own listeners of installations take these.
_BOLTS_EVENTS = {"app_uninstalled", "tokens_revoked"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Takes in events and tasks."""

    state: State
    policy_of: Callable[[str, str], ChannelPolicy]
    """The rules of a channel, by team and channel."""
    wake: Callable[[], None]
    metrics: Metrics
    staff_channel: str | None = None

    def on_event(
        self,
        body: dict[str, object],
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002  Bolt gives it by this name
    ) -> BoltResponse:
        """Keep an event of the Events API and acknowledge it; pass on everything else."""
        event = body.get("event")
        if body.get("type") != "event_callback" or not isinstance(event, dict):
            return next()
        if cast("dict[str, object]", event).get("type") in _BOLTS_EVENTS:
            return next()
        with log_about(event_id=str(body.get("event_id"))):
            self._take_in(body, context.bot_user_id)
        return BoltResponse(status=200, body="")

    def put(
        self,
        task: AnyTask,
        *,
        key: str,
        team: str,
        channel: str,
        thread_ts: str = "",
        message_ts: str = "",
    ) -> bool:
        """Keep a task; False where it was kept before under this key.

        Where it is about the message `message_ts`, it ends with that message.
        """
        kept = self.state.inbox.put(
            Arrival(
                kind="task",
                key=key,
                team=team,
                channel=channel,
                thread_ts=thread_ts,
                user=task.user,
                message_ts=message_ts,
                body=write_task(task),
            ),
            once_per_message=False,
        )
        self.metrics.event_received("action", is_duplicate=kept is None)
        if kept is not None:
            record_task(self.state, task, team)
        self.wake()
        return kept is not None

    def _take_in(self, body: dict[str, object], bot_user_id: str | None) -> None:
        try:
            happening = read_event(body, bot_user_id=bot_user_id)
        except ValidationError:
            logger.info("no event that we read")
            return
        if isinstance(happening, Deleted):
            self.state.inbox.withdraw(happening.team, happening.channel, happening.ts, "deleted")
        elif isinstance(happening, Edited):
            self._take_in_change(happening)
        elif isinstance(happening, PersonMessage):
            if self._concerns_us(happening):
                self._keep(body, happening)
        elif happening is not None:
            self._keep(body, happening)

    def _concerns_us(self, said: PersonMessage) -> bool:
        """Leave people's own conversations alone: what is not for the bot is not kept."""
        policy = self.policy_of(said.team, said.channel)
        return self._is_for_asker(said) or wants_answer(said, policy, self._history(said))

    def _is_for_asker(self, said: PersonMessage) -> bool:
        """Whether staff says it to somebody who asked the office."""
        if said.is_mention or said.begins_thread or said.channel != self.staff_channel:
            return False
        thread = (said.team, said.channel, said.thread_ts)
        return self.state.escalations.by_staff_thread(*thread) is not None

    def _history(self, said: PersonMessage) -> tuple[Turn, ...]:
        """What was said with the bot in the thread of a message, whoever may read it."""
        if said.begins_thread:
            return ()
        key = ThreadKey(team=said.team, channel=said.channel, thread_ts=said.thread_ts)
        return self.state.threads.turns(key, audience="staff")

    def _keep(
        self, body: dict[str, object], happening: PersonMessage | OpenedHome | Joined
    ) -> None:
        said = happening if isinstance(happening, PersonMessage) else None
        kept = self.state.inbox.put(
            Arrival(
                kind="event",
                key=str(body.get("event_id")),
                team=happening.team,
                channel=said.channel if said else "",
                thread_ts=said.thread_ts if said else "",
                user=happening.user,
                message_ts=said.ts if said else "",
                body=body,
            )
        )
        self.metrics.event_received("event", is_duplicate=kept is None)
        if kept is None:
            logger.info("delivered again: left alone")
        self.wake()

    def _take_in_change(self, change: Edited) -> None:
        said = change.said
        is_known = self.state.inbox.knows(said.team, said.channel, said.ts)
        if not is_known or self._is_for_asker(said):
            return
        self.state.inbox.withdraw(said.team, said.channel, said.ts, "edited")
        if said.text:
            task = OfferAgain(
                user=said.user, question=said.text, thread_ts=said.thread_ts, message_ts=said.ts
            )
            key = f"offer:{said.channel}:{said.ts}:{change.edited_ts}"
            self.put(task, key=key, team=said.team, channel=said.channel)
