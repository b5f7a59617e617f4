import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aspire_ingest.index.text.dates.dates import DateMention, date_terms, find_dates

Day = tuple[int | None, int | None, int | None]

CERTAIN: list[tuple[str, list[Day]]] = [
    ("on November 4, 2025, PIs met", [(2025, 11, 4)]),
    ("Tuesday, Nov 4,2025", [(2025, 11, 4)]),
    ("4 Nov. 2025", [(2025, 11, 4)]),
    ("the 5th of November 2025", [(2025, 11, 5)]),
    ("Sept 5th, 2025", [(2025, 9, 5)]),
    ("Nov 2025", [(2025, 11, None)]),
    ("January 2026 and February", [(2026, 1, None), (None, 2, None)]),
    ("at the Nov. 4 meeting", [(None, 11, 4)]),
    ("due 31 January", [(None, 1, 31)]),
    ("28 May 2024 (Tuesday), 12:00 noon", [(2024, 5, 28)]),
    ("2025-11-04T10:00", [(2025, 11, 4)]),
    ("2025/11/4", [(2025, 11, 4)]),
    ("2025.11.4", [(2025, 11, 4)]),
    ("2025-11", [(2025, 11, None)]),
    ("25/11/2025", [(2025, 11, 25)]),
    ("11/25/2025", [(2025, 11, 25)]),
    ("2025年11月4日(火)", [(2025, 11, 4)]),
    ("２０２５年１１月４日", [(2025, 11, 4)]),
    ("二〇二五年十一月四日", [(2025, 11, 4)]),
    ("令和7年1月14日(火)", [(2025, 1, 14)]),
    ("令和七年十一月四日", [(2025, 11, 4)]),
    ("令和元年", [(2019, None, None)]),
    ("令和7(2025)年3月", [(2025, 3, None)]),
    ("2025年（令和7年）11月4日", [(2025, 11, 4)]),
    ("平成31年4月", [(2019, 4, None)]),
    ("R7.1.14", [(2025, 1, 14)]),
    ("R7の公募", [(2025, None, None)]),
    ("H30年", [(2018, None, None)]),
    ("3月末まで", [(None, 3, None)]),
    ("in May", [(None, 5, None)]),
    ("launched in 2023.", [(2023, None, None)]),
    ("2023-2026", [(2023, None, None), (2026, None, None)]),
]
RANGES: list[tuple[str, list[Day]]] = [
    ("November 25 to 28, 2025", [(2025, 11, 25), (2025, 11, 28)]),
    ("25–28 November 2025", [(2025, 11, 25), (2025, 11, 28)]),
    ("March 3 and 4, 2025 in Grenoble", [(2025, 3, 3), (2025, 3, 4)]),
    ("25 to 28 November", [(None, 11, 25), (None, 11, 28)]),
    ("1 April 2026 to 31 March 2027", [(2026, 4, 1), (2027, 3, 31)]),
    ("January 30 to February 2, 2026", [(2026, 1, 30), (2026, 2, 2)]),
    ("December 20 to January 5, 2026", [(2025, 12, 20), (2026, 1, 5)]),
    ("11月25日～28日", [(None, 11, 25), (None, 11, 28)]),
    ("2025年11月25日(火)から28日(金)", [(2025, 11, 25), (2025, 11, 28)]),
    ("2025年11月30日から12月2日", [(2025, 11, 30), (2025, 12, 2)]),
    ("2025年12月30日から1月2日", [(2025, 12, 30), (2026, 1, 2)]),
    ("令和8年4月1日から令和9年3月31日まで", [(2026, 4, 1), (2027, 3, 31)]),
]
FISCAL: list[tuple[str, list[int]]] = [
    ("FY2025", [2025]),
    ("FY 2025", [2025]),
    ("FY24", [2024]),
    ("fiscal year 2025", [2025]),
    ("the 2025 fiscal year", [2025]),
    ("2025年度", [2025]),
    ("令和7年度", [2025]),
    ("R7年度", [2025]),
    ("FY2024-FY2029", [2024, 2029]),
    ("FY2023 and FY2024", [2023, 2024]),
    ("FY2023/2024/2025", [2023, 2024, 2025]),
    ("2023～2025年度", [2023, 2025]),
    ("令和5・6年度", [2023, 2024]),
]
NO_DATES = [
    "you may 5 go", "these 3 may be", "the march of time", "May 5,000 yen", "2,024 yen",
    "2024 participants", "5年間", "2000年以上", "2020年代", "3か月", "第3回", "13月40日",
    "Section 3.1.4",
    "2024/25", "2011-12", "5/6/2025", "H2 の", "ASPIRE-2025", "012025", "３割", "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CERTAIN + RANGES)
def test_dates(text: str, expected: list[Day]) -> None:
    found = find_dates(text)
    assert [(m.year, m.month, m.day) for m in found] == expected
    assert not any(m.is_fiscal_year for m in found)


@pytest.mark.parametrize(("text", "years"), FISCAL)
def test_fiscal_years(text: str, years: list[int]) -> None:
    found = find_dates(text)
    assert [m.year for m in found] == years
    assert all(m.is_fiscal_year and m.month is None for m in found)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_not_certain_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_spans_are_places_in_the_text_as_it_came() -> None:
    text = "会合は２０２５年１１月４日、次は 28 May 2026（木）。"
    assert [text[m.start : m.end] for m in find_dates(text)] == [
        "２０２５年１１月４日",
        "28 May 2026",
    ]


def test_terms_of_a_day_hold_all_it_lies_in() -> None:
    mention = DateMention(start=0, end=1, year=2026, month=1, day=28)
    assert set(date_terms(mention)) == {"d:2026-01-28", "d:2026-01", "d:2026", "d:01-28", "m:01"}


def test_terms_of_less_than_a_day() -> None:
    assert date_terms(DateMention(start=0, end=1, month=1, day=28)) == ["m:01", "d:01-28"]
    assert date_terms(DateMention(start=0, end=1, year=2026)) == ["d:2026"]
    fiscal = DateMention(start=0, end=1, year=2025, is_fiscal_year=True)
    assert date_terms(fiscal) == ["fy:2025"]


@settings(deadline=None)
@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2199, 12, 31)))
def test_both_languages_mean_the_same_day(day: datetime.date) -> None:
    written = [
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b}. {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
    ]
    for text in written:
        assert [(m.year, m.month, m.day) for m in find_dates(text)] == [
            (day.year, day.month, day.day)
        ]


