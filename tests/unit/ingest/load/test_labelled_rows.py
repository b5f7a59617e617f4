"""Sheets: rows of a label and a value have no head; a row whose values are missing stays."""

import datetime
import io
from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.sheets.document import parse
from aspire_ingest.load.sheets.places import named_places
from aspire_ingest.load.text.csv_tables import parse as parse_csv

Value = str | float | datetime.date | None


def read(rows: Sequence[Sequence[Value]], **formats: str) -> Parsed:
    """Read a book of one sheet of these rows; `formats` are those of cells."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "S"
    for row in rows:
        page.append(list(row))
    for place, form in formats.items():
        page[place].number_format = form
    buffer = io.BytesIO()
    book.save(buffer)
    return parse(Raw(name="x.xlsx", data=buffer.getvalue()))


def body(rows: Sequence[Sequence[Value]], **formats: str) -> str:
    return read(rows, **formats).text.removeprefix("## S\n\n")


TABLE: list[list[Value]] = [["Item", "A", "B"], ["Rail", 400, 500], ["Bus", 200, 300]]
TABLE_READ = "| Item | A | B |\n| --- | --- | --- |\n| Rail | 400 | 500 |\n| Bus | 200 | 300 |"
RATE: list[list[Value]] = [["Overhead", 0.15], ["Checked on", datetime.date(2027, 3, 9)]]
RATE_READ = "- Overhead: 15%\n- Checked on: 2027/03/09"


def forms(first: int) -> dict[str, str]:
    return {f"B{first}": "0%", f"B{first + 1}": "yyyy/mm/dd"}


def test_labels_and_values_alone_have_no_head() -> None:
    assert body(RATE, **forms(1)) == RATE_READ


def test_labels_and_values_below_a_table_are_none_of_its_rows() -> None:
    assert body([*TABLE, [None], *RATE], **forms(5)) == f"{TABLE_READ}\n\n{RATE_READ}"
    assert body([*TABLE, *RATE], **forms(4)) == f"{TABLE_READ}\n\n{RATE_READ}"


def test_labels_and_values_above_a_table_are_no_head_of_it() -> None:
    assert body([*RATE, [None], *TABLE], **forms(1)) == f"{RATE_READ}\n\n{TABLE_READ}"
    assert body([*RATE, *TABLE], **forms(1)) == f"{RATE_READ}\n\n{TABLE_READ}"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["間接経費率", "30%"], ["担当", "経理課"], ["改定日", "2027年1月5日"]],
         ["- 間接経費率：30%", "- 担当：経理課", "- 改定日：2027年1月5日"]),
        ([["Desk", "desk@house.example"], ["Telephone", "03-5555-0177"], ["Floor", "third"]],
         ["- Desk: desk@house.example", "- Telephone: 03-5555-0177", "- Floor: third"]),
        ([["Site:", "https://house.example/a"]], ["- Site: https://house.example/a"]),
        ([["大人", 900], ["子ども", 400]], ["- 大人：900", "- 子ども：400"]),
        ([["Seats", 120], ["Rooms", 7], ["Opened", None]],
         ["- Seats: 120", "- Rooms: 7", "- Opened"]),
    ],
)  # fmt: skip
def test_each_row_of_label_and_value_reads_alone(
    rows: Sequence[Sequence[Value]], lines: list[str]
) -> None:
    assert body(rows) == "\n".join(lines)


@pytest.mark.parametrize(
    "rows",
    [
        [["Item", "Yen"], ["Rail", 400]],
        [["項目", "金額(円)"], ["宿泊", 9000], ["日当", 2000]],
        [["Item", 2026], ["Rail", 400], ["Bus", 200]],
        [["部署", "2026年度"], ["総務", "3名"]],
        [["Name", "Room"], ["Ito", "B2"]],
        [["Step", "12 days"], ["Review", "by the board"]],
        [["Item", "Yen", "State"], ["Rail", None, "open"], ["Books", 222, None]],
        [["Item", "Yen", "State"], ["Rail", 500, "open"], ["Books", 222, None]],
        [["Step", "Day", "Room"], ["Talk", "2027-03-01", "B2"], ["End", "2027-03-09", None]],
    ],
)
def test_tables_with_a_head_stay_tables(rows: Sequence[Sequence[Value]]) -> None:
    assert body(rows).startswith("| " + " | ".join(str(cell) for cell in rows[0]) + " |\n| ---")
    assert body(rows).count("\n") == len(rows)


def test_a_row_whose_values_were_never_calculated_stays_and_its_cells_are_told() -> None:
    parsed = read([*TABLE, ["Sum", "=SUM(B2:B3)", "=SUM(C2:C3)"]])
    assert parsed.text.endswith(f"{TABLE_READ}\n| Sum |  |  |")
    assert [(one.what, one.where) for one in parsed.remarks] == [
        ("2 cells whose value was never calculated", "sheet S, cells B4, C4")
    ]


def test_a_long_label_without_its_values_is_no_note() -> None:
    total = "Sum of all that is paid in the year."
    assert read([*TABLE, [total, "=SUM(B2:B3)"]]).text.endswith(f"\n| {total} |  |  |")


def test_cells_are_named_as_a_reader_does() -> None:
    assert named_places([(7, 4)]) == "cell D7"
    assert named_places([(7, 26), (12, 27), (3, 703)]) == "cells Z7, AA12, AAA3"
    assert named_places([(row, 1) for row in range(1, 11)]).endswith("A7, A8, …")


def test_labels_and_values_of_comma_separated_files_have_no_head() -> None:
    def text_of(data: str) -> str:
        return parse_csv(Raw(name="x.csv", data=data.encode())).text

    assert text_of("Overhead,15%\nDesk,desk@house.example\n") == (
        "- Overhead: 15%\n- Desk: desk@house.example"
    )
    assert text_of("Item,Yen\nRail,400\n") == "| Item | Yen |\n| --- | --- |\n| Rail | 400 |"
