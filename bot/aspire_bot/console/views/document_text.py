"""A document's text as blocks with its passages and sentences marked. Pure.

The text is block Markdown. What is shown is that text to the letter: what is marked in it stands
where the index says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aspire_ingest.index import Passage

BlockKind = Literal["heading", "item", "row", "prose"]
_HEADING = re.compile(r"#{1,6}\s")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
MOST_PASSAGES = 200


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text, marked or not."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text, by what it is."""

    kind: BlockKind
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage in its blocks; its sentences are marked. `number` counts from 1."""

    number: int
    heading: str
    page: int | None
    blocks: tuple[Block, ...]


def blocks_of(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> list[Block]:
    """Give `text[start:end]` line by line; `marks` are in order and do not overlap."""
    found: list[Block] = []
    at = start
    for line in text[start:end].split("\n"):
        until = at + len(line)
        if line.strip():
            found.append(Block(_kind(line), tuple(_spans(text, at, until, marks))))
        at = until + 1
    return found


def passages_shown(text: str, passages: Sequence[Passage]) -> list[ShownPassage]:
    """Give the passages of a document in reading order, the first `MOST_PASSAGES` of them."""
    return [
        ShownPassage(
            number=number,
            heading=" › ".join(passage.heading),
            page=passage.page,
            blocks=tuple(
                blocks_of(
                    text,
                    passage.start,
                    passage.end,
                    [(sentence.start, sentence.end) for sentence in passage.sentences],
                )
            ),
        )
        for number, passage in enumerate(passages[:MOST_PASSAGES], start=1)
    ]


def _kind(line: str) -> BlockKind:
    if _HEADING.match(line):
        return "heading"
    if line.lstrip().startswith("|"):
        return "row"
    return "item" if _ITEM.match(line) else "prose"


def _spans(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> list[Span]:
    found: list[Span] = []
    at = start
    for mark in marks:
        first, last = max(mark[0], at), min(mark[1], end)
        if first >= last:
            continue
        if at < first:
            found.append(Span(text[at:first]))
        found.append(Span(text[first:last], is_marked=True))
        at = last
    if at < end:
        found.append(Span(text[at:end]))
    return found
