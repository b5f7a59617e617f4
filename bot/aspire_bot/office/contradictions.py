"""Sentences of the index that state different values for one thing.

For each sentence with a value its own words are taken as a question, and the sentences nearest in
meaning in other documents are held against it by the rules of `quotes.disagreement`, which are
silent wherever anything may explain the difference. Work is bounded: so many sentences, so many
neighbours of each.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.message.query.expectation import Expectation
from aspire_bot.answering.message.query.query import Query, QueryTerm
from aspire_bot.answering.quotes.disagreement import differ
from aspire_bot.answering.quotes.evidence import Evidence, quoted, unmeasured
from aspire_bot.answering.quotes.values import without_values
from aspire_bot.answering.search.editions import replaced_by
from aspire_bot.answering.types import Question
from aspire_bot.state.office.contradictions import Contradiction, StatedQuote
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.amounts import find_amounts
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.dates.dates import find_dates

_MOST_SENTENCES = 20_000
_MOST_FOUND = 200
_NEIGHBOURS = 6
_LEAST_COSINE = 0.7
_BLOCK = 1024
"""Rows of one product of matrices."""
_LEAST_WORDS = 3
_LONGEST = 600
"""Characters of a sentence; a longer one states more than one value."""
_EXPECTS = (Expectation.MONEY, Expectation.DURATION, Expectation.DATE, Expectation.COUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    evidence: Evidence
    query: Query
    vector: NDArray[np.float32]


def find_contradictions(index: IndexReader, now: datetime) -> tuple[Contradiction, ...]:
    """Give the pairs of sentences that state different values, at most 200.

    What a newer edition replaces, and what is gone from its place, states nothing any more.

    Raises:
        IndexAccessError: the generation cannot be read.
    """
    found: dict[str, Contradiction] = {}
    by_language: dict[str, list[_Statement]] = {}
    for statement in _statements(index):
        by_language.setdefault(statement.query.language, []).append(statement)
    for statements in by_language.values():
        for one, other in _near_pairs(statements):
            if _contradict(one, other):
                pair = _pair(one, other, index.manifest.index_version, now)
                found.setdefault(pair.pair_id, pair)
                if len(found) >= _MOST_FOUND:
                    return tuple(found.values())
    return tuple(found.values())


def contradictions_with(
    index: IndexReader, document_ids: Collection[str], now: datetime
) -> tuple[Contradiction, ...]:
    """Give the pairs of which one sentence stands in one of some documents, at most 200.

    Only sentences that lie near one of theirs are read closely: it takes a fraction of the time
    that it takes to look through all.

    Raises:
        IndexAccessError: the generation cannot be read.
    """
    documents = index.documents()
    own = [
        statement
        for document_id in document_ids
        if document_id in documents
        for statement in _statements_of(documents[document_id], index)
    ]
    if not own:
        return ()
    matrix = np.stack([statement.vector for statement in own]).astype(np.float32)
    replaced, found = replaced_by(documents.values()), dict[str, Contradiction]()
    for info in documents.values():
        if info.document_id in replaced or info.gone_since:
            continue
        for other in _statements_of(info, index, near=matrix):
            for at in np.flatnonzero(matrix @ other.vector >= _LEAST_COSINE).tolist():
                if _is_contradicted(own[at], other):
                    pair = _pair(own[at], other, index.manifest.index_version, now)
                    found.setdefault(pair.pair_id, pair)
        if len(found) >= _MOST_FOUND:
            break
    return tuple(found.values())[:_MOST_FOUND]


def _is_contradicted(one: _Statement, other: _Statement) -> bool:
    """Whether they are of two documents and one language, and differ."""
    left, right = one.evidence.passage.document, other.evidence.passage.document
    is_comparable = left.document_id != right.document_id
    return is_comparable and one.query.language == other.query.language and _contradict(one, other)


def _statements(index: IndexReader) -> Iterator[_Statement]:
    """Sentences with a value, of the documents that stand, in id order."""
    documents = index.documents()
    replaced = replaced_by(documents.values())
    count = 0
    for info in documents.values():
        if info.document_id in replaced or info.gone_since:
            continue
        for statement in _statements_of(info, index):
            yield statement
            count += 1
            if count >= _MOST_SENTENCES:
                return


def _statements_of(
    info: DocumentInfo, index: IndexReader, *, near: NDArray[np.float32] | None = None
) -> Iterator[_Statement]:
    """Sentences with a value of one document; where `near` is given, those like one of its rows."""
    passages = index.passages_of(info.document_id)
    vectors = index.sentence_vectors([passage.passage_id for passage in passages])
    for passage in passages:
        for sentence, vector in zip(
            passage.sentences, vectors.get(passage.passage_id, ()), strict=False
        ):
            if near is not None and (near @ vector).max() < _LEAST_COSINE:
                continue
            text = quoted(passage, sentence)
            query = _query_of(text, info) if len(text) <= _LONGEST else None
            if query is not None:
                evidence = unmeasured(passage, info, sentence)
                yield _Statement(evidence=evidence, query=query, vector=vector)


def _query_of(text: str, info: DocumentInfo) -> Query | None:
    """The question that a sentence answers: its words without its values; None without a value."""
    mentions = find_dates(text)
    amounts = [amount for amount in find_amounts(text, mentions) if amount.unit]
    if not amounts and not any(mention.day for mention in mentions):
        return None
    words = dict.fromkeys(analyze(without_values(text), info.language))
    if len(words) < _LEAST_WORDS:
        return None
    query_terms = tuple(
        QueryTerm(names={info.language: (frozenset({w}),)}, weight=1.0) for w in words
    )
    return Query(
        question=Question(text=text), text=text, language=info.language, query_terms=query_terms,
        expects=_EXPECTS,
    )  # fmt: skip


def _near_pairs(statements: Sequence[_Statement]) -> Iterator[tuple[_Statement, _Statement]]:
    """Each sentence with those nearest to it in other documents, each pair once."""
    if not statements:
        return
    matrix = np.stack([statement.vector for statement in statements]).astype(np.float32)
    most = min(_NEIGHBOURS + 1, len(statements))
    for start in range(0, len(statements), _BLOCK):
        likeness = matrix[start : start + _BLOCK] @ matrix.T
        nearest = np.argpartition(-likeness, most - 1, axis=1)[:, :most]
        for row, columns in enumerate(nearest):
            for column in columns.tolist():
                is_near = likeness[row, column] >= _LEAST_COSINE
                if column > start + row and is_near:
                    yield statements[start + row], statements[column]
                elif (
                    column < start + row and is_near and not _is_listed(nearest, start, row, column)
                ):
                    yield statements[column], statements[start + row]


def _is_listed(nearest: NDArray[np.intp], start: int, row: int, column: int) -> bool:
    """Whether the other sentence, of the same block, has given this pair already."""
    return start <= column and start + row in nearest[column - start]


def _contradict(one: _Statement, other: _Statement) -> bool:
    """Whether they differ whichever of the two is taken as the question."""
    left, right = one.evidence, other.evidence
    return differ(one.query, left, right) and differ(other.query, left, right)


def _pair(one: _Statement, other: _Statement, version: str, now: datetime) -> Contradiction:
    first, second = sorted(
        (_stated(one.evidence), _stated(other.evidence)), key=lambda q: (q.document_id, q.start)
    )
    named = "\n".join(f"{q.document_id}\n{q.quote}" for q in (first, second))
    return Contradiction(
        pair_id=hashlib.blake2b(named.encode("utf-8", "replace"), digest_size=9).hexdigest(),
        quotes=(first, second),
        index_version=version,
        found_at=now,
    )


def _stated(evidence: Evidence) -> StatedQuote:
    document, sentence = evidence.passage.document, evidence.sentence
    return StatedQuote(
        document_id=document.document_id,
        title=document.title,
        quote=evidence.text,
        start=sentence.start,
        end=sentence.end,
        url=document.url,
    )
