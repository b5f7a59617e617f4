"""Tables told by where words stand, by rules in pictures too; what was not read of a picture."""

from collections.abc import Sequence

import numpy as np
import pytest

from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.placed_tables import (
    ScannedTables,
    find_gapped_tables,
    find_scanned_tables,
)
from aspire_ingest.load.pdf.rules import find_rules
from aspire_ingest.load.pdf.unread_ink import count_unread
from aspire_ingest.load.pdf.words.words import Word
from aspire_ingest.load.tesseract import GreyPicture, joined_words

SIZE = 10.0
Placed = Sequence[tuple[float, str]]
"""Where each word of a row begins."""


def word(text: str, x: float, y: float) -> Word:
    wide = sum(1.0 if ord(letter) > 0x2E7F else 0.5 for letter in text)
    return Word(
        text=text,
        x0=x,
        x1=x + SIZE * wide,
        top=y,
        bottom=y + SIZE,
        baseline=y + SIZE,
        size=SIZE,
        is_bold=False,
    )


def found(*rows: Placed, rules: Sequence[Area] = (), step: float = 16) -> ScannedTables:
    lines = [[word(text, x, step * number) for x, text in row] for number, row in enumerate(rows)]
    return find_scanned_tables(lines, rules)


def left_of(tables: ScannedTables) -> list[str]:
    return [joined_words([one.text for one in line]) for line in tables.lines]


def grid(across: Sequence[float], down: Sequence[float]) -> list[Area]:
    upright = [Area(x, down[0], x + 1, down[-1]) for x in across]
    return [*upright, *(Area(across[0], y, across[-1], y + 1) for y in down)]


HEAD = [(0, "Item"), (100, "Ceiling"), (200, "Share")]


def test_a_row_with_an_empty_cell_keeps_its_number_under_its_own_head() -> None:
    tables = found(
        HEAD,
        [(0, "Hotel"), (110, "12,000"), (205, "30%")],
        [(0, "Red"), (17, "wine"), (205, "10%")],
        [(0, "図"), (10, "書"), (110, "4,"), (121, "500円")],
    )
    (table,) = tables.tables
    assert table.rows == (
        ("Item", "Ceiling", "Share"),
        ("Hotel", "12,000", "30%"),
        ("Red wine", "", "10%"),
        ("図書", "4,500円", ""),
    )
    assert (tables.lines, tables.doubtful) == ([], 0)


def gapped(*rows: Placed) -> list[tuple[tuple[str, ...], ...]]:
    words = [word(text, x, 16 * number) for number, row in enumerate(rows) for x, text in row]
    tables, left = find_gapped_tables(words)
    assert bool(tables) == (len(left) < len(words))
    return [table.rows for table in tables]


FULL = [(0, "Hotel"), (110, "12,000"), (205, "30%")]
GAP = [(0, "Wine"), (205, "10%")]


def test_rows_of_text_with_an_empty_cell_are_a_table_where_numbers_stand_in_them() -> None:
    shown = (("Hotel", "12,000", "30%"), ("Wine", "", "10%"), ("Hotel", "12,000", "30%"))
    assert gapped(HEAD, FULL, GAP, FULL) == [(("Item", "Ceiling", "Share"), *shown)]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, FULL, FULL, FULL],  # nothing is missing
        [HEAD[:2], FULL[:2], [(0, "Wine")], FULL[:2], FULL[:2]],  # two columns
        [[(0, "Austria"), (110, "Latvia"), (205, "Spain")]] * 3 + [[(0, "Chile"), (205, "Peru")]],
        [FULL, FULL, GAP, FULL],  # no heads
        [HEAD[:2], FULL, GAP, FULL],  # a head is missing
        [HEAD, FULL, GAP, [*FULL, (300, "a text that goes on as a column")], *[FULL] * 2],
        [HEAD, *[[*FULL, (300, "a text that goes on beside the table")]] * 3, GAP],
        [HEAD, FULL, [(0, "Wine from the south of"), (115, "here"), (205, "10%")], GAP, FULL],
        [
            [*HEAD, (300, "Rest")],
            *[[*FULL, (300, "a text that goes on beside the table")]] * 3,
            GAP,
        ],
        [HEAD, FULL[:2], [(0, "Wine"), (205, "ask")]],  # one number is no column
        [
            HEAD,
            [(0, "Inn"), (110, "12,000 a night"), (205, "30%")],
            FULL,
            [(0, "Tent"), (110, "1"), (150, "2"), (205, "10%")],
            GAP,
        ],  # two in one column
        [
            [(0, "No"), (50, "Host"), (110, "Town")],
            *[[(0, f"{number}"), (50, "Lund"), (110, "Oslo")] for number in range(4)],
            [(0, "9"), (110, "Rome")],
        ],  # only their first column is of numbers
    ],
)
def test_other_rows_of_text_are_read_across(rows: Sequence[Placed]) -> None:
    assert gapped(*rows) == []


