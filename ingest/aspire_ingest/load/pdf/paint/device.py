"""Notes what a PDF page paints while pdfminer interprets it."""

from collections.abc import Sequence
from dataclasses import replace
from math import atan2, degrees
from typing import cast

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_pt, apply_matrix_rect

from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.paint.colors import Color, read_color
from aspire_ingest.load.pdf.paint.ink import UNREADABLE, Fill, Glyph, Ink, Picture
from aspire_ingest.load.pdf.paint.masks import Mask
from aspire_ingest.load.pdf.paint.objects import entry
from aspire_ingest.load.pdf.paint.paint import TRANSPARENT, Paint
from aspire_ingest.load.pdf.paint.shapes import Shape
from aspire_ingest.load.writing.symbol_fonts import name_of_symbol_font, symbol

_MOST_ANNOTATIONS = 3000
_MOST_QUADS = 200
_MOST_SHAPES = 3000
"""Of a page; one with more is a drawing or a map."""
_LONGEST_OUTLINE = 60
_UNPAINTED_MODES = (3, 7)
_THICKEST_BAR = 2.5
"""Points; a level line or rectangle as thin as this is a bar."""


class InkDevice(PDFPageAggregator):
    """Collects glyphs and fills; lines and rectangles go on to pdfminer's layout, for tables."""

    def __init__(self, resources: PDFResourceManager, hidden_layers: frozenset[int]) -> None:
        """Start with no page; `hidden_layers` are the object numbers of layers that are off."""
        super().__init__(resources)
        self.hidden_layers = hidden_layers
        self.paint = Paint()
        self.tags: list[bool] = []
        self.forms_open = 0
        self.has_shapes = False
        """Whether areas are painted that are no rectangles, or not all over."""
        self.masks: dict[object, Mask] = {}
        self._mode = 0
        self._order = 0
        self._glyphs: list[Glyph] = []
        self._fills: list[Fill] = []
        self._images: list[Picture] = []
        self._bars: list[Area] = []
        self._shapes: list[Shape] = []
        self._annotations: list[tuple[Area, dict[str, object]]] = []
        self._quads: list[tuple[Area, dict[str, object]]] = []
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
            shapes=self._shapes if len(self._shapes) <= _MOST_SHAPES else [],
            annotations=self._annotations,
            quads=self._quads,
            origin=(x0, height - y1),
        )

    def begin_mask(self, around: "InkDevice") -> None:
        """Note a mask's group in place of a page: it stands on the page of another device."""
        self.cur_item = LTPage(0, around._page)
        self._page = around._page
        self.ctm = around.ctm
        self.forms_open = around.forms_open + 1

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Note the part of the page that is shown."""
        super().begin_page(page, ctm)
        media = (0.0, 0.0, self.cur_item.width, self.cur_item.height)
        crop = meet(media, apply_matrix_rect(ctm, page.cropbox or page.mediabox))
        self._page = crop if crop[2] > crop[0] and crop[3] > crop[1] else media
        self.paint = replace(self.paint, clip=self._page)
        listed = resolve1(page.annots)
        annotations = cast("list[object]", listed) if isinstance(listed, list) else []
        for annotation in annotations[:_MOST_ANNOTATIONS]:
            self._annotate(resolve1(annotation), ctm)

    def _annotate(self, annotation: object, ctm: Matrix) -> None:
        if not isinstance(annotation, dict):
            return
        entries = cast("dict[str, object]", annotation)
        edges = _numbers(entry(entries, "Rect"))
        if len(edges) == 4:
            box = apply_matrix_rect(ctm, (edges[0], edges[1], edges[2], edges[3]))
            self._annotations.append((self._area(box), entries))
        corners = _numbers(entry(entries, "QuadPoints"))[: 8 * _MOST_QUADS]
        for start in range(0, len(corners) - 7, 8):
            xs, ys = corners[start : start + 8 : 2], corners[start + 1 : start + 8 : 2]
            box = apply_matrix_rect(ctm, (min(xs), min(ys), max(xs), max(ys)))
            self._quads.append((self._area(box), entries))

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
        if any("\uf020" <= letter <= "\uf0ff" for letter in text):
            signs = name_of_symbol_font(str(font.fontname))
            if signs is not None:
                text = "".join(symbol(signs, ord(letter)) or letter for letter in text)
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
                is_cut=not is_inside or not self.is_shown or not self._is_let_through(area),
                is_vertical=font.is_vertical(),
            )
        )
        return item.adv

    def _colors(self, state: PDFGraphicState) -> tuple[Color | None, ...]:
        mode, paint = self._mode, self.paint
        if mode in _UNPAINTED_MODES:
            return ()
        colors: list[Color | None] = []
        if mode not in (1, 5) and paint.alpha * paint.group_alpha >= TRANSPARENT:
            colors.append(read_color(state.ncolor, state.ncs))
        if mode not in (0, 4) and paint.stroke_alpha * paint.group_alpha >= TRANSPARENT:
            colors.append(read_color(state.scolor, state.scs))
        return tuple(colors)

    def _is_let_through(self, area: Area) -> bool:
        return self.paint.shows((area.x0 + area.x1) / 2, (area.top + area.bottom) / 2)

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
        corners = self._rectangle(path) if fill and self.paint.covers else None
        if corners is not None:
            area = self._area(meet(corners, self.paint.clip))
            self._fills.append(Fill(area, read_color(gstate.ncolor, gstate.ncs), self._order))
        self.has_shapes |= stroke or (fill and corners is None)
        self._note_bar(path)
        self._note_shapes(gstate, path, is_filled=fill, is_drawn=stroke)
        super().paint_path(gstate, stroke, fill, evenodd, path)

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Keep where a picture stands."""
        self._order += 1
        if self.is_shown:
            item = self.cur_item
            box = meet((item.x0, item.y0, item.x1, item.y1), self.paint.clip)
            is_opaque = self.paint.covers and self._is_upright and not _is_transparent(stream)
            self._images.append(Picture(self._area(box), self._order, is_opaque))
        super().render_image(name, stream)

    @property
    def _is_upright(self) -> bool:
        a, b, c, d = self.ctm[:4]
        return max(abs(b), abs(c)) < 0.01 * max(abs(a), abs(d)) or (
            max(abs(a), abs(d)) < 0.01 * max(abs(b), abs(c))
        )

    def _note_bar(self, path: Sequence[PathSegment]) -> None:
        if not 2 <= len(path) <= 6 or any(segment[0] not in "mlh" for segment in path):
            return
        points = path_points(path, self.ctm)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(ys) - min(ys) < _THICKEST_BAR < max(xs) - min(xs):
            self._bars.append(self._area((min(xs), min(ys), max(xs), max(ys))))

    def _note_shapes(
        self,
        state: PDFGraphicState,
        path: Sequence[PathSegment],
        *,
        is_filled: bool,
        is_drawn: bool,
    ) -> None:
        """Keep small outlines that are painted: of boxes, ticks and crosses beside words."""
        paint = self.paint
        is_filled &= paint.alpha * paint.group_alpha >= TRANSPARENT
        is_drawn &= paint.stroke_alpha * paint.group_alpha >= TRANSPARENT
        if not (is_filled or is_drawn) or len(path) > _LONGEST_OUTLINE:
            return
        color = (
            read_color(state.ncolor, state.ncs)
            if is_filled
            else read_color(state.scolor, state.scs)
        )
        x0, y0, x1, y1 = paint.clip
        left, top = self._page[0], self._page[3]
        for outline in _outlines(path):
            points = path_points(outline, self.ctm)
            if len(self._shapes) > _MOST_SHAPES or len(points) < 2:
                continue
            shape = Shape(
                tuple((x - left, top - y) for x, y in points),
                has_curves=any(part[0] in "cvy" for part in outline),
                is_filled=is_filled,
                color=color,
                order=self._order,
            )
            x, y = shape.middle
            is_inside = x0 - left <= x <= x1 - left and top - y1 <= y <= top - y0
            if shape.is_sign and is_inside and paint.shows(x, y):
                self._shapes.append(shape)
                if is_drawn and is_filled:
                    edge = read_color(state.scolor, state.scs)
                    self._shapes.append(replace(shape, is_filled=False, color=edge))

    def _rectangle(self, path: Sequence[PathSegment]) -> Rect | None:
        if not 4 <= len(path) <= 6 or path[0][0] != "m" or any(p[0] not in "mlh" for p in path):
            return None
        points = path_points(path, self.ctm)
        xs = {round(x, 1) for x, _ in points}
        ys = {round(y, 1) for _, y in points}
        if len(points) < 4 or len(xs) != 2 or len(ys) != 2:
            return None
        return (min(xs), min(ys), max(xs), max(ys))

    def _area(self, box: Rect) -> Area:
        left, top = self._page[0], self._page[3]
        return Area(box[0] - left, top - box[3], box[2] - left, top - box[1])


def _outlines(path: Sequence[PathSegment]) -> list[Sequence[PathSegment]]:
    """The parts of a path, each from where it is begun."""
    starts = [at for at, part in enumerate(path) if part[0] == "m"]
    return [path[a:b] for a, b in zip(starts, [*starts[1:], len(path)], strict=True)]


def _numbers(listed: object) -> list[float]:
    """The numbers of a list; none where it is no list of numbers."""
    found = cast("list[object]", listed) if isinstance(listed, list) else []
    numbers = [resolve1(one) for one in found]
    return [float(number) for number in numbers if isinstance(number, int | float)]


def _is_transparent(picture: PDFStream) -> bool:
    """Whether a picture has holes: it is a stencil, or has a mask of its own."""
    names = ("ImageMask", "IM", "SMask", "SMaskInData", "Mask")
    return any(bool(resolve1(picture.attrs.get(name))) for name in names)


def meet(one: Rect, other: Rect) -> Rect:
    """What two rectangles share."""
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def path_points(path: Sequence[PathSegment], ctm: Matrix) -> list[tuple[float, float]]:
    """The end of each segment of a path, on the page."""
    return [
        apply_matrix_pt(ctm, (float(part[-2]), float(part[-1]))) for part in path if len(part) >= 3
    ]
