"""Questions to the office that are still open: who sees to them, and reminders."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aspire_bot.messages import phrases
from aspire_bot.slack.answers.delivery import Place
from aspire_bot.slack.jobs.office_task import Remind, TakeEscalation
from aspire_bot.slack.jobs.task import AnyTask
from aspire_bot.slack.office.messages import reminder
from aspire_bot.slack.office.posting import Posting
from aspire_bot.slack.office.wanted import permalink_of
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.staff.office_messages import question_for_staff
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.database import utc_now
from aspire_bot.state.inbox import Job

_MOST_REMINDED = 20
"""Questions that staff are reminded of at once; the others come the next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationReminders:
    """Keeps owners, and reminds staff every `remind_h` hours; 0: never."""

    state: State
    staff: Staff
    posting: Posting
    remind_h: float
    now: Callable[[], datetime] = utc_now

    def schedule(self) -> None:
        """Have staff reminded of what they were last told of too long ago."""
        if not self.remind_h or self.staff.office.channel is None:
            return
        now, every = self.now(), timedelta(hours=self.remind_h)
        for one in self.state.escalations.neglected(now - every, _MOST_REMINDED):
            times = (now - one.opened_at) // every
            task = Remind(user="", escalation_id=one.escalation_id)
            self.posting.put(task, key=f"remind:{one.escalation_id}:{times}", team=one.team)

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
        """Keep who sees to a question, and show it in its message."""
        assert isinstance(task, TakeEscalation)  # noqa: S101  as above
        del job
        self.state.escalations.take(task.escalation_id, task.user)
        one = self.state.escalations.get(task.escalation_id)
        posted = self.state.answers.by_id(one.answer_id) if one else None
        if one is None or posted is None or one.staff_ts is None:
            return
        permalink = permalink_of(web, posted.channel, posted.message_ts or "")
        wording = phrases(posted.language).slack
        message = question_for_staff(posted, one.asker, permalink, wording, escalation=one)
        web.update(one.staff_channel, one.staff_ts, message)
