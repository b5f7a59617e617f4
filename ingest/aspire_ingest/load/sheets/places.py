"""Places of cells as formulas write them: `B2`, `$B$2`, `B2:C4`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

Place = tuple[int, int]
"""Row and column, both from 1."""
_PLACE = re.compile(r"\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})", re.IGNORECASE)

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Cells from one corner to the other, both in it."""

    top: int
    left: int
    bottom: int
    right: int


def read_range(reference: str) -> Range:
    """Read `B2:C4`, or one cell.

    Raises:
        ValueError: it names no cells.
    """
    first, _, second = reference.partition(":")
    top, left = read_place(first)
    bottom, right = read_place(second or first)
    return Range(
        top=min(top, bottom), left=min(left, right), bottom=max(top, bottom), right=max(left, right)
    )


def read_place(reference: str) -> Place:
    """Read `B2` as row and column.

    Raises:
        ValueError: it names no cell.
    """
    match = _PLACE.fullmatch(reference)
    if match is None:
        raise ValueError(f"no cell {reference[:20]!r}")
    column = 0
    for letter in match["column"].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match["row"])
    if row == 0:
        raise ValueError(f"no cell {reference[:20]!r}")
    return row, column


def named_places(places: Sequence[Place]) -> str:
    """Name cells as a reader does, the first few of many: "cell D7", "cells D7, D12"."""
    names = [f"{_letters(column)}{row}" for row, column in places[:_MOST_NAMED]]
    more = ", …" if len(places) > _MOST_NAMED else ""
    return f"cell{'s' if len(places) > 1 else ''} {', '.join(names)}{more}"


def _letters(column: int) -> str:
    above, last = divmod(column - 1, 26)
    return (_letters(above) if above else "") + chr(ord("A") + last)
