import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.index.text.dates.calendar_years import in_calendar_years, with_full_years
from aspire_ingest.index.text.dates.dates import find_dates


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("令和7年度の締切", "2025年度の締切"),
        ("Ｒ７の上限は", "2025年度の上限は"),
        ("R7.4.1から", "2025.4.1から"),
        ("令和7(2025)年度と令和8年（2026年）度", "2025年度と2026年度"),
        ("令和7・8年度", "2025年度・2026年度"),
        ("平成30年10月1日から3日", "2018年10月1日から3日"),
        ("令和元年度", "2019年度"),
        ("昭和六十年", "1985年"),
        ("FY25 and FY2026", "FY2025 and FY2026"),
        ("4月1日と5月2日", "4月1日と5月2日"),
        ("H2Oと5年度目、R2 values", "H2Oと5年度目、R2 values"),
        ("2025年度の締切", "2025年度の締切"),
    ],
)
def test_years_are_written_as_the_calendar_counts_them(written: str, read: str) -> None:
    assert in_calendar_years(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("25年度の公募", "2025年度の公募"),
        ("２５年度版", "2025年度版"),
        ("24・25年度と26~27年度", "2024・2025年度と2026~2027年度"),
        ("24年度から25年度", "2024年度から2025年度"),
        ("平成24・25年度", "平成24・25年度"),
        ("平成25年度", "平成25年度"),
        ("H25年度", "H25年度"),
        ("2025年度と2025-26年度", "2025年度と2025-26年度"),
        ("25年度目、3年度、125年度", "25年度目、3年度、125年度"),
    ],
)
def test_short_fiscal_years_of_a_question_are_of_this_century(written: str, read: str) -> None:
    assert with_full_years(written) == read


@given(st.text(alphabet="令和平成RHFY元年度月日0123456789年、から・(2025)～ "))
def test_the_years_are_the_same_ones(text: str) -> None:
    known = {mention.year for mention in find_dates(text)}
    assert known <= {mention.year for mention in find_dates(in_calendar_years(text))}
