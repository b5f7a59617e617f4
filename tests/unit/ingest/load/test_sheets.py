# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
"""XLSX as a reader sees it."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import Remark
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.sheets import cells as sheet_cells
from aspire_ingest.load.sheets import document as sheets

FIELD = Path(__file__).parent / "field"
Value = str | float | bool | datetime.datetime | None


def new_book(rows: Iterable[Iterable[Value]] = ()) -> tuple[Workbook, Worksheet]:
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "S"
    for row in rows:
        page.append(list(row))
    return book, page


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def parse(data: bytes) -> Parsed:
    return sheets.parse(Raw(name="x", data=data))


def read(book: Workbook) -> Parsed:
    return parse(saved(book))


def edited(data: bytes, part: str, pattern: str, replacement: str) -> bytes:
    """The file with the XML of one part changed, for what openpyxl cannot write."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        assert part in old.namelist()
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                text, count = re.subn(pattern, replacement, content.decode())
                assert count, content.decode()
                content = text.encode()
            new.writestr(name, content)
    return buffer.getvalue()


def rows_of(parsed: Parsed) -> list[str]:
    return [line for line in parsed.text.split("\n") if line.startswith("|")]


def remarks_of(parsed: Parsed) -> list[tuple[str, str]]:
    return [(remark.kind, remark.what) for remark in parsed.remarks]


def test_rates_from_the_field_are_as_shown() -> None:
    text = parse((FIELD / "osprey-rates.xlsx").read_bytes()).text
    for row in (
        *("Indirect cost rate | 30%", "Matching rate | 12.5%", "Ceiling of a grant | ¥30,000,000"),
        *("Ceiling in thousand yen | 4,500千円", "Grant number | OSP-0007"),
        *("Postal code | 980-0001", "Kick-off | 令和8年4月1日", "Opening month | 2026年5月"),
        *("Hours allowed | 30:00", "Exchange rate | 3.30"),
    ):
        assert f"| {row} |" in text


def test_merged_hidden_and_struck_cells_from_the_field() -> None:
    parsed = parse((FIELD / "merged.xlsx").read_bytes())
    assert "| 旅費 | 招へい旅費 | 350000 |  |" in parsed.text
    assert "| その他 | 会議費 |  | 2026年度から70000 |" in parsed.text
    for unseen in ("内部メモ", "次年度", "999999", "| 50000"):
        assert unseen not in parsed.text
    assert remarks_of(parsed) == [
        ("hidden", "1 hidden row"),
        ("hidden", "1 hidden column"),
        ("hidden", "1 struck text"),
    ]


def test_a_total_never_calculated_from_the_field() -> None:
    parsed = parse((FIELD / "projects.xlsx").read_bytes())
    assert "\n\nASPIRE FY2026 採択課題一覧\n\n" in parsed.text
    assert parsed.text.endswith("\n| 合計 |  |  |  |  |")
    assert "監査" not in parsed.text
    assert remarks_of(parsed) == [
        ("lost", "1 cell whose value was never calculated"),
        ("hidden", "1 hidden sheet"),
    ]


def test_dates_without_a_form_of_their_own_are_written_so_that_all_read_them_alike() -> None:
    book, page = new_book([("Day", "Place"), (datetime.datetime(2026, 4, 1), "Oslo")])  # noqa: DTZ001
    page["A2"].number_format = "mm-dd-yy"
    assert rows_of(read(book))[-1] == "| 2026-04-01 | Oslo |"


def test_truth_values_and_numbers() -> None:
    book, _ = new_book([("A", "B", "C"), (True, 0.1 + 0.2, 450.0)])
    assert rows_of(read(book))[-1] == "| TRUE | 0.3 | 450 |"


def test_very_hidden_sheets_zero_heights_and_widths_are_left_out() -> None:
    book, page = new_book(
        [("A", "B", "C"), ("x", "secret", 1), ("secret", "secret", 2), ("y", "", 3)]
    )
    page.column_dimensions["B"].width = 7
    other = book.create_sheet("secret")
    other.append(["secret"])
    other.sheet_state = "veryHidden"
    part = "xl/worksheets/sheet1.xml"
    data = edited(saved(book), part, '<row r="3"', '<row r="3" ht="0" customHeight="1"')
    parsed = parse(edited(data, part, 'width="7"', 'width="0"'))
    assert rows_of(parsed) == ["| A | C |", "| --- | --- |", "| x | 1 |", "| y | 3 |"]
    assert "secret" not in parsed.text
    assert parsed.remarks == (
        Remark(kind="hidden", what="1 hidden row", where="sheet S"),
        Remark(kind="hidden", what="1 hidden column", where="sheet S"),
        Remark(kind="hidden", what="1 hidden sheet"),
    )


