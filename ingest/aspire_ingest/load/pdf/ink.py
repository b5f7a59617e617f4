"""What is painted on a PDF page, in paint order: glyphs, filled areas, pictures.

pdfminer interprets the page; this keeps of each object what decides whether a reader sees it and
what pdfminer passes over: how text is rendered, transparency, clipping, layers that are off.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import atan2, degrees, inf
from typing import cast

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFStackT,
    PDFTextState,
)
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_pt, apply_matrix_rect

UNREADABLE = "\ufffd"
_MOST_FORMS_DEEP = 12
_MOST_ANNOTATIONS = 3000
_UNPAINTED_MODES = (3, 7)
_THICKEST_BAR = 2.5
"""Points; a level line or rectangle as thin as this is a bar."""

Color = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle, in points from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    @property
    def size(self) -> float:
        """Its area in square points."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.bottom - self.top)


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
class Ink:
    """All that one page paints."""

    width: float
    height: float
    glyphs: list[Glyph]
    fills: list[Fill]
    images: list[tuple[Area, int]]
    """Each picture's place and order."""
    bars: list[Area]
    """Thin level lines, drawn or filled."""
    annotations: list[tuple[Area, dict[str, object]]]
    """What lies on the page, fields of forms among it: places and entries."""
    origin: tuple[float, float]
    """Where the visible page begins, measured from the corner of its media box."""


@dataclass(frozen=True, slots=True)
class _Paint:
    """Of the graphics state, what pdfminer does not keep."""

    is_opaque: bool = True
    alpha: float = 1.0
    clip: Rect = (-inf, -inf, inf, inf)


