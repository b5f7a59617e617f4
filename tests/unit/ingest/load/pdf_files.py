"""PDF files made for tests, each by what is drawn on its pages."""

import io
from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from aspire_ingest.load.parse_result import Parsed, Raw
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


def written(catalog: str, content: str, resources: str, *more: str) -> bytes:
    """A file of one A4 page by its objects; `more` are those from number 6 on.

    Object 5 is the font Helvetica; `resources` give names to it and to others.
    """
    bodies = [
        catalog,
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        f"/Resources<<{resources}>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *more,
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places: list[int] = []
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    start = out.tell()
    count = len(bodies) + 1
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"xref\n0 {count}\n0000000000 65535 f \n{rows}".encode())
    out.write(f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


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
