"""PDF: check boxes that are drawn are read as ticked or not; other marks in boxes are named."""

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.unit.ingest.load.pdf_files import MINCHO, drawn, read, text_of

LABEL = "Alcohol is eligible for the Dunlin grant."
X, Y, SIDE = 60.0, 700.0, 9.0

Mark = Callable[[Canvas], None]


def box(canvas: Canvas, x: float = X, y: float = Y, side: float = SIDE) -> None:
    canvas.rect(x, y, side, side)


def line(canvas: Canvas, *points: tuple[float, float], fill: int = 0) -> None:
    path = canvas.beginPath()
    path.moveTo(X + points[0][0], Y + points[0][1])  # pyright: ignore[reportUnknownMemberType]
    for x, y in points[1:]:
        path.lineTo(X + x, Y + y)  # pyright: ignore[reportUnknownMemberType]
    canvas.drawPath(path, fill=fill, stroke=1 - fill)  # pyright: ignore[reportUnknownMemberType]


def nothing(_canvas: Canvas) -> None:
    pass


def tick(canvas: Canvas) -> None:
    line(canvas, (2, 5), (4, 2), (8, 8))


def tick_of_two_lines(canvas: Canvas) -> None:
    line(canvas, (2, 5), (4, 2))
    line(canvas, (4, 2), (8, 8))


def tick_out_of_its_box(canvas: Canvas) -> None:
    line(canvas, (2, 5), (4, 1), (13, 12))


def filled_tick(canvas: Canvas) -> None:
    line(canvas, (1, 5), (2, 6), (4, 4), (7, 8), (8, 7), (4, 1), fill=1)


def cross(canvas: Canvas) -> None:
    line(canvas, (0, 0), (9, 9))
    line(canvas, (0, 9), (9, 0))


def filled_cross(canvas: Canvas) -> None:
    corners = [(1, 0), (4.5, 3.5), (8, 0), (9, 1), (5.5, 4.5), (9, 8), (8, 9), (4.5, 5.5)]
    line(canvas, *corners, (1, 9), (0, 8), (3.5, 4.5), (0, 1), fill=1)


def dot(canvas: Canvas) -> None:
    canvas.circle(X + SIDE / 2, Y + SIDE / 2, 2, fill=1)


def filled_inside(canvas: Canvas) -> None:
    canvas.rect(X + 2, Y + 2, 5, 5, stroke=0, fill=1)


