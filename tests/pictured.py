# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportArgumentType=false
"""PDF files whose pages are pictures of text, or in fonts that name no letters; what reads them."""

import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFile
from reportlab.pdfgen.canvas import Canvas

from aspire_ingest.index.ocr import PACKAGES, find_tesseract

JAPANESE = Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf")
NAMELESS = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
WIDTH, HEIGHT = A4

needs_tesseract = pytest.mark.skipif(
    not find_tesseract().is_ready,
    reason=f"{find_tesseract().described}: apt-get install {PACKAGES}",
)
needs_japanese_font = pytest.mark.skipif(
    not JAPANESE.is_file(), reason="no Japanese font: apt-get install fonts-ipafont-gothic"
)

Page = Sequence[str]
"""The lines of a page, from its top."""


def scanned(*pages: Page, font: str = "Helvetica", turn: int = 0, dpi: int = 200) -> bytes:
    """Each page a picture alone, as a scanner makes it; turned to the right by so many degrees."""
    return _pictured(level(*pages, font=font), dpi=dpi, turn=turn)


def tabulated(rows: Sequence[Sequence[str]], *, is_ruled: bool, font: str = "Helvetica") -> bytes:
    """A picture of a table with a column every 130 points, between two lines of text."""

    def write(canvas: Canvas) -> None:
        canvas.setFont(_registered(font), 11)
        canvas.drawString(60, 760, "The grant pays the costs below within its ceilings.")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                canvas.drawString(65 + 130 * column, 700 - 24 * number, cell)
        if is_ruled:
            across = [60 + 130 * column for column in range(len(rows[0]) + 1)]
            canvas.grid(across, [716 - 24 * number for number in range(len(rows) + 1)])
        canvas.drawString(60, 500, "All amounts are in yen and are paid in April of each year.")

    return _pictured(_drawn(write), dpi=200, turn=0)


def half_scanned(text: Page, picture: Page) -> bytes:
    """A page of text, and one that is a picture."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    _write(canvas, text, "Helvetica")
    canvas.showPage()
    _place(canvas, level(picture), 0, dpi=200, turn=0)
    canvas.save()
    return buffer.getvalue()


def level(*pages: Page, font: str = "Helvetica") -> bytes:
    """Pages of text in level lines."""
    return _drawn(*[partial(_write, lines=page, font=font) for page in pages])


def vertical(*columns: str) -> bytes:
    """A picture of Japanese in columns, from right to left."""

    def write(canvas: Canvas) -> None:
        canvas.setFont(_registered("japanese"), 11)
        for number, column in enumerate(columns):
            for place, letter in enumerate(column):
                # a sign stands in the upper right of its square where text runs downwards
                shift = 6 if letter in "、。" else 0
                canvas.drawString(510 - 21 * number + shift, 760 - 11.5 * place + shift, letter)

    return _pictured(_drawn(write), dpi=200, turn=0)


def nameless(*lines: str) -> bytes:
    """A page that shows text by the numbers of its glyphs, and does not say their letters."""
    font = TTFontFile(str(NAMELESS))
    glyphs = font.charToGlyph
    letters = sorted({ord(letter) for line in lines for letter in line})
    widths = " ".join(f"{glyphs[code]} [{font.charWidths[code]:.0f}]" for code in letters)
    shown = ""
    for number, line in enumerate(lines):
        codes = "".join(f"{glyphs[ord(letter)]:04x}" for letter in line)
        shown += f"1 0 0 1 60 {780 - 20 * number} Tm <{codes}> Tj "
    # without its table of letters, which a reader would take them from
    data = NAMELESS.read_bytes().replace(b"cmap", b"none", 1).hex() + ">"
    content = f"BT /F1 11 Tf {shown}ET"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/Vera/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Vera/CIDToGIDMap/Identity"
        f"/W[{widths}]"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R>>",
        "<</Type/FontDescriptor/FontName/Vera/Flags 4/FontBBox[-200 -240 1300 930]/ItalicAngle 0"
        "/Ascent 930/Descent -240/CapHeight 730/StemV 80/FontFile2 8 0 R>>",
        f"<</Filter/ASCIIHexDecode/Length {len(data)}/Length1 {len(data) // 2}>>stream\n{data}\n"
        "endstream",
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(bodies, start=1):
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    out.write(b"trailer<</Size 9/Root 1 0 R>>\n%%EOF")
    return out.getvalue()


def _drawn(*pages: Callable[[Canvas], None]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _write(canvas: Canvas, lines: Page, font: str) -> None:
    canvas.setFont(_registered(font), 12)
    for number, line in enumerate(lines):
        canvas.drawString(60, 770 - 20 * number, line)


def _registered(font: str) -> str:
    if font == "japanese":
        pdfmetrics.registerFont(TTFont(font, str(JAPANESE)))
    return font


def _pictured(data: bytes, *, dpi: int, turn: int) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    with pypdfium2.PdfDocument(data) as document:
        count = len(document)
    for number in range(count):
        _place(canvas, data, number, dpi=dpi, turn=turn)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _place(canvas: Canvas, data: bytes, number: int, *, dpi: int, turn: int) -> None:
    with pypdfium2.PdfDocument(data) as document:
        image = document[number].render(scale=dpi / 72, grayscale=True, rotation=turn).to_pil()
    canvas.setPageSize((HEIGHT, WIDTH) if turn in (90, 270) else A4)
    canvas.drawImage(ImageReader(image), 0, 0, *((HEIGHT, WIDTH) if turn in (90, 270) else A4))