def test_a_word_among_the_numbers_of_a_column_leaves_it_one() -> None:
    body = [("Hotel", "12,000", "May"), ("Inn", "9,000", "May"), ("Tent", "free", "June")]
    rows = [[(0, one), (110, two), (205, three)] for one, two, three in body]
    assert gapped(HEAD, *rows, [(0, "Barn"), (110, "400")]) == [
        (("Item", "Ceiling", "Share"), *body, ("Barn", "400", ""))
    ]


def test_words_near_each_other_are_one_cell_and_those_farther_apart_two() -> None:
    rows: list[Placed] = [[(0, "Rail"), (28, "pass"), (62, "9%")]] * 3
    assert found(*rows).tables[0].rows == (("Rail pass", "9%"),) * 3


def test_rows_are_told_by_the_middle_of_their_words() -> None:
    lines = [
        [word("9%", 62, 16 * number), word("Rail", 0, 16 * number + 4)] for number in (2, 0, 1)
    ]
    (table,) = find_scanned_tables(lines, []).tables
    assert table.rows == (("Rail", "9%"),) * 3
    assert (table.x0, table.x1, table.top, table.bottom) == (0, 72, 0, 46)
    assert len(found(*[[(0, "Rail"), (62, "9%")]] * 3, step=9).tables[0].rows) == 3


def test_rows_that_stand_far_apart_are_no_table() -> None:
    rows: list[Placed] = [[(0, "Rail"), (62, "9%")]] * 2
    assert found(*rows, [], [], [], *rows).tables == []


def test_lines_directly_above_and_below_a_table_stay_lines() -> None:
    above, below = [(0, "Rates of all the towns")], [(0, "They hold until the end of May")]
    tables = found(above, HEAD, FULL, FULL, below)
    assert left_of(tables) == [above[0][1], below[0][1]]
    assert len(tables.tables[0].rows) == 3


def test_a_line_over_all_columns_does_not_make_one_of_them() -> None:
    (table,) = found(HEAD, FULL, [(0, "and of all the other towns of the land")], FULL).tables
    assert "".join(table.rows[2]) == "and of all the other towns of the land"
    assert table.rows[3] == ("Hotel", "12,000", "30%")


def test_rows_that_stand_in_one_strip_are_lines_without_a_doubt() -> None:
    rows = [[(shift, "Rails"), (shift + 45, "Boats")] for shift in (0, 15, 30, 45)]
    tables = found(*rows)
    assert (tables.tables, tables.doubtful, len(tables.lines)) == ([], 0, 4)


@pytest.mark.parametrize(
    "rows",
    [
        [[(0, "Costs of all the kinds"), (150, "Paid by hosts in May")]] * 3,
        [[(0, "Travel"), (60, "Costs are paid within the limits")]] * 3,
        [[(0, "1."), (40, "Costs are paid within the limits"), (260, "9%")]] * 3,
        [[(0, "Rail"), (200, "9%")]] * 4
        + [[(0, "Boats of the lake of Lugano"), (200, "a third of what they cost")]],
    ],
)
def test_cells_may_be_short_texts(rows: Sequence[Placed]) -> None:
    assert len(found(*rows).tables) == 1


