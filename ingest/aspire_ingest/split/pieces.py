"""The quotable pieces of each section, with what must stay together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aspire_ingest.index.text.sentences import sentence_spans
from aspire_ingest.index.text.table_rows import header_line
from aspire_ingest.index.types import Sentence, SentenceForm
from aspire_ingest.split.blocks import Block, parse_blocks, parse_question, sign_of
from aspire_ingest.split.footnotes import lead_of_note
from aspire_ingest.split.tokens import cut_long, estimate_tokens

# What it costs to begin a new passage before a piece, in shares of the aimed size.
_BETWEEN_BLOCKS = 0.0
_BETWEEN_SENTENCES = 0.35
_BETWEEN_LIKE = {"item": 0.3, "table": 1.2, "code": 0.3}
_INSIDE_ANSWER = 0.5
_APART_FROM_LINE = 1.0
_APART_FROM_LEAD = 2.0

_WHOLE_ITEM_CHARS = 240
_LEAD_CHARS = 300
_CAPTION_CHARS = 160
_SEPARATOR = re.compile(r"[\s|:\-]*-[\s|:\-]*$")
_CAPTION = re.compile(r"\s*(?:(?:Summary )?Table|Tab\.|Figure|Fig\.|表|図)|.*一覧", re.IGNORECASE)
_INTRODUCES = re.compile(r"[:：]\W*$|follow|below|(?:次|以下|下記)の|as listed|次表", re.IGNORECASE)
_ENDS_WITH_STOP = re.compile(r"[.!?。！？．][\W\d]*$")
_QUOTABLE = re.compile(r"[^\W_]")
_ASKS = re.compile(r"[?？][\W_]*$|か。?$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A quotable piece, the span it takes along (bullets, pipes), and the cost of a cut before."""

    sentence: Sentence
    start: int
    end: int
    tokens: float
    cut: float


@dataclass(slots=True)
class Section:
    """All pieces under one heading."""

    heading: tuple[str, ...]
    pieces: list[Piece] = field(default_factory=list[Piece])


def sections(text: str, title: str) -> Iterator[Section]:
    """Yield the sections of a text that have something to quote.

    The path of headings leaves out one of the first level that repeats the title.
    """
    path: list[tuple[int, str]] = []
    under: list[Block] = []
    for block in parse_blocks(text):
        if block.kind != "heading":
            under.append(block)
            continue
        yield from _section(text, path, under, title)
        under = []
        path = [above for above in path if above[0] < block.level]
        name = _one_line(text[block.body : block.end].rstrip().rstrip("#"))
        path.append((block.level, name))
    yield from _section(text, path, under, title)


