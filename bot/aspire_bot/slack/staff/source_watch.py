"""Seeing to it that staff hear, once a change, when what an approved answer rests on changes."""

import logging
from dataclasses import dataclass

from aspire_bot.office.page_state import GONE, document_state
from aspire_bot.slack.jobs.task import TellSourceChanged, write_task
from aspire_bot.slack.listeners.commands import Library
from aspire_bot.state import State
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.inbox import Arrival
from aspire_ingest.index.errors import AspireError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWatch:
    """Compares the sources of published approved answers with how they stood."""

    state: State
    library: Library

    def look(self) -> None:
        """Have staff told of each source that stands otherwise than they know.

        What nobody has looked at yet is only noted. Where the index cannot be read nothing is
        said: the next look will see it.
        """
        published = self.state.approvals.with_status("published")
        if not any(approved.sources for approved in published):
            return
        try:
            documents = self.library.documents("staff")
            version = self.library.manifest().index_version
        except AspireError as error:
            logger.info("the sources of approved answers cannot be looked at: %s", error)
            return
        hashes = {d.document_id: document_state(d) for d in documents}
        for approved in published:
            self._compare(approved, hashes, version)

    def _compare(self, approved: ApprovedAnswer, hashes: dict[str, str], version: str) -> None:
        known = approved.source_hashes or {}
        now = {one.document_id: hashes.get(one.document_id, GONE) for one in approved.sources}
        if now == known:
            return
        for document_id, stands in now.items():
            if known.get(document_id, stands) != stands:
                self._have_told(approved, document_id, f"{version}:{stands}")
        self.state.approvals.set_sources(approved.approval_id, now)

    def _have_told(self, approved: ApprovedAnswer, document_id: str, change: str) -> None:
        """Put the task; the same change twice, after a crash in between, is one task."""
        task = TellSourceChanged(
            user="",
            approval_id=approved.approval_id,
            document_id=document_id,
            is_gone=change.endswith(f":{GONE}"),
        )
        key = f"source:{approved.approval_id}:{document_id}:{change}"
        body = write_task(task)
        self.state.inbox.put(Arrival(kind="task", key=key, team=approved.team, user="", body=body))
