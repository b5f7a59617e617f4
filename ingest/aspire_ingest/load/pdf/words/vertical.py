"""Japanese set in columns from right to left, turned so that its columns are lines."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from aspire_ingest.load.pdf.paint.ink import Glyph
from aspire_ingest.load.writing.clean import is_cjk

_SHARE = 0.6
"""Share of a page's Japanese letters from which all of it is read as vertical."""
_FEWEST = 6


def is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Tell whether the Japanese of a page runs downwards, as its glyphs are drawn one by one."""
    letters = [glyph for glyph in glyphs if is_cjk(glyph.text[:1])]
    down = sum(_follows_below(before, after) for before, after in pairwise(letters))
    right = sum(_follows_right(before, after) for before, after in pairwise(letters))
    return down >= _FEWEST and down >= _SHARE * (down + right) and down >= 0.5 * len(letters)


def turned(glyphs: Iterable[Glyph], width: float) -> tuple[list[Glyph], list[Glyph]]:
    """Glyphs as if their columns were lines, and those of lines that run level all the same.

    Down becomes right, left becomes down. Two digits side by side in a column are one letter of it.
    """
    columns: list[Glyph] = []
    level: list[Glyph] = []
    for run in _runs(glyphs):
        first = run[0]
        wide = max(glyph.x1 for glyph in run) - first.x0
        if len(run) > 1 and wide > 1.4 * first.size:
            level += run
            continue
        middle = first.x0 + wide / 2
        columns.append(
            replace(
                first,
                text="".join(glyph.text for glyph in run),
                x0=first.top,
                x1=first.bottom,
                top=width - middle - first.size / 2,
                bottom=width - middle + first.size / 2,
                baseline=width - middle + first.size / 2,
                angle=0,
            )
        )
    return columns, level


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and not glyph.is_vertical and _follows_right(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _follows_below(before: Glyph, after: Glyph) -> bool:
    size = before.size
    middle = abs((before.x0 + before.x1) - (after.x0 + after.x1)) / 2
    return middle < 0.25 * size and 0.6 * size < after.top - before.top < 1.5 * size


def _follows_right(before: Glyph, after: Glyph) -> bool:
    size = before.size
    return (
        abs(after.baseline - before.baseline) < 0.25 * size
        and 0 < after.x0 - before.x0 < 1.5 * size
    )
