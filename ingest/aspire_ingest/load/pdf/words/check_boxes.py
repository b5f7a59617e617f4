"""Check boxes that are drawn, not written: a square beside a word, with a tick in it or not.

A box and its tick become a sign beside the word. Where a box holds a mark that is neither tick nor
cross nor dot, nobody here can tell what it says, and it is counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.paint.colors import Color
from aspire_ingest.load.pdf.paint.ink import Glyph
from aspire_ingest.load.pdf.paint.shapes import Shape, around, is_cross, is_tick
from aspire_ingest.load.pdf.words.forms import EMPTY, TICKED
from aspire_ingest.load.pdf.words.words import normalized

CanSee = Callable[[Shape, Color | None], bool]
"""Whether a shape is seen on the page; on a ground of a colour, where one is given."""

_LONE_TICK, _LONE_CROSS = "✓", "✗"
_MARKS = frozenset("✓✔✗✘☓xX×✕✖レﾚVv✅●■・")
_LEAST_SIDE = 5.0
_SAME_PLACE = 2.0
_REACH = 2.0
"""How far a box may stand from its word, in letter sizes."""
_SMALLEST, _LARGEST = 0.45, 1.9
"""Sizes of a box beside its word, in letter sizes."""
_DOT = (0.15, 0.72)
"""Least and most side of a dot in a box, as shares of the box's."""
_TOUCHING, _ENTRY_GAP = 0.12, 0.6
"""Gaps between squares of a grid, and of boxes for one letter each, in sides."""
_DARK = 0.3
_WHITE: Color = (1.0, 1.0, 1.0)
_FONT = "check box"
_MOST_BOXES = 400


@dataclass(slots=True)
class Drawn:
    """Signs to be read among the letters, letters that they stand for, and marks not read."""

    signs: list[Glyph] = field(default_factory=list[Glyph])
    taken: list[Glyph] = field(default_factory=list[Glyph])
    unread: int = 0


@dataclass(slots=True, eq=False)
class _Box:
    """What is painted in one place, and the area around it: kept, as it is asked for often."""

    layers: list[Shape]
    area: Area

    def add(self, layer: Shape) -> None:
        self.layers.append(layer)
        self.area = around(self.layers)

    @property
    def side(self) -> float:
        return self.area.x1 - self.area.x0

    @property
    def ground(self) -> Color | None:
        """What a mark in it is seen upon."""
        filled = [layer for layer in self.layers if layer.is_filled]
        return filled[-1].color if filled else _WHITE

    @property
    def inner_share(self) -> float:
        """The side of its dark inside, as a share of its own; 0 where it is hollow."""
        filled = [layer for layer in self.layers if layer.is_filled]
        if not filled or not _is_dark(filled[-1].color):
            return 0.0
        return filled[-1].width / max(self.side, 0.01)


def read_boxes(
    shapes: Sequence[Shape], glyphs: Sequence[Glyph], can_see: CanSee, *, is_first: bool
) -> Drawn:
    """Read the check boxes of a page.

    Args:
        shapes: small outlines in paint order.
        glyphs: the seen letters of the lines that are read level.
        can_see: whether a shape is seen.
        is_first: whether boxes with a mark, and ticks, count though no word is beside them.
    """
    drawn = Drawn()
    written = [glyph for glyph in glyphs if not glyph.text.isspace()]
    boxes = _boxes(shapes, can_see)
    in_box: set[int] = {id(layer) for box in boxes for layer in box.layers}
    free = [shape for shape in shapes if id(shape) not in in_box]
    lone = [one for one in free if not any(_is_inside(one, box) for box in boxes)]
    hollow = [box for box in boxes if not box.inner_share]
    for box in boxes:
        marks = [one for one in free if _is_inside(one, box) and can_see(one, box.ground)]
        letters = [glyph for glyph in written if _holds(box.area, glyph)]
        sign = _sign(box, marks, letters, has_hollow=any(_is_alike(box, one) for one in hollow))
        if sign == EMPTY and _is_of_grid(box, boxes, written):
            continue
        label = _label(box.area, [glyph for glyph in written if glyph not in letters])
        if sign is None:
            drawn.unread += bool(marks) and (label is not None) and not letters
        elif label is not None or (is_first and sign == TICKED):
            drawn.signs.append(_glyph(sign, box.area, label))
            drawn.taken += letters
    _read_lone(lone, written, can_see, drawn, is_first=is_first)
    return drawn


