"""What is painted on a PDF page, in paint order: glyphs, filled areas, pictures.

Of each object this keeps what decides whether a reader sees it.
"""

from dataclasses import dataclass

from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.paint.colors import Color
from aspire_ingest.load.pdf.paint.shapes import Shape

UNREADABLE = "\ufffd"


@dataclass(slots=True)
class Glyph:
    """One painted character; `order` counts what the page paints."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    font: str
    angle: int
    """Degrees by which its line is turned to the left: 0 is upright text."""
    order: int
    colors: tuple[Color | None, ...]
    """What it is painted with; empty where it is not painted; None where a colour is not known."""
    is_cut: bool
    """Whether a clipping path or a layer that is off keeps it from being seen."""
    is_vertical: bool = False
    """Whether its font writes downwards."""


@dataclass(frozen=True, slots=True)
class Fill:
    """An area painted over with one colour; `color` is None where it is not known."""

    area: Area
    color: Color | None
    order: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, and whether all of it covers what was painted before it."""

    area: Area
    order: int
    is_opaque: bool


@dataclass(frozen=True, slots=True)
class Ink:
    """All that one page paints."""

    width: float
    height: float
    glyphs: list[Glyph]
    fills: list[Fill]
    images: list[Picture]
    bars: list[Area]
    """Thin level lines, drawn or filled."""
    shapes: list[Shape]
    """Small outlines, drawn or filled, in paint order; none of a page that is a drawing."""
    annotations: list[tuple[Area, dict[str, object]]]
    """What lies on the page, fields of forms among it: places and entries."""
    quads: list[tuple[Area, dict[str, object]]]
    """Words that reviewers' annotations mark: a place for each line, and entries."""
    origin: tuple[float, float]
    """Where the visible page begins, measured from the corner of its media box."""
