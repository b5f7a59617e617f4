"""Soft masks: where what is painted through one can be seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from aspire_ingest.load.pdf.paint.colors import Color
from aspire_ingest.load.pdf.paint.ink import Fill, Ink

_DARK = 0.05
"""A mask this dark, of 1, lets nothing through that an eye would notice."""


@dataclass(frozen=True, slots=True)
class Mask:
    """The areas of a mask, from the last painted to the first, and whether each lets through."""

    areas: tuple[tuple[Fill, bool], ...] = ()
    is_open: bool = True
    """Whether it lets through where none of its areas is."""

    def shows(self, x: float, y: float) -> bool:
        """Whether a place can be seen, in points from the page's top left corner."""
        for fill, is_open in self.areas:
            if fill.area.holds(x, y):
                return is_open
        return self.is_open


def mask_of(ink: Ink, *, by_light: bool, ground: Color) -> Mask:
    """The mask that a group makes, of what it paints.

    A group masks by its light, upon a ground, or else by what it covers. What is not known of its
    paint is taken to let through: text is left out only where it is surely not seen.
    """
    pictures = [Fill(picture.area, None, picture.order) for picture in ink.images]
    painted = sorted([*ink.fills, *pictures], key=lambda fill: -fill.order)
    areas = [(fill, not by_light or _is_light(fill.color)) for fill in painted]
    return Mask(areas=tuple(areas), is_open=by_light and _is_light(ground))


def _is_light(color: Sequence[float] | None) -> bool:
    return color is None or max(color) > _DARK
