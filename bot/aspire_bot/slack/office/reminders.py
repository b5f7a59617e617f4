"""Questions to the office that are still open: who sees to them, and reminders."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aspire_bot.messages import phrases
from aspire_bot.slack.answers.delivery import Place
from aspire_bot.slack.jobs.office_task import Remind, TakeEscalation
from aspire_bot.slack.jobs.task import AnyTask
from aspire_bot.slack.office.messages import reminder
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.office.waiting_askers import permalink_of
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import context
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.staff.office_messages import question_for_staff
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.escalations import Escalation
from aspire_bot.state.inbox import Job

_MOST_REMINDED = 20
"""Questions that staff are reminded of at once; the others come the next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationReminders:
    """Keeps owners, and reminds staff every `remind_h` hours (0: never) and when they want it."""

    state: State
    staff: Staff
    posting: Posting
    remind_h: float
    now: Callable[[], datetime] = utc_now

    def schedule(self) -> None:
        """Have staff reminded of what is due, and of what they were last told of too long ago."""
        if self.staff.office.channel is None:
            return
        now = self.now()
        for one in self.state.escalations.due(now, _MOST_REMINDED):
            assert one.remind_at is not None  # noqa: S101  what is due has a time
            self._remind(one, one.remind_at.isoformat())
        if not self.remind_h:
            return
        every = timedelta(hours=self.remind_h)
        for one in self.state.escalations.neglected(now - every, _MOST_REMINDED):
            self._remind(one, str((now - one.opened_at) // every))

    def _remind(self, one: Escalation, time: str) -> None:
        """Have staff reminded, once for each `time`."""
        task = Remind(user="", escalation_id=one.escalation_id)
        self.posting.put(task, key=f"remind:{one.escalation_id}:{time}", team=one.team)

    def on_remind(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Post a reminder of a question that is still open."""
        assert isinstance(task, Remind)  # noqa: S101  the router's table says so
        one = self.state.escalations.get(task.escalation_id)
        if one is None or one.status != "open" or one.staff_ts is None:
            return
        permalink = permalink_of(web, one.staff_channel, one.staff_ts)
        message = reminder(one, self.now() - one.opened_at, permalink)
        place = Place(channel=one.staff_channel, thread_ts="", user="")
        ts = self.posting.say(job, web, place, message)
        self.state.escalations.set_reminder(one.escalation_id, ts)

    def on_take(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Keep who sees to a question, show it in its message, and tell them where it was given."""
        assert isinstance(task, TakeEscalation)  # noqa: S101  as above
        self.state.escalations.take(task.escalation_id, task.new_owner)
        one = self.state.escalations.get(task.escalation_id)
        posted = self.state.answers.by_id(one.answer_id) if one else None
        if one is None or posted is None or one.staff_ts is None:
            return
        permalink = permalink_of(web, posted.channel, posted.message_ts or "")
        wording = phrases(posted.language).slack
        message = question_for_staff(posted, one.asker, permalink, wording, escalation=one)
        web.update(one.staff_channel, one.staff_ts, message)
        if task.new_owner not in {None, task.user}:
            self._tell_owner(job, web, one, task)

    def _tell_owner(self, job: Job, web: SlackWeb, one: Escalation, task: TakeEscalation) -> None:
        """Under the question, where Slack tells whoever is named."""
        words = phrases(one.language).office_work.reminder
        told = words.given.format(owner=f"<@{task.new_owner}>", by=f"<@{task.user}>")
        place = Place(channel=one.staff_channel, thread_ts=one.staff_ts or "", user="")
        self.posting.say(job, web, place, SlackMessage.of(told, [context(told)]))
