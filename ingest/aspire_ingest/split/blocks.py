"""The blocks of a text: headings, paragraphs, list items, tables, code, questions and answers.

One pass over the lines, each looked at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "table", "code", "question", "answer", "rule"]

_BREAK = re.compile(r"\r\n?|[\n\u2028\u2029]")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t\u3000]+(\S.*)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_RULE = re.compile(r"[ \t]*(?:[-*_=][ \t]*){3,}$")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_BULLET = r"[-*+‐–•‣◦▪●○◆◇■□►➢][ \t\u3000]+|[・•●◆■]"
_KANJI = "[一二三四五六七八九十]{1,3}"
_NUMBER = (
    rf"[(（](?:\d{{1,3}}|[a-zA-Z]|[ivx]{{1,5}}|[ア-ン]|{_KANJI})[)）]"
    r"|\d{1,3}[)）]|\d{1,3}[.．][ \t\u3000]+|[a-zA-Z][)）][ \t]+|[①-⑳㉑-㉟]"
    rf"|\d{{1,3}}\u3000+|[a-zア-ン]\u3000+|{_KANJI}[ \t\u3000]+|[ア-ン](?:[)）]|[ \t]+)"
)
_ITEM = re.compile(rf"([ \t\u3000]*)(?:({_BULLET})|(?:{_NUMBER}))(?=.)")
_COUNTED = re.compile(rf"(\d+)|([a-z]+)|([A-Z])|([ア-ン])|({_KANJI})|([①-⑳㉑-㉟])")
_FIRST = ("", "1", "a", "A", "ア", "一", "①")
_NOTE = re.compile(
    r"[ \t\u3000]*(?:\*+\d+|※|[(（]?注\s?\d+|[†‡¹²³⁴-⁹]|[(（]note \d+[)）]|\[\^?\d{1,3}\])"
    r"[ \t\u3000:：)）]*\S"
)
_LABEL = re.compile(r"[ \t]*[^\s:：.。!?！？|][^:：.。!?！？|]{0,30}(?:：|:[ \t])\s*\S")
_ASKED = re.compile(
    rf"[ \t\u3000]*(?:{_BULLET})?[*_]{{0,2}}"
    r"(?:[QＱ](?:uestion)?[ ]?\d{0,3}[ ]?[.:：．)）]|[QＱ]\d{1,3}[\s\u3000]"
    r"|(?:問|質問)[ ]?\d{0,3}[.:：．)）、\s\u3000])[*_]{0,2}[\s\u3000]*"
)
_ANSWERED = re.compile(
    rf"[ \t\u3000]*(?:{_BULLET})?[*_]{{0,2}}"
    r"(?:[AＡ](?:nswer)?[ ]?\d{0,3}[ ]?[.:：．)）]|[AＡ]\d{1,3}[\s\u3000]"
    r"|(?:答え?|回答)[ ]?\d{0,3}[.:：．)）、\s\u3000])[*_]{0,2}[\s\u3000]*"
)
_ANSWER_INSIDE = re.compile(r"(?<=[\s?？。])(?:[AＡ]\d{0,3}|答|回答)[ ]?[:：][\s\u3000]*")


@dataclass(slots=True, kw_only=True)
class Block:
    """A block and its lines (start, end), line breaks left out.

    `body` is where what can be quoted begins: after the bullet, after "Q1.". `level` is the depth
    of a heading or the indentation of an item.
    """

    kind: BlockKind
    lines: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    body: int
    level: int = 0

    @property
    def start(self) -> int:
        """Where the first line begins."""
        return self.lines[0][0]

    @property
    def end(self) -> int:
        """Where the last line ends."""
        return self.lines[-1][1]


def sign_of(text: str, block: Block) -> str:
    """Give how an item is marked, its number or letter made the first: `1.`, `(1)`, `一`, `・`."""
    mark = _ITEM.match(text, block.start)
    sign = "" if mark is None else mark[0].strip()
    return _COUNTED.sub(lambda found: _FIRST[found.lastindex or 0], sign)


def parse_question(text: str) -> re.Match[str] | None:
    """Match the "Q1." at the beginning of a question, also of one that is a heading."""
    return _ASKED.match(text)


def parse_blocks(text: str) -> list[Block]:
    """Cut a text into blocks, in order. Blank lines belong to none."""
    return _Parser(text).parse()


class _Parser:
    """Holds the block that is being read: the next line may go on with it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks: list[Block] = []
        self._open: Block | None = None
        self._fence = ""
        self._awaits_answer = False

    def parse(self) -> list[Block]:
        for start, end in _lines(self._text):
            self._read(start, end)
        return self._blocks

    def _read(self, start: int, end: int) -> None:
        fence = _FENCE.match(self._text, start, end)
        if self._fence or fence:
            self._read_code(start, end, fence)
        elif not self._text[start:end].strip():
            self._open = None
        elif _RULE.match(self._text, start, end):
            self._begin("rule", start, end, body=end)
            self._open = None
        elif not (self._read_structure(start, end) or self._read_marked(start, end)):
            self._read_plain(start, end)

    def _read_code(self, start: int, end: int, fence: re.Match[str] | None) -> None:
        if fence and self._fence in ("", fence[1]):
            self._fence = "" if self._fence else fence[1]
            self._open = None
        elif self._text[start:end].strip():
            self._extend_or_begin("code", start, end)

    def _read_structure(self, start: int, end: int) -> bool:
        """Read a heading or a row of a table."""
        if heading := _HEADING.match(self._text, start, end):
            self._begin("heading", start, end, body=heading.start(2), level=len(heading[1]))
            self._open = None
            self._awaits_answer = False
            return True
        if _ROW.match(self._text, start, end):
            self._extend_or_begin("table", start, end)
            return True
        return False

    def _read_marked(self, start: int, end: int) -> bool:
        """Read a line that begins with a sign: Q, A, a bullet, a number, a footnote mark."""
        if asked := _ASKED.match(self._text, start, end):
            self._begin("question", start, end, body=asked.end())
            self._awaits_answer = True
            if inside := _ANSWER_INSIDE.search(self._text, asked.end(), end):
                self._blocks[-1].lines = [(start, inside.start())]
                self._begin("answer", inside.start(), end, body=inside.end())
                self._awaits_answer = False
        elif self._awaits_answer and (answered := _ANSWERED.match(self._text, start, end)):
            self._begin("answer", start, end, body=answered.end())
            self._awaits_answer = False
        elif item := _ITEM.match(self._text, start, end):
            body = item.end() if item[2] else start + len(item[1])
            self._begin("item", start, end, body=body, level=_width(item[1]))
        elif _NOTE.match(self._text, start, end):
            self._begin("paragraph", start, end, body=start)
        else:
            return False
        return True

    def _read_plain(self, start: int, end: int) -> None:
        block = self._open
        if block is None or block.kind in ("table", "code") or self._is_label(block, start, end):
            self._begin("paragraph", start, end, body=start)
            return
        block.lines.append((start, end))

    def _is_label(self, block: Block, start: int, end: int) -> bool:
        """Say whether this line and the one before are both "Place: Tokyo"; or it was cut short."""
        last = block.lines[-1]
        before = self._text[last[0] : last[1]]
        if before.endswith(("  ", "\\")):  # Markdown's line break that is meant
            return True
        return block.kind == "paragraph" and bool(
            _LABEL.match(self._text, start, end) and _LABEL.match(before)
        )

    def _extend_or_begin(self, kind: BlockKind, start: int, end: int) -> None:
        if self._open is not None and self._open.kind == kind:
            self._open.lines.append((start, end))
        else:
            self._begin(kind, start, end, body=start)

    def _begin(self, kind: BlockKind, start: int, end: int, *, body: int, level: int = 0) -> None:
        self._open = Block(kind=kind, lines=[(start, end)], body=min(body, end), level=level)
        self._blocks.append(self._open)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line_break in _BREAK.finditer(text):
        yield start, line_break.start()
        start = line_break.end()
    if start < len(text):
        yield start, len(text)


def _width(indent: str) -> int:
    return sum(4 if char == "\t" else 2 if char == "\u3000" else 1 for char in indent)
