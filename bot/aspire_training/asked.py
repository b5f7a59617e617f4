"""What the product finds for each question of a part, read, and which sentences are right."""

import hashlib
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.ports import PassageReader
from aspire_bot.answering.quotes.calibration import QuoteCalibration, scored, shipped_calibration
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.model import Reader, open_reader
from aspire_bot.answering.reader.order import in_reading_order
from aspire_bot.answering.reader.read import read_evidence
from aspire_bot.answering.reader.types import Reading
from aspire_bot.answering.reader.weights import parse_weights
from aspire_bot.answering.types import Question, Turn
from aspire_bot.bootstrap import open_assistant
from aspire_bot.settings import Settings
from aspire_training.examples import Prepared
from aspire_training.own import places
from aspire_training.since import shipped_content

_MOST_PASSAGES = 3_000
"""Passages whose first layers are kept: more than the product keeps, to be quick."""


@dataclass(slots=True)
class Asked:
    """A question with everything that was read for it, and which sentences are right."""

    question: dict[str, Any]
    query: Query
    evidence: list[Evidence]
    """With readings where its passage was read, by words and vectors the best first."""
    quoted: list[set[int]]
    """For each gold quote, the positions of evidence that overlap it."""
    also: set[int]

    @property
    def right(self) -> set[int]:
        """The positions of evidence that overlap a gold quote."""
        return set().union(*self.quoted)

    def only_read(self) -> "Asked":
        """The same with the sentences that were read alone."""
        kept = [at for at, one in enumerate(self.evidence) if one.reading is not None]
        place = {at: number for number, at in enumerate(kept)}
        return replace(
            self,
            evidence=[self.evidence[at] for at in kept],
            quoted=[{place[at] for at in quote if at in place} for quote in self.quoted],
            also={place[at] for at in self.also if at in place},
        )

    @property
    def is_across(self) -> bool:
        """Whether only documents of another language answer."""
        found = [self.evidence[at].passage.document.language for at in self.right]
        return bool(found) and all(language != self.query.language for language in found)


def collect(
    prepared: Prepared,
    work: Path,
    weights: Path,
    part: str,
    most: int,
    *,
    reads_on: bool = False,
) -> list[Asked]:
    """Ask the product and let it read; what was searched and read before is kept in `work`.

    Which passages and sentences are read is as shipped. `reads_on` as for a language model.
    """
    shipped = shipped_calibration()
    key = _short(f"{_version(work)}{shipped.order!r}")
    kept = work / f"searched-{part}-{most}-{key}.pickle"
    if kept.exists():
        found: list[Asked] = pickle.loads(kept.read_bytes())  # noqa: S301  our own file
    else:
        found = [
            _labelled(
                one.question,
                one.query,
                in_reading_order(one.evidence, shipped.order, one.query.language),
                prepared.texts,
            )
            for one in searched(prepared, work, part, most)
        ]
        kept.write_bytes(pickle.dumps(found))
    name = hashlib.sha256(shipped_content(weights)).hexdigest()
    known = work / f"readings-{part}-{_short(name)}.pickle"
    reader = Remembering(reader_of(weights, Settings().cache), known)
    read = [_read(one, reader, shipped.read, reads_on=reads_on) for one in found]
    reader.keep()
    return read


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:12]


class Remembering:
    """A reader that reads nothing twice, in this run or the next."""

    def __init__(self, reader: PassageReader, path: Path) -> None:
        """Remember what `keep` wrote to `path` before."""
        self._reader, self._path = reader, path
        self._known: dict[bytes, Reading] = {}
        if path.exists():
            self._known = pickle.loads(path.read_bytes())  # noqa: S301  our own file

    def read(self, question: ReaderText, passages: Sequence[ReaderText]) -> Sequence[Reading]:
        """See `PassageReader.read`."""
        names = [_digest(question, passage) for passage in passages]
        new = {
            name: passage
            for name, passage in zip(names, passages, strict=True)
            if name not in self._known
        }
        if new:
            readings = self._reader.read(question, list(new.values()))
            self._known.update(zip(new, readings, strict=True))
        return [self._known[name] for name in names]

    def keep(self) -> None:
        """Write down all that is known."""
        self._path.write_bytes(pickle.dumps(self._known))


def _digest(question: ReaderText, passage: ReaderText) -> bytes:
    return hashlib.sha256(f"{question.text}\0{passage.text}".encode()).digest()


def _read(one: Asked, reader: PassageReader, learnt: QuoteCalibration, *, reads_on: bool) -> Asked:
    """Give all sentences in their order, those that were read with what is said of them."""
    read = read_evidence(one.query, one.evidence, reader, learnt, reads_on=reads_on)
    said = {key_of(sentence): sentence for sentence in read}
    return replace(one, evidence=[said.get(key_of(each), each) for each in one.evidence])


def reader_of(weights: Path, cache: Path) -> Reader:
    """Open the reader with weights of a file, as it is shipped."""
    content = shipped_content(weights)
    name = hashlib.sha256(content).hexdigest()
    return open_reader(cache, parse_weights(content), name, most_passages=_MOST_PASSAGES)


def searched(prepared: Prepared, work: Path, part: str, most: int) -> Iterator[Asked]:
    """Give what the product finds for each question, nothing of it read."""
    questions = list(prepared.questions[part])
    random.Random(1).shuffle(questions)
    settings = Settings(home=work / "home", reader="none")
    with open_assistant(settings) as assistant, assistant.reader() as index:
        for row in questions[:most]:
            history = tuple(Turn(role="user", text=turn) for turn in row.get("history") or ())
            asked = Question(text=row["question"], history=history)
            query, _, evidence = assistant.pipeline.evidence(asked, index)
            yield _labelled(row, query, list(evidence), prepared.texts)


def _version(work: Path) -> str:
    settings = Settings(home=work / "home", reader="none")
    with open_assistant(settings) as assistant, assistant.reader() as index:
        return index.manifest.index_version


def rescored(evidence: Sequence[Evidence], model: LinearModel) -> list[Evidence]:
    """Give sentences with calibrated scores, best first."""
    return sorted((scored(one, model) for one in evidence), key=lambda one: -one.score)


def key_of(one: Evidence) -> tuple[str, int]:
    """Give what a sentence is known by."""
    return one.passage.passage.passage_id, one.sentence.start


def _labelled(
    row: dict[str, Any], query: Query, read: list[Evidence], texts: dict[str, str]
) -> Asked:
    quoted = [
        {at for at, one in enumerate(read) if _overlaps(one, place)}
        for place in places(row["quotes"], texts)
    ]
    also = {
        at
        for place in places(row.get("also") or (), texts)
        for at, one in enumerate(read)
        if _overlaps(one, place)
    }
    return Asked(question=row, query=query, evidence=read, quoted=quoted, also=also)


def _overlaps(one: Evidence, place: tuple[str, int, int]) -> bool:
    name, start, end = place
    return (
        one.passage.document.document_id == name
        and one.sentence.start < end
        and start < one.sentence.end
    )
