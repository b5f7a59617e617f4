"""Check boxes told from shapes and letters alone: sizes, places, signs and what is beside them."""

from collections.abc import Sequence

import pytest

from aspire_ingest.load.pdf.paint.colors import Color
from aspire_ingest.load.pdf.paint.ink import Glyph
from aspire_ingest.load.pdf.paint.shapes import Shape, is_cross, is_tick
from aspire_ingest.load.pdf.words.check_boxes import Drawn, read_boxes
from aspire_ingest.load.pdf.words.forms import EMPTY, TICKED

BLACK = (0.0, 0.0, 0.0)
SIZE = 10.0


def outline(*points: tuple[float, float], is_filled: bool = False) -> Shape:
    return Shape(points, has_curves=False, is_filled=is_filled, color=BLACK, order=0)


def square(x: float = 0, y: float = 0, side: float = 9, *, is_filled: bool = False) -> Shape:
    corners = (x, y), (x + side, y), (x + side, y + side), (x, y + side)
    return outline(*corners, is_filled=is_filled)


def circle(x: float, y: float, side: float, *, is_filled: bool = False) -> Shape:
    """From its middle."""
    half = side / 2
    ends = (x - half, y), (x, y - half), (x + half, y), (x, y + half)
    return Shape(ends, has_curves=True, is_filled=is_filled, color=BLACK, order=0)


def tick(x: float = 0, y: float = 0) -> Shape:
    return outline((x + 2, y + 4), (x + 4, y + 7), (x + 8, y + 1))


def letter(text: str, x: float, y: float = 0) -> Glyph:
    return Glyph(
        text=text, x0=x, top=y, x1=x + SIZE / 2, bottom=y + SIZE, baseline=y + SIZE, size=SIZE,
        font="Mincho", angle=0, order=0, colors=(BLACK,), is_cut=False,
    )  # fmt: skip


def sees_all(_shape: Shape, _ground: Color | None) -> bool:
    return True


def drawn(shapes: Sequence[Shape], letters: Sequence[Glyph], *, is_first: bool = True) -> Drawn:
    return read_boxes(shapes, letters, sees_all, is_first=is_first)


def signs(shapes: Sequence[Shape], *letters: Glyph, is_first: bool = True) -> list[str]:
    return [sign.text for sign in drawn(shapes, letters, is_first=is_first).signs]


LABEL = letter("T", 14)


@pytest.mark.parametrize("mark", "✓✔✗✘☓xX×✕✖レﾚVv✅●■・")
def test_a_written_mark_in_a_box_ticks_it_and_is_not_read_beside_it(mark: str) -> None:
    inside = letter(mark, 2)
    found = drawn([square()], [inside, LABEL])
    assert [sign.text for sign in found.signs] == [TICKED]
    assert found.taken == [inside]


def test_a_box_is_as_large_as_its_word_and_beside_it() -> None:
    assert signs([square()], LABEL) == [EMPTY]
    assert signs([square(side=4.8)], LABEL) == []
    assert signs([square(side=4)], letter("T", 9)) == []
    assert signs([square(side=22)], letter("T", 25, 6)) == []
    assert signs([square()], letter("T", 40)) == []
    assert signs([square()], letter("T", 14, 12)) == []
    assert signs([square()], letter(" ", 14), letter("T", 40)) == []


def test_small_squares_are_no_boxes_beside_small_letters() -> None:
    small = letter("T", 8)
    small.size, small.bottom = 6.0, 6.0
    assert signs([square(side=4)], small) == []
    assert signs([square(side=5.5)], small) == [EMPTY]


def test_a_mark_without_a_word_counts_where_the_page_is_read_level() -> None:
    assert signs([square(), tick()]) == [TICKED]
    assert signs([square()]) == []
    assert signs([square(), tick()], is_first=False) == []
    line = letter("T", 90)
    assert signs([tick()], line) == ["✓"]
    assert signs([tick()], line, is_first=False) == []
    assert signs([tick()], letter("T", 90, 40)) == []


