"""Staff's own test questions, and how each came out last."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, select, update

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.office_tables import test_outcomes, test_questions, test_runs

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
_OUTCOME = ("test_id", "has_passed", "outcome", "said", "index_version", "ran_at")
_MOST_OUTCOMES = 20
"""Earlier outcomes that are kept of each question."""


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
                _note_change(connection, run)

    def outcomes(self) -> dict[str, tuple[TestRun, ...]]:
        """Give how each came out, newest first: once for as long as it stayed the same."""
        wanted = select(test_outcomes).order_by(test_outcomes.c.number.desc())
        found: dict[str, list[TestRun]] = {}
        with self._database.read() as connection:
            for row in connection.execute(wanted).mappings():
                kept = {name: row[name] for name in _OUTCOME}
                found.setdefault(row["test_id"], []).append(_RUN.validate_python(kept))
        return {test_id: tuple(runs) for test_id, runs in found.items()}

    def set_told(self, test_ids: Iterable[str]) -> None:
        """Keep that staff know how some came out."""
        told = update(test_runs).where(test_runs.c.test_id.in_(list(test_ids)))
        with self._database.write() as connection:
            connection.execute(told.values(is_told=True))


def _note_change(connection: Connection, run: TestRun) -> None:
    """Keep an outcome beside the earlier ones where it differs from the last of them."""
    of = test_outcomes.c.test_id == run.test_id
    newest = select(test_outcomes).where(of).order_by(test_outcomes.c.number.desc())
    last = connection.execute(newest.limit(1)).first()
    now = (run.has_passed, run.outcome, run.said)
    if last is not None and (last.has_passed, last.outcome, last.said) == now:
        return
    row = {name: getattr(run, name) for name in _OUTCOME}
    connection.execute(test_outcomes.insert().values(**row))
    kept = newest.with_only_columns(test_outcomes.c.number).limit(_MOST_OUTCOMES)
    numbers = connection.execute(kept).scalars().all()
    connection.execute(delete(test_outcomes).where(of, test_outcomes.c.number.not_in(numbers)))