class InkDevice(PDFPageAggregator):
    """Collects glyphs and fills; lines and rectangles go on to pdfminer's layout, for tables."""

    def __init__(self, resources: PDFResourceManager, hidden_layers: frozenset[int]) -> None:
        """Start with no page; `hidden_layers` are the object numbers of layers that are off."""
        super().__init__(resources)
        self.hidden_layers = hidden_layers
        self.paint = _Paint()
        self.tags: list[bool] = []
        self.forms_open = 0
        self._mode = 0
        self._order = 0
        self._glyphs: list[Glyph] = []
        self._fills: list[Fill] = []
        self._images: list[tuple[Area, int]] = []
        self._bars: list[Area] = []
        self._annotations: list[tuple[Area, dict[str, object]]] = []
        self._page: Rect = (0, 0, 0, 0)

    @property
    def is_shown(self) -> bool:
        """Whether no layer around is off."""
        return not any(self.tags)

    def ink(self) -> Ink:
        """What the page painted, measured from the corner of what a reader sees of it."""
        x0, y0, x1, y1 = self._page
        height = self.cur_item.height
        return Ink(
            width=x1 - x0,
            height=y1 - y0,
            glyphs=self._glyphs,
            fills=self._fills,
            images=self._images,
            bars=self._bars,
            annotations=self._annotations,
            origin=(x0, height - y1),
        )

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Note the part of the page that is shown."""
        super().begin_page(page, ctm)
        media = (0.0, 0.0, self.cur_item.width, self.cur_item.height)
        crop = _meet(media, apply_matrix_rect(ctm, page.cropbox or page.mediabox))
        self._page = crop if crop[2] > crop[0] and crop[3] > crop[1] else media
        self.paint = replace(self.paint, clip=self._page)
        listed = resolve1(page.annots)
        annotations = cast("list[object]", listed) if isinstance(listed, list) else []
        for annotation in annotations[:_MOST_ANNOTATIONS]:
            self._annotate(resolve1(annotation), ctm)

    def _annotate(self, annotation: object, ctm: Matrix) -> None:
        corners = _entry(annotation, "Rect")
        if not isinstance(annotation, dict) or not isinstance(corners, list):
            return
        numbers = [resolve1(corner) for corner in cast("list[object]", corners)]
        edges = [float(number) for number in numbers if isinstance(number, int | float)]
        if len(edges) == 4:
            box = apply_matrix_rect(ctm, (edges[0], edges[1], edges[2], edges[3]))
            self._annotations.append((self._area(box), cast("dict[str, object]", annotation)))

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        """Note how the string is rendered: filled, stroked, or not at all."""
        self._mode = textstate.render % 8
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(  # noqa: PLR0913, PLR0917 - as pdfminer calls it
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Keep the glyph."""
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = UNREADABLE
        item = LTChar(
            matrix,
            font,
            fontsize,
            scaling,
            rise,
            text,
            font.char_width(cid),
            font.char_disp(cid),
            ncs,
            graphicstate,
        )
        self._order += 1
        a, b = matrix[:2]
        area = self._area((item.x0, item.y0, item.x1, item.y1))
        x0, y0, x1, y1 = self.paint.clip
        middle_x, middle_y = (item.x0 + item.x1) / 2, (item.y0 + item.y1) / 2
        is_inside = x0 <= middle_x <= x1 and y0 <= middle_y <= y1
        self._glyphs.append(
            Glyph(
                text=text,
                x0=area.x0,
                top=area.top,
                x1=area.x1,
                bottom=area.bottom,
                baseline=self._page[3] - apply_matrix_pt(matrix, (0, rise))[1],
                size=item.size,
                font=str(font.fontname),
                angle=round(degrees(atan2(b, a * scaling))) % 360,
                order=self._order,
                colors=self._colors(graphicstate),
                is_cut=not is_inside or not self.is_shown,
                is_vertical=font.is_vertical(),
            )
        )
        return item.adv

    def _colors(self, state: PDFGraphicState) -> tuple[Color | None, ...]:
        mode = self._mode
        if mode in _UNPAINTED_MODES or self.paint.alpha < 0.05:
            return ()
        stroked = () if mode in (0, 4) else (_color(state.scolor, state.scs),)
        return stroked if mode in (1, 5) else (_color(state.ncolor, state.ncs), *stroked)

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Keep a filled rectangle; pass all paths on."""
        if not self.is_shown:
            return
        self._order += 1
        if fill and self.paint.is_opaque:
            corners = self._rectangle(path)
            if corners is not None:
                area = self._area(_meet(corners, self.paint.clip))
                self._fills.append(Fill(area, _color(gstate.ncolor, gstate.ncs), self._order))
        self._note_bar(path)
        super().paint_path(gstate, stroke, fill, evenodd, path)

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Keep where a picture stands."""
        self._order += 1
        if self.is_shown:
            item = self.cur_item
            box = _meet((item.x0, item.y0, item.x1, item.y1), self.paint.clip)
            self._images.append((self._area(box), self._order))
        super().render_image(name, stream)

    def _note_bar(self, path: Sequence[PathSegment]) -> None:
        if not 2 <= len(path) <= 6 or any(segment[0] not in "mlh" for segment in path):
            return
        points = [
            apply_matrix_pt(self.ctm, (float(p[-2]), float(p[-1]))) for p in path if len(p) >= 3
        ]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(ys) - min(ys) < _THICKEST_BAR < max(xs) - min(xs):
            self._bars.append(self._area((min(xs), min(ys), max(xs), max(ys))))

    def _rectangle(self, path: Sequence[PathSegment]) -> Rect | None:
        if not 4 <= len(path) <= 6 or path[0][0] != "m" or any(p[0] not in "mlh" for p in path):
            return None
        points = [
            apply_matrix_pt(self.ctm, (float(p[-2]), float(p[-1]))) for p in path if len(p) >= 3
        ]
        xs = {round(x, 1) for x, _ in points}
        ys = {round(y, 1) for _, y in points}
        if len(points) < 4 or len(xs) != 2 or len(ys) != 2:
            return None
        return (min(xs), min(ys), max(xs), max(ys))

    def _area(self, box: Rect) -> Area:
        left, top = self._page[0], self._page[3]
        return Area(box[0] - left, top - box[3], box[2] - left, top - box[1])


