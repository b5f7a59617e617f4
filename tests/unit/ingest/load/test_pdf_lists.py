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