def test_rows_between_hidden_ones_are_still_one_table() -> None:
    book, page = new_book([("A", "B"), ("x", 1), ("h", 2), ("y", 3)])
    page.row_dimensions[3].hidden = True
    assert rows_of(read(book))[2:] == ["| x | 1 |", "| y | 3 |"]


def test_a_merged_value_whose_first_row_is_hidden_still_stands_beside_the_others() -> None:
    book, page = new_book([("A", "B"), ("Travel", 1), (None, 2), (None, 3)])
    page.merge_cells("A2:A4")
    page.row_dimensions[2].hidden = True
    assert rows_of(read(book))[2:] == ["| Travel | 2 |", "| Travel | 3 |"]


def test_hidden_rows_and_columns_that_hold_nothing_are_no_remark() -> None:
    book, page = new_book([("A", "B"), ("x", 1)])
    page.row_dimensions[9].hidden = True
    page.column_dimensions["F"].hidden = True
    assert read(book).remarks == ()


def test_text_in_the_colour_of_its_cell_is_left_out() -> None:
    book, page = new_book(
        [("A", "B", "C", "D", "E"), ("secret", "secret", "head", "dark", "secret")]
    )
    page["A2"].font = Font(color="FFFFFFFF")
    page["B2"].font, page["B2"].fill = Font(color="FF336699"), PatternFill("solid", "FF336699")
    page["C2"].font, page["C2"].fill = Font(color="FFFFFFFF"), PatternFill("solid", "FF336699")
    page["D2"].fill = PatternFill("solid", "FFEEEEEE")
    page["E2"].font = Font(size=1)
    parsed = read(book)
    assert rows_of(parsed)[-1] == "|  |  | head | dark |  |"
    assert remarks_of(parsed) == [("hidden", "3 texts too faint or small to see")]


def test_white_heads_on_the_ground_of_a_table_style_stay() -> None:
    book, page = new_book([("Item", "Amount"), ("Travel", 5)])
    page["A1"].font = page["B1"].font = Font(color="FFFFFFFF")
    table = Table(displayName="T", ref="A1:B2")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    page.add_table(table)
    assert rows_of(read(book))[0] == "| Item | Amount |"


def test_a_format_that_shows_nothing_hides_the_value() -> None:
    book, page = new_book([("A", "B", "C"), ("x", 7, "secret")])
    page["B2"].number_format = page["C2"].number_format = ";;;"
    parsed = read(book)
    assert rows_of(parsed)[-1] == "| x |  |  |"
    assert remarks_of(parsed) == [("hidden", "2 values that their formats hide")]


def test_noughts_that_the_sheet_does_not_show_are_left_out() -> None:
    book, page = new_book([("A", "B", "C"), ("x", 0, 1)])
    page.sheet_view.showZeros = False
    assert rows_of(read(book))[-1] == "| x |  | 1 |"


def test_struck_and_raised_pieces_of_a_text() -> None:
    struck, raised = InlineFont(strike=True), InlineFont(vertAlign="superscript")
    book, page = new_book([("A", "B")])
    page["A2"] = CellRichText(TextBlock(struck, "2,000,000 "), "3,500,000 yen")
    page["B2"] = CellRichText("3×10", TextBlock(raised, "6"), " yen")
    parsed = read(book)
    assert rows_of(parsed)[-1] == "| 3,500,000 yen | 3×10^6 yen |"
    assert remarks_of(parsed) == [("hidden", "1 struck text")]


def test_readings_are_no_text() -> None:
    book, _ = new_book([("氏名", "所属"), ("髙橋", "大学")])
    reading = r'\1<rPh sb="0" eb="2"><t>タカハシ</t></rPh>'
    text_of_a2 = '(<c r="A2"[^>]*><is><t>[^<]*</t>)'
    data = edited(saved(book), "xl/worksheets/sheet1.xml", text_of_a2, reading)
    assert rows_of(parse(data))[-1] == "| 髙橋 | 大学 |"


def test_errors_are_in_doubt() -> None:
    book, page = new_book([("A", "B", "C"), ("x", 5, "#REF!"), ("Total", "#DIV/0!", None)])
    page["C2"].data_type = page["B3"].data_type = "e"
    parsed = read(book)
    assert "#" not in parsed.text.replace("## S", "")
    assert rows_of(parsed)[2:] == ["| x | 5 |  |", "| Total |  |  |"]
    assert remarks_of(parsed) == [("doubtful", "2 cells that show an error")]
    assert [one.where for one in parsed.remarks] == ["sheet S, cells C2, B3"]


