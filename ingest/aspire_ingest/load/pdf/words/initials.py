"""The first letter of a text, set over several lines: it belongs to the word beside its top."""

from collections.abc import Sequence
from dataclasses import replace

from aspire_ingest.load.pdf.words.words import Word

_LARGE = 1.8
"""Least size of such a letter, in sizes of the text beside it."""
_NEAR = 1.0
"""Most distance to that text, in its sizes."""
_WORDS_OF_ONE_LETTER = ("A", "I", "O")


def join_initials(words: Sequence[Word]) -> list[Word]:
    """Join each initial to its word; all other words stay as they are."""
    joined = list(words)
    for initial in [word for word in words if len(word.text) == 1 and word.text.isupper()]:
        beside = [word for word in joined if _is_beside(word, initial)]
        if len({round(word.baseline) for word in beside}) < 2:
            continue
        first = min(beside, key=lambda word: word.baseline)
        blank = " " if _is_word(initial.text, first, words) else ""
        text = f"{initial.text}{blank}{first.text}"
        joined[joined.index(first)] = replace(first, text=text, x0=initial.x0)
        joined.remove(initial)
    return joined


def _is_beside(word: Word, initial: Word) -> bool:
    middle = (word.top + word.bottom) / 2
    return (
        word.size * _LARGE <= initial.size
        and -0.2 * word.size <= word.x0 - initial.x1 <= _NEAR * word.size
        and initial.top - 0.3 * word.size <= middle <= initial.bottom
    )


def _is_word(letter: str, after: Word, words: Sequence[Word]) -> bool:
    """Tell "A stay" from "Applications": by whether the page has the rest as a word elsewhere."""
    if letter not in _WORDS_OF_ONE_LETTER:
        return False
    return any(word.text == after.text and word is not after for word in words)
