"""Text on slides that no reader sees: in the colour of what lies behind it, clear, or tiny.

Text is taken as seen wherever the colour behind it is not certain: over pictures, gradients, styles
of themes, other shapes, and in groups.
"""

from collections.abc import Iterable, Iterator

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from aspire_ingest.load.elements import Element, attribute, child, children, local_name, parse_xml
from aspire_ingest.load.openxml.colours import Colour, is_alike, read_rgb
from aspire_ingest.load.parse_result import Raw
from aspire_ingest.load.slides.placeholders import placeholder

_TINY_HUNDREDTHS = 150
"""Of a point: the size of letters that no reader can tell."""
_CLEAR_THOUSANDTHS = 5_000
"""Of a hundred thousand: text of so little colour is not seen."""
_RECTANGLES = frozenset({"rect", "roundRect"})
_COVERED_SHARE = 0.95
_LIGHT = frozenset({"bg1", "lt1"})
Trees = tuple[Element, Element, Element]
"""The roots of a slide, of its layout and of its master."""
_FILLS = frozenset({"noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"})
_ALWAYS_FILLED = frozenset({"pic", "graphicFrame", "grpSp", "contentPart"})


class Grounds:
    """What lies behind the shapes of one slide."""

    def __init__(self, slide: Slide, raw: Raw) -> None:
        """Look at the background and at what the layout draws.

        Raises:
            LoadError: the theme is not well-formed.
        """
        layout = slide.slide_layout
        trees = (slide.element, layout.element, layout.slide_master.element)
        self._light = _light_colour(slide, trees, raw)
        self._background = self._background_of(trees)
        drawn = (*layout.shapes, *layout.slide_master.shapes)
        self._drawn = [one for one in drawn if not one.is_placeholder and _may_cover(one)]
        self._shapes = list(slide.shapes)
        self._moved = {
            int(target.get("spid") or 0)
            for target in slide.element.iter("{*}spTgt")
            if (target.get("spid") or "0").isdecimal()
        }
        """The numbers of shapes that come, go or move while the slide is shown."""

    def behind(self, shape: BaseShape) -> Colour | None:
        """The colour behind the text of a shape on the slide itself; None where not certain."""
        fill = _fill(child(shape.element, "spPr"))
        if fill is not None and local_name(fill) != "noFill":
            return self._solid(fill)
        if _is_filled_by_style(shape.element) and fill is None:
            return None
        if placeholder(shape.element) is not None and fill is None:
            return None  # its layout may fill it
        if not self._is_on_slide(shape) or any(self._lie_behind(shape)):
            return None
        return self._background

    def is_unseen(  # noqa: PLR0911 - one line per reason
        self, properties: Element | None, behind: Colour | None
    ) -> bool:
        """Whether a run of these properties (`a:rPr`) cannot be seen on this ground."""
        if properties is None:
            return False
        size = properties.get("sz") or ""
        if size.isdecimal() and int(size[:9]) <= _TINY_HUNDREDTHS:
            return True
        fill = _fill(properties)
        if fill is None or local_name(fill) == "gradFill":
            return False
        if local_name(fill) == "noFill":
            return child(properties, "ln") is None  # an outline alone is seen
        if _is_clear(next(iter(fill), None)):
            return True
        if child(properties, "highlight") is not None or behind is None:
            return False
        ink = self._solid(fill)
        return ink is not None and is_alike(ink, behind)

    def is_covered(self, shape: BaseShape, above: Iterable[BaseShape]) -> bool:
        """Whether a shape that nothing moves lies under one of these opaque shapes."""
        return any(
            not self._moved & {shape.shape_id, other.shape_id} and _lies_over(other, shape)
            for other in above
        )

    def _solid(self, fill: Element) -> Colour | None:
        """The colour of a plain fill; None where a theme, a pattern or a picture decides."""
        colour = next(iter(fill), None) if local_name(fill) == "solidFill" else None
        return self._colour(colour) if colour is not None else None

    def _colour(self, colour: Element) -> Colour | None:
        if len(colour):
            return None  # made lighter, darker or clear
        written = attribute(colour, "val") or ""
        if local_name(colour) == "srgbClr":
            return read_rgb(written)
        return self._light if local_name(colour) == "schemeClr" and written in _LIGHT else None

    def _background_of(self, trees: Trees) -> Colour | None:
        """The colour of the slide: its own, else that of its layout, else that of the master."""
        for tree in trees:
            found = child(tree, "cSld", "bg")
            if found is None:
                continue
            own, reference = child(found, "bgPr"), child(found, "bgRef")
            if own is not None:
                fill = _fill(own)
                return self._solid(fill) if fill is not None else None
            named = next(iter(reference), None) if reference is not None else None
            return self._colour(named) if named is not None else None
        return self._light

    def _is_on_slide(self, shape: BaseShape) -> bool:
        return any(one.element is shape.element for one in self._shapes)

    def _lie_behind(self, shape: BaseShape) -> Iterator[bool]:
        below: list[BaseShape] = [*self._drawn]
        for other in self._shapes:
            if other.element is shape.element:
                break
            below.append(other)
        return (_may_cover(other) and _overlap(shape, other) for other in below)