def test_only_marks_with_a_word_beside_them_are_named() -> None:
    wave = outline((1, 5), (3, 3), (5, 6), (8, 4))
    assert drawn([square(), wave], [LABEL]).unread == 1
    assert drawn([square(), wave], []).unread == 0
    assert drawn([square(), wave], [letter("A", 2), LABEL]).unread == 0
    assert drawn([square()], [letter("A", 2), LABEL]).unread == 0
    assert signs([square(), wave], letter("X", 2), LABEL) == []


def test_one_box_is_painted_in_several_layers_and_two_boxes_are_two() -> None:
    assert signs([square(), square(1, 1, 7)], LABEL) == [EMPTY]
    far = letter("T", 14, 20)
    assert signs([square(), square(0, 20)], LABEL, far) == [EMPTY, EMPTY]
    assert signs([square(), square(2, 2, 5, is_filled=True)], LABEL) == [TICKED]


def test_a_full_square_beside_a_hollow_one_of_another_size_is_a_bullet() -> None:
    far = letter("T", 14, 20)
    assert signs([square(is_filled=True), square(0, 20)], LABEL, far) == [TICKED, EMPTY]
    assert signs([square(is_filled=True), square(0, 20, 12)], LABEL, far) == [EMPTY]


def test_circles_of_the_size_of_a_dotted_one_are_buttons() -> None:
    dotted = [circle(4.5, 4.5, 9), circle(4.5, 4.5, 4, is_filled=True)]
    far = letter("T", 14, 20)
    assert signs([*dotted, circle(4.5, 24.5, 9)], LABEL, far) == [TICKED, EMPTY]
    assert signs([*dotted, circle(4.5, 24.5, 14)], LABEL, far) == [TICKED]


def test_squares_that_touch_are_cells() -> None:
    stacked = [square(), square(0, 9)]
    assert signs(stacked, LABEL, letter("T", 14, 9)) == []
    assert signs([*stacked, tick()], LABEL, letter("T", 14, 9)) == [TICKED]
    uneven = [square(), square(0, 9.5, 14)]
    assert signs(uneven, LABEL, letter("T", 19, 12)) == [EMPTY, EMPTY]


def test_a_box_is_read_on_the_line_of_its_word_and_on_its_side() -> None:
    (before,) = drawn([square()], [LABEL]).signs
    assert (before.x1 < LABEL.x0, before.baseline) == (True, LABEL.baseline)
    (after,) = drawn([square(20)], [LABEL]).signs
    assert after.x0 > LABEL.x1
    nearer = letter("N", 11)
    (beside,) = drawn([square()], [LABEL, nearer]).signs
    assert before.x1 > beside.x1


def test_a_tick_far_larger_than_its_box_or_apart_from_it_is_none_of_its_own() -> None:
    large = outline((2, -18), (8, 8), (26, -20))
    assert signs([square(), large], LABEL)[0] == EMPTY
    assert signs([square(), tick(40, 0)], LABEL) == [EMPTY, "✓"]


def test_only_a_round_dot_in_the_middle_ticks() -> None:
    assert signs([square(), circle(4.5, 4.5, 4, is_filled=True)], LABEL) == [TICKED]
    for dot in (
        circle(4.5, 4.5, 4),
        circle(7.5, 4.5, 2.5, is_filled=True),
        circle(4.5, 4.5, 8, is_filled=True),
    ):
        found = drawn([square(), dot], [LABEL])
        assert ([sign.text for sign in found.signs], found.unread) == ([], 1)
    wide = Shape(((2, 4.5), (4.5, 3.5), (7, 4.5), (4.5, 5.5)), True, True, BLACK, 0)
    assert drawn([square(), wide], [LABEL]).unread == 1


def test_crosses_beside_ticks_are_read_and_squares_and_distant_lines_are_none() -> None:
    def rising(x: float, y: float) -> Shape:
        return outline((x, y + 8), (x + 8, y))

    def falling(x: float, y: float) -> Shape:
        return outline((x, y), (x + 8, y + 8))

    first, second = letter("T", 14), letter("T", 14, 40)
    assert signs([tick(), rising(0, 40), falling(0, 40)], first, second) == ["✓", "✗"]
    assert signs([tick(), rising(0, 40), falling(0, 60)], first, second) == ["✓"]
    assert signs([rising(0, 40), falling(0, 40)], first, second) == []
    large = [outline((0, 40), (25, 65)), outline((0, 65), (25, 40))]
    assert signs([tick(), *large], first, letter("T", 30, 47)) == ["✓"]


