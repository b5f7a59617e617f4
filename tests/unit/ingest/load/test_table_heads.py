"""Tables whose head takes several rows with merged cells: one owner for all formats."""

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from reportlab.lib.colors import black
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle
from tests.unit.ingest.load.packages import tc, tr, word_file
from tests.unit.ingest.load.pdf_files import MINCHO, text_of

from aspire_ingest.load.html.document import parse as parse_html
from aspire_ingest.load.parse_result import Raw
from aspire_ingest.load.sheets.document import parse as parse_sheets
from aspire_ingest.load.word.document import parse as parse_word
from aspire_ingest.load.writing.cell_values import kind_of_value
from aspire_ingest.load.writing.table_heads import titles_of, with_one_head

Rows = list[list[str]]
Merges = list[tuple[int, int, int, int]]
"""First row and column, last row and column."""

FEES: tuple[Rows, Merges] = (
    [
        ["区分", "限度額(円)", ""],
        ["", "国内", "海外"],
        ["宿泊", "5,000", "8,000"],
        ["日当", "2,000", "3,000"],
    ],
    [(0, 0, 1, 0), (0, 1, 0, 2)],
)
FEES_READ = [
    "| 区分 | 限度額(円) 国内 | 限度額(円) 海外 |",
    "| --- | --- | --- |",
    "| 宿泊 | 5,000 | 8,000 |",
    "| 日当 | 2,000 | 3,000 |",
]
STAYS: tuple[Rows, Merges] = (
    [
        ["Grade", "Nights", "", "Guests", ""],
        ["", "Weekday", "Weekend", "Adult", "Child"],
        ["Cabin", "40 EUR", "55 EUR", "up to two", "one"],
        ["Hut", "25 EUR", "30 EUR", "up to six", "four"],
    ],
    [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)],
)
STAYS_READ = [
    "| Grade | Nights Weekday | Nights Weekend | Guests Adult | Guests Child |",
    "| --- | --- | --- | --- | --- |",
    "| Cabin | 40 EUR | 55 EUR | up to two | one |",
    "| Hut | 25 EUR | 30 EUR | up to six | four |",
]


def in_word(rows: Rows, merges: Merges) -> str:
    lines: list[str] = []
    for at, row in enumerate(rows):
        cells: list[str] = []
        for column, text in enumerate(row):
            area = _area(merges, at, column)
            if area is None:
                cells.append(tc(text))
            elif area[1] == column:
                wide = area[3] - area[1] + 1
                properties = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
                if area[2] > area[0]:
                    kind = "restart" if area[0] == at else "continue"
                    properties += f'<w:vMerge w:val="{kind}"/>'
                cells.append(tc(text, properties))
        lines.append(tr(*cells))
    body = f"<w:tbl>{''.join(lines)}</w:tbl>"
    return parse_word(Raw(name="x.docx", data=word_file(body))).text


def in_sheets(rows: Rows, merges: Merges) -> str:
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append([text or None for text in row])
    for top, left, bottom, right in merges:
        page.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
    buffer = io.BytesIO()
    book.save(buffer)
    return parse_sheets(Raw(name="x.xlsx", data=buffer.getvalue())).text


def in_html(rows: Rows, merges: Merges) -> str:
    lines: list[str] = []
    for at, row in enumerate(rows):
        line = ""
        for column, text in enumerate(row):
            area = _area(merges, at, column)
            if area is None:
                line += f"<td>{text}</td>"
            elif area[:2] == (at, column):
                spans = f"rowspan={area[2] - area[0] + 1} colspan={area[3] - area[1] + 1}"
                line += f"<td {spans}>{text}</td>"
        lines.append(f"<tr>{line}</tr>")
    page = f"<body><p>Rates of the house.</p><table>{''.join(lines)}</table></body>"
    return parse_html(Raw(name="x.html", data=page.encode())).text


def in_pdf(rows: Rows, merges: Merges) -> str:
    def page(canvas: Canvas) -> None:
        styles = [("GRID", (0, 0), (-1, -1), 0.5, black), ("FONT", (0, 0), (-1, -1), MINCHO, 9)]
        styles += [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in merges]
        table = Table(rows, colWidths=[80] * len(rows[0]), style=TableStyle(styles))
        table.wrapOn(canvas, 500, 500)
        table.drawOn(canvas, 60, 500)

    return text_of(page)


