"""The shapes of one slide, written from top to bottom as a reader meets them."""

from functools import partial
from typing import cast

from pptx.oxml.shapes import ShapeElement
from pptx.shapes.base import BaseShape
from pptx.shapes.shapetree import SlideShapeFactory
from pptx.slide import Slide

from aspire_ingest.load.elements import (
    Element,
    attribute,
    child,
    children,
    is_on,
    local_name,
    parse_xml,
)
from aspire_ingest.load.openxml.drawing_text import (
    DrawnParagraph,
    alternatives,
    is_hidden,
    read_paragraphs,
)
from aspire_ingest.load.parse_result import Raw
from aspire_ingest.load.slides.charts import write_chart
from aspire_ingest.load.slides.diagrams import diagram_items
from aspire_ingest.load.slides.geometry import Frame, reading_order
from aspire_ingest.load.slides.placeholders import holder_type, placeholder, placeholder_type
from aspire_ingest.load.slides.visibility import Grounds, is_opaque
from aspire_ingest.load.writing.blocks import BlockWriter
from aspire_ingest.load.writing.limits import MAX_GROUP_DEPTH
from aspire_ingest.load.writing.list_numbers import plain_number
from aspire_ingest.load.writing.tally import RemarkTally

_FURNITURE = frozenset({"sldNum", "ftr", "dt", "hdr"})
_TITLES = frozenset({"title", "ctrTitle"})
_MOST_COVERS = 200
_SHAPES = frozenset({"sp", "grpSp", "graphicFrame", "pic", "cxnSp"})