def _boxes(shapes: Sequence[Shape], can_see: CanSee) -> list[_Box]:
    """Squares, those that are painted in one place as one; circles, where one is dotted."""
    boxes = _gathered([shape for shape in shapes if shape.is_square])
    round_boxes = _gathered([shape for shape in shapes if shape.is_circle])
    dotted = [box for box in round_boxes if _DOT[0] <= box.inner_share <= _DOT[1]]
    boxes += [box for box in round_boxes if any(_is_alike(box, one) for one in dotted)]
    return [
        box
        for box in boxes[:_MOST_BOXES]
        if box.side >= _LEAST_SIDE and any(can_see(one, None) for one in box.layers)
    ]


def _gathered(shapes: Sequence[Shape]) -> list[_Box]:
    boxes: list[_Box] = []
    for shape in shapes:
        x, y = shape.middle
        same = next(
            (box for box in reversed(boxes) if _is_near(box.area, x, y)),
            None,
        )
        if same is not None:
            same.add(shape)
        elif len(boxes) < _MOST_BOXES:
            boxes.append(_Box([shape], shape.area))
    return boxes


def _middle(area: Area) -> tuple[float, float]:
    return (area.x0 + area.x1) / 2, (area.top + area.bottom) / 2


def _is_near(area: Area, x: float, y: float) -> bool:
    across, down = _middle(area)
    return abs(across - x) <= _SAME_PLACE and abs(down - y) <= _SAME_PLACE


def _sign(
    box: _Box, marks: Sequence[Shape], letters: Sequence[Glyph], *, has_hollow: bool
) -> str | None:
    """What a box says; None where that cannot be told, or is nothing."""
    if letters:
        text = "".join(normalized(glyph.text) for glyph in letters)
        return TICKED if text in _MARKS and not marks else None
    if marks:
        return TICKED if is_tick(marks) or is_cross(marks) or _is_dot(marks, box) else None
    if not box.inner_share:
        return EMPTY
    if _DOT[0] <= box.inner_share <= _DOT[1]:
        return TICKED
    return TICKED if has_hollow else None


def _is_dot(marks: Sequence[Shape], box: _Box) -> bool:
    area = around(marks)
    share = (area.x1 - area.x0) / max(box.side, 0.01)
    is_round = all(mark.is_circle for mark in marks) and any(mark.is_filled for mark in marks)
    middle = _middle(area)
    is_even = 0.8 <= (area.x1 - area.x0) / max(area.bottom - area.top, 0.01) <= 1.25
    return is_round and is_even and _DOT[0] <= share <= _DOT[1] and _is_near(box.area, *middle)


def _is_inside(shape: Shape, box: _Box) -> bool:
    """Whether a mark is a box's: a tick may reach out of it to the right."""
    area, reach = box.area, 0.5 * box.side
    x, y = shape.middle
    return (
        area.holds(x, y)
        or (
            area.x0 - 0.2 * reach <= shape.area.x0 <= area.x1
            and area.holds(min(max(x, area.x0), area.x1), shape.area.bottom)
        )
    ) and max(shape.width, shape.height) <= box.side + 2 * reach


def _is_alike(one: _Box, other: _Box) -> bool:
    return abs(one.side - other.side) <= 0.15 * max(one.side, other.side)


def _is_of_grid(box: _Box, boxes: Sequence[_Box], glyphs: Sequence[Glyph]) -> bool:
    """Whether an empty square is a cell, or a box for one letter of an entry."""
    for other in boxes:
        if other is box or not _is_alike(box, other):
            continue
        across = max(other.area.x0 - box.area.x1, box.area.x0 - other.area.x1)
        down = max(other.area.top - box.area.bottom, box.area.top - other.area.bottom)
        if max(across, down) <= _TOUCHING * box.side:
            return True
        is_level = abs(other.area.top - box.area.top) < 0.3 * box.side
        if is_level and across <= _ENTRY_GAP * box.side:
            start, end = sorted((box.area.x0, other.area.x0))
            between = [glyph for glyph in glyphs if start < glyph.x0 < end]
            if not any(_is_beside(glyph, box.area) for glyph in between):
                return True
    return False


