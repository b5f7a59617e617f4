"""Digits of all widths and Japanese numerals, read without moving any offset."""

import re
from decimal import Decimal

_WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)} | {"￥": "¥", "￡": "£"}
_DASHES = dict.fromkeys("‐‑‒–—―−〜～", "-")
_SPACES = dict.fromkeys("\u3000\u00a0\u202f\u2009", " ")
_FOLDS = str.maketrans({**_WIDE, **_DASHES, **_SPACES})
_LOWER = str.maketrans({chr(code): chr(code + 32) for code in range(0x41, 0x5B)})
_IS_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLDS)))}]")
_CAPITAL = re.compile("[A-Z]")
"""To look for a sign is ten times as fast as to put one for each; most texts hold none."""
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
"""The n-th stands at n - 1."""
_KANJI_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")}
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGEST = 1000
_LARGE_UNITS = {"万": 10**4, "億": 10**8, "兆": 10**12}
_TOKEN = re.compile(
    r"\d[\d,]*(?:\.\d+)?|[〇一二三四五六七八九]+(?:・[〇一二三四五六七八九]+)?|[十百千]|[万億兆]"
)


def fold_widths(text: str, *, lower: bool = False) -> str:
    """Return the text with full-width signs made narrow and all dashes made `-`.

    With `lower`, also A to Z made small; `str.lower` could change the length.

    One character stays one character: offsets into the result are offsets into `text`.
    """
    folded = text.translate(_FOLDS) if not text.isascii() and _IS_FOLDED.search(text) else text
    return folded.translate(_LOWER) if lower and _CAPITAL.search(folded) else folded


def japanese_number(written: str) -> Decimal:
    """Read a number such as `12,000`, `1億 2千万`, `三百万`, `一・二億`, `二〇二五` (narrow).

    A unit that is larger than the one before it multiplies all that came before: 百二十百万.

    Raises:
        ValueError: it is no number.
    """
    total = section = Decimal(0)
    current: Decimal | None = None
    smallest = _LARGEST
    for sign in _signs(written):
        if sign in _SMALL_UNITS:
            unit = _SMALL_UNITS[sign]
            if unit > smallest:
                section = (section + (current or 0)) * unit
            else:
                section += (1 if current is None else current) * unit
            current, smallest = None, unit
        elif sign in _LARGE_UNITS:
            section += current or 0
            total += (section or 1) * _LARGE_UNITS[sign]
            section, current, smallest = Decimal(0), None, _LARGEST
        else:
            current = _digits(sign)
    return total + section + (current or 0)


def _signs(written: str) -> list[str]:
    """The parts of a number, which may stand apart; ValueError where there is anything else."""
    bare = "".join(written.split())
    signs = _TOKEN.findall(bare)
    if not bare or "".join(signs) != bare:
        raise ValueError(written)
    return signs


def _digits(sign: str) -> Decimal:
    if sign[0] in _KANJI_DIGITS:
        return Decimal("".join(_KANJI_DIGITS.get(char, ".") for char in sign))
    return Decimal(sign.replace(",", ""))
