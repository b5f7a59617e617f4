"""Sentences → which passages are read, and the same sentences with what the reader says of them.

Passages are read apart; then the best sentences of all are read side by side, which tells those
apart that answer alike questions of two years, editions or sides.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from aspire_bot.answering.message.follow_up.follow_up import without_question_word
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.ports import PassageReader
from aspire_bot.answering.quotes.calibration import QuoteCalibration, compared, scored
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.reader.encode import (
    ReaderText,
    digest_text,
    passage_text,
    question_text,
)
from aspire_bot.answering.reader.order import by_passage, in_further_order
from aspire_bot.answering.reader.types import Reading

FIRST_READ, FURTHER_READ, MOST_READ = 6, 2, 14
"""Passages that are read at once, that are read when these are, and in all where none answers."""
SURE = -2.0
"""Log-odds of a sentence from which on no more is read than that: on development questions three of
five need no more, and nothing is lost by it (MODEL_CARD.md)."""
MOST_COMPARED = 8
"""Sentences that are read side by side when their passages are read."""
_TURNS = 3


def read_evidence(
    query: Query,
    evidence: Sequence[Evidence],
    reader: PassageReader,
    calibration: QuoteCalibration,
    *,
    reads_on: bool = False,
) -> tuple[Evidence, ...]:
    """Give the sentences of the passages that were read, scored by all that is known of them.

    The first passages are read in the order in which their sentences come, then those that are like
    what was found; what is not read is left out. With `reads_on` as many as may be are read, also
    where the first ones answer.

    Raises:
        EmbeddingError: the model cannot be run.
    """
    passages = list(by_passage(evidence).values())
    if not passages:
        return ()
    found = _read(query, passages[:FIRST_READ], reader, calibration)
    best = max(found, key=lambda one: one.score)
    further = in_further_order(best, passages[FIRST_READ:], calibration.further)
    found += _read(query, further[:FURTHER_READ], reader, calibration)
    names_some = len(query.editions) > 1  # one edition answers, and the others do as well
    if reads_on or names_some or all(one.score < SURE for one in found):
        rest = further[FURTHER_READ : MOST_READ - FIRST_READ]
        found += _read(query, rest, reader, calibration)
    found = side_by_side(query, sorted(found, key=lambda one: -one.score), reader)
    rescored = [compared(one, calibration.compared) for one in found]
    return tuple(sorted(rescored, key=lambda one: -one.score))


def side_by_side(
    query: Query, evidence: Sequence[Evidence], reader: PassageReader
) -> list[Evidence]:
    """Give scored sentences, the first of them with what the reader says of them read together.

    Raises:
        EmbeddingError: the model cannot be run.
    """
    best = by_passage(evidence[:MOST_COMPARED])
    if not best:
        return []
    parts = [sorted(some, key=_place) for some in best.values()]
    text = digest_text(
        [
            (some[0].passage.document, some[0].passage.passage, [_place(one) for one in some])
            for some in parts
        ]
    )
    [reading] = reader.read(asked_of(query, text), [text])
    in_order = [id(one) for some in parts for one in some]
    said = dict(zip(in_order, reading.sentences, strict=True))
    return [replace(one, compared=said[id(one)]) if id(one) in said else one for one in evidence]


def _place(one: Evidence) -> int:
    return one.passage.passage.sentences.index(one.sentence)


def _read(
    query: Query,
    passages: Sequence[Sequence[Evidence]],
    reader: PassageReader,
    calibration: QuoteCalibration,
) -> list[Evidence]:
    """Read passages, each given by its sentences; give these, scored."""
    by_question: dict[ReaderText, list[tuple[Sequence[Evidence], ReaderText]]] = {}
    for sentences in passages:
        text = passage_text(sentences[0].passage.document, sentences[0].passage.passage)
        by_question.setdefault(asked_of(query, text), []).append((sentences, text))
    return [
        scored(with_reading(one, reading), calibration.sentence)
        for asked, some in by_question.items()
        for (sentences, _), reading in zip(
            some, reader.read(asked, [text for _, text in some]), strict=True
        )
        for one in sentences
    ]


def asked_of(query: Query, beside: ReaderText) -> ReaderText:
    """Give what the reader is asked: the question, after the turns before it if it leans on them.

    Beside a text that does not write a name as the asker does, the name bears its other writing.
    To a question that stands alone, or that a language model has worded so, the turns before it
    would only add what else might be meant.
    """
    if not query.is_follow_up:
        return question_text(query.with_writings(query.text, beside.text))
    text = query.with_writings(query.question.text, beside.text)
    turns = [turn.text for turn in query.question.history if turn.role == "user"]
    return question_text(text, [without_question_word(turn, text) for turn in turns[-_TURNS:]])


def with_reading(one: Evidence, reading: Reading) -> Evidence:
    """Give a sentence with what the reader says of it and its passage."""
    at = one.passage.passage.sentences.index(one.sentence)
    return replace(one, reading=reading.sentences[at], passage_reading=reading.passage)


class LazyReader:
    """The reader of this process, loaded by the first question."""

    def __init__(self, cache_dir: Path) -> None:
        """Keep its graphs under `cache_dir`."""
        self._cache_dir = cache_dir

    def read(self, question: ReaderText, passages: Sequence[ReaderText]) -> tuple[Reading, ...]:
        """See `reader.model.Reader.read`; raises also as `load_reader` does."""
        # Here, not above: onnxruntime takes its time to load, and the first question waits for it.
        from aspire_bot.answering.reader.model import load_reader  # noqa: PLC0415

        return load_reader(self._cache_dir).read(question, passages)
