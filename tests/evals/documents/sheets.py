# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
"""Workbooks: by openpyxl, by XlsxWriter, and by hand."""

import datetime
import io
from collections.abc import Callable, Iterable, Mapping

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from tests.evals.documents.case import DocumentCase
from tests.evals.documents.xml_parts import edited, package, relations
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet as WrittenSheet

Value = str | float | bool | datetime.datetime | datetime.date | datetime.timedelta | None
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def by_library(write: Callable[[Worksheet], None], name: str = "Data") -> bytes:
    """A workbook of one sheet, by openpyxl."""
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = name
    write(page)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def by_writer(write: Callable[[Workbook, WrittenSheet], None], name: str = "Data") -> bytes:
    """A workbook of one sheet, by XlsxWriter."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        write(book, book.add_worksheet(name))
    return buffer.getvalue()


def by_hand(rows: str, *, name: str = "Data", after: str = "", strings: str = "") -> bytes:
    """A workbook of one sheet of raw rows."""
    return package(
        {
            "_rels/.rels": relations({"a": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f"<workbook {_MAIN} xmlns:r='http://schemas.openxmlformats.org/"
            f"officeDocument/2006/relationships'><sheets><sheet name='{name}' sheetId='1' "
            "r:id='s'/></sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(
                {"s": ("worksheet", "worksheets/sheet1.xml"), "t": ("sharedStrings", "strings.xml")}
            ),
            "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}><sheetData>{rows}</sheetData>{after}"
            "</worksheet>",
            "xl/strings.xml": f"<sst {_MAIN}>{strings}</sst>",
        }
    )


def inline(place: str, text: str) -> str:
    """A cell that holds its text itself."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _fill(page: Worksheet, rows: Iterable[Iterable[Value]]) -> None:
    for values in rows:
        page.append(list(values))


def _formats(page: Worksheet, rows: Iterable[tuple[str, Value, str]]) -> None:
    _fill(page, [("Item", "Value")])
    for number, (label, value, code) in enumerate(rows, start=2):
        page.cell(number, 1, label)
        page.cell(number, 2, value).number_format = code


def _rates(page: Worksheet) -> None:
    _formats(
        page,
        [
            ("Overhead", 0.25, "0%"), ("Tax", 0.085, "0.0%"), ("Lodging", 12800, "#,##0"),
            ("Ceiling", 3200000, '#,##0,"千円"'), ("Code", 42, "0000"),
            ("Post", 6511234, "000-0000"), ("Loss", -1500, "#,##0;(#,##0)"),
            ("Fee", 980, '"¥"#,##0'),
        ],
    )  # fmt: skip


def _dates(page: Worksheet) -> None:
    _formats(
        page,
        [
            ("Opens", datetime.datetime(2027, 4, 9), "yyyy/m/d"),  # noqa: DTZ001 - as cells hold it
            ("Closes", datetime.datetime(2027, 6, 30), "d mmmm yyyy"),  # noqa: DTZ001
            ("Meeting", datetime.datetime(2027, 7, 1, 14, 30), "h:mm"),  # noqa: DTZ001
            ("Hours", datetime.timedelta(hours=31, minutes=15), "[h]:mm"),
            ("決定", datetime.datetime(2027, 9, 3), 'yyyy"年"m"月"d"日"'),  # noqa: DTZ001
        ],
    )  # fmt: skip


def _hidden(page: Worksheet) -> None:
    _fill(page, [("Host", "Days", "Note"), ("Lund", 20, "inner remark"), ("Turku", 35, "b"),
                 ("Secret host", 50, "c")])  # fmt: skip
    page.column_dimensions["C"].hidden = True
    page.row_dimensions[4].hidden = True
    other = page.parent.create_sheet("Drafts") if page.parent is not None else None
    assert isinstance(other, Worksheet)
    other.append(["Unpublished"])
    other.sheet_state = "hidden"
    deep = page.parent.create_sheet("Deep") if page.parent is not None else None
    assert isinstance(deep, Worksheet)
    deep.append(["Very secret"])
    deep.sheet_state = "veryHidden"


def _merged(page: Worksheet) -> None:
    _fill(page, [("Region", "City", "Yen"), ("North", "Oslo", 900), (None, "Turku", 800),
                 ("South", "Rome", 700)])  # fmt: skip
    page.merge_cells("A2:A3")


def _stacked(page: Worksheet) -> None:
    _fill(page, [("Table 1. Travel",), ("From", "Yen"), ("Kobe", 9100), ("Nara", 8200), (),
                 ("Table 2. Lodging",), ("City", "Yen"), ("Bern", 17000), ("Lyon", 15500)])  # fmt: skip


def _beside(page: Worksheet) -> None:
    _fill(page, [("Grade", "Yen", None, "City", "Days"), ("A", 100, None, "Bern", 7),
                 ("B", 200, None, "Lyon", 9)])  # fmt: skip


def _totals(page: Worksheet) -> None:
    _fill(page, [("Item", "Yen"), ("Rail", 4100), ("Bus", 700), ("Total", "=SUM(B2:B3)")])


