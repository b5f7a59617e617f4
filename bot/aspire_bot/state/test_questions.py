"""Staff's own test questions, and how each came out last."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import delete, select, update

from aspire_bot.state.database import Database
from aspire_bot.state.office_tables import test_questions, test_runs

Expects = Literal["document", "quote", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestQuestion:
    """A question with what must come of it.

    `value` is an id or address of a document that must be cited (`document`), or words that a quote
    must hold (`quote`); empty where the documents must not answer (`none`).
    """

    __test__ = False  # for pytest: it is no test

    test_id: str
    question: str
    expects: Expects
    value: str = ""
    team: str = ""
    """The workspace of who added it in Slack; empty for a file's."""
    added_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRun:
    """How a test question came out; `said` is the first document cited, in words for staff.

    `is_told` is whether staff know that it came out so.
    """

    __test__ = False  # as above

    test_id: str
    has_passed: bool
    outcome: str
    said: str
    index_version: str
    ran_at: datetime
    is_told: bool = False


_QUESTION = TypeAdapter(TestQuestion)
_RUN = TypeAdapter(TestRun)


class TestQuestions:
    """All of them."""

    __test__ = False  # as above

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def put(self, questions: Iterable[TestQuestion]) -> None:
        """Keep questions, each in place of the one under its id."""
        now = self._database.now()
        with self._database.write() as connection:
            for one in questions:
                row = {**asdict(one), "added_at": now}
                connection.execute(self._database.upsert(test_questions, ("test_id",), row))

    def remove(self, test_id: str) -> bool:
        """Drop one with its run; False where there is none."""
        gone = delete(test_questions).where(test_questions.c.test_id == test_id)
        with self._database.write() as connection:
            return connection.execute(gone).rowcount == 1

    def all(self) -> tuple[TestQuestion, ...]:
        """Give all, in the order in which they were added."""
        names = [test_questions.c[name] for name in TestQuestion.__slots__]
        wanted = select(*names).order_by(test_questions.c.added_at, test_questions.c.test_id)
        return self._database.rows(wanted, _QUESTION)

    def runs(self) -> dict[str, TestRun]:
        """Give how each came out last, by its id."""
        with self._database.read() as connection:
            rows = connection.execute(select(test_runs)).mappings().all()
        return {row["test_id"]: _RUN.validate_python(dict(row)) for row in rows}

    def keep_run(self, run: TestRun) -> None:
        """Keep how one came out, in place of the last time; a question that is gone is passed."""
        there = select(test_questions.c.test_id).where(test_questions.c.test_id == run.test_id)
        with self._database.write() as connection:
            if connection.execute(there).first() is not None:
                connection.execute(self._database.upsert(test_runs, ("test_id",), asdict(run)))

    def set_told(self, test_ids: Iterable[str]) -> None:
        """Keep that staff know how some came out."""
        told = update(test_runs).where(test_runs.c.test_id.in_(list(test_ids)))
        with self._database.write() as connection:
            connection.execute(told.values(is_told=True))
