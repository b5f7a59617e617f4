"""What is found out about the index and the questions for staff, and kept."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from aspire_bot.office.cluster_book import ClusterBook
from aspire_bot.office.contradictions import find_contradictions
from aspire_bot.office.test_questions import run_tests
from aspire_bot.state import State
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.office.contradictions import Contradiction
from aspire_bot.state.office.test_questions import TestQuestion, TestRun
from aspire_bot.suggestions.check import QuotingCore
from aspire_ingest.index.reader import IndexReader


class ReadableCore(QuotingCore, Protocol):
    """The answering core with its index."""

    def reader(self) -> AbstractContextManager[IndexReader]:
        """Give the newest generation, open until the block ends; raises `AspireError`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChecks:
    """Looks at the index and at what is asked, for a process that stays."""

    state: State
    core: ReadableCore
    book: ClusterBook
    now: Callable[[], datetime] = utc_now

    def run_tests(self) -> Sequence[tuple[TestQuestion, TestRun]]:
        """Run the test questions; give those whose outcome staff do not know yet.

        What passes the first time is no news.
        """
        tests = {one.test_id: one for one in self.state.test_questions.all()}
        before = self.state.test_questions.runs()
        news: list[tuple[TestQuestion, TestRun]] = []
        for run in run_tests(self.core, tests.values(), now=self.now()):
            last = before.get(run.test_id)
            is_same = last is not None and last.has_passed == run.has_passed
            is_told = (
                last.is_told if last is not None and is_same else last is None and run.has_passed
            )
            self.state.test_questions.keep_run(replace(run, is_told=is_told))
            if not is_told:
                news.append((tests[run.test_id], run))
        return news

    def find_contradictions(self) -> Sequence[Contradiction]:
        """Look for sentences that contradict each other; give those staff were not told of."""
        with self.core.reader() as index:
            found = find_contradictions(index, self.now())
        self.state.contradictions.replace(found)
        return [one for one in self.state.contradictions.all() if one.status == "open"]

    def group_questions(self, team: str) -> None:
        """Put the unanswered questions of a workspace that ask the same together."""
        self.book.refresh(team)
