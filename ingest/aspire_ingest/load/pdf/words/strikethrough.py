"""Struck text: a thin bar through the middle of letters takes back what they say."""

from collections import defaultdict
from collections.abc import Sequence

from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.paint.ink import Glyph

_BAND = 8.0
_LOWEST, _HIGHEST = 0.15, 0.5
"""Where a bar strikes, above the baseline, in letter sizes: neither an underline nor a fraction."""
_BEYOND = 0.5
"""How far a bar goes past its letters, in their sizes: rules of tables go farther."""
_MOST_BARS = 2000


def without_struck(glyphs: Sequence[Glyph], bars: Sequence[Area]) -> tuple[list[Glyph], int]:
    """The glyphs that no bar strikes, and the number of letters that bars strike."""
    bands: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs if bars else ():
        bands[int(glyph.baseline // _BAND)].append(glyph)
    struck: set[int] = set()
    for bar in bars[:_MOST_BARS]:
        struck.update(map(id, _struck(bar, bands)))
    kept = [glyph for glyph in glyphs if id(glyph) not in struck]
    count = sum(id(glyph) in struck and not glyph.text.isspace() for glyph in glyphs)
    return kept, count


def _struck(bar: Area, bands: dict[int, list[Glyph]]) -> list[Glyph]:
    height = (bar.top + bar.bottom) / 2
    band = int(height // _BAND)
    below = [
        glyph
        for near in range(band - 1, band + 5)
        for glyph in bands.get(near, ())
        if _LOWEST * glyph.size <= glyph.baseline - height <= _HIGHEST * glyph.size
        and bar.x0 - 0.5 <= (glyph.x0 + glyph.x1) / 2 <= bar.x1 + 0.5
    ]
    if not below:
        return []
    beyond = _BEYOND * max(glyph.size for glyph in below)
    is_own = (
        min(glyph.x0 for glyph in below) - bar.x0 <= beyond
        and bar.x1 - max(glyph.x1 for glyph in below) <= beyond
    )
    return below if is_own else []