def _area(merges: Merges, row: int, column: int) -> tuple[int, int, int, int] | None:
    return next(
        (one for one in merges if one[0] <= row <= one[2] and one[1] <= column <= one[3]), None
    )


FORMATS: list[Callable[[Rows, Merges], str]] = [in_word, in_sheets, in_html, in_pdf]


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize(("table", "read"), [(FEES, FEES_READ), (STAYS, STAYS_READ)])
def test_a_head_of_two_rows_is_one_in_every_format(
    write: Callable[[Rows, Merges], str], table: tuple[Rows, Merges], read: list[str]
) -> None:
    assert [line for line in write(*table).split("\n") if line.startswith("|")] == read


@pytest.mark.parametrize("write", FORMATS)
def test_a_row_under_a_wide_head_that_names_no_parts_stays_a_row(
    write: Callable[[Rows, Merges], str],
) -> None:
    rows = [["Team", "Office", ""], ["Blue", "Oslo", "Ito"], ["Red", "Bern", "Sato"]]
    assert "| Blue | Oslo | Ito |" in write(rows, [(0, 1, 0, 2)])


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        ([["", "費用", "費用"], ["", "A型", "B型"], ["旅費", "3万円", "4万円"]],
         ["", "費用 A型", "費用 B型"]),
        ([["Site", "2026", "2026"], ["Site", "Spring", "Autumn"], ["Oslo", "4", "9"]],
         ["Site", "2026 Spring", "2026 Autumn"]),
        ([["Fee", "Fee", "Day"], ["Adult", "Child", "Day"], ["9", "4", "Mon"]],
         ["Fee Adult", "Fee Child", "Day"]),
        ([["項目", "助成", "助成", "助成"], ["項目", "国内", "海外", "海外"],
          ["項目", "国内", "欧州", "北米"], ["宿泊", "1", "2", "3"]],
         ["項目", "助成 国内", "助成 海外 欧州", "助成 海外 北米"]),
    ],
)  # fmt: skip
def test_heads_are_joined_from_the_outermost(rows: Rows, head: list[str]) -> None:
    assert with_one_head(rows) == [head, rows[-1]]


@pytest.mark.parametrize(
    "rows",
    [
        [["Item", "Yen"], ["Rail", "400"], ["Bus", "200"]],
        [["Item", "Yen", "Yen"], ["Rail", "400", "500"], ["Bus", "200", "300"]],
        [["区分", "上限", "上限"], ["区分", "3,000円", "4,000円"], ["日当", "1円", "2円"]],
        [["地域", "国"], ["欧州", "独"], ["欧州", "仏"]],
        [["Who", "Room", "Room"], ["Ito", "A", "B"], ["Sato", "C", "D"]],
        [["Area", "Rate", "Rate"], ["Area", "Rate", "Rate"], ["Oslo", "4", "5"]],
    ],
)
def test_other_tables_keep_their_rows(rows: Rows) -> None:
    assert with_one_head(rows) == rows


def test_a_row_over_the_whole_width_is_a_line_above_the_table() -> None:
    rows = [["Rates", "Rates"], ["Area", "Yen"], ["Oslo", "4"]]
    assert titles_of(rows) == ["Rates"]
    assert titles_of(rows[1:]) == []
    assert titles_of([["Rates", "Rates"]] * 2) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("5,000", "number"), ("¥1,200,000", "number"), ("2,300万円", "number"), ("3名", "number"),
        ("USD 400", "number"), ("12 days", "number"),
        ("１，０００円", "number"), ("△300", "number"),
        ("30%", "share"), ("12.5 ％", "share"), ("10 percent", "share"),
        ("2026/10/20", "date"), ("2026年4月1日", "date"), ("令和8年4月1日", "date"),
        ("4月1日", "date"),
        ("1 April 2027", "date"), ("17:00", "date"),
        ("desk@house.example", "address"), ("https://house.example/a", "address"),
        ("03-5555-0142", "address"),
        ("2026", ""), ("2026年度", ""), ("A型", ""), ("国内", ""), ("1年目", ""), ("", ""),
        ("Type 2", ""), ("1st year", ""), ("up to two", ""),
    ],
)  # fmt: skip
def test_what_a_cell_says_is_a_value_or_a_name(text: str, kind: str) -> None:
    assert kind_of_value(text) == kind
