"""PDF: annotations that strike words or lie over them; line numbers, contents, running heads."""

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from tests.unit.ingest.load.pdf_files import HEIGHT, drawn, kinds, read, text_of, written

from aspire_ingest.load.parse_result import Parsed

LINES = (
    "The programme pays for travel and for the staff of every group.",
    "Every group sends a report at the end of the year to the office.",
    "Reports are read by two members of the panel and are then kept.",
    "Changes of the plan are asked for in writing before they happen.",
    "The office answers within ten working days of having the letter.",
    "Receipts are kept for five years after the end of all the work.",
    "The ceiling is 500,000 yen for each of the groups in every year.",
)
_BEFORE, _WORDS, _AFTER = "Contact ", "Alex Example", " for the rates."


def annotated(subtype: str, entries: str) -> Parsed:
    """A line of text with an annotation over its middle words."""
    x0 = 60 + pdfmetrics.stringWidth(_BEFORE, "Helvetica", 12)
    x1 = x0 + pdfmetrics.stringWidth(_WORDS, "Helvetica", 12)
    data = written(
        "<</Type/Catalog/Pages 2 0 R>>",
        f"BT /F 12 Tf 60 700 Td ({_BEFORE}{_WORDS}{_AFTER}) Tj ET",
        "/Font<</F 5 0 R>>>>/Annots[6 0 R]/Unused<<",
        f"<</Type/Annot/Subtype/{subtype}/Rect[{x0} 697 {x1} 711]"
        f"/QuadPoints[{x0} 711 {x1} 711 {x0} 697 {x1} 697]{entries}>>",
    )
    return read(data)


@pytest.mark.parametrize(
    ("subtype", "entries", "is_struck"),
    [
        ("StrikeOut", "/C[1 0 0]", True),
        ("StrikeOut", "/C[1 0 0]/F 4", True),
        ("StrikeOut", "/C[1 0 0]/F 2", False),
        ("StrikeOut", "/C[1 0 0]/F 32", False),
        ("Underline", "/C[1 0 0]", False),
    ],
)
def test_words_that_a_reviewer_struck_are_left_out(
    subtype: str, entries: str, *, is_struck: bool
) -> None:
    parsed = annotated(subtype, entries)
    assert (_WORDS in parsed.text) is not is_struck
    assert "for the rates." in parsed.text
    told = [remark.what for remark in parsed.remarks]
    assert told == (["struck text: 11 letters"] if is_struck else [])


@pytest.mark.parametrize(
    ("subtype", "entries", "is_covered"),
    [
        ("Square", "/IC[0 0 0]/C[0 0 0]", True),
        ("Square", "/IC[1 1 1]/CA 1", True),
        ("Square", "/IC[0 0 0]/CA 0.3", False),
        ("Square", "/C[1 0 0]", False),
        ("Square", "/IC[]", False),
        ("Square", "/IC[0 0 0]/F 2", False),
        ("FreeText", "/C[1 1 1]", True),
        ("FreeText", "/IC[1 1 1]", False),
        ("Highlight", "/C[0 0 0]", True),
        ("Highlight", "/C[0 0 0]/F 2", False),
        ("Highlight", "/C[0 0 0 0]", False),
        ("Highlight", "/C[0 0 0 1]", True),
        ("Highlight", "/C[0 0 1 0]", False),
        ("Highlight", "/C[]", False),
        ("Highlight", "/C[1 1 0]", False),
        ("Highlight", "/C[0.05]", True),
        ("Text", "/C[0 0 0]/Contents(sticky secret)", False),
    ],
)
def test_words_under_a_box_or_a_black_marker_are_not_seen(
    subtype: str, entries: str, *, is_covered: bool
) -> None:
    parsed = annotated(subtype, entries)
    assert (_WORDS in parsed.text) is not is_covered
    assert "for the rates." in parsed.text
    assert "sticky" not in parsed.text
    assert kinds(parsed) == ([("hidden", "page 1")] if is_covered else [])


def test_numbers_of_lines_down_the_edge_are_no_text() -> None:
    def page(canvas: Canvas, size: float, step: int) -> None:
        for place, line in enumerate(LINES, start=1):
            y = 740 - 16 * place
            if place % step == 0 or step == 1:
                canvas.setFont("Helvetica", size)
                canvas.drawRightString(50, y, str(place * (1 if step == 1 else 5)))
            canvas.setFont("Helvetica", 11)
            canvas.drawString(60, y, line)

    assert text_of(lambda canvas: page(canvas, 7, 1)) == " ".join(LINES)
    listed = text_of(lambda canvas: page(canvas, 11, 1))
    assert "3 Reports are read" in listed  # as large as the text: numbers of a list


def test_numbers_of_every_fifth_line_are_no_text() -> None:
    def page(canvas: Canvas) -> None:
        for place in range(1, 36):
            y = 800 - 16 * place
            if place % 5 == 0:
                canvas.setFont("Helvetica", 7)
                canvas.drawRightString(50, y, str(place))
            canvas.setFont("Helvetica", 11)
            canvas.drawString(60, y, LINES[place % 7])

    text = text_of(page)
    assert "500,000 yen" in text
    assert not any(f" {number} " in text for number in range(5, 36, 5))


def test_lines_of_contents_are_lines() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 740, "Contents")
        for place, (text, number) in enumerate((("1 Purpose", 3), ("2 Ceiling", 12))):
            canvas.drawString(60, 724 - 16 * place, f"{text} {'.' * 90} {number}")
        canvas.drawString(60, 692, "Text follows.")

    lines = [line for line in text_of(page).split("\n") if line]
    assert [line[:9] for line in lines] == ["Contents", "1 Purpose", "2 Ceiling", "Text foll"]


def test_running_heads_of_two_years_stay_where_each_begins() -> None:
    def paint(canvas: Canvas, year: int, line: int) -> None:
        canvas.drawString(60, HEIGHT - 40, f"Guidelines of the programme for FY{year}")
        canvas.drawString(60, 700, LINES[line])

    parsed = read(
        drawn(
            lambda canvas: paint(canvas, 2025, 0),
            lambda canvas: paint(canvas, 2025, 1),
            lambda canvas: paint(canvas, 2026, 2),
            lambda canvas: paint(canvas, 2026, 3),
        )
    )
    assert parsed.text.count("FY2025") == parsed.text.count("FY2026") == 1
    assert parsed.text.index(LINES[1]) < parsed.text.index("FY2026") < parsed.text.index(LINES[2])

    def paint_same(canvas: Canvas) -> None:
        paint(canvas, 2025, 0)

    same = read(drawn(*[paint_same] * 4))
    assert "FY2025" not in same.text
    assert "Guidelines of the programme for FY2025" in same.margins