def test_lines_around_a_table() -> None:
    rows = [HEAD, *([[(0, "Hotel"), (110, "12,000"), (205, "30%")]] * 3)]
    tables = found([(0, "The"), (18, "rates")], [], [], [], *rows)
    assert left_of(tables) == ["The rates"]
    assert len(tables.tables[0].rows) == 4


def test_words_that_keep_to_no_columns_are_named() -> None:
    tables = found(
        [(0, "Item"), (60, "Costs of all kinds")],
        [(0, "Hotel"), (60, "12,000"), (120, "30%")],
        [(0, "Books"), (60, "4,500"), (120, "50%")],
    )
    assert (tables.tables, tables.doubtful) == ([], 1)
    assert left_of(tables)[1] == "Hotel 12,000 30%"


def test_two_rows_side_by_side_are_lines() -> None:
    assert found(HEAD, [(0, "Hotel"), (110, "12,000"), (205, "30%")]).tables == []


@pytest.mark.parametrize(
    "row",
    [
        [(0, "visits of members of both the teams"), (300, "reviewed by three of the reviewers")],
        [(0, "申請者は所属機関の長の承認を得る"), (300, "審査は三名の審査員が書面で行う")],
        [(0, "1."), (40, "Costs of travel are paid within the limits")],
    ],
)
def test_text_in_columns_and_numbered_lines_are_no_tables(row: Placed) -> None:
    tables = found(*[row] * 5)
    assert (tables.tables, tables.doubtful) == ([], 0)
    assert len(tables.lines) == 5


def test_rules_part_cells_that_stand_close_and_hold_cells_of_several_lines() -> None:
    tables = found(
        [(2, "Item"), (24, "Ceiling")],
        [(2, "Ho"), (24, "12,000")],
        [(2, "tel")],
        [(2, "Wine"), (60, "10%")],
        rules=grid([0, 23, 58, 90], [-3, 14, 46, 62]),
    )
    (table,) = tables.tables
    assert table.rows == (("Item", "Ceiling", ""), ("Ho\ntel", "12,000", ""), ("Wine", "", "10%"))
    assert tables.doubtful == 0


def test_a_cell_over_several_rows_and_columns_says_the_same_in_each() -> None:
    rules = [
        *(Area(x, 0, x + 1, 48) for x in (0, 150)),
        Area(50, 0, 51, 48),
        Area(100, 16, 101, 48),
        *(Area(0, y, 150, y + 1) for y in (0, 16, 48)),
        Area(50, 32, 150, 33),
    ]
    tables = found(
        [(5, "Item"), (60, "Ceilings")],
        [(5, "Hotel"), (60, "12,000"), (110, "30%")],
        [(60, "4,500"), (110, "50%")],
        rules=rules,
        step=15,
    )
    assert tables.tables[0].rows == (
        ("Item", "Ceilings", "Ceilings"),
        ("Hotel", "12,000", "30%"),
        ("Hotel", "4,500", "50%"),
    )


def test_a_word_over_a_rule_is_named() -> None:
    tables = found(
        [(2, "Item"), (60, "Ceiling")],
        [(2, "Hotel in a town"), (80, "12,000")],
        rules=grid([0, 50, 120], [-3, 13, 30]),
    )
    assert tables.doubtful == 1


def test_a_word_that_begins_before_its_rule_is_named() -> None:
    tables = found(
        [(2, "Item"), (60, "Ceiling")],
        [(2, "Inn"), (30, "far from the towns")],
        rules=grid([0, 50, 120], [-3, 13, 30]),
    )
    assert tables.doubtful == 1


SMALL: Sequence[Placed] = ([(2, "Item"), (60, "Yen")], [(2, "Inn"), (60, "900")])


