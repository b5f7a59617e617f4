"""What the office's tasks share: one message for each task, and further tasks."""

from collections.abc import Callable
from dataclasses import dataclass

from aspire_bot.messages import phrases
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.jobs.task import AnyTask, write_task
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.state.inbox import Arrival, Inbox, Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Posts the message of a task, once however often it is tried, and keeps further tasks."""

    inbox: Inbox
    wake: Callable[[], None] = lambda: None

    def say(self, job: Job, web: SlackWeb, place: Place, message: SlackMessage) -> str:
        """Post a message, or find it where an earlier attempt did; give its `ts`.

        Raises:
            SlackCallError: Slack did not take it.
        """
        wording = phrases("en").slack  # nothing of it is shown
        reply = Reply(web=web, inbox=self.inbox, job=job, place=place, wording=wording)
        reply.take_up()
        reply.say(message)
        return reply.ts

    def put(self, task: AnyTask, *, key: str, team: str, about: str = "") -> bool:
        """Keep a task; False where one is known under its key.

        Tasks `about` one thing are worked off one after the other.
        """
        arrival = Arrival(
            kind="task",
            key=key,
            team=team,
            thread_ts=about or key,
            user=task.user,
            body=write_task(task),
        )
        kept = self.inbox.put(arrival, once_per_message=False) is not None
        self.wake()
        return kept
