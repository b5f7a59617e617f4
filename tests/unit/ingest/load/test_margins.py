"""Marks in headers, footers and stamps, which the text of a file leaves out."""

import io

import openpyxl
import pptx
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from pptx.slide import Slide
from pptx.util import Inches
from reportlab.pdfgen.canvas import Canvas
from tests.unit.ingest.load.packages import archive, p, word_file
from tests.unit.ingest.load.pdf_files import drawn, read

from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.opendocument import document as opendocument
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.richtext import document as richtext
from aspire_ingest.load.sheets import document as sheets
from aspire_ingest.load.slides import document as slides
from aspire_ingest.load.types import LoadOptions
from aspire_ingest.load.word import document as word
from aspire_ingest.load.writing.margins import PAGE_NUMBER, margins_of

_PLAIN = "The grant is 500,000 yen."
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def marks(parsed: Parsed) -> list[str]:
    document = assemble(parsed, source="x", name="x", options=LoadOptions())
    return [mark.text for mark in document.marks]


def raw(data: bytes) -> Raw:
    return Raw(name="x", data=data)


def test_parts_of_a_line_side_by_side_are_margins_of_their_own() -> None:
    lines = ["ACME\tConfidential\tPage " + PAGE_NUMBER, "— 3 —", PAGE_NUMBER, "ACME | Draft"]
    assert margins_of(lines) == ("ACME Confidential", "ACME", "Confidential", "ACME | Draft",
                                 "Draft")  # fmt: skip


def test_margins_are_bounded() -> None:
    assert len(margins_of([f"line {number} of many\nx{number}" for number in range(900)])) <= 60


# Word


def word_with(header: str, body: str = p(_PLAIN), kind: str = "default", more: str = "") -> Parsed:
    section = f'<w:sectPr><w:headerReference w:type="{kind}" r:id="header1"/>{more}</w:sectPr>'
    return word.parse(raw(word_file(body + section, header1=header)))


def test_headers_of_word_are_margins_also_where_the_body_says_the_same() -> None:
    body = "".join(p(f"Sentence {number} of many.") for number in range(30)) + p("社外秘")
    body += "".join(p(f"And sentence {number} after it.") for number in range(30))
    assert marks(word_with(p("社外秘"), body)) == ["社外秘"]
    assert marks(word_with(p(_PLAIN), body)) == []


def test_a_watermark_of_word_is_a_margin() -> None:
    shape = '<w:pict><v:shape><v:textpath on="t" string="CONFIDENTIAL"/></v:shape></w:pict>'
    parsed = word_with(p(f"<w:r>{shape}</w:r>"))
    assert marks(parsed) == ["CONFIDENTIAL"]
    assert parsed.text == _PLAIN


def test_a_header_of_word_that_no_page_shows_is_none() -> None:
    assert word_with(p("Confidential"), kind="first").margins == ()
    assert marks(word_with(p("Confidential"), kind="first", more="<w:titlePg/>"))


# PDF


def test_running_heads_of_pdf_are_margins() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 815, "Confidential")
        canvas.drawString(60, 600, f"{_PLAIN} See page {canvas.getPageNumber()} of the guide.")
        canvas.drawString(290, 25, str(canvas.getPageNumber()))

    parsed = read(drawn(draw, draw, draw))
    assert "Confidential" not in parsed.text
    assert (parsed.margins, marks(parsed)) == (("Confidential",), ["Confidential"])


@pytest.mark.parametrize("angle", [30, 45, -35, 60])
def test_a_slanted_stamp_of_pdf_is_a_margin(angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, _PLAIN)
        canvas.saveState()
        canvas.translate(150, 400)
        canvas.rotate(angle)
        canvas.setFillGray(0.8)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(0, 0, "DRAFT")
        canvas.drawString(0, -200, "of 2026")
        canvas.restoreState()

    parsed = read(drawn(draw))
    assert (parsed.text, parsed.margins) == (_PLAIN, ("DRAFT", "of 2026"))
    assert marks(parsed) == ["DRAFT"]
    assert [remark.kind for remark in parsed.remarks] == ["lost"]


