"""What is looked at again and again: a new generation, the night, and how questions group."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from aspire_bot.slack.answers.delivery import Place
from aspire_bot.slack.jobs.office_task import CheckIndex, CheckWanted, GroupQuestions
from aspire_bot.slack.jobs.task import AnyTask
from aspire_bot.slack.office.messages import contradictions_found, findings, tests_came_out
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.inbox import Job
from aspire_bot.state.office.contradictions import Contradiction
from aspire_bot.state.office.test_questions import TestQuestion, TestRun
from aspire_ingest.index.errors import AspireError
from aspire_ingest.index.types import IndexManifest

_GROUP_EVERY_S = 600.0


class Library(Protocol):
    """Says which generation answers now."""

    def manifest(self) -> IndexManifest:
        """Give its manifest; raises `AspireError`."""
        ...


class IndexChecks(Protocol):
    """What is found out about the index for staff; see `aspire_bot.office.checks`."""

    def run_tests(self) -> Sequence[tuple[TestQuestion, TestRun]]:
        """Run the test questions; give those that staff have not been told of as they came out."""
        ...

    def find_contradictions(self) -> Sequence[Contradiction]:
        """Look for documents that contradict each other; give those staff were not told of."""
        ...

    def group_questions(self, team: str) -> None:
        """Put the unanswered questions of a workspace that ask the same together."""
        ...


@dataclass(slots=True)
class OfficeChecks:
    """Has each generation and each night looked at once, however many bots there are."""

    state: State
    staff: Staff
    library: Library
    posting: Posting
    checks: IndexChecks | None
    today: Callable[[], date]
    is_told: bool = True
    """Whether there is one workspace, whose staff are told of the index."""
    _seen: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def schedule(self) -> None:
        """Keep tasks for what is due; those that are known already are not kept again."""
        try:
            version = self.library.manifest().index_version
        except AspireError:
            return  # there is nothing to look at
        with self._lock:
            is_new, self._seen = version != self._seen, version
        if is_new:
            for team in self.state.wanted.teams():
                task = CheckWanted(user="")
                self.posting.put(task, key=f"wanted:{version}:{team}", team=team)
        if self.checks is None:
            return
        slot = int(time.time() // _GROUP_EVERY_S)
        for team in self.state.gaps.teams():
            self.posting.put(GroupQuestions(user=""), key=f"group:{team}:{slot}", team=team)
        if self.is_told:
            for when in (version, self.today().isoformat()):
                task = CheckIndex(user="")
                self.posting.put(task, key=f"check_index:{when}", team="", about="check_index")

    def on_group(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Group the questions of a workspace."""
        assert isinstance(task, GroupQuestions)  # noqa: S101  the router's table says so
        del web
        if self.checks is not None:
            self.checks.group_questions(job.arrival.team)

    def on_check_index(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Look at the index, and tell staff in one message what is new."""
        assert isinstance(task, CheckIndex)  # noqa: S101  as above
        if self.checks is None:
            return
        changed = self.checks.run_tests()
        found = self.checks.find_contradictions()
        channel = self.staff.office.channel
        if channel is None or not (changed or found):
            return
        version = self.library.manifest().index_version
        blocks = [*tests_came_out(changed, version), *contradictions_found(found, version)]
        message = findings(blocks)
        self.posting.say(job, web, Place(channel=channel, thread_ts="", user=""), message)
        self.state.test_questions.set_told([run.test_id for _, run in changed])
        self.state.contradictions.set_status([one.pair_id for one in found], "told")