def test_stored_values_of_formulas_are_read_and_noughts_before_calculation_are_not() -> None:
    book, _ = new_book([("A", "B"), ("x", "=1+1"), ("y", "=1+2"), ("Total", "=SUM(B2:B3)")])
    page = "xl/worksheets/sheet1.xml"
    data = edited(saved(book), page, r"<f>1\+1</f>\s*<v\s*(/>|></v>)", "<f>1+1</f><v>2</v>")
    data = edited(data, page, r"<v\s*(/>|></v>)", "<v>0</v>")
    parsed = parse(data)
    assert rows_of(parsed)[2:] == ["| x | 2 |", "| y |  |", "| Total |  |"]
    assert remarks_of(parsed) == [("lost", "2 cells whose value was never calculated")]
    assert [one.where for one in parsed.remarks] == ["sheet S, cells B3, B4"]


def test_comments_are_never_text() -> None:
    book, page = new_book([("A", "B"), ("x", 1)])
    page["A2"].comment = Comment("secret", "someone")
    assert "secret" not in read(book).text


def test_a_head_of_two_rows_is_one() -> None:
    book, page = new_book(
        [
            ("Table 1. Costs", None, None, None),
            ("Item", "Budget", None, "Remark"),
            (None, "Direct", "Indirect", None),
            ("Travel", 100, 30, "a"),
        ]
    )
    page.merge_cells("A1:D1")
    page.merge_cells("B2:C2")
    page.merge_cells("A2:A3")
    page.merge_cells("D2:D3")
    parsed = read(book)
    assert "\n\nTable 1. Costs\n\n" in parsed.text
    assert rows_of(parsed) == [
        "| Item | Budget Direct | Budget Indirect | Remark |",
        "| --- | --- | --- | --- |",
        "| Travel | 100 | 30 | a |",
    ]


def test_tables_below_and_beside_each_other_are_tables_of_their_own() -> None:
    book, _ = new_book(
        [
            ("Travel", None, None, "People", None),
            ("Place", "Yen", None, "Rank", "Yen"),
            ("Oslo", 10, None, "Doctor", 30),
            ("Rome", 20, None, None, None),
            (),
            ("Ceilings", None),
            ("Type", "Yen"),
            ("Top", 450),
            ("* without tax", None),
        ]
    )
    assert read(book).text == (
        "## S\n\nTravel\n\n| Place | Yen |\n| --- | --- |\n| Oslo | 10 |\n| Rome | 20 |\n\n"
        "People\n\n| Rank | Yen |\n| --- | --- |\n| Doctor | 30 |\n\n"
        "Ceilings\n\n| Type | Yen |\n| --- | --- |\n| Top | 450 |\n\n* without tax"
    )


def test_a_gap_inside_one_table_keeps_its_rows_whole() -> None:
    book, _ = new_book([("No", "Name", None, "Amount", "Rate"), (1, "Kim", None, 5, 2)])
    assert rows_of(read(book))[-1] == "| 1 | Kim | 5 | 2 |"


def test_a_table_under_another_without_an_empty_row() -> None:
    book, _ = new_book(
        [("Item", "Yen"), ("a", 1), ("b", 2), ("Table 2", None), ("Rank", "Hours"), ("c", 3)]
    )
    assert read(book).text.endswith(
        "| b | 2 |\n\nTable 2\n\n| Rank | Hours |\n| --- | --- |\n| c | 3 |"
    )


def test_a_label_without_values_stays_in_its_table() -> None:
    book, _ = new_book([("Item", "Yen"), ("Travel costs", None), ("home", 1), ("abroad", None)])
    assert rows_of(read(book))[2:] == ["| Travel costs |  |", "| home | 1 |", "| abroad |  |"]


def test_a_sheet_that_is_a_chart_is_lost() -> None:
    book, _ = new_book([("A", "B"), ("x", 1)])
    book.create_chartsheet("Plot")
    assert read(book).remarks == (Remark(kind="lost", what="1 chart sheet", where="sheet Plot"),)


def test_what_a_sheet_says_of_its_size_does_not_matter() -> None:
    book, page = new_book([("A", "B"), ("x", 1)])
    page["A1048576"] = "last row of all"
    page["XFD2"] = "far"
    huge = '</sheetData><mergeCells><mergeCell ref="C3:XFD1048575"/></mergeCells>'
    parsed = parse(edited(saved(book), "xl/worksheets/sheet1.xml", "</sheetData>", huge))
    assert parsed.text.endswith("last row of all")
    assert remarks_of(parsed) == [("lost", "1 column after the first 200")]


