"""Finding the approved answer to a question, beside the ordinary ranking.

Approved answers are kept out of that ranking: they answer their own questions, and change nothing
for others. What was read of them is kept for as long as the generation; which of them have ended
is a matter of the day on which somebody asks.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.approved.approval import approval_of, ended, wordings_of
from aspire_bot.answering.approved.match import Agreement, compare, gap, lacks_value
from aspire_bot.answering.approved.say import answer_text
from aspire_bot.answering.clock import Clock
from aspire_bot.answering.message.query import Query
from aspire_bot.answering.search.retrieve import visible_to
from aspire_bot.answering.types import Question
from aspire_ingest.index import Audience, DocumentInfo
from aspire_ingest.index.reader import IndexReader

Read = Callable[[Question, IndexReader], Query]
Embed = Callable[[Query], NDArray[np.float32]]

_MOST_COMPARED = 4
_NEAREST = 10
_WORTH_READING = 0.86
"""The cosine from which on the words of two questions are compared at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The approved answer to a question, and those worth naming, most alike first."""

    answer: DocumentInfo | None = None
    related: tuple[DocumentInfo, ...] = ()


@dataclass(slots=True)
class _Wording:
    """One wording of an approved question, read once and embedded once."""

    query: Query
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """The approved answers of one generation.

    `vectors` are of all their passages, shape (passages, dimension), `owners` their documents.
    """

    version: str = ""
    approved: tuple[DocumentInfo, ...] = ()
    owners: tuple[DocumentInfo, ...] = ()
    vectors: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    wordings: dict[str, tuple[_Wording, ...]] = field(
        default_factory=dict[str, tuple[_Wording, ...]]
    )


class ApprovedAnswers:
    """The approved answers of whatever generation is asked."""

    def __init__(self, read: Read, embed: Embed, clock: Clock) -> None:
        """`read` and `embed` treat an approved question as they do an asked one."""
        self._read = read
        self._embed = embed
        self._clock = clock
        self._shelf = _Shelf()

    def kept_apart(self, index: IndexReader) -> frozenset[str]:
        """Give the ids of all approved answers, ended or not."""
        return frozenset(info.document_id for info in self._shelf_of(index).approved)

    def ended(self, index: IndexReader) -> frozenset[str]:
        """Give the ids of those that hold no more today."""
        return ended(self._shelf_of(index).approved, self._clock.today())

    def find(self, query: Query, vector: NDArray[np.float32], index: IndexReader) -> Found:
        """Find the approved answer that a question, with its unit vector, asks for."""
        agreements = self.agreements(query, vector, index)
        ordered = sorted(agreements.items(), key=lambda item: -item[1].cosine)
        known = index.documents()
        same = next((name for name, one in ordered if one.is_same), None)
        return Found(
            answer=known[same] if same else None,
            related=tuple(known[name] for name, one in ordered if one.is_related),
        )

    def agreements(
        self, query: Query, vector: NDArray[np.float32], index: IndexReader
    ) -> Mapping[str, Agreement]:
        """Compare a question with the nearest approved ones that its asker may see, by id."""
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
        found: dict[str, Agreement] = {}
        for name in list(nearest)[:_MOST_COMPARED]:
            wordings = self._wordings_in(query.language, name, shelf, index)
            near = [one for one in wordings if float(vector @ one.vector) >= _WORTH_READING]
            if near:
                found[name] = self._agreement(query, vector, near, name, shelf, index)
        return found

    def _wordings_in(
        self, language: str, document_id: str, shelf: _Shelf, index: IndexReader
    ) -> Sequence[_Wording]:
        """The wordings in the asker's language; in the others where there is none."""
        if document_id not in shelf.wordings:
            info = index.documents()[document_id]
            queries = (self._read(Question(text=w), index) for w in wordings_of(info))
            shelf.wordings[document_id] = tuple(_Wording(q, self._embed(q)) for q in queries)
        known = shelf.wordings[document_id]
        return [one for one in known if one.query.language == language] or known

    def _agreement(
        self,
        query: Query,
        vector: NDArray[np.float32],
        wordings: Sequence[_Wording],
        document_id: str,
        shelf: _Shelf,
        index: IndexReader,
    ) -> Agreement:
        """Compare with the wording that is most alike."""
        document = index.document(document_id)
        is_without = lacks_value(query, answer_text(document), document.info.language)
        is_across = wordings[0].query.language != query.language
        how_near = self._gap(query, vector, document_id, shelf, index) if is_across else 0.0
        found = [
            Agreement(
                words=compare(query, one.query),
                cosine=float(vector @ one.vector),
                gap=how_near,
                lacks_value=is_without,
            )
            for one in wordings
        ]
        return max(found, key=lambda one: (one.is_same, one.cosine))

    @staticmethod
    def _gap(
        query: Query,
        vector: NDArray[np.float32],
        document_id: str,
        shelf: _Shelf,
        index: IndexReader,
    ) -> float:
        rows = [n for n, info in enumerate(shelf.owners) if info.document_id == document_id]
        language = shelf.owners[rows[0]].language
        own = [passage.passage_id for passage in index.passages_of(document_id)]
        audiences: frozenset[Audience] = visible_to(query.question.audience)
        near = index.search_vectors(
            vector, language=language, audiences=audiences, k=_NEAREST + len(own)
        )
        beside = [entry.score for entry in near if entry.passage_id not in own]
        return gap(vector, shelf.vectors[rows], tuple(beside[:_NEAREST]))

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
