"""Finding the approved answer to a question, beside the ordinary ranking.

Approved answers are kept out of that ranking: they answer their own questions, and change nothing
for others. What was read of them is kept for as long as the generation; which of them have ended
is a matter of the day on which somebody asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.approved.approval import (
    approval_of,
    ended,
    not_wordings_of,
    wordings_of,
)
from aspire_bot.answering.approved.sameness import ApprovedQuestion, PairJudge, Sameness
from aspire_bot.answering.approved.say import answer_text
from aspire_bot.answering.clock import Clock
from aspire_bot.answering.coverage import holds_value, telling_kinds
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.search.retrieve import visible_to
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze

_MOST_COMPARED = 8
"""Approved answers, those with the nearest passages, whose questions are compared with one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What staff approved for a question.

    `answer` is given as the answer; `similar`, where there is none, is offered before the ordinary
    one: it answers a question that is much like this one.
    """

    answer: DocumentInfo | None = None
    similar: DocumentInfo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """The approved answers of one generation.

    `vectors` are of all their passages, shape (passages, dimension), `owners` their documents.
    """

    version: str = ""
    approved: tuple[DocumentInfo, ...] = ()
    owners: tuple[DocumentInfo, ...] = ()
    vectors: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))


class ApprovedAnswers:
    """The approved answers of whatever generation is asked."""

    def __init__(self, judge: PairJudge | None, clock: Clock) -> None:
        """Without `judge` only who asks in an approved question's own words gets its answer."""
        self._judge = judge
        self._clock = clock
        self._shelf = _Shelf()

    def kept_apart(self, index: IndexReader) -> frozenset[str]:
        """Give the ids of all approved answers, ended or not."""
        return frozenset(info.document_id for info in self._shelf_of(index).approved)

    def ended(self, index: IndexReader) -> frozenset[str]:
        """Give the ids of those that hold no more today."""
        return ended(self._shelf_of(index).approved, self._clock.today())

    def find(self, query: Query, vector: NDArray[np.float32], index: IndexReader) -> Found:
        """Find the approved answer that a question, with its unit vector, asks for.

        Raises:
            EmbeddingError: the model that compares questions cannot be run.
        """
        compared = self.compared(query, vector, index)
        ordered = sorted(compared.items(), key=lambda item: -item[1].log_odds)
        known = index.documents()
        first = {
            verdict: next((known[name] for name, one in ordered if one.verdict == verdict), None)
            for verdict in ("same", "similar")
        }
        if first["same"] is not None:
            return Found(answer=first["same"])
        return Found(similar=first["similar"])

    def compared(
        self, query: Query, vector: NDArray[np.float32], index: IndexReader
    ) -> Mapping[str, Sameness]:
        """Compare a question with the nearest approved ones that its asker may see, by id.

        Raises:
            EmbeddingError: the model that compares questions cannot be run.
        """
        shelf = self._shelf_of(index)
        if not shelf.owners:
            return {}
        audiences = visible_to(query.question.audience)
        over = ended(shelf.approved, self._clock.day_of(query.question))
        rows = cast("list[int]", np.argsort(-(shelf.vectors @ vector), kind="stable").tolist())
        owners = (shelf.owners[row] for row in rows)
        nearest = dict.fromkeys(
            one.document_id
            for one in owners
            if one.audience in audiences and one.document_id not in over
        )
        return {name: self._sameness(query, name, index) for name in list(nearest)[:_MOST_COMPARED]}

    def _sameness(self, query: Query, document_id: str, index: IndexReader) -> Sameness:
        """What an approved answer is to a question; one without the value asked for is none."""
        document = index.document(document_id)
        question = ApprovedQuestion(
            wordings=wordings_of(document.info), not_wordings=not_wordings_of(document.info)
        )
        found = question.sameness(query.text, self._judge)
        is_sure = found.verdict == "same" and found.log_odds < np.inf
        if is_sure and lacks_value(query, answer_text(document), document.info.language):
            return Sameness(verdict="similar", log_odds=found.log_odds)
        return found

    def _shelf_of(self, index: IndexReader) -> _Shelf:
        shelf, version = self._shelf, index.manifest.index_version
        if shelf.version != version:
            shelf = self._shelf = _filled(index, version)
        return shelf


def _filled(index: IndexReader, version: str) -> _Shelf:
    approved = [info for info in index.documents().values() if approval_of(info) is not None]
    owners: list[DocumentInfo] = []
    passage_ids: list[str] = []
    for info in approved:
        own = [passage.passage_id for passage in index.passages_of(info.document_id)]
        owners += [info] * len(own)
        passage_ids += own
    return _Shelf(
        version=version,
        approved=tuple(approved),
        owners=tuple(owners),
        vectors=index.vectors(passage_ids),
    )


def lacks_value(query: Query, answer: str, language: str) -> bool:
    """Whether a question asks for a kind of value that an answer does not hold."""
    terms = frozenset(analyze(answer, language))
    return any(not holds_value(query, kind, answer, terms) for kind in telling_kinds(query))
