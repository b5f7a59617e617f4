# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""XLSX: what conditions strike or hide is left out; what cannot be told is in doubt."""

import io
import zipfile
from typing import Literal

import openpyxl
import pytest
from openpyxl.formatting.rule import (
    CellIsRule,
    DataBarRule,
    FormulaRule,
    IconSetRule,
    Rule,
)
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.sheets.document import parse

STRUCK = Font(strike=True)
WHITE = Font(color="FFFFFF")
ROWS = (("Item", "Yen", "State"), ("Travel", 11111, "open"), ("Books", 22222, "Closed"))


def saved(*rules: tuple[str, Rule], formula: str | None = None) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    for row in ROWS:
        page.append(list(row))
    page["D2"] = formula
    for place, rule in rules:
        page.conditional_formatting.add(place, rule)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(*rules: tuple[str, Rule], formula: str | None = None) -> Parsed:
    return parse(Raw(name="x", data=saved(*rules, formula=formula)))


def told(parsed: Parsed) -> list[tuple[str, str]]:
    return [(remark.kind, remark.what) for remark in parsed.remarks]


@pytest.mark.parametrize(
    "formula",
    [
        '$C2="closed"',
        '=AND($C2="closed",$B2>20000)',
        "OR($B2=22222, FALSE)",
        "NOT($B2<=11111)",
        '($C2<>"open")=TRUE',
        "LEN(TRIM($C2))=6",
        "$B2>11111.5",
        "$B2 >= 2.2E+04",
        '"closed"=$C2',
        "$B2>$B$2",
        "$B2>=22222",
        "AND(-$B2<-20000,$B2>-1)",
        'AND($B2>20000,""""<"a",LEN("""")=1)',
        "AND(ISBLANK($D2),$B2>20000)",
        'AND($D2=0,$D2="",$B2>20000)',
        "AND(TRUE(),NOT(FALSE()),$B2>20000)",
        "AND(LEN(123456789)=9,LEN(0.5)=3,$B2>20000)",
        'AND(TRUE>"z","a">$B2,LEN(TRUE)=4,LEN($B$2)=5,$B2>20000)',
    ],
)
def test_a_condition_is_asked_of_each_cell(formula: str) -> None:
    parsed = read(("A2:C3", FormulaRule(formula=[formula.removeprefix("=")], font=STRUCK)))
    assert "| Travel | 11111 | open |" in parsed.text
    assert "Books" not in parsed.text
    assert "22222" not in parsed.text
    assert told(parsed) == [("hidden", "3 struck texts")]


@pytest.mark.parametrize(
    ("rule", "is_hidden"),
    [
        (CellIsRule(operator="greaterThan", formula=["20000"], font=WHITE), True),
        (CellIsRule(operator="between", formula=["20000", "30000"], font=WHITE), True),
        (CellIsRule(operator="notBetween", formula=["20000", "30000"], font=WHITE), False),
        (CellIsRule(operator="equal", formula=["$B$3"], font=STRUCK), True),
        (CellIsRule(operator="lessThan", formula=["20000"], font=WHITE), False),
        (CellIsRule(operator="greaterThan", formula=["20000"], font=Font(color="C00000")), False),
        (CellIsRule(operator="greaterThan", formula=["20000"], font=WHITE,
                    fill=PatternFill(bgColor="003366")), False),
        (CellIsRule(operator="greaterThan", formula=["20000"], font=Font(color="003366"),
                    fill=PatternFill(bgColor="003366")), True),
        (Rule(type="expression", formula=["$B3>0"], dxf=DifferentialStyle(
            numFmt=NumberFormat(numFmtId=170, formatCode=";;;"))), True),
        (Rule(type="containsText", operator="containsText", text="222", formula=["x"],
              dxf=DifferentialStyle(font=STRUCK)), True),
        (Rule(type="beginsWith", operator="beginsWith", text="9", formula=["x"],
              dxf=DifferentialStyle(font=STRUCK)), False),
        (Rule(type="endsWith", operator="endsWith", text="22", formula=["x"],
              dxf=DifferentialStyle(font=STRUCK)), True),
        (Rule(type="containsText", operator="containsText", text="0", formula=["x"],
              dxf=DifferentialStyle(font=STRUCK)), False),
        (Rule(type="endsWith", operator="endsWith", text="21", formula=["x"],
              dxf=DifferentialStyle(font=STRUCK)), False),
        (Rule(type="beginsWith", operator="beginsWith", text="22", formula=["x"],
              dxf=DifferentialStyle(font=STRUCK)), True),
        (Rule(type="notContainsText", operator="notContains", text="9", formula=["x"],
              dxf=DifferentialStyle(font=STRUCK)), True),
        (Rule(type="notContainsText", operator="notContains", text="2", formula=["x"],
              dxf=DifferentialStyle(font=STRUCK)), False),
        (Rule(type="containsBlanks", dxf=DifferentialStyle(font=STRUCK)), False),
        (Rule(type="notContainsBlanks", dxf=DifferentialStyle(font=STRUCK)), True),
        (CellIsRule(operator="notEqual", formula=["1"], font=STRUCK), True),
        (CellIsRule(operator="lessThanOrEqual", formula=["22222"], font=STRUCK), True),
        (CellIsRule(operator="greaterThanOrEqual", formula=["22222"], font=STRUCK), True),
        (CellIsRule(operator="between", formula=["22222", "22222"], font=STRUCK), True),
        (IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False), True),
    ],
)  # fmt: skip
def test_a_condition_strikes_whitens_or_formats_away(rule: Rule, *, is_hidden: bool) -> None:
    parsed = read(("B3", rule))
    assert ("22222" not in parsed.text) is is_hidden
    assert [kind for kind, _ in told(parsed)] == (["hidden"] if is_hidden else [])


