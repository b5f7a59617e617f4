"""Where shapes stand on a slide: the order in which they are read, and which lie beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pptx.shapes.base import BaseShape

from aspire_ingest.load.elements import Element, attribute, child, children

_SAME_ROW_EMU = 45_720
"""A twentieth of an inch: what is drawn by hand on one height is rarely nearer."""
_SAME_COLUMN_EMU = 457_200


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The slide, or a group on it, that shapes stand in; lengths in EMU.

    A place `x` inside is `x * scale_x + shift_x` on the slide.
    """

    width: int
    height: int
    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0

    def is_off_slide(self, shape: BaseShape) -> bool:
        """Whether no part of a shape is on the slide; False where its place is not known."""
        sides = (shape.left, shape.top, shape.width, shape.height)
        if any(side is None for side in sides):  # pyright: ignore[reportUnnecessaryComparison] - None where the layout places it
            return False
        left, top = shape.left * self.scale_x, shape.top * self.scale_y
        left, top = left + self.shift_x, top + self.shift_y
        right, bottom = left + shape.width * self.scale_x, top + shape.height * self.scale_y
        return right < 0 or bottom < 0 or left > self.width or top > self.height

    def inside(self, properties: Element | None) -> "Frame":
        """The frame of what is inside a group, by the properties of the group."""
        place = child(properties, "xfrm")
        off, size = child(place, "off"), child(place, "ext")
        inner_off, inner_size = child(place, "chOff"), child(place, "chExt")
        if off is None or size is None or inner_off is None or inner_size is None:
            return self
        scale_x = _length(size, "cx") / (_length(inner_size, "cx") or 1) or 1.0
        scale_y = _length(size, "cy") / (_length(inner_size, "cy") or 1) or 1.0
        shift_x = _length(off, "x") - _length(inner_off, "x") * scale_x
        shift_y = _length(off, "y") - _length(inner_off, "y") * scale_y
        return Frame(
            width=self.width,
            height=self.height,
            scale_x=self.scale_x * scale_x,
            scale_y=self.scale_y * scale_y,
            shift_x=self.scale_x * shift_x + self.shift_x,
            shift_y=self.scale_y * shift_y + self.shift_y,
        )


def reading_order(shapes: Iterable[BaseShape]) -> list[BaseShape]:
    """Rows from top to bottom, each from left to right; heads stand with the lists below them."""
    rows: list[list[BaseShape]] = []
    for shape in sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0)):
        row = rows[-1] if rows else []
        if row and (shape.top or 0) - (row[0].top or 0) <= _SAME_ROW_EMU:
            row.append(shape)
        else:
            rows.append([shape])
    for row in rows:
        row.sort(key=lambda shape: shape.left or 0)
    ordered: list[BaseShape] = []
    while rows:
        row = rows.pop(0)
        if rows and _are_heads(row, rows[0]):
            row = [shape for pair in zip(row, rows.pop(0), strict=True) for shape in pair]
        ordered += row
    return ordered


def _are_heads(row: list[BaseShape], below: list[BaseShape]) -> bool:
    """Whether each shape of a row is one line over a list in the next row."""
    if len(row) < 2 or len(row) != len(below):
        return False
    if not all(_lines(one) == 1 for one in row) or not any(_lines(one) > 1 for one in below):
        return False
    return all(
        _lines(under) > 0 and abs((head.left or 0) - (under.left or 0)) <= _SAME_COLUMN_EMU
        for head, under in zip(row, below, strict=True)
    )


def _lines(shape: BaseShape) -> int:
    """How many paragraphs of a shape show text."""
    body = child(shape.element, "txBody")
    found = children(body, "p") if body is not None else ()
    return sum(bool("".join(map(str, one.itertext())).strip()) for one in found)


def _length(element: Element, name: str) -> float:
    return float(attribute(element, name) or 0)
