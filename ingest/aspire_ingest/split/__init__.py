"""Splitting a document into passages that follow its headings, lists, tables and questions."""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from aspire_ingest.index.types import Document, Passage, Sentence
from aspire_ingest.split.pieces import Piece, sections
from aspire_ingest.split.tokens import (
    LATIN_CHARS_PER_TOKEN,
    LONGEST_PIECE_TOKENS,
    cut_long,
    estimate_tokens,
)

__all__ = ["AIMED_TOKENS", "MOST_TOKENS", "SPLITTER_SETTINGS", "SPLITTER_VERSION", "split_document"]

SPLITTER_VERSION = "3"
"""Bump with every change of what comes out: it is part of the index fingerprint."""
AIMED_TOKENS = 200
MOST_TOKENS = 400
SPLITTER_SETTINGS = (
    f"split-{SPLITTER_VERSION}/{AIMED_TOKENS}-{MOST_TOKENS}"
    f"/{LONGEST_PIECE_TOKENS}-{LATIN_CHARS_PER_TOKEN}"
)
"""All that shapes passages, in one line for the fingerprint."""

_KEEP_REST = 1.3
"""A section that is at most this much longer than aimed at stays whole."""
_ID_CHARS = 24


def split_document(document: Document) -> list[Passage]:
    """Return the passages of a document, in order, without overlap.

    No passage crosses a heading. Every piece that can be quoted lies in one passage as a
    `Sentence`; headings, rules, bullets and fences are no such pieces. A text of headings alone
    becomes passages of those lines, so that it can be found at all.
    """
    text = document.text
    seen: Counter[str] = Counter()
    passages = [
        _passage(document, section.heading, group, seen)
        for section in sections(text, document.info.title)
        for group in _groups(section.pieces)
    ]
    if not passages and (bare := list(_bare_headings(text))):
        return [_passage(document, (), group, seen) for group in _groups(bare)]
    return passages


def _groups(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Cut the pieces of a section into groups of about the aimed size, at the cheapest places."""
    rest = sum(piece.tokens for piece in pieces)
    start = 0
    while start < len(pieces):
        if rest <= AIMED_TOKENS * _KEEP_REST:
            yield pieces[start:]
            return
        stop = _best_cut(pieces, start)
        rest -= sum(piece.tokens for piece in pieces[start:stop])
        yield pieces[start:stop]
        start = stop


def _best_cut(pieces: Sequence[Piece], start: int) -> int:
    """Weigh the size of the group against the cost of the cut; the end of the section is free."""
    best, least = start + 1, float("inf")
    tokens = 0.0
    for stop in range(start + 1, len(pieces) + 1):
        tokens += pieces[stop - 1].tokens
        if tokens > MOST_TOKENS and stop > start + 1:
            break
        cut = pieces[stop].cut if stop < len(pieces) else 0.0
        cost = abs(tokens - AIMED_TOKENS) / AIMED_TOKENS + cut
        if cost <= least:
            best, least = stop, cost
    return best


def _passage(
    document: Document, heading: tuple[str, ...], pieces: Sequence[Piece], seen: Counter[str]
) -> Passage:
    start, end = pieces[0].start, pieces[-1].end
    text = document.text[start:end]
    content = "\0".join((document.document_id, *heading, "", text))
    occurrence = seen[content]
    seen[content] += 1
    named = f"{content}\0{occurrence}".encode("utf-8", "surrogatepass")
    return Passage(
        passage_id=hashlib.sha256(named).hexdigest()[:_ID_CHARS],
        document_id=document.document_id,
        start=start,
        end=end,
        text=text,
        heading=heading,
        sentences=tuple(piece.sentence for piece in pieces),
        page=bisect_right(document.page_starts, start) or None,
    )


def _bare_headings(text: str) -> Iterator[Piece]:
    """Yield the lines of a text that has nothing but headings, as prose."""
    start = 0
    for line in text.splitlines(keepends=True):
        visible = line.strip().strip("#").strip()
        if any(map(str.isalnum, visible)):
            begin = start + line.index(visible)
            for first, end in cut_long(text, (begin, begin + len(visible))):
                tokens = estimate_tokens(text[first:end])
                yield Piece(Sentence(start=first, end=end), first, end, tokens, 0.0)
        start += len(line)
