"""PDF files made for tests, each by what is drawn on its pages."""

import io
from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from aspire_ingest.load.parsed import Parsed, Raw
from aspire_ingest.load.pdf.document import parse

WIDTH, HEIGHT = A4
MINCHO = "HeiseiMin-W3"

Drawing = Callable[[Canvas], None]


def drawn(*pages: Drawing) -> bytes:
    """A file of A4 pages in Helvetica of 11 points."""
    buffer = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont(MINCHO))  # pyright: ignore[reportUnknownMemberType]
    canvas = Canvas(buffer, pagesize=A4)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(data: bytes) -> Parsed:
    return parse(Raw(name="x.pdf", data=data))


def text_of(*pages: Drawing) -> str:
    return read(drawn(*pages)).text


def kinds(parsed: Parsed) -> list[tuple[str, str]]:
    return [(remark.kind, remark.where) for remark in parsed.remarks]


def script(canvas: Canvas, x: float, y: float, *parts: tuple[str, float]) -> None:
    """Draw parts of a line, each raised by so many points; raised and lowered ones are small."""
    for text, rise in parts:
        size = 7 if rise else 11
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y + rise, text)
        x += canvas.stringWidth(text, "Helvetica", size)


def wrapped(
    canvas: Canvas, x: float, y: float, width: float, text: str, pitch: float = 14
) -> float:
    """Draw a paragraph in lines of a width; the height below it."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if canvas.stringWidth(longer, "Helvetica", 11) > width:
            canvas.drawString(x, y, line)
            y -= pitch
            longer = word
        line = longer
    canvas.drawString(x, y, line)
    return y - pitch
