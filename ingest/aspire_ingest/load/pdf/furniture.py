"""Running heads, feet and page numbers: what repeats in the margins and says nothing new.

A line in a margin is furniture if it stands at the same height on many pages, apart from the text,
and differs in nothing but a number that counts the pages. Headings that differ in a year or an
amount stay where each of them first stands, and so does a lone number that counts nothing.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from aspire_ingest.load.pdf.words.words import Line, Word, to_lines, to_rows

_MARGIN = 0.12
"""Share of the page height at top and bottom where furniture stands."""
_APART = 1.5
"""Gap between two pieces of a line, in sizes."""
_FEWEST_COUNTED, _COUNTED_STEP = 6, 5
_COUNTED_SHARE, _COUNTED_SIZE = 0.8, 0.9
"""Numbers of lines: how many at least, for what share of the lines, their size beside the text."""
_NUMBER = re.compile(r"\d+")
_BARE = re.compile(
    r"[-–—\s(]*(?:(?:page|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|ページ|頁)\s*\d{0,4})?\s*(?:ページ|頁)?[-–—\s)]*",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d\s*(?:/|of)\s*\d+\W*$|(?:page|p\.)\s*\d+\W*$|\d\s*(?:ページ|頁)\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MarginPage:
    """The words of a page, and its height."""

    words: Sequence[Word]
    height: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words in a margin that stand together; `page` counts from 1."""

    page: int
    words: tuple[Word, ...]
    line: Line

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(int(number[-9:]) for number in _NUMBER.findall(self.line.text))


def without_furniture(pages: Sequence[MarginPage]) -> tuple[list[list[Word]], list[str]]:
    """The words of each page without its furniture, and the texts of the furniture, each once."""
    body = _body_size(pages)
    alike: defaultdict[tuple[str, int], list[_Piece]] = defaultdict(list)
    for number, page in enumerate(pages, start=1):
        for piece in _pieces(page, number):
            shape = _NUMBER.sub("#", piece.line.text)
            alike[shape, round(piece.line.top / 6)].append(piece)
    needed = max(2, len(pages) // 2)
    dropped: defaultdict[int, set[Word]] = defaultdict(set)
    for number, page in enumerate(pages, start=1):
        dropped[number].update(_line_numbers(page))
    texts: dict[str, None] = {}
    for pieces in alike.values():
        for piece in _furniture(pieces, needed, body):
            dropped[piece.page].update(piece.words)
            texts[piece.line.text] = None
    bodies = [
        [word for word in page.words if word not in dropped[number]]
        if dropped[number]
        else list(page.words)
        for number, page in enumerate(pages, start=1)
    ]
    return bodies, list(texts)


def _line_numbers(page: MarginPage) -> list[Word]:
    """The small numbers down the left edge of a draft that count its lines, all or every fifth."""
    rows = [sorted(row, key=lambda word: word.x0) for row in to_rows(page.words)]
    found = [(at, row[0]) for at, row in enumerate(rows) if _may_count_line(row)]
    edge = Counter(round(word.x1 / 3) for _, word in found).most_common(1)
    if not edge:
        return []
    aligned = [(at, word) for at, word in found if abs(round(word.x1 / 3) - edge[0][0]) <= 1]
    values = [int(word.text) for _, word in aligned]
    steps = {below - above for above, below in pairwise(values)}
    if len(aligned) < _FEWEST_COUNTED or steps not in ({1}, {_COUNTED_STEP}):
        return []
    lines = aligned[-1][0] - aligned[0][0] + 1
    is_whole = len(aligned) >= _COUNTED_SHARE * lines if steps == {1} else not values[0] % 5
    return [word for _, word in aligned] if is_whole else []


def _may_count_line(row: Sequence[Word]) -> bool:
    first = row[0]
    if not first.text.isdecimal() or len(first.text) > 4 or len(row) < 2:
        return False
    return first.size <= _COUNTED_SIZE * row[1].size and row[1].x0 - first.x1 >= 0.4 * row[1].size


def _body_size(pages: Sequence[MarginPage]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            sizes[round(word.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _pieces(page: MarginPage, number: int) -> list[_Piece]:
    top, bottom = _MARGIN * page.height, (1 - _MARGIN) * page.height
    rows = to_rows(page.words)
    above = _isolated([row for row in rows if max(word.bottom for word in row) < top], rows)
    below = _isolated(
        [row for row in rows if min(word.top for word in row) > bottom][::-1], rows[::-1]
    )
    return [
        _Piece(number, tuple(words), to_lines(words)[0])
        for row in (*above, *below)
        for words in _split(row)
    ]


def _isolated(margin: Sequence[list[Word]], rows: Sequence[list[Word]]) -> list[list[Word]]:
    """The rows of a margin, from the page's edge to its last gap before the text."""
    end = 0
    for index, row in enumerate(margin, start=1):
        inner = rows[index] if index < len(rows) else None
        if inner is None or _gap(row, inner) > 0.6 * max(word.size for word in row):
            end = index
    return list(margin[:end])


def _gap(one: Sequence[Word], other: Sequence[Word]) -> float:
    tops = [min(word.top for word in row) for row in (one, other)]
    bottoms = [max(word.bottom for word in row) for row in (one, other)]
    return max(tops) - min(bottoms)


def _split(row: Sequence[Word]) -> list[list[Word]]:
    pieces: list[list[Word]] = []
    for word in sorted(row, key=lambda word: word.x0):
        if pieces and word.x0 - pieces[-1][-1].x1 <= _APART * word.size:
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return pieces


def _furniture(pieces: Sequence[_Piece], needed: int, body: float) -> list[_Piece]:
    """Those of the pieces, alike but for their numbers, that are furniture."""
    found = [piece for piece in pieces if _is_own_number(piece)]
    if len({piece.page for piece in pieces}) >= needed and _counts_pages(pieces):
        return list(pieces)
    texts = Counter(piece.line.text for piece in pieces)
    varies = sum(not _BARE.fullmatch(text) for text in texts) > 1
    for text, count in texts.items():
        if count < needed or _BARE.fullmatch(text):
            continue
        same = [piece for piece in pieces if piece.line.text == text]
        is_large = same[0].line.size >= 1.15 * body
        found += same[1:] if is_large or varies else same
    return found


def _is_own_number(piece: _Piece) -> bool:
    return bool(_BARE.fullmatch(piece.line.text)) and piece.numbers[:1] == (piece.page,)


def _counts_pages(pieces: Sequence[_Piece]) -> bool:
    """Whether a number goes up with the pages, and all others stay."""
    counting = 0
    for numbers in zip(*((piece.numbers) for piece in pieces), strict=True):
        steps = {number - piece.page for number, piece in zip(numbers, pieces, strict=True)}
        if len(set(numbers)) == 1:
            continue
        if len(steps) > 1 or not _may_count(pieces, steps.pop()):
            return False
        counting += 1
    return counting == 1


def _may_count(pieces: Sequence[_Piece], offset: int) -> bool:
    """Tell the number of a page from "Annex 1", "Annex 2" on the pages that follow each other."""
    text = pieces[0].line.text
    if _BARE.fullmatch(text) or _COUNTED.search(text):
        return True
    return offset == 0 and len(pieces) >= 3
