"""How well a text tells what a document shows.

*Text* is the F1 of character bigrams, counted with repetitions. It does not ask where they stand:
order has a measure of its own, and an alignment would count a column that is read too early
twice, as missing and as too much.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from aspire_ingest.load.writing.clean import is_cjk

_MARK = re.compile(r"\s?\(note (\S+?)\)|\^(?=\S)")
_RULE = re.compile(r"^[|\s:-]{3,}$", re.MULTILINE)
_MARKUP = re.compile(r"^\s*(?:#{1,6}|[-*+•])\s+|\||\*\*|\\(?=[^\w\s])", re.MULTILINE)
_BREAK = re.compile(r"\s*(?:<br>|\n)\s*")


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares from 0 to 1; `order` and `hidden` are None where there is nothing to measure."""

    text: float
    order: float | None
    hidden: float | None
    """The share of the hidden pieces that come out."""


def score(text: str, seen: Sequence[str], hidden: Sequence[str]) -> Scores:
    """Measure a text against what a reader sees and does not see."""
    return Scores(
        text=bigram_f1(text, "\n".join(seen)),
        order=order(text, seen),
        hidden=share_of(text, hidden),
    )


def bigram_f1(text: str, wanted: str) -> float:
    """The harmonic mean of precision and recall of character bigrams."""
    found, asked = _bigrams(text), _bigrams(wanted)
    shared = (found & asked).total()
    total = found.total() + asked.total()
    return 2 * shared / total if total else 1.0


def order(text: str, sentences: Sequence[str]) -> float | None:
    """The share of neighbouring sentences of which the second comes after the first.

    A sentence that does not come out in one piece is out of order. None of one sentence.
    """
    letters = squeezed(text)
    places: list[tuple[int, int] | None] = []
    start = 0
    for sentence in map(squeezed, sentences):
        at = letters.find(sentence, start)
        at = letters.find(sentence) if at < 0 else at
        places.append((at, at + len(sentence)) if at >= 0 else None)
        start = at + len(sentence) if at >= 0 else start
    pairs = [
        before is not None and after is not None and before[1] <= after[0]
        for before, after in pairwise(places)
    ]
    return sum(pairs) / len(pairs) if pairs else None


def share_of(text: str, pieces: Sequence[str]) -> float | None:
    """The share of pieces that a text holds; None of none."""
    letters = squeezed(text)
    found = [squeezed(piece) in letters for piece in pieces]
    return sum(found) / len(found) if found else None


def plain(text: str) -> str:
    """A text without its markup, each run of space as one, none beside Japanese.

    However a raised mark is told apart from the number before it, it is told apart: `(note 1)`
    and `^6` are both written `^`. Nothing else is made alike: a ligature is not its letters.
    """
    text = unicodedata.normalize("NFC", text)
    text = _MARK.sub(lambda mark: f"^{mark[1] or ''}", text)
    text = _BREAK.sub("\n", _MARKUP.sub(" ", _RULE.sub("", text)))
    words = text.split()
    pieces: list[str] = words[:1]
    for before, word in pairwise(words):
        pieces += [word] if is_cjk(before[-1]) or is_cjk(word[0]) else [" ", word]
    return "".join(pieces)


def squeezed(text: str) -> str:
    """The letters and digits of a text alone."""
    return "".join(letter for letter in plain(text) if letter.isalnum())


def _bigrams(text: str) -> Counter[str]:
    letters = plain(text)
    return Counter(map("".join, pairwise(letters)))