def _section(
    text: str, path: Sequence[tuple[int, str]], blocks: Sequence[Block], title: str
) -> Iterator[Section]:
    heading = tuple(
        name for level, name in path if name and not (level == 1 and _same(name, title))
    )
    section = Section(heading, _Reader(text, heading).read(blocks))
    if section.pieces:
        yield section


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item of a list, which may hold others."""

    level: int
    sign: str
    text: str

    def holds(self, level: int, sign: str) -> bool:
        """Whether an item stands below it: deeper, or marked otherwise where it introduces some.

        Articles and guidelines mark what is below by another sign, often at the same place.
        """
        is_beside = level == self.level and sign != self.sign
        return level > self.level or (is_beside and bool(_INTRODUCES.search(self.text)))


class _Reader:
    """Turns the blocks of one section into pieces; knows the blocks before the one it reads."""

    def __init__(self, text: str, heading: tuple[str, ...]) -> None:
        self._text = text
        self._heading = heading[-1] if heading else ""
        asked = parse_question(self._heading)
        is_question = asked or _ASKS.search(self._heading)
        self._asked = self._heading[asked.end() if asked else 0 :] if is_question else ""
        self._question = self._asked
        self._list_lead: str | None = None
        self._parents: list[_Entry] = []
        self._before: Block | None = None
        self._pieces: list[Piece] = []

    def read(self, blocks: Sequence[Block]) -> list[Piece]:
        for block in blocks:
            if block.kind != "item":
                self._list_lead = None
                self._parents = []
            if block.kind == "rule":
                self._question = self._asked
            elif block.kind == "table":
                self._read_table(block)
            elif block.kind == "item":
                self._read_item(block)
            elif block.kind == "code":
                self._read_code(block)
            else:
                self._read_prose(block)
            self._before = block
        return self._pieces

    def _read_prose(self, block: Block) -> None:
        if block.kind == "question":
            self._question = ""
        spans = sentence_spans(self._text, block.body, block.end)
        lead = self._question or lead_of_note(self._text, block.body)
        self._add(block, spans, "prose", lead, _BETWEEN_SENTENCES)
        if block.kind == "question":
            self._question = _one_line(self._text[block.body : block.end])

    def _read_code(self, block: Block) -> None:
        spans = [span for line in block.lines for span in sentence_of(self._text, *line)]
        self._add(block, spans, "prose", self._question, _BETWEEN_LIKE["code"])

    def _read_item(self, block: Block) -> None:
        if self._list_lead is None:
            self._list_lead = self._introduction() or self._question or self._heading
        sign = sign_of(self._text, block)
        while self._parents and not self._parents[-1].holds(block.level, sign):
            self._parents.pop()
        lead = self._parents[-1].text if self._parents else self._list_lead
        spans = sentence_spans(self._text, block.body, block.end)
        if block.end - block.body <= _WHOLE_ITEM_CHARS and spans:
            spans = [(spans[0][0], spans[-1][1])]
        self._add(block, spans, "item", lead, _BETWEEN_SENTENCES)
        said = _one_line(self._text[block.body : block.end])
        self._parents.append(_Entry(block.level, sign, said))

    def _read_table(self, block: Block) -> None:
        caption = self._caption()
        header = ""
        for row, (start, end) in enumerate(block.lines):
            if _SEPARATOR.match(self._text, start, end):
                if row == 1:
                    header = header_line(self._text[slice(*block.lines[0])])
                continue
            lead = "\n".join(filter(None, (caption, header)))
            line = Block(kind="table", lines=[(start, end)], body=start)
            self._add(
                line, sentence_of(self._text, start, end), "row", lead, _BETWEEN_LIKE["table"]
            )
            self._before = line

    def _add(
        self,
        block: Block,
        spans: Sequence[tuple[int, int]],
        form: SentenceForm,
        lead: str,
        cut_inside: float,
    ) -> None:
        """Add the spans of a block; the first takes the bullet along, the last the line's end."""
        cut = self._cut_before(block)
        start = block.start
        for span in spans:
            for piece_start, piece_end in cut_long(self._text, span):
                if not _QUOTABLE.search(self._text, piece_start, piece_end):
                    continue
                sentence = Sentence(start=piece_start, end=piece_end, form=form, lead=lead)
                begin = _first_visible(self._text, max(start, piece_start - 40), piece_start)
                # What lies between two pieces is part of their passage as well.
                before = self._pieces[-1].end if self._pieces else begin
                tokens = estimate_tokens(self._text[before:piece_end])
                self._pieces.append(Piece(sentence, begin, piece_end, tokens, cut))
                start, cut = piece_end, cut_inside

    def _cut_before(self, block: Block) -> float:
        """Return what it costs to part this block from the one before."""
        before = self._before
        if before is None or not self._pieces or block.kind == "question":
            return _BETWEEN_BLOCKS
        if block.kind == before.kind and block.kind in _BETWEEN_LIKE:
            return _BETWEEN_LIKE[block.kind]
        if block.kind == "item":
            return _APART_FROM_LEAD if self._introduction() else _BETWEEN_LIKE["item"]
        if block.kind == "table":
            return _APART_FROM_LEAD if self._caption() else _BETWEEN_BLOCKS
        if block.kind == "answer" or before.kind == "question":
            return _APART_FROM_LEAD
        is_titled = before.kind == "paragraph" and self._is_like_heading(before)
        return _APART_FROM_LINE if is_titled else _INSIDE_ANSWER if self._question else 0.0

    def _is_like_heading(self, block: Block) -> bool:
        """Say whether it is one short line without a stop, such as "Theme 1"."""
        line = self._text[block.body : block.end].strip()
        return (
            len(block.lines) == 1
            and len(line) <= _CAPTION_CHARS
            and not (_ENDS_WITH_STOP.search(line) and not _ASKS.search(line))
        )

    def _introduction(self) -> str:
        """Return the sentence before a list if it introduces it."""
        block = self._before
        if block is None or block.kind in ("item", "table", "code", "rule") or not self._pieces:
            return ""
        last = self._pieces[-1].sentence
        line = _one_line(self._text[last.start : last.end])
        if _INTRODUCES.search(line) or self._is_like_heading(block):
            return line
        return ""

    def _caption(self) -> str:
        """Return the line before a table if it says what the table shows."""
        block = self._before
        if block is None or block.kind in ("item", "table", "code", "rule") or not self._pieces:
            return ""
        line = self._text[block.body : block.end].strip()
        if len(block.lines) > 1 or len(line) > _CAPTION_CHARS:
            last = self._pieces[-1].sentence
            line = self._text[last.start : last.end]
        is_caption = _CAPTION.match(line) or _INTRODUCES.search(line)
        return _one_line(line) if is_caption or self._is_like_heading(block) else ""


def sentence_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the line without the white space around it, as the one span of a list."""
    begin = _first_visible(text, start, end)
    return [(begin, begin + len(text[begin:end].rstrip()))]


def _first_visible(text: str, start: int, end: int) -> int:
    return end - len(text[start:end].lstrip())


def _one_line(piece: str) -> str:
    return " ".join(piece[: 4 * _LEAD_CHARS].split())[:_LEAD_CHARS]
