"""PDF: headings over columns, text around a box, initials, level words beside vertical text."""

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.unit.ingest.load.pdf_files import MINCHO, text_of, wrapped

LEFT = (
    "The observatory lends its small mirrors to schools that keep a logbook, and every logbook is "
    "sent back with the mirror before the first snow of the year closes the mountain road."
)
RIGHT = (
    "Guides are trained in April by the two wardens of the valley, and those who have passed the "
    "examination may lead groups of up to nine visitors along the northern path without help."
)
THIRD = (
    "Boats are moored at the eastern pier from six in the morning, and the keeper of the pier "
    "writes down the name of each boat together with the hour of its return to the harbour."
)
FOURTH = (
    "Seeds of the dune grass are gathered by hand in late August, and the dry seeds are weighed, "
    "labelled and stored in paper bags that stand on the upper shelf of the old weighing room."
)

NOTICE = (
    "Notice: the road is closed on Mondays, and the warden of the valley opens the upper gate at "
    "seven on all other days of the week."
)


def in_order(text: str, *parts: str) -> bool:
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def two_columns(canvas: Canvas, y: float, left: str, right: str) -> float:
    return min(wrapped(canvas, 60, y, 220, left), wrapped(canvas, 310, y, 220, right))


@pytest.mark.parametrize("x", [60, 310])
def test_a_heading_that_stands_alone_is_that_of_both_columns(x: float) -> None:
    def page(canvas: Canvas) -> None:
        y = two_columns(canvas, 780, LEFT, RIGHT) - 12
        canvas.setFont("Helvetica-Bold", 13)
        canvas.drawString(x, y, "Harbour")
        canvas.setFont("Helvetica", 11)
        two_columns(canvas, y - 26, THIRD, FOURTH)

    assert in_order(text_of(page), LEFT, RIGHT, "Harbour", THIRD, FOURTH)


def test_a_heading_beside_the_lines_of_the_other_column_is_of_its_own() -> None:
    def page(canvas: Canvas) -> None:
        y = wrapped(canvas, 60, 780, 220, LEFT) - 10
        canvas.setFont("Helvetica-Bold", 13)
        canvas.drawString(60, y, "Harbour")
        canvas.setFont("Helvetica", 11)
        wrapped(canvas, 60, y - 24, 220, THIRD)
        wrapped(canvas, 310, 777, 220, f"{RIGHT} {FOURTH}")

    assert in_order(text_of(page), LEFT, "Harbour", THIRD, RIGHT, FOURTH)


@pytest.mark.parametrize("side", ["left", "right"])
def test_text_around_a_box_is_one_text(side: str) -> None:
    text = f"{LEFT} {RIGHT} {THIRD} {FOURTH}"
    words = text.split()
    box_x, text_x = (60, 240) if side == "left" else (380, 60)

    def page(canvas: Canvas) -> None:
        wrapped(canvas, box_x, 776, 150, NOTICE)
        y, count = 780.0, 0
        while y > 700:
            line = ""
            while canvas.stringWidth(f"{line} {words[count]}", "Helvetica", 11) < 290:
                line, count = f"{line} {words[count]}".strip(), count + 1
            canvas.drawString(text_x, y, line)
            y -= 14
        wrapped(canvas, 60, y, 470, " ".join(words[count:]))

    found = text_of(page)
    assert text in found
    assert NOTICE in found


def initial(canvas: Canvas, letter: str, lines: tuple[str, ...], more: str = "") -> None:
    canvas.setFont("Times-Bold", 33)
    canvas.drawString(60, 764, letter)
    canvas.setFont("Times-Roman", 11)
    for at, line in enumerate(lines):
        canvas.drawString(86 if at < 2 else 60, 780 - 16 * at, line)
    canvas.drawString(60, 700, more)


def test_an_initial_is_joined_to_its_word() -> None:
    lines = ("aring boats is free for members of", "the harbour guild who have kept the", "rules.")
    text = text_of(lambda canvas: initial(canvas, "B", lines))
    assert text == "Baring boats is free for members of the harbour guild who have kept the rules."


def test_a_large_letter_that_is_a_word_stays_one() -> None:
    lines = ("boat is lent to members of the guild", "who have kept the rules of the pier.")
    text = text_of(lambda canvas: initial(canvas, "A", lines, "Each boat has a number."))
    assert "A boat is lent to members" in text


def test_a_large_letter_over_one_line_is_no_initial() -> None:
    text = text_of(lambda canvas: initial(canvas, "B", ("Harbour and pier, in one line.",)))
    assert "BHarbour" not in text


def test_level_words_are_read_above_and_below_vertical_ones() -> None:
    down = "山道は冬のあいだ閉鎖されるため案内人は四月に集まる。"

    def page(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 12)
        canvas.drawString(200, 800, "山道の案内")
        for column in range(2):
            for at, letter in enumerate(down[13 * column : 13 * column + 13]):
                canvas.drawString(500 - 24 * column, 760 - 13 * at, letter)
        canvas.drawString(60, 120, "署名欄")
        canvas.acroForm.textfield(name="a", x=110, y=114, width=200, height=18, value="Hata")  # pyright: ignore[reportUnknownMemberType]

    assert in_order(text_of(page), "山道の案内", down, "署名欄", "Hata")


def test_numbers_in_rows_without_rules_stay_under_their_heads() -> None:
    rows = [("Item", "Ceiling", "Share"), ("Hotel", "12,000", "30%"), ("Wine", "", "10%")]
    rows += [("Books", "4,500", ""), ("Travel by air", "98,000", "50%")]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 760, "The grant pays the costs below.")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                canvas.drawString(60 + 130 * column, 720 - 18 * number, cell)
        canvas.drawString(60, 600, "All amounts are in yen.")

    shown = "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ("---",) * 3, *rows[1:]))
    assert text_of(draw) == (
        f"The grant pays the costs below.\n\n{shown}\n\nAll amounts are in yen."
    )