PIECES = st.sampled_from(
    ["2025", "年", "年度", "11", "月", "4", "日", "令和", "元", "R", "H", "FY", "Nov", "May", ". ",
     ", ", "-", "/", " to ", "から", "～", "（", "）", " ", "二〇", "十", "1,000", "円"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=15).map("".join) | st.text())
def test_mentions_are_possible_and_in_order(text: str) -> None:
    end = 0
    for mention in find_dates(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.month is None or 1 <= mention.month <= 12
        assert mention.day is None or mention.month is not None
        assert all(" " not in term for term in date_terms(mention))
        end = mention.end


_PIECES = (
    *(
        "May",
        "in",
        "January",
        "of",
        "since",
        "from",
        "FY",
        "fiscal",
        "year",
        "R",
        "H",
        "the",
        "Mar",
    ),
    *("令和", "平成", "元", "十", "二", "一", "〇", "年", "年度", "月", "日", "から", "、"),
    *(".", "-", "/", ",", "(", ")", "and", "first", "market", "decided"),
)
_WITHOUT_FIGURES = st.lists(st.sampled_from(_PIECES), max_size=12)


@given(_WITHOUT_FIGURES, st.sampled_from(["", " "]))
def test_where_there_is_no_figure_no_date_is_missed(parts: list[str], space: str) -> None:
    text = space.join(parts)
    with_figure = find_dates(f"{text} ;; 7 km")  # which is no date, and read by all patterns
    assert find_dates(text) == with_figure