def test_rules_that_miss_each_other_by_little_are_one_table_and_double_ones_are_one_rule() -> None:
    rules = [
        *(Area(x, 0, x + 1, 25) for x in (0, 50, 52, 120)),
        *(Area(2, y, 118, y + 1) for y in (-3, 13, 27)),
    ]
    (table,) = found(*SMALL, rules=rules).tables
    assert table.rows == (("Item", "Yen"), ("Inn", "900"))
    assert (table.x0, table.x1, table.top, table.bottom) == (0.5, 120.5, -2.5, 27.5)


@pytest.mark.parametrize(("right", "down"), [(200, 0), (0, 100)])
def test_tables_that_stand_apart_are_two(right: int, down: int) -> None:
    rules = [
        *grid([0, 50, 120], [-3, 13, 30]),
        *(
            Area(one.x0 + right, one.top + down, one.x1 + right, one.bottom + down)
            for one in grid([0, 50, 120], [-3, 13, 30])
        ),
    ]
    lines = [
        [word(text, x + right * table, 16 * number + down * table) for x, text in row]
        for table in (0, 1)
        for number, row in enumerate(SMALL)
    ]
    tables = find_scanned_tables(lines, rules).tables
    assert [table.rows for table in tables] == [(("Item", "Yen"), ("Inn", "900"))] * 2


def test_words_around_a_ruled_table_stay_lines() -> None:
    lines = [
        [word("above", 55, -30)],
        [word("Item", 2, 0), word("Yen", 60, 0), word("right", 130, 0)],
        [word("left", -40, 16), word("Inn", 2, 16), word("900", 60, 16)],
        [word("below", 55, 60)],
    ]
    tables = find_scanned_tables(lines, grid([0, 50, 120], [-3, 13, 30]))
    assert tables.tables[0].rows == (("Item", "Yen"), ("Inn", "900"))
    assert left_of(tables) == ["above", "right", "left", "below"]


@pytest.mark.parametrize("open_to", ["right", "below"])
def test_a_place_that_rules_do_not_enclose_is_no_cell(open_to: str) -> None:
    right = Area(120, -3, 121, 13 if open_to == "right" else 30)
    below = Area(0, 30, 50 if open_to == "below" else 120, 31)
    rules = [*(Area(x, -3, x + 1, 30) for x in (0, 50)), right]
    rules += [*(Area(0, y, 120, y + 1) for y in (-3, 13)), below]
    tables = found(*SMALL, rules=rules)
    assert tables.tables[0].rows == (("Item", "Yen"), ("Inn", ""))
    assert left_of(tables) == ["900"]


def test_a_row_of_a_ruled_table_in_which_nothing_stands_is_left_out() -> None:
    (table,) = found(*SMALL, rules=grid([0, 50, 120], [-3, 13, 30, 50])).tables
    assert table.rows == (("Item", "Yen"), ("Inn", "900"))


@pytest.mark.parametrize(
    ("rows", "rules"),
    [
        (SMALL[:1], grid([0, 50, 120], [-3, 13])),
        ([[(2, "Item")], [(2, "Inn")]], grid([0, 50], [-3, 13, 30])),
        ([[(2, "Item")], [(2, "Inn")]], grid([0, 50, 120], [-3, 13, 30])),
        (
            [[(2, "Item")]],
            [*grid([0, 120], [-3, 30]), Area(60, -3, 61, 2), Area(0, 20, 5, 21)],
        ),
    ],
)
def test_one_row_or_column_or_cell_is_no_table(
    rows: Sequence[Placed], rules: Sequence[Area]
) -> None:
    tables = found(*rows, rules=rules)
    assert (tables.tables, len(tables.lines)) == ([], len(rows))


def test_a_box_around_text_is_no_table() -> None:
    tables = found([(5, "A"), (12, "note")], rules=grid([0, 100], [-3, 30]))
    assert (tables.tables, left_of(tables)) == ([], ["A note"])