def test_a_sign_drawn_twice_is_read_once() -> None:
    assert signs([tick(), tick()], LABEL) == ["✓"]


def test_pages_of_very_many_boxes_are_read_in_part() -> None:
    boxes = [square(0, 20 * number) for number in range(450)]
    labels = [letter("T", 14, 20 * number) for number in range(450)]
    assert len(signs(boxes, *labels)) == 400


@pytest.mark.parametrize(
    ("shape", "is_square"),
    [
        (square(), True),
        (square(side=1.5), False),
        (square(side=25), False),
        (outline((0, 0), (9, 0), (9, 6), (0, 6)), False),
        (outline((0, 0), (9, 0), (9, 9)), False),
        (outline((2, 0), (7, 0), (9, 2), (9, 7), (7, 9), (2, 9), (0, 7), (0, 2)), True),
        (outline((4.5, 0), (9, 4.5), (4.5, 9), (0, 4.5)), False),
        (outline((0, 0), (9, 0), (9, 9), (1, 8)), False),
        (outline((0, 0), (9, 0), (9, 9), (9, 8), (8, 9)), False),
    ],
)
def test_squares_are_upright_and_have_four_corners(shape: Shape, is_square: bool) -> None:
    assert shape.is_square == is_square


def test_circles_are_round_and_of_curves() -> None:
    assert circle(5, 5, 9).is_circle
    assert not outline(*circle(5, 5, 9).points).is_circle
    assert not circle(50, 50, 40).is_circle
    assert not Shape(square().points, True, False, BLACK, 0).is_circle


def test_signs_are_neither_specks_nor_drawings() -> None:
    assert square().is_sign
    assert not square(side=1.5).is_sign
    assert not square(side=31).is_sign
    assert not outline((0, 0)).is_sign


def test_ink_is_looked_for_where_it_is() -> None:
    assert square(is_filled=True).ink_point == (4.5, 4.5)
    assert square().ink_point == (0, 0)


@pytest.mark.parametrize(
    ("shapes", "is_it"),
    [
        ([tick()], True),
        ([outline((2, 4), (4, 7))], False),
        ([outline((0, 4), (4, 7), (30, 1))], False),  # flat
        ([outline((0, 4), (1, 30), (2, 0))], False),  # steep
        ([outline((0, 4), (0.2, 7), (8, 1))], False),  # low at its left end
        ([outline((0, 4), (7, 8), (8, 1))], False),  # low at its right end
        ([outline((0, 3), (4, 7), (8, 4))], False),  # ends low
        ([outline((0, 0), (4, 7), (8, 0))], False),  # as high on the left
        ([outline((0, 7), (4, 7.2), (8, 0))], False),  # does not go down
    ],
)
def test_ticks_go_down_and_then_higher_up(shapes: Sequence[Shape], is_it: bool) -> None:
    assert is_tick(shapes) == is_it


RISING, FALLING = outline((0, 8), (8, 0)), outline((0, 0), (8, 8))


@pytest.mark.parametrize(
    ("shapes", "is_it"),
    [
        ([RISING, FALLING], True),
        ([RISING, RISING], False),
        ([FALLING, FALLING], False),
        ([RISING], False),
        ([outline((0, 8), (8, 0)), outline((2, 3), (6, 6))], False),
        ([outline((0, 4), (20, 0)), outline((0, 0), (20, 4))], False),
        ([outline((0, 0), (4, 3.5), (8, 0), (4.5, 4), (8, 8), (0, 8))], True),
        ([outline((0, 0), (8, 0), (8, 8), (0, 8))], False),
        ([outline((0, 4), (4, 3.5), (8, 4), (4.5, 4), (4, 8), (4, 0))], False),
    ],
)
def test_crosses_reach_all_corners(shapes: Sequence[Shape], is_it: bool) -> None:
    assert is_cross(shapes) == is_it