def _label(area: Area, glyphs: Sequence[Glyph]) -> Glyph | None:
    """The letter beside a box, on its line; the nearest one on either side."""
    side = area.bottom - area.top
    found: list[tuple[float, int]] = []
    for number, glyph in enumerate(glyphs):
        middle = (glyph.top + glyph.bottom) / 2
        gap = max(glyph.x0 - area.x1, area.x0 - glyph.x1)
        fits = _SMALLEST * glyph.size <= side <= _LARGEST * glyph.size
        if (
            fits
            and area.top - 0.3 * side <= middle <= area.bottom + 0.3 * side
            and -0.2 * side <= gap <= _REACH * glyph.size
        ):
            found.append((gap, number))
    return glyphs[min(found)[1]] if found else None


def _glyph(sign: str, area: Area, label: Glyph | None) -> Glyph:
    """A sign in the place of a box; beside its word where it has one, on its line."""
    if label is None:
        size = area.bottom - area.top
        base = area.bottom - 0.15 * size
        return Glyph(
            text=sign, x0=area.x0, top=area.top, x1=area.x1, bottom=area.bottom, baseline=base,
            size=size, font=_FONT, angle=0, order=0, colors=(None,), is_cut=False,
        )  # fmt: skip
    gap = 0.3 * label.size
    x0, x1 = area.x0, area.x1
    if area.x1 <= label.x0 + gap:
        x1 = label.x0 - gap
        x0 = max(x0, x1 - label.size)
    else:
        x0 = label.x1 + gap
        x1 = min(x1, x0 + label.size)
    return replace(label, text=sign, x0=min(x0, x1), x1=x1, font=_FONT)


def _read_lone(
    shapes: Sequence[Shape],
    glyphs: Sequence[Glyph],
    can_see: CanSee,
    drawn: Drawn,
    *,
    is_first: bool,
) -> None:
    """Read ticks that stand in no box, as in a cell of a table; beside them, crosses as well."""
    signs = [shape for shape in shapes if not shape.is_square and can_see(shape, None)]
    ticks = [shape for shape in signs if is_tick([shape])]
    places = [(_LONE_TICK, shape.area) for shape in ticks]
    if ticks:
        most = 1.8 * max(max(shape.width, shape.height) for shape in ticks)
        places += [(_LONE_CROSS, area) for area in _crosses(signs, most)]
    read: list[Area] = []
    for sign, area in places[:_MOST_BOXES]:
        if any(_is_near(area, *_middle(other)) for other in read):
            continue
        read.append(area)
        label = _label(area, glyphs)
        if label is not None or (is_first and _is_on_a_line(area, glyphs)):
            drawn.signs.append(_glyph(sign, area, label))


def _crosses(shapes: Sequence[Shape], most: float) -> list[Area]:
    small = [shape for shape in shapes if max(shape.width, shape.height) <= most]
    found = [shape.area for shape in small if is_cross([shape])]
    lines = [shape for shape in small if not shape.is_filled and len(shape.points) == 2]
    found += [
        around([line, other])
        for number, line in enumerate(lines)
        for other in lines[number + 1 : number + 8]
        if _is_near(line.area, *other.middle) and is_cross([line, other])
    ]
    return found


def _is_on_a_line(area: Area, glyphs: Sequence[Glyph]) -> bool:
    middle = (area.top + area.bottom) / 2
    return any(glyph.top <= middle <= glyph.bottom for glyph in glyphs)


def _is_beside(glyph: Glyph, area: Area) -> bool:
    return glyph.top < area.bottom and glyph.bottom > area.top


def _holds(area: Area, glyph: Glyph) -> bool:
    return area.holds((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)


def _is_dark(color: Color | None) -> bool:
    return color is None or 1 - min(color) > _DARK
