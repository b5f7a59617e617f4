"""Staff who asked to be told when a document or a source changes: told in person, once a change.

Of several bots one may still be on an older generation, or hold no records of visits: a document is
compared by a generation that is not older than that of which its watch tells, and a source stands
otherwise only after a later visit. Each change has a task whose key names it, so that one that is
found twice, also after a crash in between, is told once.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from aspire_bot.curator import DocumentChange
from aspire_bot.curator_sources import SourceHistory
from aspire_bot.office.page_state import GONE, document_state, source_state
from aspire_bot.slack.answers.delivery import Place
from aspire_bot.slack.curating.ports import Curator
from aspire_bot.slack.jobs.office_task import LookAtSources, TellPageChanged
from aspire_bot.slack.jobs.task import AnyTask
from aspire_bot.slack.listeners.commands import Library
from aspire_bot.slack.office.page_change_messages import document_message, source_message
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.inbox import Job
from aspire_bot.state.office.page_watches import PageWatch
from aspire_ingest.index.errors import AspireError

logger = logging.getLogger(__name__)

_SOURCES_EVERY_S = 600.0
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChanges:
    """Compares what staff watch with how it stood. Without a curator no source is looked at."""

    state: State
    staff: Staff
    library: Library
    posting: Posting
    curator: Curator | None
    console_url: str | None = None

    def look(self, slot: str = "") -> None:
        """Have all told whose document has changed, and the sources looked at once in a `slot`."""
        slot = slot or str(int(time.time() // _SOURCES_EVERY_S))
        if self.curator is not None:
            for team in sorted({watch.team for watch in self.state.page_watches.all("source")}):
                task = LookAtSources(user="")
                self.posting.put(task, key=f"watched_sources:{team}:{slot}", team=team)
        watches = self.state.page_watches.all("document")
        if not watches:
            return
        try:
            generation = self.library.manifest().generation
            documents = {one.document_id: one for one in self.library.documents("staff")}
            if self.library.manifest().generation != generation:
                return  # the documents may be of either: the next look will see
        except AspireError as error:
            logger.info("watched documents cannot be looked at: %s", error)
            return
        for watch in watches:
            stands = document_state(documents.get(watch.item))
            if generation >= watch.generation and stands != watch.stands:
                self._have_told(watch, stands, generation)

    def on_look_at_sources(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Have all of a workspace told whose source was changed by a later visit."""
        assert isinstance(task, LookAtSources)  # noqa: S101  the router's table says so
        del web
        for watch in self.state.page_watches.all("source"):
            if watch.team != job.arrival.team or self.curator is None:
                continue
            stands = source_state(self.curator.source_history(watch.item))
            if stands > watch.stands:
                self._have_told(watch, stands, 0)

    def on_tell(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Tell one person of one change; who is no longer staff is told no more."""
        assert isinstance(task, TellPageChanged)  # noqa: S101  as above
        watch = self.state.page_watches.get(task.watch_id)
        if watch is None:
            return
        if not self.staff.includes(web, watch.user):
            self.state.page_watches.remove(watch.kind, watch.item, watch.team, watch.user)
            return
        channel = web.open_direct(watch.user)
        place = Place(channel=channel, thread_ts="", user=watch.user, is_direct=True)
        self.posting.say(job, web, place, self._message(watch, task))

    def _have_told(self, watch: PageWatch, stands: str, generation: int) -> None:
        """Put the task first: who dies before the rest finds the same change under the same key."""
        task = TellPageChanged(
            user=watch.user, watch_id=watch.watch_id, stands=stands, since=watch.generation
        )
        key = f"page_changed:{watch.watch_id}:{watch.told}:{stands}"
        self.posting.put(task, key=key, team=watch.team, about=f"watch:{watch.watch_id}")
        self.state.page_watches.set_told(watch, stands, generation=generation)

    def _message(self, watch: PageWatch, task: TellPageChanged) -> SlackMessage:
        if watch.kind == "source":
            return source_message(watch, task.stands, self._history(watch), self.console_url)
        is_gone = task.stands == GONE
        change = None if is_gone else self._change(watch, task)
        return document_message(watch, change, is_gone=is_gone, console_url=self.console_url)

    def _history(self, watch: PageWatch) -> SourceHistory | None:
        return self._known(lambda curator: curator.source_history(watch.item))

    def _change(self, watch: PageWatch, task: TellPageChanged) -> DocumentChange | None:
        """What changed since the generation that the person knows; an older change is no news."""
        change = self._known(lambda curator: curator.last_change(watch.item))
        made = (change.index_version or "0") if change else "0"
        return change if int(made.partition("-")[0]) > task.since else None

    def _known(self, ask: Callable[[Curator], _T]) -> _T | None:
        """What is known of a change; None where it cannot be found out: it is told without."""
        try:
            return ask(self.curator) if self.curator else None
        except AspireError as error:
            logger.info("what changed is not known: %s", error)
            return None
