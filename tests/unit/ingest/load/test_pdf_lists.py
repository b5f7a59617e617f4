"""PDF: lists whose entries hold others, and what stands behind a list."""

from reportlab.pdfgen.canvas import Canvas
from tests.unit.ingest.load.pdf_files import MINCHO, text_of

MARGIN, FULL = 60, "Wide words that fill a line of the page from its left edge to the right one."


def lines(*placed: tuple[float, str]) -> str:
    def page(canvas: Canvas) -> None:
        for number, (x, text) in enumerate(placed):
            canvas.drawString(x, 780 - 14 * number, text)

    return text_of(page)


def test_a_line_left_of_a_bullet_is_no_part_of_its_entry() -> None:
    text = lines(
        (MARGIN, FULL),
        (MARGIN + 14, "• Energy"),
        (MARGIN + 14, "• Life"),
        (MARGIN, "Materials are not called for."),
    )
    assert text.endswith("- Energy\n- Life\n\nMaterials are not called for.")


def test_an_entry_goes_on_below_its_bullet_or_from_a_full_line_at_the_margin() -> None:
    below = lines(
        (MARGIN, FULL),
        (MARGIN + 14, "• Energy and all that"),
        (MARGIN + 24, "belongs to it"),
    )
    assert below.endswith("- Energy and all that belongs to it")
    full = f"• {FULL}".replace("its left edge to the right one.", "its left edge to the end")
    at_margin = lines((MARGIN, FULL), (MARGIN + 14, full), (MARGIN, "of the line"))
    assert at_margin.endswith("to the end of the line")


def test_entries_below_others_are_deeper() -> None:
    text = lines(
        (MARGIN, FULL),
        (MARGIN + 14, "1. Travel"),
        (MARGIN + 28, "• abroad"),
        (MARGIN + 42, "• by air"),
        (MARGIN + 28, "• at home"),
        (MARGIN + 14, "2. Wages"),
        (MARGIN + 14, "• none"),
    )
    entries = [line for line in text.split("\n") if line][1:]
    assert entries == [
        "1. Travel",
        "  - abroad",
        "    - by air",
        "  - at home",
        "2. Wages",
        "- none",
    ]


def test_kanji_and_kana_begin_entries_of_their_own() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 11)
        for number, line in enumerate(
            ("一 長い飛行の場合", "二 障害のある場合", "ア 恒久的なもの")
        ):
            canvas.drawString(MARGIN, 780 - 14 * number, line)

    assert text_of(page).split("\n\n") == [
        "一 長い飛行の場合",
        "二 障害のある場合",
        "ア 恒久的なもの",
    ]


def test_bare_marks_in_order_at_one_left_edge_begin_entries() -> None:
    text = lines(
        (MARGIN, FULL),
        (MARGIN + 14, "a a ticket of the cheapest class that is"),
        (MARGIN + 28, "on sale that day"),
        (MARGIN + 14, "b a room"),
        (MARGIN + 14, "c meals"),
        (MARGIN, "Nothing else is paid."),
    )
    entries = [
        "a\u3000a ticket of the cheapest class that is on sale that day",
        "b\u3000a room",
        "c\u3000meals",
        "Nothing else is paid.",
    ]
    assert text.split("\n\n")[1:] == entries


def test_numbers_without_a_space_begin_entries_in_japanese() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 11)
        placed = (
            (0, "(1)航空券は普通席とし、その日に買えるうち"),
            (14, "最も安いものとする。"),
            (0, "(2)宿泊料"),
            (14, "1 国内"),
            (14, "2 国外"),
            (14, "3 船中"),
            (0, "(3)日当"),
        )
        for number, (right, line) in enumerate(placed):
            canvas.drawString(MARGIN + right, 780 - 14 * number, line)

    found = [line.strip() for line in text_of(page).split("\n") if line.strip()]
    assert found == [
        "(1)航空券は普通席とし、その日に買えるうち最も安いものとする。",
        "(2)宿泊料",
        "1 国内",
        "2 国外",
        "3 船中",
        "(3)日当",
    ]


def test_an_article_or_a_number_that_begins_a_line_is_no_mark() -> None:
    text = lines(
        (MARGIN, FULL),
        (MARGIN, "a line of words that goes on and on up to the right edge of this page,"),
        (MARGIN, "b and c are letters in it, and the plan may have up to no more than"),
        (MARGIN, "1 page, or with a table"),
        (MARGIN, "2 pages."),
    )
    assert len(text.split("\n\n")) == 1