def _fill(element: Element | None) -> Element | None:
    """What says how an element is filled, if anything does."""
    return next(children(element, *_FILLS), None) if element is not None else None


def _light_colour(slide: Slide, trees: Trees, raw: Raw) -> Colour | None:
    """What `bg1` and `lt1` are on a slide; None where the two differ, as in a dark deck."""
    own, layout, master = trees
    overrides = (child(tree, "clrMapOvr", "overrideClrMapping") for tree in (own, layout))
    mapping = child(master, "clrMap")
    if any(one is not None for one in overrides) or mapping is None or mapping.get("bg1") != "lt1":
        return None
    try:
        part = slide.slide_layout.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    except KeyError:
        return None
    light = child(parse_xml(part.blob, raw), "themeElements", "clrScheme", "lt1")
    colour = next(iter(light), None) if light is not None else None
    return (
        read_rgb(colour.get("lastClr") or colour.get("val") or "") if colour is not None else None
    )


def _is_filled_by_style(element: Element) -> bool:
    reference = child(element, "style", "fillRef")
    return reference is not None and reference.get("idx") != "0"


def _may_cover(shape: BaseShape) -> bool:
    """Whether a shape may lay a colour over what is behind it."""
    element: Element = shape.element
    if local_name(element) in _ALWAYS_FILLED:
        return True
    fill = _fill(child(element, "spPr"))
    if fill is not None:
        return local_name(fill) != "noFill"
    return _is_filled_by_style(element) or placeholder(element) is not None


def _is_clear(colour: Element | None) -> bool:
    """Whether a colour lets all through that lies behind it."""
    alpha = attribute(found, "val") if (found := child(colour, "alpha")) is not None else None
    return alpha is not None and alpha.isdecimal() and int(alpha) <= _CLEAR_THOUSANDTHS


def is_opaque(element: Element) -> bool:
    """Whether a shape is a rectangle that nothing shows through."""
    properties = child(element, "spPr")
    form, place = child(properties, "prstGeom"), child(properties, "xfrm")
    if local_name(element) != "sp" or form is None or form.get("prst") not in _RECTANGLES:
        return False
    if place is None or (place.get("rot") or "0") != "0":
        return False
    fill = _fill(properties)
    if fill is None:
        return _is_filled_by_style(element)
    colour = next(iter(fill), None)
    return local_name(fill) == "solidFill" and child(colour, "alpha") is None


def _lies_over(cover: BaseShape, shape: BaseShape) -> bool:
    """Whether a shape covers another but for a rim; False where a place is not known."""
    sides = [(one.left, one.top, one.width, one.height) for one in (cover, shape)]
    if any(side is None for one in sides for side in one):  # pyright: ignore[reportUnnecessaryComparison] - None where the layout places it
        return False
    (left, top, width, height), (own_left, own_top, own_width, own_height) = sides
    across = min(left + width, own_left + own_width) - max(left, own_left)
    down = min(top + height, own_top + own_height) - max(top, own_top)
    return across >= own_width * _COVERED_SHARE and down >= own_height * _COVERED_SHARE


def _overlap(one: BaseShape, other: BaseShape) -> bool:
    """Whether two shapes share a place; True where that is not known."""
    sides = [(shape.left, shape.top, shape.width, shape.height) for shape in (one, other)]
    if any(side is None for shape in sides for side in shape):  # pyright: ignore[reportUnnecessaryComparison] - None where the layout places it
        return True
    (left, top, width, height), (other_left, other_top, other_width, other_height) = sides
    return (
        left < other_left + other_width
        and other_left < left + width
        and top < other_top + other_height
        and other_top < top + height
    )
