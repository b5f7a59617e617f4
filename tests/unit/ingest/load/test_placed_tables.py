"""Tables told by where words stand, by rules in pictures too; what was not read of a picture."""

from collections.abc import Sequence

import numpy as np
import pytest

from aspire_ingest.load.pdf.area import Area
from aspire_ingest.load.pdf.placed_tables import (
    ScannedTables,
    find_gapped_tables,
    find_scanned_tables,
)
from aspire_ingest.load.pdf.rules import find_rules
from aspire_ingest.load.pdf.unread_ink import count_unread
from aspire_ingest.load.pdf.words import Word
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
    ],
)
def test_other_rows_of_text_are_read_across(rows: Sequence[Placed]) -> None:
    assert gapped(*rows) == []


def test_lines_around_a_table_stay_lines() -> None:
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


def test_a_box_around_text_is_no_table() -> None:
    tables = found([(5, "A"), (12, "note")], rules=grid([0, 100], [-3, 30]))
    assert (tables.tables, left_of(tables)) == ([], ["A note"])


def picture(draw: Sequence[tuple[int, int, int, int]], *, dpi: int = 100) -> GreyPicture:
    dots = np.full((400, 400), 255, dtype=np.uint8)
    for x0, top, x1, bottom in draw:
        dots[top:bottom, x0:x1] = 0
    return GreyPicture(width=400, height=400, pixels=dots.tobytes(), dpi=dpi)


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
