"""Ink in the picture of a page that looks like lines of text, where nothing was read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.load.pdf.rules import DARK, Box
from aspire_ingest.load.tesseract import GreyPicture

_BLOCK = 0.1
"""Inches: the side of the squares that a page is looked at by, about the height of a letter."""
_LEAST, _MOST = 0.05, 0.6
"""Shares of ink in a square of text."""
_HIGHEST = 3
"""Squares that a line of text is high at most; a picture is higher."""
_SHORTEST = 2
_EDGE = 0.04
"""Share of a page around it where scans are dark, and its number may stand."""


def count_unread(picture: GreyPicture, read: Sequence[Box], rules: Sequence[Box]) -> int:
    """How many pieces of lines are outside all boxes that were read; rules are none."""
    side = max(4, round(_BLOCK * picture.dpi))
    dots = np.frombuffer(picture.pixels, dtype=np.uint8).reshape(picture.height, picture.width)
    dark = dots < DARK
    for x0, top, x1, bottom in rules:
        dark[max(0, top - 3) : bottom + 4, max(0, x0 - 3) : x1 + 4] = False
    for x0, top, x1, bottom in read:
        dark[max(0, top - side // 2) : bottom + side // 2, max(0, x0 - side) : x1 + side] = False
    rows, columns = picture.height // side, picture.width // side
    if min(rows, columns) < _HIGHEST + 2:
        return 0
    whole = dark[: rows * side, : columns * side].reshape(rows, side, columns, side)
    shares: NDArray[np.float64] = whole.mean(axis=(1, 3))
    edge_rows, edge_columns = round(_EDGE * rows), round(_EDGE * columns)
    inked = shares > _LEAST
    inked[:edge_rows] = inked[rows - edge_rows :] = False
    inked[:, :edge_columns] = inked[:, columns - edge_columns :] = False
    return _pieces(inked, shares)


def _pieces(inked: NDArray[np.bool_], shares: NDArray[np.float64]) -> int:
    """Groups of touching squares that are as high as a line and wider than a letter."""
    count = 0
    left = {(int(row), int(column)) for row, column in np.argwhere(inked)}
    while left:
        waiting = [left.pop()]
        group: list[tuple[int, int]] = []
        while waiting:
            row, column = waiting.pop()
            group.append((row, column))
            around = [(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
            for place in around:
                if place in left:
                    left.remove(place)
                    waiting.append(place)
        height = 1 + max(row for row, _ in group) - min(row for row, _ in group)
        width = 1 + max(column for _, column in group) - min(column for _, column in group)
        ink = sum(float(shares[place]) for place in group) / len(group)
        count += height <= _HIGHEST and width >= _SHORTEST and width >= height and ink <= _MOST
    return count
