"""PDF: headings, wrapped lines, tables over pages, running lines, and what cannot be read."""

import io

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle
from tests.hostile import pdf, scanned_pdf

from aspire_ingest.errors import LoadError
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.pdf.document import parse
from aspire_ingest.load.pdf.layout import Column, lay_out
from aspire_ingest.load.pdf.words.words import Line
from aspire_ingest.load.types import LoadOptions

LONG = (
    "The ceiling holds for direct and indirect costs together, and for every year of the project. "
    * 3
)


def read(data: bytes, options: LoadOptions | None = None) -> Parsed:
    return parse(Raw(name="x.pdf", data=data, options=options or LoadOptions()))


@pytest.fixture(scope="module")
def handbook() -> Parsed:
    """Two pages with a footer; a table that goes over the page."""
    styles = getSampleStyleSheet()
    rows = [["Form", "Sent by"], *([f"Form {n}", f"Office {n}"] for n in range(1, 41))]
    style = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    story: list[Flowable] = [
        Paragraph("<font size=24>Handbook</font>", styles["Title"]),
        Paragraph("1. Budget", styles["Heading1"]),
        Paragraph(LONG, styles["BodyText"]),
        Paragraph("Table 1. Forms", styles["BodyText"]),
        Table(rows, style=style, repeatRows=1),
        Paragraph("After the table.", styles["BodyText"]),
    ]

    def footer(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawString(72, 30, f"SAMPLE ONLY {document.page} / 2")

    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build(story, onFirstPage=footer, onLaterPages=footer)
    return read(buffer.getvalue())


def test_headings_and_wrapped_paragraphs(handbook: Parsed) -> None:
    assert handbook.text.startswith(
        f"# Handbook\n\n## 1. Budget\n\n{LONG.strip()}\n\nTable 1. Forms\n\n| Form |"
    )


def test_a_table_over_two_pages_is_one_table(handbook: Parsed) -> None:
    rows = [line for line in handbook.text.split("\n") if line.startswith("|")]
    assert len(rows) == 42
    assert rows[:3] == ["| Form | Sent by |", "| --- | --- |", "| Form 1 | Office 1 |"]
    assert rows[-1] == "| Form 40 | Office 40 |"


def test_running_lines_and_page_numbers_go(handbook: Parsed) -> None:
    assert "SAMPLE ONLY" not in handbook.text
    assert handbook.text.endswith("After the table.")


def test_pages_begin_where_their_first_words_stand(handbook: Parsed) -> None:
    first, second = handbook.page_starts
    assert first == 0
    assert handbook.text[second:].startswith("| Form ")
    assert handbook.text[second - 1] == "\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(password="secret"), "password"),  # noqa: S106 - what is tested
        (scanned_pdf(), "scanned"),
        (pdf()[:500], "damaged"),
        (b"%PDF-1.7", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        read(data)


def test_the_number_of_pages_is_limited() -> None:
    with pytest.raises(LoadError, match="3 pages, over the limit of 2"):
        read(pdf(pages=3), LoadOptions(max_pages=2))


def line(text: str, top: float, *, x0: float = 70, size: float = 10, bold: bool = False) -> Line:
    return Line(text=text, x0=x0, x1=x0 + 400, top=top, bottom=top + size, size=size, is_bold=bold)


def laid_out(*pages: list[Line]) -> str:
    return lay_out([[Column(tuple(lines))] for lines in pages]).text


def test_a_hyphen_at_a_line_end_is_judged_by_the_words_of_the_document() -> None:
    text = laid_out(
        [
            line("The report of the co-investigator and the programme is one of the long re-", 100),
            line("ports that the co-", 114),
            line("investigator and the pro-", 128),
            line("gramme write together with the reports of others.", 142),
        ]
    )
    assert "long reports that the co-investigator and the programme write" in text


def test_a_word_of_several_parts_keeps_its_hyphens_at_a_line_end() -> None:
    text = laid_out(
        [
            line("Sent to us by all partners: the laboratory is state-", 100),
            line("of-the-art, its course is an up-to-", 114),
            line("date one for the master's students, and a day-by-", 128),
            line("day plan of the up and coming is well-estab-", 142),
            line("lished.", 156),
        ]
    )
    assert "is state-of-the-art, its course is an up-to-date one" in text
    assert "a day-by-day plan of the up and coming" in text


def test_the_halves_of_a_parted_word_are_no_words_of_the_document() -> None:
    text = laid_out(
        [
            line("Indirect costs of a project that runs for long are paid in addi-", 100),
            line("tion to the direct costs of it.", 114),
        ]
    )
    assert "paid in addition to the direct costs" in text


def test_a_paragraph_goes_on_over_the_page() -> None:
    text = laid_out(
        [line("First words of the text,", 700), line("架空の規定でもありませ", 730)],
        [line("ん。", 100), line("Next.", 130)],
    )
    assert "架空の規定でもありません。\n\nNext." in text


def test_bullets_become_items_and_bold_captions_no_headings() -> None:
    text = laid_out(
        [
            line("Lead text of some length:", 100),
            line("• one", 114),
            line("• two", 128),
            line("Table 3. Things", 160, bold=True),
            line("4.1 Ceilings", 190, bold=True),
            line("Text of the section.", 210),
            line("5. Travel", 240, bold=True),
            line("Text of the section.", 260),
        ]
    )
    assert text == (
        "Lead text of some length:\n\n- one\n- two\n\nTable 3. Things\n\n## 4.1 Ceilings\n\n"
        "Text of the section.\n\n# 5. Travel\n\nText of the section."
    )