def picture(
    draw: Sequence[tuple[int, int, int, int]],
    *,
    dpi: int = 100,
    shade: int = 0,
    size: tuple[int, int] = (400, 400),
) -> GreyPicture:
    dots = np.full((size[1], size[0]), 255, dtype=np.uint8)
    for x0, top, x1, bottom in draw:
        dots[top:bottom, x0:x1] = shade
    return GreyPicture(width=size[0], height=size[1], pixels=dots.tobytes(), dpi=dpi)


@pytest.mark.parametrize(
    ("drawn", "dpi", "rules"),
    [
        ([(50, 60, 52, 300)], 100, [(49, 60, 52, 300)]),
        ([(50, 60, 52, 120)], 100, [(49, 60, 52, 120)]),
        ([(60, 50, 300, 52)], 100, [(60, 49, 300, 52)]),
        ([(50, 60, 56, 300)], 100, [(49, 60, 56, 300)]),
        ([(50, 60, 62, 300)], 100, []),
        ([(50, 60, 52, 150), (50, 152, 52, 300)], 100, [(49, 60, 52, 300)]),
        ([(50, 60, 52, 150), (50, 170, 52, 300)], 100, [(49, 60, 52, 150), (49, 170, 52, 300)]),
        ([(50, 60, 52, 67)], 10, []),
        ([(50, 60, 52, 300), (90, 60, 92, 300), (60, 350, 390, 352)], 100,
         [(49, 60, 52, 300), (89, 60, 92, 300), (60, 349, 390, 352)]),
    ],
)  # fmt: skip
def test_rules_are_where_they_are_drawn(
    drawn: list[tuple[int, int, int, int]], dpi: int, rules: list[tuple[int, int, int, int]]
) -> None:
    assert find_rules(picture(drawn, dpi=dpi)) == rules


@pytest.mark.parametrize(
    ("shade", "is_rule"), [(100, True), (139, True), (140, False), (200, False)]
)
def test_a_grey_rule_is_one_where_it_is_dark(shade: int, is_rule: bool) -> None:
    assert bool(find_rules(picture([(50, 60, 52, 300)], shade=shade))) == is_rule


def test_a_picture_of_many_lines_has_no_rules() -> None:
    many = [(10 + 8 * number, 5, 11 + 8 * number, 60) for number in range(401)]
    assert find_rules(picture(many, size=(3300, 64))) == []
    assert len(find_rules(picture(many[:400], size=(3300, 64)))) == 400


def test_a_picture_that_is_smaller_than_a_letter_has_no_rules() -> None:
    assert find_rules(picture([(3, 0, 5, 20)], size=(20, 20))) == []


def test_rules_are_found_and_strokes_of_letters_are_not() -> None:
    drawn = [(50, 60, 52, 300), (50, 60, 350, 62), (200, 100, 202, 130), (300, 200, 340, 300)]
    assert [
        (abs(x0 - 50) <= 2, abs(top - 60) <= 2) for x0, top, _, _ in find_rules(picture(drawn))
    ] == [(True, True)] * 2


def test_a_rule_that_leans_is_one() -> None:
    steps = [(50 + number, 60 + 40 * number, 53 + number, 100 + 40 * number) for number in range(5)]
    (rule,) = find_rules(picture(steps))
    assert rule[1] <= 62
    assert rule[3] >= 258


def test_a_rule_that_leans_to_the_left_is_one() -> None:
    steps = [(50 - number, 60 + 40 * number, 53 - number, 100 + 40 * number) for number in range(5)]
    assert len(find_rules(picture(steps))) == 1
    assert len(find_rules(picture([(y0, x0, y1, x1) for x0, y0, x1, y1 in steps]))) == 1


def letters(x: int, y: int, count: int) -> list[tuple[int, int, int, int]]:
    """Strokes as of letters: a third ink."""
    return [(x + 6 * number, y, x + 6 * number + 2, y + 10) for number in range(count)]


