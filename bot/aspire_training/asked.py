"""What the product finds for each question of a part, read, and which sentences are right."""

import hashlib
import pickle
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.message.query import Query
from aspire_bot.answering.quotes.calibration import scored, shipped_calibration
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.reader.encode import passage_text
from aspire_bot.answering.reader.model import Reader, open_reader
from aspire_bot.answering.reader.order import in_reading_order, passages_of
from aspire_bot.answering.reader.read import (
    FIRST_READ,
    MOST_READ,
    SURE,
    asked_of,
    side_by_side,
    with_reading,
)
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


def collect(prepared: Prepared, work: Path, weights: Path, part: str, most: int) -> list[Asked]:
    """Ask the product and read what it would, once for each set of weights and each way to read."""
    # which passages are read is learnt, too, and which sentences are read side by side
    shipped = shipped_calibration()
    name = hashlib.sha256(shipped_content(weights)).hexdigest()
    key = f"{name}{_version(work)}{shipped.order!r}"
    kept = work / f"asked-{part}-{most}-{_short(key)}.pickle"
    kept_whole = work / f"compared-{part}-{most}-{_short(f'{key}{shipped.read.sentence!r}')}.pickle"
    if kept_whole.exists():
        return pickle.loads(kept_whole.read_bytes())  # noqa: S301  our own file
    reader = reader_of(weights, Settings().cache)
    if kept.exists():
        apart: list[Asked] = pickle.loads(kept.read_bytes())  # noqa: S301  our own file
    else:
        apart = _read_apart(prepared, work, part, most, reader)
        kept.write_bytes(pickle.dumps(apart))
    found = [
        replace(one, evidence=_side_by_side(one, shipped.read.sentence, reader)) for one in apart
    ]
    kept_whole.write_bytes(pickle.dumps(found))
    return found


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _read_apart(
    prepared: Prepared, work: Path, part: str, most: int, reader: Reader
) -> list[Asked]:
    order = shipped_calibration().order
    found: list[Asked] = []
    for one in searched(prepared, work, part, most):
        evidence = in_reading_order(one.evidence, order)
        readings = _readings(one.query, evidence, reader)
        read = [
            with_reading(sentence, readings[sentence.passage.passage.passage_id])
            if sentence.passage.passage.passage_id in readings
            else sentence
            for sentence in evidence
        ]
        found.append(_labelled(one.question, one.query, read, prepared.texts))
        if len(found) % 50 == 0:
            sys.stderr.write(f"{len(found)} asked\n")
    return found


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
    """Give sentences with calibrated scores, best first.

    As in the product, nothing more is read where the first passages answer surely.
    """
    found = [scored(e, model) for e in evidence]
    first = {e.passage.passage_id for e in passages_of(found)[:FIRST_READ]}
    early = [e for e in found if e.passage.passage.passage_id in first]
    if any(e.reading is not None and e.score >= SURE for e in early):
        found = early
    return sorted(found, key=lambda e: -e.score)


def _side_by_side(asked: Asked, model: LinearModel, reader: Reader) -> list[Evidence]:
    """Give all sentences in their order, the best that were read with what is said of them."""
    read = rescored([one for one in asked.evidence if one.reading is not None], model)
    said = {key_of(one): one for one in side_by_side(asked.query, read, reader)}
    return [
        replace(one, compared=other.compared) if (other := said.get(key_of(one))) else one
        for one in asked.evidence
    ]


def key_of(one: Evidence) -> tuple[str, int]:
    """Give what a sentence is known by."""
    return one.passage.passage.passage_id, one.sentence.start


def _readings(query: Query, evidence: Sequence[Evidence], reader: Reader) -> dict[str, Reading]:
    best = passages_of(evidence)[:MOST_READ]
    said = reader.read(asked_of(query), [passage_text(e.document, e.passage) for e in best])
    return {entry.passage.passage_id: reading for entry, reading in zip(best, said, strict=True)}


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
