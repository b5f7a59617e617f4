"""What is done with each job of the inbox, and what where it fails."""

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from aspire_bot.logs import log_about
from aspire_bot.messages import phrases
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.jobs.task import AnyTask, read_task
from aspire_bot.slack.listeners.events import Happening, PersonMessage, read_event, text_in
from aspire_bot.slack.platform.metrics import Metrics
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.platform.workspaces import NotInstalledError
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.state.inbox import Inbox, Job
from aspire_ingest.index.errors import AspireError
from aspire_ingest.index.text.language import language_of

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 10
"""Together they outlast four minutes in which Slack cannot be reached, or some restarts."""
_MAX_NOTICES = 4
"""Further attempts to say that it failed."""
_LONGEST_PAUSE_S = 60.0
_TS = re.compile(r"\d+\.\d+")
# There is nowhere left to answer.
_NO_PLACE = {
    "channel_not_found", "is_archived", "not_in_channel", "thread_not_found", "user_not_found",
    "cannot_reply_to_message", "restricted_action", "account_inactive", "expired_url", "used_url",
}  # fmt: skip

EventHandler = Callable[[Job, SlackWeb, Happening], None]
TaskHandler = Callable[[Job, SlackWeb, AnyTask], None]


class PostponedError(Exception):
    """A job cannot begin yet; it goes back for a while."""

    def __init__(self, delay_s: float) -> None:
        """Come back after `delay_s` seconds."""
        super().__init__(f"again in {delay_s:.1f} s")
        self.delay_s = delay_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Router:
    """Gives each job to its handler, by the type of what happened or of the task.

    A handler returns where the job is done, and raises where it is not: `PostponedError`, an error
    that says it may be tried again, or any other, which ends the job with a word to the asker.
    """

    inbox: Inbox
    web_of: Callable[[str], SlackWeb]
    bot_user_of: Callable[[str], str]
    events: Mapping[type[Happening], EventHandler]
    tasks: Mapping[type[AnyTask], TaskHandler]
    metrics: Metrics

    def work(self, job: Job) -> None:
        """See `JobHandler`."""
        try:
            self._work(job)
        except PostponedError as postponed:
            self.inbox.postpone(job.job_id, postponed.delay_s)
        except Exception as error:  # noqa: BLE001  the boundary: the asker is told, the log has all
            self._recover(job, error)

    def _work(self, job: Job) -> None:
        web = self.web_of(job.arrival.team)
        failure = _kept_failure(job)
        if failure is None and job.attempts > MAX_ATTEMPTS:  # it took the process down each time
            failure = self._failure(job, RuntimeError("given up after too many attempts"))
        if failure is not None:
            self._tell(job, web, failure)
        else:
            self._route(job, web)
        self.inbox.finish(job.job_id, "failed" if failure else "done")

    def _route(self, job: Job, web: SlackWeb) -> None:
        if job.arrival.kind == "event":
            body = job.arrival.body
            happening = read_event(body, bot_user_id=self.bot_user_of(job.arrival.team))
            if happening is not None:
                self.events[type(happening)](job, web, happening)
            return
        task = read_task(job.arrival.body)
        self.tasks[type(task)](job, web, task)

    def _recover(self, job: Job, error: Exception) -> None:
        """Try again later, say that it failed, or let it be where nobody can be told."""
        code = error.error if isinstance(error, SlackCallError) else ""
        if isinstance(error, NotInstalledError) or code in _NO_PLACE:
            logger.warning("dropped: %s", error)
            self.inbox.finish(job.job_id, "dropped")
            return
        is_retryable = isinstance(error, AspireError) and error.retryable
        most = MAX_ATTEMPTS + (_MAX_NOTICES if _kept_failure(job) else 0)
        if is_retryable and job.attempts < most:
            pause_s = min(_LONGEST_PAUSE_S, 0.5 * 2**job.attempts)
            logger.warning("attempt=%d again in %.0f s: %s", job.attempts, pause_s, error)
            self.metrics.job_retried()
            self.inbox.retry_later(job.job_id, pause_s)
            return
        if _kept_failure(job) is not None:
            logger.error("the asker could not be told: %s", error)
            self.inbox.finish(job.job_id, "failed")
            return
        # What is said is kept first: to say it may fail as well.
        self.inbox.note_outcome(job.job_id, {"failure": dict(self._failure(job, error))})
        self.inbox.retry_later(job.job_id, 0.0)

    def _failure(self, job: Job, error: Exception) -> Mapping[str, str]:
        """Log an error under an incident id; give what the asker is told of it."""
        incident = secrets.token_hex(4)
        with log_about(incident=incident):
            logger.error("attempt=%d failed for good", job.attempts, exc_info=error)
        self.metrics.job_failed()
        wording = phrases(language_of(_words(job))).slack
        return {"text": wording.error(error), "footnote": wording.incident.format(incident)}

    def _tell(self, job: Job, web: SlackWeb, failure: Mapping[str, str]) -> None:
        notice = render_notice(failure["text"], footnote=failure["footnote"])
        arrival = job.arrival
        response_url = arrival.body.get("response_url")
        if isinstance(response_url, str) and response_url:
            web.respond(response_url, notice)
            return
        if not arrival.channel or not arrival.user:
            return
        # Work that only keeps an order among itself has a thread of no message.
        thread_ts = arrival.thread_ts if _TS.fullmatch(arrival.thread_ts) else ""
        place = Place(channel=arrival.channel, thread_ts=thread_ts, user=arrival.user)
        wording = phrases(language_of(_words(job))).slack
        reply = Reply(web=web, inbox=self.inbox, job=job, place=place, wording=wording)
        reply.take_up()
        if (
            not reply.ts
            and not isinstance(self._happening(job), PersonMessage)
            and arrival.kind == "event"
        ):
            return  # nobody asked for anything
        reply.open()
        reply.deliver(notice)

    def _happening(self, job: Job) -> Happening | None:
        try:
            return read_event(job.arrival.body, bot_user_id=self.bot_user_of(job.arrival.team))
        except ValidationError:
            return None


def _kept_failure(job: Job) -> Mapping[str, str] | None:
    kept = (job.outcome or {}).get("failure")
    return {k: str(v) for k, v in kept.items()} if isinstance(kept, dict) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  JSON of our own


def _words(job: Job) -> str:
    """What the person wrote, to answer in its language."""
    body = job.arrival.body
    if job.arrival.kind == "event":
        return text_in(body)
    found = body.get("question")
    return found if isinstance(found, str) else ""