def test_more_cells_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_cells, "MAX_CELLS", 4)
    book, page = new_book([("A", "B"), ("x", 1)])
    assert read(book).text
    page.merge_cells("A1:B1")
    with pytest.raises(LoadError, match="split it"):
        read(book)


@pytest.mark.parametrize(
    ("part", "pattern", "replacement"),
    [
        ("xl/worksheets/sheet1.xml", "</sheetData>", ""),
        ("xl/workbook.xml", "</sheets>", ""),
    ],
)
def test_broken_parts_are_one_error(part: str, pattern: str, replacement: str) -> None:
    book, _ = new_book([("A", "B"), ("x", 1)])
    with pytest.raises(LoadError, match="save it again"):
        parse(edited(saved(book), part, pattern, replacement))


def test_many_places_make_few_remarks() -> None:
    book, _ = new_book([("A", "B"), ("x", 1)])
    for number in range(40):
        page = book.create_sheet(f"S{number}")
        page.append(["x", "y"])
        page["A1"].font = Font(strike=True)
    parsed = read(book)
    assert remarks_of(parsed) == [("hidden", "40 struck texts")]


@pytest.mark.parametrize(
    ("style", "heads", "ground"),
    [(None, 1, None), ("TableStyleMedium2", 0, None), ("TableStyleMedium2", 1, "FFFFFFFF")],
)
def test_white_text_is_unseen_where_no_table_style_lies_under_it(
    style: str | None, heads: int, ground: str | None
) -> None:
    book, page = new_book([("secret", "Amount"), ("Travel", 5)])
    page["A1"].font = Font(color="FFFFFFFF")
    if ground is not None:
        page["A1"].fill = PatternFill("solid", ground)
    table = Table(displayName="T", ref="A1:B2", headerRowCount=heads)
    if style is not None:
        table.tableStyleInfo = TableStyleInfo(name=style)
    page.add_table(table)
    assert "secret" not in read(book).text


@pytest.mark.parametrize(
    ("ink", "is_seen"),
    [
        (Color(rgb="FFF8F8F8"), False),
        (Color(rgb="FFC0C0C0"), True),
        (Color(theme=0), False),
        (Color(theme=0, tint=-0.5), True),
        (Color(indexed=9), False),
        (Color(indexed=8), True),
    ],
)
def test_colours_are_told_from_white_however_they_are_named(ink: Color, is_seen: bool) -> None:
    book, page = new_book([("A", "B"), ("x", "ink")])
    page["B2"].font = Font(color=ink)
    assert ("ink" in read(book).text) is is_seen


def test_colours_by_number_are_known_without_a_list_of_them() -> None:
    book, page = new_book([("A", "B"), ("x", "secret"), ("y", "red")])
    page["B2"].font, page["B3"].font = Font(color=Color(indexed=9)), Font(color=Color(indexed=2))
    text = parse(edited(saved(book), "xl/styles.xml", "<colors>.*</colors>", "")).text
    assert "secret" not in text
    assert "red" in text


@pytest.mark.parametrize(("pattern", "is_seen"), [("darkGrid", True), ("gray125", False)])
def test_white_text_is_seen_on_lines_and_not_on_a_few_dots(
    pattern: Literal["darkGrid", "gray125"], is_seen: bool
) -> None:
    book, page = new_book([("A", "B"), ("x", "white")])
    page["B2"].font = Font(color="FFFFFFFF")
    page["B2"].fill = PatternFill(pattern, "FFFFFFFF", "FF000000")
    assert ("white" in read(book).text) is is_seen


def test_numbers_and_truth_values_are_hidden_as_texts_are() -> None:
    book, page = new_book([("A", "B", "C", "D"), ("x", 777, 888, True)])
    page["B2"].font, page["C2"].font = Font(strike=True), Font(color="FFFFFFFF")
    page["D2"].number_format = ";;;"
    parsed = read(book)
    assert rows_of(parsed)[-1] == "| x |  |  |  |"
    assert remarks_of(parsed) == [
        ("hidden", "1 struck text"),
        ("hidden", "1 text too faint or small to see"),
        ("hidden", "1 value that its format hides"),
    ]


@pytest.mark.parametrize("is_iso", [False, True])
def test_days_of_a_book_that_counts_from_1904(is_iso: bool) -> None:
    book, page = new_book()
    book.epoch, book.iso_dates = CALENDAR_MAC_1904, is_iso
    page.append(["Day", "Place"])
    page.append([datetime.datetime(2026, 4, 1), "Oslo"])  # noqa: DTZ001
    page["A2"].number_format = "yyyy/m/d"
    assert rows_of(read(book))[-1] == "| 2026/4/1 | Oslo |"