def letter(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(X + 1.5, Y + 1, "X")
    canvas.setFont("Helvetica", 11)


def slash(canvas: Canvas) -> None:
    line(canvas, (1, 1), (8, 8))


def wave(canvas: Canvas) -> None:
    line(canvas, (1, 4), (3, 6), (5, 3), (8, 5))


def white_tick(canvas: Canvas) -> None:
    canvas.setStrokeColorRGB(1, 1, 1)
    tick(canvas)


def covered_tick(canvas: Canvas) -> None:
    tick(canvas)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(X + 0.5, Y + 0.5, 13, 12, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)


def clear_tick(canvas: Canvas) -> None:
    canvas.setStrokeAlpha(0)
    tick(canvas)


def clear_inside(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    filled_inside(canvas)
    canvas.setFillAlpha(1)


def clipped_tick(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(X + 100, Y, 50, 50)  # pyright: ignore[reportUnknownMemberType]
    canvas.clipPath(path, stroke=0)  # pyright: ignore[reportUnknownMemberType]
    tick(canvas)
    canvas.restoreState()


def with_label(mark: Mark) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        box(canvas)
        mark(canvas)
        canvas.drawString(X + 14, Y + 1, LABEL)

    return draw


@pytest.mark.parametrize(
    "mark",
    [
        tick,
        tick_of_two_lines,
        tick_out_of_its_box,
        filled_tick,
        cross,
        filled_cross,
        dot,
        filled_inside,
        letter,
    ],
)
def test_a_box_with_a_mark_is_ticked(mark: Mark) -> None:
    assert text_of(with_label(mark)) == f"☑ {LABEL}"


@pytest.mark.parametrize(
    "mark", [nothing, white_tick, covered_tick, clear_tick, clear_inside, clipped_tick]
)
def test_a_box_in_which_nothing_is_seen_is_empty(mark: Mark) -> None:
    assert text_of(with_label(mark)) == f"☐ {LABEL}"


@pytest.mark.parametrize("mark", [slash, wave])
def test_a_mark_that_nobody_can_tell_is_named(mark: Mark) -> None:
    parsed = read(drawn(with_label(mark)))
    assert parsed.text == LABEL
    assert [remark.what for remark in parsed.remarks] == [
        "drawn boxes with marks that are not read: 1"
    ]


def test_boxes_stand_with_their_words_in_a_list() -> None:
    def draw(canvas: Canvas) -> None:
        for number, word in enumerate(("Travel", "Meals", "Books")):
            box(canvas, X, Y - 20 * number)
            canvas.drawString(X + 14, Y + 1 - 20 * number, word)
        canvas.translate(0, -20)
        tick(canvas)

    assert text_of(draw).split("\n\n") == ["☐ Travel", "☑ Meals", "☐ Books"]


def test_a_box_after_its_word_is_read_after_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(X - 28, Y + 1, "Yes")
        box(canvas)
        tick(canvas)
        canvas.drawString(X + 60, Y + 1, "No")
        box(canvas, X + 80, Y)

    assert text_of(draw) == "Yes ☑ No ☐"


def test_radio_buttons_count_where_one_is_dotted() -> None:
    def draw(canvas: Canvas, *, dotted: bool) -> None:
        for number, word in enumerate(("Travel", "Meals")):
            canvas.circle(X + 4.5, Y + 4.5 - 20 * number, 4.5)
            canvas.drawString(X + 14, Y + 1 - 20 * number, word)
        if dotted:
            dot(canvas)

    def one_dotted(canvas: Canvas) -> None:
        draw(canvas, dotted=True)

    def none_dotted(canvas: Canvas) -> None:
        draw(canvas, dotted=False)

    assert text_of(one_dotted) == "☑ Travel\n\n☐ Meals"
    assert "☐" not in text_of(none_dotted)


def test_a_full_square_is_a_choice_beside_a_hollow_one_and_else_a_bullet() -> None:
    def draw(canvas: Canvas, *, hollow: int) -> None:
        canvas.rect(X, Y, SIDE, SIDE, fill=1)
        canvas.drawString(X + 14, Y + 1, "Travel")
        canvas.rect(X, Y - 20, SIDE, SIDE, fill=1 - hollow)
        canvas.drawString(X + 14, Y - 19, "Meals")

    def choice(canvas: Canvas) -> None:
        draw(canvas, hollow=1)

    def bullets(canvas: Canvas) -> None:
        draw(canvas, hollow=0)

    assert text_of(choice).split("\n\n") == ["☑ Travel", "☐ Meals"]
    assert text_of(bullets).split() == ["Travel", "Meals"]


def written(*lines: str) -> str:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 11)
        for number, text in enumerate(lines):
            indent = len(text) - len(text.lstrip())
            canvas.drawString(60 + 20 * indent, 700 - 30 * number, text.strip())

    return text_of(draw)


def test_squares_that_choose_are_kept_and_those_of_lists_are_bullets() -> None:
    assert written("■ 有り", "□ 無し", "■ 鶴") == "- ■ 有り\n- □ 無し\n- ■ 鶴"
    assert written("■有り　□無し", "□国内　■海外") == "- ■ 有り □無し\n\n□国内 ■海外"
    assert written("■ 旅費", "■ 宿泊費") == "- 旅費\n- 宿泊費"
    assert written("■ 旅費", " □ 宿泊費", "■ 図書") == "- 旅費\n  - 宿泊費\n- 図書"


def test_boxes_for_letters_and_cells_are_no_check_boxes() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(X - 50, Y + 1, "Number")
        for number in range(7):
            box(canvas, X + 12 * number, Y)
        for number in range(7):
            box(canvas, X + SIDE * number, Y - 40)
        canvas.drawString(X - 50, Y - 39, "Code")
        canvas.drawString(X + 90, Y + 1, "digits")

    assert "☐" not in text_of(draw)
    assert read(drawn(draw)).remarks == ()


def test_a_box_around_a_letter_is_no_check_box() -> None:
    def draw(canvas: Canvas) -> None:
        box(canvas, X, Y, 12)
        canvas.drawString(X + 2, Y + 2, "A")
        canvas.drawString(X + 18, Y + 2, "Costs of travel")

    assert text_of(draw) == "A Costs of travel"
    assert read(drawn(draw)).remarks == ()


def test_ticks_and_crosses_in_cells_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [640, 660, 680, 700])  # pyright: ignore[reportUnknownMemberType]
        for number, word in enumerate(("Item", "Hotel", "Wine")):
            canvas.drawString(55, 685 - 20 * number, word)
        canvas.drawString(155, 685, "Eligible")
        canvas.translate(110, -37)
        tick(canvas)
        canvas.translate(0, -20)
        cross(canvas)

    assert "| Hotel | ✓ |\n| Wine | ✗ |" in text_of(draw)


def test_a_drawing_with_corners_and_crosses_alone_says_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(X, Y + 40, LABEL)
        cross(canvas)
        line(canvas, (30, 0), (35, 9), (40, 0))  # a peak
        line(canvas, (60, 9), (65, 0), (70, 9))  # a valley
        canvas.drawString(X + 90, Y, "Figure of the fund")

    assert text_of(draw) == f"{LABEL}\n\nFigure of the fund"


def test_a_page_that_is_a_drawing_has_no_check_boxes() -> None:
    def draw(canvas: Canvas) -> None:
        with_label(tick)(canvas)
        for number in range(3001):
            canvas.rect(50 + number % 100 * 4, 100 + number // 100 * 4, 3, 3)

    assert text_of(draw) == LABEL