def _looks(page: Worksheet) -> None:
    _fill(page, [("Item", "Old", "New"), ("Rail", 4100, 4300), ("Pale", "unseen words", 5)])
    page["B2"].font = Font(strike=True)
    page["B3"].font = Font(color="FFFFFFFF")
    page["A2"].comment = Comment("never shown comment", "A")


def _chart(page: Worksheet) -> None:
    _fill(page, [("Year", "Grants"), ("2026", 14), ("2027", 19)])
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    page.add_chart(chart, "D2")


def _japanese(page: Worksheet) -> None:
    _fill(page, [("旅費単価表",), ("区分", "日当", "宿泊料"), ("甲地", 2600, 13100),
                 ("乙地", 2300, 11800)])  # fmt: skip
    for cells in page["B3:C4"]:
        for cell in cells:
            cell.number_format = '#,##0"円"'


def _era(page: Worksheet) -> None:
    _formats(
        page,
        [
            ("開始", datetime.datetime(2025, 4, 1), '[$-411]ggge"年"m"月"d"日"'),  # noqa: DTZ001
            ("終了", datetime.datetime(2026, 3, 31), '[$-411]ggge"年"m"月"d"日"'),  # noqa: DTZ001
        ],
    )


def _two_sheets(page: Worksheet) -> None:
    _fill(page, [("Name", "Yen"), ("Rail", 10)])
    other = page.parent.create_sheet("宿泊") if page.parent is not None else None
    assert isinstance(other, Worksheet)
    _fill(other, [("City", "Yen"), ("Graz", 20)])


def _wide(page: Worksheet) -> None:
    page.append(["Key", *[f"c{number}" for number in range(1, 260)]])


def _rich(book: Workbook, page: WrittenSheet) -> None:
    raised = book.add_format({"font_script": 1})
    struck = book.add_format({"font_strikeout": True})
    page.write_row(0, 0, ["Thing", "Size"])
    page.write(1, 0, "Room")
    page.write_rich_string(1, 1, "25 m", raised, "2", " floor")
    page.write(2, 0, "Fee")
    page.write_rich_string(2, 1, "now 640 ", struck, "was 590", " yen")


def _drawn(book: Workbook, page: WrittenSheet) -> None:
    page.write_row(0, 0, ["Item", "Yen"])
    page.write_row(1, 0, ["Rail", 300])
    page.insert_textbox(4, 1, "Prices hold until 5 May 2027.")
    page.set_header("&LDraft of spring")
    del book


def _calculated(book: Workbook, page: WrittenSheet) -> None:
    money = book.add_format({"num_format": "#,##0"})
    page.write_row(0, 0, ["Item", "Yen"])
    page.write_row(1, 0, ["Rail", 4100], money)
    page.write(2, 0, "Total")
    page.write_formula(2, 1, "=B2*2", money, 8200)
    page.write(3, 0, "Is final")
    page.write_boolean(3, 1, True)


def _unshown(book: Workbook, page: WrittenSheet) -> None:
    page.write_row(0, 0, ["Item", "Yen"])
    page.write(1, 0, "Rail")
    page.write(1, 1, 777, book.add_format({"num_format": ";;;"}))
    page.write(2, 0, "Bus")
    page.write(2, 1, 55)


def _tops(book: Workbook, page: WrittenSheet) -> None:
    page.merge_range(0, 1, 0, 2, "2027", book.add_format())
    page.write(0, 0, "Grade")
    page.write_row(1, 1, ["spring", "autumn"])
    page.write_row(2, 0, ["A", 5, 6])
    page.write_row(3, 0, ["B", 7, 8])


_ROWS = "".join(
    f'<row r="{number}">{inline(f"A{number}", label)}{inline(f"B{number}", value)}</row>'
    for number, (label, value) in enumerate(
        (("City", "Host"), ("Ghent", "Maes"), ("Delft", "Visser")), start=1
    )
)


def _1904() -> bytes:
    def write(page: Worksheet) -> None:
        _formats(page, [("Opens", 45000, "yyyy-mm-dd")])

    return edited(
        by_library(write), "xl/workbook.xml", "<workbookPr/>", '<workbookPr date1904="1"/>'
    )


def _case(
    name: str, make: Callable[[], bytes], shown: str, **more: tuple[str, ...]
) -> DocumentCase:
    truth: Mapping[str, tuple[str, ...]] = more
    return DocumentCase(
        name=name, kind="xlsx", make=make, shown=shown,
        hidden=truth.get("hidden", ()), named=truth.get("named", ()),
    )  # fmt: skip


