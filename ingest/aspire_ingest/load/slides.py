"""PPTX: slide titles as headings, text, lists, tables and notes, slide by slide."""

from collections.abc import Iterable
from io import BytesIO
from typing import cast

import pptx
from pptx.exc import PackageNotFoundError
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.text.text import TextFrame

from aspire_ingest.clean import tidy
from aspire_ingest.errors import LoadError
from aspire_ingest.load.blocks import BlockWriter
from aspire_ingest.load.office import check_package
from aspire_ingest.load.parsed import Parsed, Raw, Stated

_FOOTERS = frozenset({13, 15, 16})  # slide number, footer, date (PP_PLACEHOLDER)
_MAX_GROUP_DEPTH = 20


def parse(raw: Raw) -> Parsed:
    """Read one PPTX; each slide is a page.

    Raises:
        LoadError: it is damaged, protected, a bomb, or holds no text.
    """
    check_package(raw)
    try:
        presentation = pptx.Presentation(BytesIO(raw.data))
        writer = BlockWriter()
        titles = [_slide(writer, slide) for slide in presentation.slides]
        stated_title = tidy(presentation.core_properties.title or "")
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, TypeError) as error:
        # python-pptx meets missing and odd parts with whatever its code happens to raise
        reason = f"is damaged ({type(error).__name__}: {error}); save it again"
        raise LoadError(raw.name, reason) from error
    if not writer.text:
        raise LoadError(raw.name, "holds no text; if its slides are pictures, run OCR first")
    generic = stated_title.lower() in (
        "",
        "powerpoint presentation",
        "powerpoint プレゼンテーション",
    )
    title = next(filter(None, titles), None) if generic else stated_title
    return Parsed(text=writer.text, page_starts=writer.page_starts, stated=Stated(title=title))


def _slide(writer: BlockWriter, slide: Slide) -> str | None:
    writer.page()
    title = slide.shapes.title
    text = tidy(title.text_frame.text.replace("\x0b", " ")) if title is not None else ""
    writer.heading(2, text)
    title_id = title.shape_id if title is not None else None
    _shapes(writer, (shape for shape in slide.shapes if shape.shape_id != title_id), 0)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            writer.paragraph(paragraph.text.replace("\x0b", "\n"))
    return text or None


def _shapes(writer: BlockWriter, shapes: Iterable[BaseShape], depth: int) -> None:
    """Write shapes from top to bottom, as a reader meets them."""
    for shape in sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0)):
        if shape.is_placeholder and int(shape.placeholder_format.type) in _FOOTERS:
            continue
        if isinstance(shape, GroupShape):
            if depth < _MAX_GROUP_DEPTH:
                _shapes(writer, shape.shapes, depth + 1)
        elif isinstance(shape, GraphicFrame) and shape.has_table:
            writer.table([[cell.text for cell in row.cells] for row in shape.table.rows])
        elif shape.has_text_frame:
            _frame(writer, cast("Shape", shape).text_frame)  # as has_text_frame says


def _frame(writer: BlockWriter, frame: TextFrame) -> None:
    """Several paragraphs in a box are its list; one is a paragraph."""
    paragraphs = [part for part in frame.paragraphs if part.text.strip()]
    writer.end_list()
    for paragraph in paragraphs:
        text = paragraph.text.replace("\x0b", "\n")
        if len(paragraphs) > 1:
            writer.item(text, depth=paragraph.level)
        else:
            writer.paragraph(text)
    writer.end_list()
