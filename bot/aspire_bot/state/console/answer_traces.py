"""How answers came about: what was read for them, and how likely each sentence seemed."""

from dataclasses import asdict, dataclass

from pydantic import TypeAdapter
from sqlalchemy import select

from aspire_bot.state.database.console_tables import answer_traces
from aspire_bot.state.database.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPassage:
    """A passage of the ranking: rank from 1, score as the search gave it."""

    passage_id: str
    document_id: str
    title: str
    rank: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTrace:
    """What is known of an answer besides its words.

    `confidence` is the calibrated probability that the documents answer the question. `quotes` are
    the words that were quoted, by the id of their passage. `failure` says why a language model's
    words were not used, where one was asked.
    """

    confidence: float
    certainty: str | None = None
    act: str = "question"
    questions: tuple[str, ...] = ()
    passages: tuple[ReadPassage, ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    failure: str | None = None


_TRACE = TypeAdapter(AnswerTrace)


class AnswerTraces:
    """One for each answer at most; they go with their answers."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def add(self, answer_id: str, trace: AnswerTrace) -> None:
        """Keep how a kept answer came about; the first that is said of it stays."""
        row = {"answer_id": answer_id, "trace": asdict(trace)}
        with self._database.write() as connection:
            connection.execute(self._database.insert_new(answer_traces).values(**row))

    def get(self, answer_id: str) -> AnswerTrace | None:
        """Find the one of an answer."""
        wanted = select(answer_traces.c.trace).where(answer_traces.c.answer_id == answer_id)
        with self._database.read() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        return None if found is None else _TRACE.validate_python(found)
