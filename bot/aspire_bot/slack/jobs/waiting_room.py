"""What those are told whose question has to wait: their number, instead of silence."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from aspire_bot.messages import phrases
from aspire_bot.slack.listeners.events import text_in
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.state.inbox import Inbox, Job
from aspire_ingest.index.text.language import language_of

logger = logging.getLogger(__name__)

_PATIENCE_S = 2.0
_AT_ONCE = 20
_MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRoom:
    """Posts the message that will become the answer ahead of its turn, with the asker's number."""

    inbox: Inbox
    web_of: Callable[[str], SlackWeb]
    workers: int
    max_queue: int
    """Questions beyond these are told to come again, and dropped."""
    _shown: set[int] = field(default_factory=set[int])

    def tell(self, owner: str) -> None:
        """Tell those who have waited for a while and have seen nothing."""
        for job in self.inbox.unnoticed(older_than_s=_PATIENCE_S, limit=_AT_ONCE):
            is_asked = job.arrival.kind == "event" and job.arrival.channel
            if not is_asked or job.attempts:
                continue  # an attempt may have left a message: whoever takes the job looks for it
            number = self.inbox.position(job.job_id)
            if number > self.workers:
                self._tell(job, number, owner)

    def _tell(self, job: Job, number: int, owner: str) -> None:
        web = self.web_of(job.arrival.team)
        wait_s = web.post_wait_s(job.arrival.channel)
        if (wait_s and job.job_id in self._shown) or not self.inbox.hold(job.job_id, owner):
            return
        try:
            if wait_s:
                self._show_status(job, web)
            else:
                self._post(job, web, number)
        except SlackCallError as error:
            logger.info("nobody told to wait: %s", error)
            self.inbox.retry_later(job.job_id, wait_s)  # counts: it may be there all the same
        else:
            self.inbox.postpone(job.job_id, wait_s)

    def _show_status(self, job: Job, web: SlackWeb) -> None:
        """In a busy channel messages are a second apart; a status is none, and better than silence.

        Slack shows it for two minutes, or until the reply.
        """
        if len(self._shown) >= _MOST_REMEMBERED:
            self._shown.clear()
        self._shown.add(job.job_id)
        status = phrases(language_of(text_in(job.arrival.body))).slack.status
        try:
            web.set_status(job.arrival.channel, job.arrival.thread_ts, status)
        except SlackCallError as error:
            logger.info("no status shown: %s", error)

    def _post(self, job: Job, web: SlackWeb, number: int) -> None:
        arrival = job.arrival
        wording = phrases(language_of(text_in(job.arrival.body))).slack
        is_full = number > self.max_queue
        notice = render_notice(wording.full if is_full else wording.busy.format(number))
        ts = web.post(arrival.channel, notice, thread_ts=arrival.thread_ts, key=arrival.key)
        if is_full:
            logger.warning("the queue is full: a question was declined")
            self.inbox.finish(job.job_id, "dropped")
        else:
            self.inbox.note_placeholder(job.job_id, ts, is_stream=False)
