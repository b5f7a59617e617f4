"""PPTX: slide titles as headings, text, lists, tables, charts and diagrams, slide by slide."""

from io import BytesIO

import pptx
from pptx.exc import PackageNotFoundError
from pptx.presentation import Presentation
from pptx.slide import Slide

from aspire_ingest.errors import LoadError
from aspire_ingest.load.archive import check_package
from aspire_ingest.load.parse_result import Parsed, Raw, Stated
from aspire_ingest.load.slides.margins import deck_margins
from aspire_ingest.load.slides.shapes import SlideWriter
from aspire_ingest.load.writing.blocks import BlockWriter
from aspire_ingest.load.writing.clean import tidy
from aspire_ingest.load.writing.margins import margins_of
from aspire_ingest.load.writing.tally import RemarkTally

_DAMAGE = (
    *(PackageNotFoundError, KeyError, ValueError, AttributeError, TypeError),
    *(IndexError, OverflowError, NotImplementedError, SyntaxError),  # XML errors are syntax errors
)
"""python-pptx meets missing and odd parts with whatever its code happens to raise."""


def parse(raw: Raw) -> Parsed:
    """Read one PPTX; each slide is a page, a hidden one an empty page.

    What speakers wrote for themselves is part of the text where the options say so.

    Raises:
        LoadError: it is damaged, protected, a bomb, or holds no text.
    """
    check_package(raw)
    writer, tally = BlockWriter(), RemarkTally()
    try:
        presentation = pptx.Presentation(BytesIO(raw.data))
        titles = _write_slides(presentation, raw, writer, tally)
        margins = margins_of(
            deck_margins(one for one in presentation.slides if not _is_hidden(one))
        )
        stated_title = tidy(presentation.core_properties.title or "")
    except _DAMAGE as error:
        reason = f"is damaged ({type(error).__name__}: {error}); save it again"
        raise LoadError(raw.name, reason) from error
    if not writer.text:
        raise LoadError(raw.name, "holds no text; if its slides are pictures, run OCR first")
    generic = stated_title.lower() in (
        "",
        "powerpoint presentation",
        "powerpoint プレゼンテーション",
    )
    return Parsed(
        text=writer.text,
        page_starts=writer.page_starts,
        stated=Stated(title=next(filter(None, titles), None) if generic else stated_title),
        remarks=tally.remarks(),
        margins=margins,
    )


def _write_slides(
    presentation: Presentation, raw: Raw, writer: BlockWriter, tally: RemarkTally
) -> list[str]:
    """Write all slides that are shown; return their titles."""
    size = (presentation.slide_width or 0, presentation.slide_height or 0)
    titles: list[str] = []
    for number, slide in enumerate(presentation.slides, 1):
        writer.page()
        if _is_hidden(slide):
            tally.add("hidden", "hidden slide")
            continue
        shapes = SlideWriter(raw, writer, tally, where=f"slide {number}", size=size)
        titles.append(shapes.write(slide))
        notes = _notes(slide)
        if raw.options.with_notes:
            for note in notes:
                writer.paragraph(note)
        elif notes:
            tally.add("hidden", "slide with speaker notes", "slides with speaker notes")
    return titles


def _is_hidden(slide: Slide) -> bool:
    return slide.element.get("show") in ("0", "false")


def _notes(slide: Slide) -> list[str]:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if frame is None:
        return []
    paragraphs = (paragraph.text.replace("\x0b", "\n") for paragraph in frame.paragraphs)
    return [text for text in paragraphs if text.strip()]