class InkInterpreter(PDFPageInterpreter):
    """Follows transparency, clipping and layers beside what pdfminer follows."""

    device: InkDevice

    def __init__(self, resources: PDFResourceManager, device: InkDevice) -> None:
        """Paint on a device; one interpreter a page or form."""
        super().__init__(resources, device)
        self._paints: list[_Paint] = []
        self._tags_below = len(device.tags)

    def do_q(self) -> None:
        """Save the state."""
        super().do_q()
        self._paints.append(self.device.paint)

    def do_Q(self) -> None:  # noqa: N802 - the operator
        """Restore the state."""
        super().do_Q()
        if self._paints:
            self.device.paint = self._paints.pop()

    def do_gs(self, name: PDFStackT) -> None:
        """Read transparency from a named state."""
        super().do_gs(name)
        state = _entry(_entry(self.resources, "ExtGState"), _name(name))
        if not isinstance(state, dict):
            return
        alpha = _entry(cast("object", state), "ca")
        alpha = self.device.paint.alpha if alpha is None else alpha
        alpha = float(alpha) if isinstance(alpha, int | float) else 1.0
        blend = _name(_entry(cast("object", state), "BM")) or "Normal"
        is_opaque = alpha > 0.95 and blend in ("Normal", "Compatible")
        self.device.paint = replace(self.device.paint, alpha=alpha, is_opaque=is_opaque)

    def do_W(self) -> None:  # noqa: N802 - the operator
        """Clip to the box around the path: what lies outside is surely not seen."""
        super().do_W()
        points = [
            apply_matrix_pt(self.ctm, (float(segment[-2]), float(segment[-1])))
            for segment in self.curpath
            if len(segment) >= 3
        ]
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            self.device.paint = replace(self.device.paint, clip=_meet(self.device.paint.clip, box))

    def do_W_a(self) -> None:  # noqa: N802 - the operator
        """Clip, by the other rule of what is inside."""
        self.do_W()

    def do_BMC(self, tag: PDFStackT) -> None:  # noqa: N802 - the operator
        """Open marked content."""
        self.device.tags.append(False)

    def do_BDC(self, tag: PDFStackT, props: PDFStackT) -> None:  # noqa: N802 - the operator
        """Open marked content, perhaps of a layer."""
        layer: object = props
        if isinstance(props, PSLiteral):
            properties = _entry(self.resources, "Properties")
            known = cast("dict[str, object]", properties) if isinstance(properties, dict) else {}
            layer = known.get(str(props.name))
        is_off = _name(tag) == "OC" and is_layer_off(layer, self.device.hidden_layers)
        self.device.tags.append(is_off)

    def do_EMC(self) -> None:  # noqa: N802 - the operator
        """Close marked content."""
        if len(self.device.tags) > self._tags_below:
            self.device.tags.pop()

    def do_Do(self, xobjid_arg: PDFStackT) -> None:  # noqa: N802 - the operator
        """Paint a form or a picture; what it changes of the state ends with it."""
        found = _entry(_entry(self.resources, "XObject"), _name(xobjid_arg))
        attributes: Mapping[str, object] = found.attrs if isinstance(found, PDFStream) else {}
        device, paint, depth = self.device, self.device.paint, len(self.device.tags)
        if device.forms_open >= _MOST_FORMS_DEEP:
            return
        device.forms_open += 1
        device.tags.append(is_layer_off(attributes.get("OC"), device.hidden_layers))
        try:
            super().do_Do(xobjid_arg)
        finally:
            device.forms_open -= 1
            del device.tags[depth:]
            device.paint = paint


def hidden_layers(catalog: Mapping[str, object]) -> frozenset[int]:
    """The object numbers of the layers that a file opens with switched off."""
    properties = resolve1(catalog.get("OCProperties"))
    standard = _entry(properties, "D")
    off = _numbers(_entry(standard, "OFF"))
    if _name(_entry(standard, "BaseState")) == "OFF":
        off |= _numbers(_entry(properties, "OCGs")) - _numbers(_entry(standard, "ON"))
    return off


def is_layer_off(layer: object, hidden: frozenset[int]) -> bool:
    """Tell whether content of a layer, or of a rule over layers, is not shown."""
    if not hidden or layer is None:
        return False
    if isinstance(layer, PDFObjRef) and layer.objid in hidden:
        return True
    groups = _entry(resolve1(layer), "OCGs")
    members = [layer_of for layer_of in _listed(layer, groups) if isinstance(layer_of, PDFObjRef)]
    states = [member.objid in hidden for member in members]
    if _name(_entry(resolve1(layer), "P")) == "AllOn":
        return any(states)
    return bool(states) and all(states)


def _listed(layer: object, groups: object) -> Iterable[object]:
    if isinstance(groups, list):
        return cast("list[object]", groups)
    described = resolve1(layer)
    return (
        (cast("dict[str, object]", described).get("OCGs"),) if isinstance(described, dict) else ()
    )


def _numbers(references: object) -> frozenset[int]:
    listed = cast("list[object]", references) if isinstance(references, list) else []
    return frozenset(item.objid for item in listed if isinstance(item, PDFObjRef))


def _entry(holder: object, key: str | None) -> object:
    holder = resolve1(holder)
    if not isinstance(holder, dict) or key is None:
        return None
    return resolve1(cast("dict[str, object]", holder).get(key))


def _name(value: object) -> str | None:
    return str(value.name) if isinstance(value, PSLiteral) else None


def _meet(one: Rect, other: Rect) -> Rect:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def _color(value: object, space: PDFColorSpace) -> Color | None:
    """A colour as red, green and blue; None where that would need its profile or pattern."""
    parts = cast("tuple[object, ...]", value) if isinstance(value, tuple | list) else (value,)
    numbers = [float(part) for part in parts if isinstance(part, int | float)]
    if len(numbers) != len(parts) or space.name in ("Indexed", "Pattern", "Lab"):
        return None
    if space.name in ("Separation", "DeviceN"):
        return None if any(numbers) else (1.0, 1.0, 1.0)
    match numbers:
        case [gray]:
            return (gray, gray, gray)
        case [red, green, blue]:
            return (red, green, blue)
        case [cyan, magenta, yellow, black]:
            light = 1 - black
            return ((1 - cyan) * light, (1 - magenta) * light, (1 - yellow) * light)
        case _:
            return None
