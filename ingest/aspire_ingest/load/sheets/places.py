"""Places of cells as formulas write them: `B2`, `$B$2`, `B2:C4`."""

import re
from dataclasses import dataclass

Place = tuple[int, int]
"""Row and column, both from 1."""
_PLACE = re.compile(r"\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})", re.IGNORECASE)


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