def test_a_label_whose_value_is_too_wide_to_show_stays_without_it() -> None:
    book, page = new_book([("A", "B"), ("x", 5), ("Deadline", -1)])
    page["B3"].number_format = "yyyy-mm-dd"
    parsed = read(book)
    assert rows_of(parsed)[-1] == "| Deadline |  |"
    assert remarks_of(parsed) == [("doubtful", "1 cell that shows no number")]


def test_text_boxes_are_text_and_hidden_ones_are_not() -> None:
    book, page = new_book([("A", "B"), ("x", 1)])
    page.add_chart(BarChart(), "D4")
    boxes = "".join(
        f'<sp><nvSpPr><cNvPr id="{9 + hidden}" name="n" hidden="{hidden}"/></nvSpPr><txBody><a:p>'
        f"<a:r><a:t>{text}</a:t></a:r></a:p></txBody></sp>"
        for hidden, text in ((0, "shown"), (1, "secret"))
    )
    names = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    group = f"<grpSp {names}>{boxes}</grpSp>\\1"
    data = edited(saved(book), "xl/drawings/drawing1.xml", "(<[^<>]*clientData */>)", group)
    parsed = parse(data)
    assert parsed.text.endswith("| x | 1 |\n\nshown")
    assert remarks_of(parsed) == [("lost", "1 chart or diagram"), ("hidden", "1 hidden shape")]


def test_a_value_that_merged_cells_cover_is_left_out() -> None:
    book, _ = new_book([("A", "B", "C"), ("x", "secret", 1)])
    merged = '</sheetData><mergeCells><mergeCell ref="A2:B2"/></mergeCells>'
    parsed = parse(edited(saved(book), "xl/worksheets/sheet1.xml", "</sheetData>", merged))
    assert rows_of(parsed)[-1] == "| x | x | 1 |"
    assert remarks_of(parsed) == [("hidden", "1 value under merged cells")]


@pytest.mark.parametrize("merged", ["A3:B3", None])
def test_a_note_is_merged_over_the_table_or_longer_than_what_is_above(merged: str | None) -> None:
    note = "With tax" if merged else "With tax and the fees of the bank"
    book, page = new_book([("Kind of cost", "Yen"), ("Travel costs", 1), (note, None)])
    if merged:
        page.merge_cells(merged)
    assert read(book).text.endswith(f"| Travel costs | 1 |\n\n{note}")


def test_tables_of_texts_with_the_same_heads_are_apart() -> None:
    head = ("Name", "Role")
    beside, _ = new_book([(*head, None, *head), ("Kim", "lead", None, "Lee", "host")])
    below, _ = new_book([head, ("Kim", "lead"), ("Ito", "host"), ("Guests",), head, ("Lee", "aid")])
    for book in (beside, below):
        assert rows_of(read(book)).count("| Name | Role |") == 2
    assert "\n\nGuests\n\n" in read(below).text


def test_years_under_a_merged_head_are_heads() -> None:
    book, page = new_book([("Item", "Budget", None), (None, 2025, 2026), ("Travel", 10, 20)])
    page.merge_cells("B1:C1")
    assert rows_of(read(book))[0] == "| Item | Budget 2025 | Budget 2026 |"


def test_a_label_over_the_whole_width_of_a_table_stands_once() -> None:
    book, page = new_book([("A", "B", "C"), ("x", 1, 2), ("Group", None, None), ("y", 3, 4)])
    page.merge_cells("A3:C3")
    assert rows_of(read(book))[3] == "| Group |  |  |"


def test_a_caption_and_a_unit_above_the_heads_are_no_heads() -> None:
    book, _ = new_book(
        [("Costs", None, None, "Unit: yen"), ("A", "B", "C", "D"), ("x", 1, 2, 3), ("y", 4, 5, 6)]
    )
    assert read(book).text.startswith("## S\n\nCosts\n\nUnit: yen\n\n| A | B | C | D |")


def test_cells_with_boxes_show_them_ticked_or_not() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet()
    for row, (text, state) in enumerate((("Alcohol", False), ("Travel", True))):
        page.write(row, 0, text)
        page.insert_checkbox(row, 1, state)
    page.write_row(2, 0, ("Plain", True))
    book.close()
    assert rows_of(parse(buffer.getvalue())) == [
        "| Alcohol | ☐ |", "| --- | --- |", "| Travel | ☑ |", "| Plain | TRUE |"
    ]  # fmt: skip
