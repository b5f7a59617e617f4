"""Which glyphs of a page a reader sees: painted, on the page, large enough, told from the ground.

What is not seen is hidden text: it must never be quoted. The one exception is the text that a
scanner's software lays under or over the picture of a page: it is what the picture shows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.paint.colors import Color
from aspire_ingest.load.pdf.paint.ink import Fill, Glyph, Ink
from aspire_ingest.load.pdf.paint.shapes import Shape
from aspire_ingest.load.pdf.words.annotations import covered_areas, is_in

_SMALLEST = 2.0
"""Points; smaller text is a dot to the eye."""
_CONTRAST = 0.06
"""Least difference in red, green or blue, of 1, that tells a glyph from its ground."""
_WHITE: Color = (1.0, 1.0, 1.0)
_BAND = 24.0
_MOST_FILLS = 400
_SCAN = 0.5
"""Least share of a page that a picture covers for the text upon it to be a scanner's."""
_SAME_PLACE = 0.15
_SHADOW = 0.2
"""How far the same glyph may be drawn again, in sizes: on its own line, and beside it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The glyphs of a page that are seen, how many are not, and whether they are of a scan."""

    seen: list[Glyph]
    hidden: int
    """How many letters and digits are not seen."""
    is_scan: bool


def see(ink: Ink) -> Sight:
    """Sort the glyphs of one page."""
    ground = _Ground(ink)
    covers = covered_areas(ink)
    seen: list[Glyph] = []
    unseen: list[Glyph] = []
    for glyph in ink.glyphs:
        is_seen = _is_seen(glyph, ground) and not (covers and is_in(glyph, covers))
        (seen if is_seen else unseen).append(glyph)
    written = [glyph for glyph in unseen if not glyph.text.isspace()]
    if len(written) > _count(seen) and _count(seen + unseen) > 0:
        page = ink.width * ink.height
        scans = [image.area for image in ink.images if image.area.size >= _SCAN * page]
        of_scan = [glyph for glyph in unseen if _is_of_scan(glyph, scans)]
        if len(of_scan) > 0.9 * len(unseen):
            return Sight(once([*seen, *of_scan]), 0, is_scan=True)
    return Sight(once(seen), _count(unseen), is_scan=False)


def shape_sight(ink: Ink) -> Callable[[Shape, Color | None], bool]:
    """What tells whether a shape of the page is seen: on the page's ground, or on one given."""
    ground = _Ground(ink)

    def can_see(shape: Shape, on: Color | None) -> bool:
        below, is_covered = ground.at(*shape.ink_point, shape.order)
        if is_covered:
            return False
        below = on or below
        return below is None or shape.color is None or _differ(shape.color, below)

    return can_see


def once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Drop a glyph that is drawn again in its place or as its shadow: boldness, not a letter.

    Doubled letters stay: they share their line and stand a glyph's width apart.
    """
    kept: list[Glyph] = []
    places: defaultdict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        step = max(1.0, glyph.size * _SHADOW)
        column, row = int(glyph.x0 // step), int(glyph.top // step)
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in places.get((glyph.text, x, y), ())
        )
        if not any(_is_again(glyph, other) for other in near):
            kept.append(glyph)
            places[glyph.text, column, row].append(glyph)
    return kept


def _is_again(glyph: Glyph, other: Glyph) -> bool:
    size = glyph.size
    across, down = abs(glyph.x0 - other.x0), abs(glyph.top - other.top)
    if abs(other.size - size) > 0.1 * size or glyph.angle != other.angle:
        return False
    if glyph.angle in (90, 270) or glyph.is_vertical:
        across, down = down, across
    width = max(abs(glyph.x1 - glyph.x0), 0.01) if glyph.angle in (0, 180) else size / 2
    if down <= 0.02 * size:
        return across <= min(_SAME_PLACE * size, 0.5 * width)
    return across <= _SHADOW * size and down <= _SHADOW * size


def _count(glyphs: Sequence[Glyph]) -> int:
    return sum(not glyph.text.isspace() for glyph in glyphs)


def _is_of_scan(glyph: Glyph, scans: Sequence[Area]) -> bool:
    x, y = _middle(glyph)
    return not glyph.is_cut and any(scan.holds(x, y) for scan in scans)


def _is_seen(glyph: Glyph, ground: "_Ground") -> bool:
    if glyph.is_cut or not glyph.colors or glyph.size < _SMALLEST:
        return False
    x, y = _middle(glyph)
    below, is_covered = ground.at(x, y, glyph.order)
    if is_covered:
        return False
    if below is None:
        return True
    return any(color is None or _differ(color, below) for color in glyph.colors)


def _differ(one: Color, other: Color) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) > _CONTRAST


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2


class _Ground:
    """The colours that a page's areas give to its places; areas are looked up by their height."""

    def __init__(self, ink: Ink) -> None:
        self._bands: defaultdict[int, list[Fill]] = defaultdict(list)
        whole = [Fill(image.area, None, image.order) for image in ink.images]
        self._transparent = {image.order for image in ink.images if not image.is_opaque}
        last_band = int(ink.height // _BAND)
        for fill in sorted([*ink.fills, *whole], key=lambda fill: -fill.order):
            first, last = int(fill.area.top // _BAND), int(fill.area.bottom // _BAND)
            for band in range(max(0, first), min(last_band, last) + 1):
                if len(self._bands[band]) < _MOST_FILLS:
                    self._bands[band].append(fill)

    def at(self, x: float, y: float, order: int) -> tuple[Color | None, bool]:
        """The colour under a place at a time, None if not known, and whether it is covered later.

        A transparent picture that is painted later covers nothing.
        """
        for fill in self._bands.get(int(y // _BAND), ()):  # from the last painted to the first
            if fill.order == order or not fill.area.holds(x, y):
                continue
            if fill.order < order:
                return fill.color, False
            if fill.order not in self._transparent:
                return None, True
        return _WHITE, False