# Sheets


def test_headers_of_sheets_are_margins() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.append(["Grant", "Yen"])
    page.append(["Top", 500])
    header, footer = page.oddHeader, page.oddFooter
    assert header is not None
    assert footer is not None
    header.left.text = "R&&D"
    header.center.text = "社外秘"
    header.center.font = "Arial,Bold"
    header.center.size = 12
    footer.right.text = "Page &P of &N"
    secret = book.create_sheet("Old")
    secret.append(["x"])
    secret.sheet_state = "hidden"
    secret.oddHeader.center.text = "Draft"
    buffer = io.BytesIO()
    book.save(buffer)
    parsed = sheets.parse(raw(buffer.getvalue()))
    assert (parsed.margins, marks(parsed)) == (("R&D", "社外秘"), ["社外秘"])


# Slides


def deck(*, footer: str = "", behind: str = "", is_hidden: bool = False) -> Parsed:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    assert slide.shapes.title is not None
    slide.shapes.title.text = "Goals"
    box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(5), Inches(1))
    box.text_frame.text = _PLAIN
    if footer:
        _add_footer(slide, footer)
    if behind:
        drawn_behind = slide.shapes.add_textbox(Inches(1), Inches(6), Inches(5), Inches(1))
        drawn_behind.text_frame.text = behind
        presentation.slide_masters[0].shapes.element.append(drawn_behind.element)
    if is_hidden:
        slide.element.set("showMasterSp", "0")
    buffer = io.BytesIO()
    presentation.save(buffer)
    return slides.parse(raw(buffer.getvalue()))


def _add_footer(slide: Slide, text: str) -> None:
    box = slide.shapes.add_textbox(Inches(1), Inches(6), Inches(5), Inches(1))
    box.text_frame.text = text
    place = box.element.find(".//{*}nvPr")
    assert place is not None
    place.append(place.makeelement(place.tag.replace("nvPr", "ph"), {"type": "ftr"}))


def test_footers_of_slides_are_margins() -> None:
    parsed = deck(footer="Confidential")
    assert "Confidential" not in parsed.text
    assert (parsed.margins, marks(parsed)) == (("Confidential",), ["Confidential"])


def test_texts_of_the_master_are_margins_where_slides_show_them() -> None:
    assert marks(deck(behind="取扱注意")) == ["取扱注意"]
    assert deck(behind="取扱注意", is_hidden=True).margins == ()
    assert deck().margins == ()


# OpenDocument, RTF


def odf_with(header: str, kind: str = "text") -> Parsed:
    names = " ".join(
        f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "text", "style", "table")
    )
    inside = f"<text:p>{_PLAIN}</text:p>"
    if kind == "spreadsheet":
        cell = f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'
        inside = f'<table:table table:name="S"><table:table-row>{cell}</table:table-row>'
        inside += "</table:table>"
    master = f'<style:master-page style:name="M"><style:header>{header}</style:header>'
    return opendocument.parse(
        raw(
            archive(
                {
                    "mimetype": f"application/vnd.oasis.opendocument.{kind}",
                    "content.xml": f"<office:document-content {names}><office:body>"
                    f"<office:{kind}>{inside}</office:{kind}></office:body>"
                    "</office:document-content>",
                    "styles.xml": f"<office:document-styles {names}><office:master-styles>{master}"
                    "</style:master-page></office:master-styles></office:document-styles>",
                }
            )
        )
    )


@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_headers_of_opendocument_are_margins(kind: str) -> None:
    assert marks(odf_with("<text:p>ACME<text:tab/>Confidential</text:p>", kind)) == ["Confidential"]


def test_headers_of_rich_text_are_margins() -> None:
    written = (
        r"{\rtf1\ansi{\header \pard {\b Confid}ential\par {\pict 00ff}}"
        r"{\footer {\v Draft}Page \par}"
        rf"{_PLAIN}\par}}"
    )
    parsed = richtext.parse(raw(written.encode()))
    assert (parsed.text, parsed.margins) == (_PLAIN, ("Confidential", "Page"))
    assert marks(parsed) == ["Confidential"]
