"""Rules of tables in the picture of a page: long straight runs of dark dots."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.load.tesseract import GreyPicture

DARK = 140
"""Below it, of 255, a dot is ink."""
_LONGEST_LETTER = 0.4
"""Inches; a shorter run may be a stroke of a letter."""
_THICKEST = 0.04
_SLACK = 2
"""Dots by which a rule may leave its row, as scans are never quite level, and gaps in it."""
_MOST = 400

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in dots."""


def find_rules(picture: GreyPicture) -> list[Box]:
    """The level and the upright rules of a picture; none where there are more than tables have."""
    dots = np.frombuffer(picture.pixels, dtype=np.uint8).reshape(picture.height, picture.width)
    dark = dots < DARK
    upright = list(_runs(dark, picture.dpi))
    level = [(y0, x0, y1, x1) for x0, y0, x1, y1 in _runs(dark.T, picture.dpi)]
    found = [*upright, *level]
    return found if len(found) <= _MOST else []


def _runs(dark: NDArray[np.bool_], dpi: int) -> Iterator[Box]:
    """Upright rules: columns in which ink goes on for longer than in any letter."""
    length = max(8, round(_LONGEST_LETTER * dpi))
    near = dark.copy()
    near[:, 1:] |= dark[:, :-1]
    near[:, :-1] |= dark[:, 1:]
    counts = np.zeros((near.shape[0] + 1, near.shape[1]), dtype=np.int32)
    np.cumsum(near, axis=0, out=counts[1:])
    is_start = counts[length:] - counts[:-length] == length
    columns = np.flatnonzero(is_start.any(axis=0))
    for group in np.split(columns, np.flatnonzero(np.diff(columns) > _SLACK) + 1):
        if not group.size or group[-1] - group[0] > _THICKEST * dpi + 2 * _SLACK:
            continue  # a picture, or the dark edge of a scan
        starts = np.flatnonzero(is_start[:, group].any(axis=1))
        for part in np.split(starts, np.flatnonzero(np.diff(starts) > length + _SLACK) + 1):
            yield int(group[0]), int(part[0]), int(group[-1]), int(part[-1]) + length