class SlideWriter:
    """Writes one slide and counts what of it the text does not show."""

    def __init__(
        self,
        raw: Raw,
        writer: BlockWriter,
        tally: RemarkTally,
        *,
        where: str,
        size: tuple[int, int],
    ) -> None:
        """Write into `writer`, count into `tally`; `size` is that of the slide, in EMU."""
        self._raw = raw
        self._writer = writer
        self._tally = tally
        self._where = where
        self._frame = Frame(width=size[0], height=size[1])
        self._pictures = 0
        self._has_text = False

    def write(self, slide: Slide) -> str:
        """Write a slide; return its title, "" where it has none.

        Raises:
            LoadError: a chart or a diagram is not well-formed.
        """
        self._slide = slide
        self._grounds = Grounds(slide, self._raw)
        shapes = self._seen(slide.shapes.element, self._frame)
        title = self._title(shapes)
        heading = self._heading(title) if title is not None else ""
        self._write_shapes([shape for shape in shapes if shape is not title], self._frame, 0)
        if self._pictures and not self._has_text:
            self._lost("picture", count=self._pictures)
        return heading

    def _title(self, shapes: list[BaseShape]) -> BaseShape | None:
        """The placeholder of a title, by its own type or by that of its like in the layout."""
        title = next(
            (shape for shape in shapes if placeholder_type(shape.element) in _TITLES), None
        )
        if title is not None:
            return title
        layout = (placeholder(found) for found in self._slide.slide_layout.shapes.element)
        like = {
            _place(holder)
            for holder in layout
            if holder is not None and holder_type(holder) in _TITLES
        }
        for shape in shapes:
            holder = placeholder(shape.element)
            if holder is not None and holder.get("type") is None and _place(holder) in like:
                return shape
        return None

    def _heading(self, title: BaseShape) -> str:
        paragraphs = self._paragraphs(child(title.element, "txBody"), title)
        text = " ".join(part.text.replace("\n", " ").strip() for part in paragraphs)
        self._writer.heading(2, text)
        return " ".join(text.split())

    def _seen(self, tree: Element, frame: Frame) -> list[BaseShape]:
        """The shapes in a tree that a reader sees, in reading order."""
        seen: list[BaseShape] = []
        for element in alternatives(tree):
            if local_name(element) not in _SHAPES:
                continue
            shape = SlideShapeFactory(cast("ShapeElement", element), self._slide.shapes)
            if placeholder_type(shape.element) in _FURNITURE:
                continue
            if is_hidden(element):
                self._hidden("hidden shape")
            elif frame.is_off_slide(shape):
                self._hidden("shape beside the slide", "shapes beside the slide")
            else:
                seen.append(shape)
        return reading_order(self._uncovered(seen))

    def _uncovered(self, shapes: list[BaseShape]) -> list[BaseShape]:
        """Leave out, and count, what another shape lies upon; shapes come from below upwards."""
        kept: list[BaseShape] = []
        covers = [(place, shape) for place, shape in enumerate(shapes) if is_opaque(shape.element)]
        covers = covers[-_MOST_COVERS:]
        for place, shape in enumerate(shapes):
            above = (cover for where, cover in covers if where > place)
            if self._grounds.is_covered(shape, above):
                self._hidden("shape covered by another", "shapes covered by others")
            else:
                kept.append(shape)
        return kept

    def _write_shapes(self, shapes: list[BaseShape], frame: Frame, depth: int) -> None:
        for shape in shapes:
            element: Element = shape.element
            name = local_name(element)
            if name == "grpSp" and depth < MAX_GROUP_DEPTH:
                inner = frame.inside(child(element, "grpSpPr"))
                self._write_shapes(self._seen(element, inner), inner, depth + 1)
            elif name == "grpSp":
                self._lost("deeply nested group")
            elif name == "graphicFrame":
                self._write_graphic(child(element, "graphic", "graphicData"))
            elif name == "pic":
                self._pictures += 1
            elif name == "sp":
                self._write_text(shape)

    def _write_text(self, shape: BaseShape) -> None:
        """Several paragraphs in a box are its list; one is a paragraph."""
        paragraphs = self._paragraphs(child(shape.element, "txBody"), shape)
        self._writer.end_list()
        for paragraph in paragraphs:
            number = plain_number(paragraph.label)
            text = paragraph.text if number is not None else paragraph.labelled
            if len(paragraphs) > 1:
                self._writer.item(text, depth=paragraph.level, number=number)
            else:
                self._writer.paragraph(paragraph.labelled)
        self._writer.end_list()

    def _paragraphs(
        self, body: Element | None, shape: BaseShape | None = None
    ) -> list[DrawnParagraph]:
        """The paragraphs that show something; what is left out of them is counted."""
        behind = self._grounds.behind(shape) if shape is not None else None
        paragraphs = read_paragraphs(body, partial(self._grounds.is_unseen, behind=behind))
        unseen = sum(paragraph.unseen for paragraph in paragraphs)
        one, many = "text too faint or small to see", "texts too faint or small to see"
        self._tally.add("hidden", one, many, where=self._where, count=unseen)
        struck = sum(paragraph.struck for paragraph in paragraphs)
        self._tally.add("hidden", "struck text", where=self._where, count=struck)
        unknown = sum(paragraph.unknown_signs for paragraph in paragraphs)
        one, many = "sign of a font that is not known", "signs of a font that is not known"
        self._tally.add("lost", one, many, where=self._where, count=unknown)
        shown = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
        self._has_text = self._has_text or bool(shown)
        return shown

    def _write_graphic(self, data: Element | None) -> None:
        """A table, a chart, a diagram, or something that another program draws."""
        content = next(iter(data), None) if data is not None else None
        if content is None:
            return
        name = local_name(content)
        if name == "tbl":
            self._writer.table(self._table(content))
        elif name == "chart":
            self._write_chart(content)
        elif name == "relIds":
            self._write_diagram(content)
        else:
            self._lost("embedded object")

    def _table(self, table: Element) -> list[list[str]]:
        """The texts of a table; merged cells repeat theirs."""
        rows: list[list[str]] = []
        for row in children(table, "tr"):
            cells: list[str] = []
            for column, cell in enumerate(children(row, "tc")):
                if is_on(cell.get("hMerge")) and cells:
                    text = cells[-1]
                elif is_on(cell.get("vMerge")) and rows and column < len(rows[-1]):
                    text = rows[-1][column]
                else:
                    paragraphs = self._paragraphs(child(cell, "txBody"))
                    text = "\n".join(part.labelled for part in paragraphs)
                cells.append(text)
            rows.append(cells)
        return rows

    def _write_chart(self, content: Element) -> None:
        chart = self._part(content, "id")
        if (
            chart is not None
            and local_name(chart) == "chartSpace"
            and write_chart(self._writer, chart)
        ):
            self._has_text = True
        else:
            self._lost("chart")

    def _write_diagram(self, content: Element) -> None:
        model = self._part(content, "dm")
        items = list(diagram_items(model)) if model is not None else []
        self._writer.end_list()
        for depth, item in items:
            self._writer.item(item.text, depth=depth + item.level)
            self._tally.add("hidden", "struck text", where=self._where, count=item.struck)
        self._writer.end_list()
        if items:
            self._has_text = True
        else:
            self._lost("diagram")

    def _part(self, content: Element, name: str) -> Element | None:
        """The part that a graphic refers to; None where the file lacks it."""
        relation_id = attribute(content, name) or ""
        try:
            part = self._slide.part.related_part(relation_id)
        except KeyError:
            return None
        return parse_xml(part.blob, self._raw)

    def _hidden(self, one: str, many: str | None = None) -> None:
        self._tally.add("hidden", one, many, where=self._where)

    def _lost(self, one: str, *, count: int = 1) -> None:
        self._tally.add("lost", one, where=self._where, count=count)


def _place(holder: Element) -> str:
    """The number by which a placeholder and its like in the layout find each other."""
    return holder.get("idx") or "0"
