import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.load.stated.dates import date_from_text, date_from_url, last_day_of, parse_date

WEEKDAYS = (
    "Mon,", "Mon.,", "monday", "Tue", "Tues.", "Tuesday,", "Wed", "Wednes", "Wednesday", "Thu",
    "Thurs", "Thursday", "Fri", "Friday", "Sat", "Saturday", "Sun", "SUNDAY",
)  # fmt: skip
MARKS = (
    "Published", "Posted on", "Issued in", "Released", "Release date", "Publication date",
    "Date of issue", "掲載日", "公開日", "発行日", "発表日", "公表日", "登録日", "配信日", "発行",
    "Updated", "Last modified", "revised on", "更新日", "最終更新", "最終更新日", "改訂日",
)  # fmt: skip
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2025-11-11", "2025-11-11"),
        ("2025-11-11T10:00:00+09:00", "2025-11-11"),
        ("2025/3/4(火)", "2025-03-04"),
        ("2025.03.04", "2025-03-04"),
        ("２０２５年１月３日", "2025-01-03"),
        ("2024年4月", "2024-04"),
        ("令和7年1月14日", "2025-01-14"),
        ("令和7年1月14日(火)", "2025-01-14"),
        ("令和元年5月", "2019-05"),
        ("平成30年3月1日", "2018-03-01"),
        ("R7.1.14", "2025-01-14"),
        ("November 4, 2025", "2025-11-04"),
        ("Tuesday, 28 May 2024", "2024-05-28"),
        ("4th Nov. 2025", "2025-11-04"),
        ("July 2025", "2025-07"),
        ("2023 (start preliminarily early June 2023)", "2023"),
        ("March 2024; last updated June 11, 2024", "2024-03"),
        ("31/12/2026", "2026-12-31"),
        ("12/31/2026", "2026-12-31"),
        ("31.12.2026 10:00", "2026-12-31"),
        ("2026年4月30日 午後3時30分", "2026-04-30"),
        ("4 November 2025, 10:30 JST", "2025-11-04"),
        ("令和八年四月一日", "2026-04-01"),
        ("二〇二六年四月", "2026-04"),
        *((f"{day} 12 May 2026", "2026-05-12") for day in WEEKDAYS),
        *((f"{day} May 12th, 2026", "2026-05-12") for day in WEEKDAYS),
        ("2026.05", "2026-05"),
        ("May 1st 2026", "2026-05-01"),
        ("May 2nd 2026", "2026-05-02"),
        ("3rd May 2026", "2026-05-03"),
        ("May, 2026", "2026-05"),
        ("昭和63年", "1988"),
        ("S63.4.1", "1988-04-01"),
        ("H30.4.1", "2018-04-01"),
        ("2026 年 5 月 9 日（土曜日）", "2026-05-09"),
        ("2026年5月9日(土曜)", "2026-05-09"),
        ("28.02.2026", "2026-02-28"),
        ("5.31.2026", "2026-05-31"),
        ("二零二六年五月九日", "2026-05-09"),
        ("二〇二六年 五 月 九 日", "2026-05-09"),
        ("2026年5月9日 9時", "2026-05-09"),
        ("2026年5月9日 9時半", "2026-05-09"),
        ("2026年5月9日 9時5分", "2026-05-09"),
        ("9 May 2026, 9:30 pm", "2026-05-09"),
        ("9 May 2026 9:30:15.25 Z", "2026-05-09"),
        ("2026-05-09 (revised\nin June)", "2026-05-09"),
        ("1950", "1950"),
        ("2100-12-31", "2100-12-31"),
    ],
)
def test_certain_spellings_are_read(value: str, date: str) -> None:
    assert parse_date(value) == date


