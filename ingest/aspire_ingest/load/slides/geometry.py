"""Where shapes stand on a slide: the order in which they are read, and which lie beside it."""

from dataclasses import dataclass

from pptx.shapes.base import BaseShape

from aspire_ingest.load.elements import Element, attribute, child


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


def reading_place(shape: BaseShape) -> tuple[int, int]:
    """Sorts shapes from top to bottom, then from left to right."""
    return (shape.top or 0, shape.left or 0)


def _length(element: Element, name: str) -> float:
    return float(attribute(element, name) or 0)
