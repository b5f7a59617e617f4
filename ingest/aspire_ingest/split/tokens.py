"""How long a piece of text is for the embedder, estimated from its characters."""

import re
from collections.abc import Iterator

LATIN_CHARS_PER_TOKEN = 4.5
OTHER_CHARS_PER_TOKEN = 1.9
"""Measured with the default embedder's vocabulary: 900 English or 380 Japanese characters are
about 200 tokens. Digits and signs count like Japanese."""
LONGEST_PIECE_TOKENS = 350

_LATIN = re.compile(r"[A-Za-z\s]+")
_VISIBLE = re.compile(r"\S")
_WINDOW = 1600
"""No piece of more characters can be short enough."""
_GOOD_CUTS = ("\n", "。", "、", ". ", "; ", ", ", " ")


def estimate_tokens(text: str) -> float:
    """Return about how many tokens the text has."""
    latin = sum(map(len, _LATIN.findall(text)))
    return latin / LATIN_CHARS_PER_TOKEN + (len(text) - latin) / OTHER_CHARS_PER_TOKEN


def cut_long(text: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the span, or its parts where it is too long for one passage.

    Parts begin and end with something visible.
    """
    start, end = span
    while end - start > _WINDOW or estimate_tokens(text[start:end]) > LONGEST_PIECE_TOKENS:
        stop = start + _fitting_chars(text[start : min(end, start + _WINDOW)])
        yield start, start + len(text[start:stop].rstrip())
        visible = _VISIBLE.search(text, stop, end)
        if visible is None:
            return
        start = visible.start()
    if start < end:
        yield start, end


def _fitting_chars(window: str) -> int:
    """Return where to cut: at the last good place of what fits, else wherever it is full."""
    fits = len(window)
    while fits > 1 and estimate_tokens(window[:fits]) > LONGEST_PIECE_TOKENS:
        fits = fits * 7 // 8
    for good in _GOOD_CUTS:
        at = window.rfind(good, fits // 2, fits)
        if at > 0:
            return at + len(good)
    return fits
