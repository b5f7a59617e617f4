"""How well a document was read: a figure from 0 to 1 for each page and for the whole. Pure.

This module owns the formula. A page is as good as the share of its letters that can be made out,
less a part where something of it is in doubt (the order of its columns) or lost (a picture):

    page = readable share x (0.75 where something is in doubt) x (0.9 where something is lost)

Letters that are known to be lost count as unreadable ones. A page without text counts 0 where
something of it is lost (it is a picture), and 0.5 where nothing is known to be: nobody can tell a
blank page from one that was not read. The place of a hidden slide is blank and counts 1. A document
is the mean of its pages, times the same two factors for what no page is named of. What is hidden
costs nothing: a reader does not see it either.
"""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aspire_ingest.index.types import Remark

DOUBT, LOSS = 0.75, 0.9
BLANK = 0.5
"""Of a page without text of which nothing is known to be lost."""
NOT_READABLE = "not readable"
"""What is said of characters that stand in the text as signs of their loss: their share counts."""
_UNREADABLE = re.compile("\\(cid:\\d+\\)|[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LETTERS = re.compile(r"(\d+) letters?\b")
_HIDDEN_SLIDES = re.compile(r"(\d+) hidden slides?")
_PAGES = re.compile(r"(?:pages?|slides?) (?P<numbers>\d[\d, -]*)(?P<more>…)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuality:
    """A page's figure, and the remarks that name it."""

    quality: float
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How well a document was read, and each of its pages."""

    quality: float
    pages: tuple[PageQuality, ...]


def unreadable_share(text: str) -> float:
    """The share of characters that stand for letters which could not be read, to three places."""
    unread, letters = _unread(text), _letters(text)
    return round(min(1.0, unread / letters), 3) if letters else 0.0


def page_texts(text: str, page_starts: Sequence[int]) -> list[str]:
    """The text page by page; a document without pages is one."""
    edges = [0, *page_starts[1:], len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def quality_of(
    text: str,
    page_starts: Sequence[int],
    remarks: Sequence[Remark],
    *,
    skipped: Collection[int] = (),
) -> Quality:
    """Judge a document by its text, where its pages begin, and what was remarked on reading it.

    `skipped` pages, from 1, are no part of the whole's figure: staff left them out.
    """
    texts = page_texts(text, page_starts)
    told = [one for one in remarks if one.kind in ("lost", "doubtful")]
    named = {id(one): _pages_named(one.where, len(texts)) for one in told}
    if len(texts) == 1:
        named = {key: frozenset({1}) for key in named}
    pages = [
        _page(page, [(one, len(named[id(one)])) for one in told if number in named[id(one)]])
        for number, page in enumerate(texts, start=1)
    ]
    pages = _with_hidden_slides(pages, texts, remarks)
    counted = [page for n, page in enumerate(pages, start=1) if n not in skipped] or pages
    whole = sum(page.quality for page in counted) / len(counted)
    whole *= _factor(one for one in told if not named[id(one)])
    return Quality(quality=_floor(whole), pages=tuple(pages))


def _with_hidden_slides(
    pages: Sequence[PageQuality], texts: Sequence[str], remarks: Sequence[Remark]
) -> list[PageQuality]:
    found = (_HIDDEN_SLIDES.fullmatch(one.what) for one in remarks if one.kind == "hidden")
    left = sum(int(one[1]) for one in found if one)
    judged: list[PageQuality] = []
    for page, text in zip(pages, texts, strict=True):
        is_hidden = left > 0 and page.quality == BLANK and not text.strip()
        left -= is_hidden
        judged.append(PageQuality(quality=1.0, remarks=page.remarks) if is_hidden else page)
    return judged


def _page(text: str, remarks: Sequence[tuple[Remark, int]]) -> PageQuality:
    """`remarks`: those that name the page, and how many pages each names."""
    told = tuple(one for one, _ in remarks)
    letters = _letters(text)
    if not letters:
        is_lost = any(one.kind == "lost" for one in told)
        return PageQuality(quality=0.0 if is_lost else BLANK, remarks=told)
    lost = sum(_lost_letters(one) / count for one, count in remarks)
    readable = 1 - min(1.0, (_unread(text) + lost) / (letters + lost))
    return PageQuality(quality=_floor(readable * _factor(told)), remarks=told)


def _factor(remarks: Iterable[Remark]) -> float:
    kinds = {
        one.kind for one in remarks if not (_lost_letters(one) or one.what.endswith(NOT_READABLE))
    }
    return (DOUBT if "doubtful" in kinds else 1) * (LOSS if "lost" in kinds else 1)


def _lost_letters(remark: Remark) -> int:
    found = _LETTERS.search(remark.what) if remark.kind == "lost" else None
    return int(found[1]) if found else 0


def _pages_named(where: str, pages: int) -> frozenset[int]:
    """The pages that a remark names ("pages 2-4, 9"); none where it names none that is there.

    Where it names too many to list them ("…"), all after the last one listed are meant.
    """
    found = _PAGES.fullmatch(where)
    if found is None:
        return frozenset()
    numbers: set[int] = set()
    for part in filter(None, (part.strip() for part in found["numbers"].split(","))):
        first, _, last = part.partition("-")
        numbers.update(range(int(first), min(int(last or first), pages) + 1))
    if found["more"] and numbers:
        numbers.update(range(max(numbers), pages + 1))
    return frozenset(number for number in numbers if number <= pages)


def _unread(text: str) -> int:
    return sum(len(found[0]) for found in _UNREADABLE.finditer(text))


def _letters(text: str) -> int:
    return sum(map(len, text.split()))


def _floor(share: float) -> float:
    """Three places, rounded down: only what was read whole is 1."""
    return math.floor(share * 1000 + 1e-9) / 1000