@pytest.mark.parametrize(
    "formula",
    [
        'VLOOKUP($A2,$D$1:$E$9,2,0)="x"',
        "TODAY()>$B2",
        "Sheet2!$A$1=1",
        '$B2&"x"="1x"',
        "AND(",
        "$A$1:$B$2=1",
        "B2-1",
        'AND("x")',
        "-$C2=1",
        f"{'-' * 30}1",
        "$B2=1)",
        "1",
    ],
)
def test_a_condition_that_cannot_be_told_leaves_a_doubt(formula: str) -> None:
    parsed = read(("B2:B3", FormulaRule(formula=[formula], font=STRUCK)))
    if formula == "1":
        assert told(parsed) == [("hidden", "2 struck texts")]
        return
    assert "22222" in parsed.text
    assert told(parsed) == [("doubtful", "2 cells that a condition may strike or hide")]
    seen = read(("B2:B3", FormulaRule(formula=[formula], font=Font(color="C00000"))))
    assert not seen.remarks
    emptied = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=";;;"))
    assert read(("B2:B3", Rule(type="expression", formula=[formula], dxf=emptied))).remarks
    assert read(("B2:B3", FormulaRule(formula=[formula], font=WHITE))).remarks


def test_a_cell_that_was_never_calculated_leaves_a_doubt() -> None:
    rule = FormulaRule(formula=["$D$2=0"], font=STRUCK)
    assert "22222" in read(("B2:B3", rule), formula="=1-1").text


def test_a_condition_that_may_stop_the_others_leaves_a_doubt() -> None:
    unknown = FormulaRule(formula=["TODAY()>1"], font=Font(color="C00000"), stopIfTrue=True)
    bars = DataBarRule("min", None, "max", None, color="638EC6", showValue=False)
    for other in (FormulaRule(formula=["TRUE"], font=STRUCK), bars):
        unknown.priority, other.priority = 1, 2
        parsed = read(("B2:B3", unknown), ("B2:B3", other))
        assert "22222" in parsed.text
        assert told(parsed) == [("doubtful", "2 cells that a condition may strike or hide")]
        unknown.priority, other.priority = (
            2,
            1,
        )  # the first by its number, whatever the order in the file
        assert "22222" not in read(("B2:B3", unknown), ("B2:B3", other)).text


def test_the_first_of_several_conditions_wins() -> None:
    first = CellIsRule(
        operator="greaterThan", formula=["20000"], font=Font(color="C00000"), stopIfTrue=True
    )
    second = CellIsRule(operator="greaterThan", formula=["1"], font=STRUCK)
    parsed = read(("B2:B3", first), ("B2:B3", second))
    assert "22222" in parsed.text
    assert "11111" not in parsed.text


@pytest.mark.parametrize(
    "first",
    [
        CellIsRule(operator="greaterThan", formula=["1"], font=Font(color="C00000")),
        CellIsRule(operator="greaterThan", formula=["1"], fill=PatternFill(bgColor="003366")),
        CellIsRule(operator="greaterThan", formula=["1"], stopIfTrue=True),
    ],
)
def test_what_the_first_condition_sets_stays(first: Rule) -> None:
    white = PatternFill(bgColor="FFFFFF")
    second = CellIsRule(operator="greaterThan", formula=["1"], font=WHITE, fill=white)
    assert "22222" in read(("B2:B3", first), ("B2:B3", second)).text
    assert "22222" not in read(("B2:B3", second)).text


@pytest.mark.parametrize(
    ("kind", "part", "is_hidden"),
    [
        ("beginsWith", "clo", True),
        ("beginsWith", "sed", False),
        ("endsWith", "SED", True),
        ("endsWith", "clo", False),
    ],
)
def test_a_condition_asks_where_in_a_text_a_part_stands(
    kind: Literal["beginsWith", "endsWith"], part: str, *, is_hidden: bool
) -> None:
    struck = DifferentialStyle(font=STRUCK)
    rule = Rule(type=kind, operator=kind, text=part, formula=["x"], dxf=struck)
    assert ("Closed" not in read(("C3", rule)).text) is is_hidden


def test_a_condition_holds_of_its_own_cells_alone() -> None:
    moved = read(("B2:C2", FormulaRule(formula=['B2="open"'], font=STRUCK)))
    assert "| Travel | 11111 |  |" in moved.text
    apart = read(("B2 C3", FormulaRule(formula=["TRUE"], font=STRUCK)))
    assert "| Travel |  | open |\n| Books | 22222 |  |" in apart.text


def test_icons_in_place_of_numbers_leave_texts() -> None:
    alone = IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False)
    assert "Closed" in read(("C3", alone)).text


def test_bars_and_icons_may_stand_in_place_of_numbers() -> None:
    alone = IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False)
    beside = DataBarRule("min", None, "max", None, color="638EC6", showValue=True)
    assert "11111" not in read(("B2:B2", alone)).text
    assert "11111" in read(("B2:B2", beside)).text


def test_a_range_that_names_no_cells_is_told() -> None:
    data = saved(("B2", FormulaRule(formula=["TRUE"], font=STRUCK)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'sqref="B2"><cfRule', b'sqref="x"><cfRule'))
    parsed = parse(Raw(name="x", data=buffer.getvalue()))
    assert "11111" in parsed.text
    assert told(parsed) == [("doubtful", "1 conditional format that cannot be read")]
