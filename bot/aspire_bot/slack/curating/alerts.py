"""What is wrong with the index is told to the staff channel: once, and once when it is over.

`serve` looks itself, at what syncs leave behind, rather than be told by `aspire-ingest watch`: so
it also notices that no watch runs any more, works with cron as well, keeps Slack's token in one
program, and of several bots over one state one tells. What was told is kept: a restart repeats
nothing.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile

from aspire_bot.curator import IndexStatus, RefusedError
from aspire_bot.messages import phrases
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.curating.ports import Curator
from aspire_bot.slack.curating.status_messages import trouble_message
from aspire_bot.slack.jobs.task import AnyTask, WatchIndex
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.state import State
from aspire_bot.state.inbox import Job
from aspire_ingest.index.errors import AspireError, IndexUnavailableError

logger = logging.getLogger(__name__)

EVERY_S = 600.0
QUIET_S = 60.0
"""After the start there is more urgent work than this."""
_MOST_ATTEMPTS = 4
_BROKEN = 3
"""Syncs in a row that failed as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerting:
    """Watches the index for staff. `max_age_h`: hours without a good look; None: any."""

    state: State
    curator: Curator
    channel: str
    put: Callable[[str], object]
    """Keeps a `WatchIndex` task under a key."""
    max_age_h: float | None = None
    language: str = "en"
    since: float = field(default_factory=time.monotonic)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def schedule(self) -> None:
        """Have the index looked at; once in a while, however many bots there are."""
        if time.monotonic() - self.since >= QUIET_S:
            self.put(f"watch:{int(time.time() // EVERY_S)}")

    def on_watch(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Tell staff what is new, and keep that they know."""
        assert isinstance(task, WatchIndex)  # noqa: S101  the router's table says so
        present = self._present(job)
        known = self.state.troubles.all()
        raised = {name: text for name, text in present.items() if name not in known}
        over = {name: text for name, text in known.items() if name not in present}
        if not raised and not over:
            return
        logger.warning("index alerts: raised=%s over=%s", sorted(raised), sorted(over))
        place = Place(channel=self.channel, thread_ts="", user="")
        wording = phrases(self.language).slack
        reply = Reply(web=web, inbox=self.state.inbox, job=job, place=place, wording=wording)
        reply.take_up()
        reply.say(trouble_message(raised, over, self.language))
        self.state.troubles.change(raised, over)

    def _present(self, job: Job) -> Mapping[str, str]:
        """What is wrong now, by a name that stays the same while it lasts."""
        words = phrases(self.language).curating
        try:
            status = self.curator.status()
        except IndexUnavailableError:
            raise
        except AspireError as error:
            if error.retryable and job.attempts < _MOST_ATTEMPTS:
                raise
            if isinstance(error, RefusedError) and error.code == "empty":
                return {}  # the bot says so to everyone who asks
            return {"unreadable": words.unreadable.format(error)}
        found = {f"{one.kind}:{one.source or ''}": one.text for one in status.alerts}
        if failed := _failed_in_a_row(status):
            found["broken"] = words.broken.format(failed)
        age_h = self._age_h(status)
        if self.max_age_h is not None and age_h > self.max_age_h:
            found["too_old"] = words.too_old.format(f"{age_h / 24:.1f}")
        return found

    def _age_h(self, status: IndexStatus) -> float:
        """Hours since somebody last saw that the index is as its sources are."""
        seen = [status.as_of, *(one.last_success for one in status.sources if one.last_success)]
        latest = max(datetime.fromisoformat(moment) for moment in seen)
        return (self.now() - latest).total_seconds() / 3600


def _failed_in_a_row(status: IndexStatus) -> int:
    syncs = [run for run in status.runs if run.command == "sync"]
    failed = len(list(takewhile(lambda run: run.outcome == "failed", syncs)))
    return failed if failed >= _BROKEN else 0