@pytest.mark.parametrize(
    "value",
    [
        *("", "Oct. 6", "deadline 2024-05-28", "FY2025", "2025年度", "令和7年度", "03/04/2025"),
        *("2024-13-01", "2025-02-30", "February 30, 2025", "2024-2025", "2025 edition"),
        *(
            "spring 2025",
            "12345",
            "0001",
            "1949",
            "2101",
            "平成年度",
            "2025年度4月",
            "令和7年度4月",
        ),
        *("R7.1.14年度", "3.4.2026", "9/5/2026", "2026-05-09 and later"),
    ],
)
def test_what_is_not_certainly_a_publication_date_is_left_out(value: str) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://www.jst.go.jp/report/2025/251111_e.html", "2025-11-11"),
        ("https://www.jst.go.jp/report/2025/260204.html", "2026-02-04"),
        ("https://www.jst.go.jp/report/2023/240329.html", "2024-03-29"),
        ("https://example.org/en/2025/03/05/a-new-collaboration", "2025-03-05"),
        ("https://soci.org/news/2024/10/six-new-centres", "2024-10"),
        ("https://example.org/news/20230512.html", "2023-05-12"),
        ("https://www.jst.go.jp/report/2023/251111.html", None),
        ("https://www.jst.go.jp/report/2025/259911.html", None),
        ("https://example.org/press/2024/major-investment", None),
        ("https://example.org/material/document/13920/13", None),
        ("https://example.org/id/120230512345", None),
        ("https://example.org/hojyo_detail/62761?date=20240101", None),
        ("https://example2024.org/10/", None),
        ("https://example.org/2025/03/05", "2025-03-05"),
        ("https://example.org/2025/03/05_news", "2025-03-05"),
        ("https://example.org/2025/03/05.html", "2025-03-05"),
        ("https://example.org/2025/03/055", "2025-03"),
        ("https://example.org/2025/0305", None),
        ("https://example.org/2025/03", None),
        ("https://example.org/1202505091", None),
        ("https://example.org/report/2025/260401.html", None),
        ("https://example.org/report/2025/260331", "2026-03-31"),
        ("https://example.org/a#/2025/03/05/", None),
    ],
)
def test_an_address_is_read_only_where_it_spells_a_date_out(url: str, date: str | None) -> None:
    assert date_from_url(url) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Title\n\nPublished: 4 November 2025\n\nText.", "2025-11-04"),
        ("題名\n掲載日：令和7年1月14日\n本文。", "2025-01-14"),
        ("Handbook\n\nVersion 1.1. Issued on 1 April 2025. Document number 7.", "2025-04-01"),
        ("手引\n\n第1.0版 令和8年4月1日 文書番号 7", "2026-04-01"),
        ("Title\n\nNovember 11, 2025\n\nThe meeting was on November 4, 2025.", "2025-11-11"),
        ("Title\n\nText.\n\nLast updated: 2024-06-11", "2024-06-11"),
        ("Title\n\nLast updated 2025-01-02. Published on 2024-01-02.", "2024-01-02"),
        ("Title\n\nOn November 4, 2025, investigators met.", None),
        ("Title\n\nDeadline: 28 May 2024\n\nText.", None),
        ("Title\n\n2025\n\nText.", None),
        ("令和7年度\n\n本文。", None),
        ("Title\n2026-05-09 10:30 JST\nText.", "2026-05-09"),
        ("Title\n2026-05-09T10:30:00.5+0900\nText.", "2026-05-09"),
        ("Title\n2026-05-09T10:30:00Z\nText.", "2026-05-09"),
        ("題名\n（2026年5月9日（土））\n本文。", "2026-05-09"),
        ("題名\n2026年5月9日（土）\n本文。", "2026-05-09"),
        ("題名\n【2026年5月9日】\n本文。", "2026-05-09"),
        ("題名\n2026年5月9日 (土曜日)\n本文。", "2026-05-09"),
        ("題名\n令和8年5月9日（土曜）\n本文。", "2026-05-09"),
        ("題名\n[2026-05-09 the day\n本文。", None),
        ("Title\n2026-05-09 is the day of it\nText.", None),
        ("題名\n発行 2025年度\n本文。", None),
        ("題名\n発行 2025度\n本文。", None),
        ("Title\nPublished: 20251109\nText.", None),
        ("Title\n2026-05\nText.", None),
        *((f"Title\n{mark}: 2026-05-09\nText.", "2026-05-09") for mark in MARKS),
        ("Title\n2026-05-08\nText.\n改訂日 2026-05-09", "2026-05-08"),
        (
            "\n".join(["Title", *["word"] * 10, "Published: 2026-05-09", *["word"] * 9]),
            "2026-05-09",
        ),
        ("\n".join(["Title", *["word"] * 11, "Published: 2026-05-09", *["word"] * 9]), None),
        (
            "\n".join(["Title", *["word"] * 40, "Published: 2026-05-09", "word", "word"]),
            "2026-05-09",
        ),
        (f"Title\n{'word ' * 80}Published: 2026-05-09\nText.", None),
    ],
)
def test_a_text_is_dated_only_by_what_it_says_of_itself(text: str, date: str | None) -> None:
    assert date_from_text(text) == date


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("2026-05-09まで", "2026-05-09", "まで"),
        ("2026年5月まで", "2026-05-31", "まで"),
        ("2026年2月、", "2026-02-28", "、"),
        ("2026年12月", "2026-12-31", ""),
        ("２０２６年", "2026-12-31", ""),
        ("2026年度", None, "2026年度"),
        ("令和8年度", None, "令和8年度"),
    ],
)
def test_the_last_day_of_what_a_text_begins_with(text: str, day: str | None, rest: str) -> None:
    found, end = last_day_of(text)
    assert (str(found) if found else None, text[end:]) == (day, rest)


def test_a_marked_date_deep_in_the_text_is_not_its_own() -> None:
    middle = "\n".join(["word"] * 40)
    assert date_from_text(f"Title\n{middle}\nPublished: 2020-01-01\n{middle}") is None


@given(st.text() | st.from_regex(r"[0-9年月日令和/.\- A-Za-z]{0,30}"))
def test_a_date_is_never_invented(text: str) -> None:
    for date in (
        parse_date(text),
        date_from_text(text),
        date_from_url(f"https://a.example/{text}"),
    ):
        assert date is None or DATE.fullmatch(date)
    date = parse_date(text)
    if date is not None:
        digits = sum(character.isdecimal() for character in text)
        assert digits >= 1 or "元" in text
