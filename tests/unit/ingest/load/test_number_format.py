"""Numbers, dates and durations as a number format shows them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aspire_ingest.load.number_format.format import show_number, show_text


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.3, "0%", "30%"),
        (0.125, "0.0%", "12.5%"),
        (3.3, "0.00", "3.30"),
        (1.005, "0.00", "1.01"),
        (2.5, "0", "3"),
        (30_000_000, '"¥"#,##0', "¥30,000,000"),
        (1234, "[$¥-411]#,##0", "¥1,234"),
        (1234.5, "[$€-407] #,##0.00", "€ 1,234.50"),
        (4_500_000, "#,##0,", "4,500"),
        (4_500_000, '#,##0,"千円"', "4,500千円"),
        (1_234_567, '#,##0.0,,"M"', "1.2M"),
        (7, "0000", "0007"),
        (7, '"OSP-"0000', "OSP-0007"),
        (9_800_001, "000-0000", "980-0001"),
        (-1234.5, "#,##0.00;[Red]-#,##0.00", "-1,234.50"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (-5, '#,##0;"▲ "#,##0', "▲ 5"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (-0.4, "0", "0"),
        (-3, "0", "-3"),
        (5, "#.##", "5."),
        (0.5, ".00", ".50"),
        (5, ";;;", ""),
        (-5, "0;;;@", ""),
        (50, '[<100]"low" 0;[>=100]"high" 0', "low 50"),
        (150, '[<100]"low" 0;[>=100]"high" 0', "high 150"),
        (-5, '[<0]"minus "0;0', "minus 5"),
        (-5, "[<100]0;0", "-5"),
        (-5, "[>=100]0;0.0", "-5.0"),
        (12, 'General"円"', "12円"),
        (12, "@", "12"),
        (1.5, "# ?/?", "1 1/2"),
        (1.99, "# ?/?", "2"),
        (0.25, "# ??/??", "1/4"),
        (2.375, "# ?/8", "2 3/8"),
        (12345, "0.00E+00", "1.23E+04"),
        (9.996, "0.00E+00", "1.00E+01"),
        (0.00012, "0.0E+0", "1.2E-4"),
    ],
)
def test_numbers(value: float, code: str, shown: str) -> None:
    result = show_number(value, code)
    assert result is not None
    assert result.strip() == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (-5, "-5"),
        (12_345_678_901, "12345678901"),
        (1e11, "1E+11"),
        (1 / 3, "0.333333333"),
        (0.1 + 0.2, "0.3"),
        (123456.789012345, "123456.789"),
        (1e-5, "0.00001"),
        (1.23456e-7, "1.23456E-07"),
    ],
)
def test_numbers_without_a_format_have_eleven_digits(value: float, shown: str) -> None:
    assert show_number(value) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (46113, "yyyy/m/d", "2026/4/1"),
        (46113, "yyyy/mm/dd;@", "2026/04/01"),
        (46113, 'yyyy"年"m"月"d"日"', "2026年4月1日"),
        (46113, '[$-411]yyyy"年"m"月"d"日"(aaa)', "2026年4月1日(水)"),
        (46113, '[$-411]ggge"年"m"月"d"日"', "令和8年4月1日"),
        (43586, '[$-411]ggge"年"', "令和1年"),
        (43586, '[$-ja-JP-x-gannen]ggge"年"', "令和元年"),
        (43585, "[$-411]ge.m.d", "H31.4.30"),
        (46113, "dddd, mmmm d, yyyy", "Wednesday, April 1, 2026"),
        (46113, "d-mmm-yy", "1-Apr-26"),
        (46113.5, "yyyy-mm-dd h:mm AM/PM", "2026-04-01 12:00 PM"),
        (0.02, "h:mm AM/PM", "12:28 AM"),
        (0.499999, "h:mm", "11:59"),
        (-1.25, "[h]:mm", "-30:00"),
        (0.75, "h:mm:ss", "18:00:00"),
        (0.75, 'h"時"mm"分"', "18時00分"),
        (1.25, "[h]:mm", "30:00"),
        (1.25, "[mm]:ss", "1800:00"),
        (2.0208333333, "[hh]:mm:ss", "48:30:00"),
        (45000.123456, "ss.000", "46.598"),
        (1, "yyyy-mm-dd", "1900-01-01"),
    ],
)
def test_dates_and_durations(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


def test_days_may_count_from_1904() -> None:
    assert show_number(0, "yyyy-mm-dd", is_1904=True) == "1904-01-01"


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    assert show_number(-1, "yyyy-mm-dd") is None
    assert show_number(1e9, "yyyy-mm-dd") is None


@pytest.mark.parametrize(
    ("code", "shown"), [("General", "a"), ("0.00", "a"), ('@"様"', "a様"), (";;;", ""), ("@", "a")]
)
def test_text(code: str, shown: str) -> None:
    assert show_text("a", code) == shown


@settings(max_examples=60, deadline=None)
@given(
    value=st.floats(allow_nan=False, allow_infinity=False),
    code=st.text(alphabet='0#?.,%E+-/@ymdhsgea[]$;"\\_*<>1 G', max_size=20),
)
def test_no_format_makes_an_error(value: float, code: str) -> None:
    shown = show_number(value, code)
    assert shown is None or isinstance(shown, str)