def test_lines_that_were_not_read_are_counted() -> None:
    drawn = [*letters(50, 100, 10), *letters(50, 200, 10), *letters(250, 200, 10)]
    read = [(50, 100, 110, 110), (50, 200, 110, 210)]
    assert count_unread(picture(drawn), read, []) == 1
    assert count_unread(picture(drawn), [*read, (250, 200, 310, 210)], []) == 0


@pytest.mark.parametrize(
    "drawn",
    [
        [(100, 100, 200, 200)],  # a picture
        [stroke for row in range(8) for stroke in letters(100, 100 + 12 * row, 40)],  # grey
        [(100, 100, 103, 103)],  # a speck
        letters(0, 390, 20),  # at the edge
    ],
)
def test_pictures_specks_and_edges_are_no_lines(drawn: list[tuple[int, int, int, int]]) -> None:
    assert count_unread(picture(drawn), [], []) == 0


@pytest.mark.parametrize(
    ("drawn", "count"),
    [
        (letters(100, 100, 10), 1),
        (letters(100, 100, 3), 1),  # two squares wide
        ([(100, 100, 109, 103)], 0),  # one square
        ([(102, 100, 104, 128), (112, 100, 114, 128)], 0),  # higher than wide
        ([*letters(100, 100, 10), *letters(100, 110, 10), *letters(100, 120, 10)], 1),
        ([stroke for row in range(5) for stroke in letters(100, 100 + 10 * row, 20)], 0),
        ([(100, 100, 160, 110)], 0),  # a bar
        ([(100 + 30 * number, 105, 101 + 30 * number, 106) for number in range(5)], 0),  # dots
        ([*letters(100, 100, 4), *letters(126, 110, 4)], 1),  # touching at a corner
        ([*letters(100, 100, 4), *letters(160, 100, 4)], 2),
        ([(102 + 10 * number, 105, 103 + 10 * number, 106) for number in range(6)], 0),  # dots
        (letters(40, 40, 10), 1),
        (letters(100, 4, 10), 0),
        (letters(100, 386, 10), 0),
        (letters(2, 100, 2), 0),
        (letters(386, 100, 2), 0),
    ],
)
def test_what_looks_like_a_piece_of_a_line_is_counted(
    drawn: list[tuple[int, int, int, int]], count: int
) -> None:
    assert count_unread(picture(drawn), [], []) == count


def test_the_squares_of_a_coarse_picture_are_not_too_small() -> None:
    drawn = [(100 + 3 * number, 100, 101 + 3 * number, 104) for number in range(8)]
    assert count_unread(picture(drawn, dpi=10), [], []) == 1


def test_a_small_picture_holds_no_lines() -> None:
    assert count_unread(picture([(0, 0, 40, 10)], size=(49, 45)), [], []) == 0


@pytest.mark.parametrize("far", [(-4, 0), (4, 0), (0, -8), (0, 8)])
def test_ink_close_around_what_was_read_is_read(far: tuple[int, int]) -> None:
    down, right = far
    box = (100 + right, 100 + down, 160 + right, 110 + down)
    assert count_unread(picture(letters(100, 100, 10)), [box], []) == 0


def test_a_rule_may_be_a_little_thicker_than_it_was_found() -> None:
    assert count_unread(picture([(50, 200, 350, 204)]), [], [(52, 202, 348, 202)]) == 0


def test_rules_are_no_unread_lines() -> None:
    drawn = [(50, 60, 350, 62), (50, 60, 52, 300)]
    rules = find_rules(picture(drawn))
    assert count_unread(picture(drawn), [], rules) == 0


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["12,", "000円"], "12,000円"),
        (["1,", "200,", "000"], "1,200,000"),
        (["in", "2024,", "300"], "in 2024, 300"),
        (["12,", "30"], "12, 30"),
        (["上", "限"], "上限"),
    ],
)
def test_words_and_numbers_that_were_parted_are_joined(words: list[str], text: str) -> None:
    assert joined_words(words) == text
