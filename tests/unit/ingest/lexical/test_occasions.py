"""When what a document tells of takes place: what counts, what does not, where the year is from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.index import Document, DocumentInfo, Occasion
from aspire_ingest.index.text.dates.occasions import find_occasions


def occasions(text: str, title: str = "News", published: str | None = None) -> list[Occasion]:
    info = DocumentInfo(document_id="d", source="d.md", title=title, published=published)
    return list(find_occasions(Document(info=info, text=text)))


def events(text: str, title: str = "News", published: str | None = None) -> list[Occasion]:
    return [one for one in occasions(text, title, published) if not one.is_term]


def days(text: str, title: str = "News", published: str | None = None) -> list[tuple[str, str]]:
    return [(one.first, one.last) for one in events(text, title, published)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The workshop was held on January 14-16, 2026 in Tokyo.", "2026-01-14", "2026-01-16"),
        ("On 12 and 13 February 2026 the teams met for a workshop.", "2026-02-12", "2026-02-13"),
        ("A forum takes place from 30 January to 2 February 2026.", "2026-01-30", "2026-02-02"),
        ("In January 2026 the projects held a debriefing session.", "2026-01", "2026-01"),
        ("Delegates from Canada visited JST on 12 February 2026.", "2026-02-12", "2026-02-12"),
        ("At the meeting on 14 January 2026 the projects reported.", "2026-01-14", "2026-01-14"),
        ("The next symposium is planned for October 2026.", "2026-10", "2026-10"),
        ("令和8年3月5日(木)と6日(金)に合同のワークショップを開いた。", "2026-03-05", "2026-03-06"),
        ("2025年11月4日、共同公募のPIが集まり、領域会議を行った。", "2025-11-04", "2025-11-04"),
        ("2026年3月5日、第1回公募で採択されたチームが会合に集まった。", "2026-03-05", "2026-03-05"),
        ("2026年3月5日、前年度に採択された課題の報告会を開きました。", "2026-03-05", "2026-03-05"),
        ("本セミナーは令和8年2月12日から13日まで実施されました。", "2026-02-12", "2026-02-13"),
        ("第3回ワークショップ 2026年2月12日(木)", "2026-02-12", "2026-02-12"),
        ("# Symposium on light, 5 March 2026\n\nText.", "2026-03-05", "2026-03-05"),
    ],
)
def test_a_day_on_which_something_takes_place(text: str, first: str, last: str) -> None:
    assert days(text) == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "The call for the symposium was published on 3 June 2026.",
        "Applications for the workshop close on 10 May 2026.",
        "The fund was established on 1 April 2020; research started in June 2023.",
        "The seminar of 3 May 2026 is cancelled.",
        "2026年2月12日に説明会資料を更新しました。",
        "応募締切は2026年5月10日です。",
        "2026年5月10日に会合の資料が公開されました。",
        "ASPIREの公募は採択されて令和6年2月に研究が始まった。",
        "The FY2026 budget of 2026 is larger than in January 2025.",
        "The workshop was held on Monday, January 14, 2026.",  # it was a Wednesday
    ],
)
def test_other_dates_are_none(text: str) -> None:
    assert days(text) == []


def test_each_date_belongs_to_the_word_next_to_it() -> None:
    text = "Applications for the workshop to be held on 3 June 2026 close on 10 May 2026."
    assert days(text) == [("2026-06-03", "2026-06-03")]
    assert days("応募締切は2026年5月10日です。説明会は2026年4月3日に開催します。") == [
        ("2026-04-03", "2026-04-03")
    ]


def test_a_line_of_a_schedule_counts_where_it_cannot_date_the_page() -> None:
    (one,) = occasions("日時: 2026年3月5日(木)13:00~17:00\n\n場所: 東京", title="公募説明会")
    assert (one.first, one.basis, one.kinds) == ("2026-03-05", "schedule", ("briefing",))
    assert days("Date: March 5, 2026\n\nVenue: Oslo\n\nThe symposium.", title="Symposium")
    assert days("Date: March 5, 2026\n\nThe symposium.", title="Symposium") == []
    assert days("Date: March 5, 2026\n\nVenue: Oslo", title="Travel rules") == []


def test_rows_of_a_calendar_count_and_those_of_a_list_of_deadlines_do_not() -> None:
    table = "| Date | What |\n| --- | --- |\n| 2026-03-05 | {one} |\n| 2026-04-02 | {two} |\n"
    found = occasions(table.format(one="Kick-off meeting", two="Workshop"))
    assert [(one.first, one.kinds[-1]) for one in found] == [
        ("2026-03-05", "meeting"),
        ("2026-04-02", "workshop"),
    ]
    assert days(table.format(one="Forms are due", two="Results")) == []


@pytest.mark.parametrize(
    ("text", "title", "published", "day", "year_from"),
    [
        ("The workshop was held on December 14.", "News", "2026-01-20", "2025-12-14", "published"),
        (
            "The workshop will be held on January 14.",
            "News",
            "2025-11-20",
            "2026-01-14",
            "published",
        ),
        ("The workshop was held on May 4.", "Workshop 2025", None, "2025-05-04", "title"),
        ("シンポジウムを1月14日に開催しました。", "報告", "2026-01-20", "2026-01-14", "published"),
    ],
)
def test_a_year_that_is_not_said_is_taken_where_it_is_certain(
    text: str, title: str, published: str | None, day: str, year_from: str
) -> None:
    (one,) = occasions(text, title, published)
    assert (one.first, one.year_from) == (day, year_from)


@pytest.mark.parametrize(
    ("text", "title", "published"),
    [
        ("The workshop was held on May 4.", "News", None),
        ("The workshop was held on May 4.", "News", "2026"),
        ("The workshop was held on May 4.", "News", "2026-03-01"),  # ten months before
        ("The workshop is held in March.", "News", "2026-03-01"),  # every year
        ("The workshop was held on May 4.", "From 2024 to 2025", None),
        ("シンポジウムを1月14日(木)に開催しました。", "報告", "2026-01-20"),  # no Thursday
    ],
)
def test_a_year_that_nobody_can_tell_is_not_invented(
    text: str, title: str, published: str | None
) -> None:
    assert days(text, title, published) == []


def test_kinds_come_from_the_sentence_and_of_its_own_occasion_from_the_title() -> None:
    (one,) = occasions("On 4 May 2026 the teams met in Oslo.", title="Workshop on light")
    assert one.kinds == ("workshop",)


@given(st.text(alphabet="1月4日開催 January 2026-,~年会議、。held on\n|#:5", max_size=200))
def test_spans_lie_in_the_text_and_days_exist(text: str) -> None:
    for one in occasions(text, "会議", "2026-01-20"):
        assert text[one.start : one.end].strip()
        assert one.first <= one.last or len(one.first) != len(one.last)


def test_a_table_that_begins_the_text_and_a_flood_of_dates_are_read_to_an_end() -> None:
    rows = "| Date | What |\n| --- | --- |\n" + "| 2026-01-14 | Meeting |\n" * 900
    assert days(rows) == [("2026-01-14", "2026-01-14")]
    assert days("held on 14 January 2026 the meeting, " * 900) == [("2026-01-14", "2026-01-14")]