CASES = (
    _case(
        "rates.xlsx", lambda: by_library(_rates, "Rates"),
        "Rates\nItem Value\nOverhead 25%\nTax 8.5%\nLodging 12,800\nCeiling 3,200千円\nCode 0042\n"
        "Post 651-1234\nLoss (1,500)\nFee ¥980",
    ),
    _case(
        "dates.xlsx", lambda: by_library(_dates),
        "Data\nItem Value\nOpens 2027/4/9\nCloses 30 June 2027\nMeeting 14:30\nHours 31:15\n"
        "決定 2027年9月3日",
    ),
    _case("era.xlsx", lambda: by_library(_era),
          "Data\nItem Value\n開始 令和7年4月1日\n終了 令和8年3月31日"),
    _case(
        "hidden.xlsx", lambda: by_library(_hidden), "Data\nHost Days\nLund 20\nTurku 35",
        hidden=("inner remark", "Secret host", "Unpublished", "Very secret", "Drafts"),
        named=("hidden row", "hidden column", "hidden sheet"),
    ),
    _case(
        "merged.xlsx", lambda: by_library(_merged),
        "Data\nRegion City Yen\nNorth Oslo 900\nNorth Turku 800\nSouth Rome 700",
    ),
    _case(
        "stacked.xlsx", lambda: by_library(_stacked),
        "Data\nTable 1. Travel\nFrom Yen\nKobe 9100\nNara 8200\nTable 2. Lodging\nCity Yen\n"
        "Bern 17000\nLyon 15500",
    ),
    _case(
        "beside.xlsx", lambda: by_library(_beside),
        "Data\nGrade Yen\nA 100\nB 200\nCity Days\nBern 7\nLyon 9",
    ),
    _case("totals.xlsx", lambda: by_library(_totals), "Data\nItem Yen\nRail 4100\nBus 700\nTotal",
          named=("never calculated",)),
    _case(
        "looks.xlsx", lambda: by_library(_looks), "Data\nItem Old New\nRail 4300\nPale 5",
        hidden=("4100", "unseen words", "never shown comment"), named=("struck", "too faint"),
    ),
    _case("chart.xlsx", lambda: by_library(_chart), "Data\nYear Grants\n2026 14\n2027 19",
          named=("chart",)),
    _case(
        "tanka.xlsx", lambda: by_library(_japanese, "単価"),
        "単価\n旅費単価表\n区分 日当 宿泊料\n甲地 2,600円 13,100円\n乙地 2,300円 11,800円",
    ),
    _case("two-sheets.xlsx", lambda: by_library(_two_sheets),
          "Data\nName Yen\nRail 10\n宿泊\nCity Yen\nGraz 20"),
    _case(
        "wide.xlsx", lambda: by_library(_wide),
        "Data\nKey " + " ".join(f"c{number}" for number in range(1, 200)),
        named=("columns after the first 200",),
    ),
    _case("rich.xlsx", lambda: by_writer(_rich),
          "Data\nThing Size\nRoom 25 m² floor\nFee now 640 yen",
          hidden=("590",), named=("struck",)),
    _case("drawn.xlsx", lambda: by_writer(_drawn),
          "Data\nItem Yen\nRail 300\nPrices hold until 5 May 2027."),
    _case("calculated.xlsx", lambda: by_writer(_calculated),
          "Data\nItem Yen\nRail 4,100\nTotal 8,200\nIs final TRUE"),
    _case("unshown.xlsx", lambda: by_writer(_unshown), "Data\nItem Yen\nRail\nBus 55",
          hidden=("777",), named=("format hides",)),
    _case("tops.xlsx", lambda: by_writer(_tops),
          "Data\nGrade 2027 spring 2027 autumn\nA 5 6\nB 7 8"),
    _case("mac-days.xlsx", _1904, "Data\nItem Value\nOpens 2027-03-16"),
    _case("inline.xlsx", lambda: by_hand(_ROWS), "Data\nCity Host\nGhent Maes\nDelft Visser"),
    _case(
        "readings.xlsx",
        lambda: by_hand(
            '<row r="1"><c r="A1" t="s"><v>0</v></c>' + inline("B1", "係") + "</row>"
            '<row r="2">' + inline("A2", "橘") + inline("B2", "総務") + "</row>",
            strings='<si><t>氏名</t><rPh sb="0" eb="2"><t>シメイ</t></rPh></si>',
        ),
        "Data\n氏名 係\n橘 総務", hidden=("シメイ",),
    ),
    _case(
        "bad-merge.xlsx",
        lambda: by_hand(_ROWS, after='<mergeCells><mergeCell ref="A1:"/><mergeCell ref="#REF!"/>'
                        '<mergeCell ref="A2:A2"/></mergeCells>'),
        "Data\nCity Host\nGhent Maes\nDelft Visser", named=("merged",),
    ),
    _case(
        "bad-cell.xlsx",
        lambda: by_hand(_ROWS + '<row r="4">' + inline("?4", "Lost") + inline("B4", "Jansen")
                        + '</row><row r="5"><c r="A5" t="s"><v>99</v></c><c r="B5"><v>x9</v></c>'
                        + inline("C5", "Peeters") + "</row>"),
        "Data\nCity Host\nGhent Maes\nDelft Visser\nJansen\nPeeters", named=("cannot be read",),
    ),
    _case(
        "bad-row.xlsx",
        lambda: by_hand(_ROWS + '<row r="zz">' + inline("A9", "x") + '</row><row r="10">'
                        + inline("A10", "Bruges") + inline("B10", "Claes") + "</row>"),
        "Data\nCity Host\nGhent Maes\nDelft Visser\nx\nBruges Claes", named=("row",),
    ),
)  # fmt: skip
