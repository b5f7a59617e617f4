"""Small shapes that a PDF page paints, told by their corners: squares, circles, ticks, crosses."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import hypot

from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.paint.colors import Color

Point = tuple[float, float]
LARGEST = 30.0
"""Points; a shape that is larger either way is no sign beside a word."""
_SMALLEST = 2.0
_LEAST_SQUARE, _MOST_SQUARE = 2.0, 24.0
_CORNER = 0.35
"""How far from a corner a square may be rounded, as a share of its side."""


@dataclass(frozen=True)
class Shape:
    """One outline, painted as lines or filled; points from the page's top left corner."""

    points: tuple[Point, ...]
    """The ends of its lines and curves."""
    has_curves: bool
    is_filled: bool
    color: Color | None
    """What it is painted with; None where that is not known."""
    order: int

    @cached_property
    def area(self) -> Area:
        """The upright box around it."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return Area(min(xs), min(ys), max(xs), max(ys))

    @property
    def width(self) -> float:
        """In points."""
        return self.area.x1 - self.area.x0

    @property
    def height(self) -> float:
        """In points."""
        return self.area.bottom - self.area.top

    @property
    def middle(self) -> Point:
        """Of the box around it."""
        return (self.area.x0 + self.area.x1) / 2, (self.area.top + self.area.bottom) / 2

    @property
    def ink_point(self) -> Point:
        """A place where it is painted."""
        return self.middle if self.is_filled else self.points[0]

    @property
    def is_sign(self) -> bool:
        """Whether it is as large as a sign beside a word."""
        longer = max(self.width, self.height)
        return _SMALLEST <= longer <= LARGEST and len(self.points) > 1

    @cached_property
    def _shares(self) -> list[Point]:
        """Its points as shares of its width and height, from its top left corner."""
        width, height = max(self.width, 0.01), max(self.height, 0.01)
        return [((x - self.area.x0) / width, (y - self.area.top) / height) for x, y in self.points]

    @property
    def is_square(self) -> bool:
        """Whether it is an upright square, its corners rounded perhaps."""
        if not self._is_even or len(self.points) < 4:
            return False
        corners = {(round(x), round(y)) for x, y in self._shares}
        near = all(
            min(x, 1 - x) <= _CORNER and min(y, 1 - y) <= _CORNER and min(x, 1 - x, y, 1 - y) < 0.05
            for x, y in self._shares
        )
        return near and len(corners) == 4

    @property
    def is_circle(self) -> bool:
        """Whether it is a circle of curves."""
        return (
            self._is_even
            and self.has_curves
            and len(self.points) >= 4
            and all(abs(hypot(x - 0.5, y - 0.5) - 0.5) < 0.05 for x, y in self._shares)
        )

    @property
    def _is_even(self) -> bool:
        side = max(self.width, self.height)
        return _LEAST_SQUARE <= side <= _MOST_SQUARE and min(self.width, self.height) >= 0.8 * side


def is_tick(shapes: Sequence[Shape]) -> bool:
    """Whether shapes are a tick: down to the right, then up higher than where it began."""
    points = [point for shape in shapes for point in _shares_of(shapes, shape)]
    if len(points) < 3 or not 0.5 < _ratio(shapes) < 2.2:
        return False
    left, right = min(points), max(points)
    low = max(points, key=lambda point: point[1])
    return 0.1 <= low[0] <= 0.65 and right[1] <= 0.3 and 0.25 <= left[1] <= 0.95


def is_cross(shapes: Sequence[Shape]) -> bool:
    """Whether shapes are a cross: lines between all corners, or an outline with a narrow waist."""
    if not 0.6 < _ratio(shapes) < 1.7:
        return False
    lines = [shape for shape in shapes if not shape.is_filled and len(shape.points) == 2]
    if len(lines) == len(shapes):
        rising = [line for line in lines if _rises(line)]
        return len(lines) >= 2 and 0 < len(rising) < len(lines) and _all_corners(shapes, 0.2)
    points = [point for shape in shapes for point in _shares_of(shapes, shape)]
    waist = [point for point in points if max(abs(point[0] - 0.5), abs(point[1] - 0.5)) < 0.3]
    return len(waist) >= 2 and _all_corners(shapes, 0.3)


def around(shapes: Sequence[Shape]) -> Area:
    """The upright box around several shapes."""
    areas = [shape.area for shape in shapes]
    return Area(
        min(area.x0 for area in areas),
        min(area.top for area in areas),
        max(area.x1 for area in areas),
        max(area.bottom for area in areas),
    )


def _shares_of(shapes: Sequence[Shape], shape: Shape) -> list[Point]:
    area = around(shapes)
    width, height = max(area.x1 - area.x0, 0.01), max(area.bottom - area.top, 0.01)
    return [((x - area.x0) / width, (y - area.top) / height) for x, y in shape.points]


def _ratio(shapes: Sequence[Shape]) -> float:
    area = around(shapes)
    return (area.x1 - area.x0) / max(area.bottom - area.top, 0.01)


def _rises(line: Shape) -> bool:
    (x0, y0), (x1, y1) = line.points[0], line.points[-1]
    return (x1 - x0) * (y1 - y0) < 0


def _all_corners(shapes: Sequence[Shape], near: float) -> bool:
    points = [point for shape in shapes for point in _shares_of(shapes, shape)]
    return all(
        any(abs(x - across) <= near and abs(y - down) <= near for x, y in points)
        for across in (0, 1)
        for down in (0, 1)
    )
