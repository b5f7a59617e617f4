"""The hour at which a term ends: how it is written, in which zone, and the moment that it is."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.index import Document, DocumentInfo, Occasion
from aspire_ingest.index.text.dates.moments import closes_at, has_closed, has_opened, opens_at
from aspire_ingest.index.text.dates.occasions import find_occasions
from aspire_ingest.index.text.dates.zones import zone_info, zone_key, zone_of_all


def terms(text: str) -> list[Occasion]:
    info = DocumentInfo(document_id="d", source="d.md", title="Larch call", kind="call")
    return [one for one in find_occasions(Document(info=info, text=text)) if one.is_term]


def utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("text", "minutes", "zone", "said"),
    [
        ("Applications close at noon on 3 July 2031.", 720, "", "noon"),
        ("Send it in by midnight on 3 July 2031.", 1440, "", "midnight"),
        ("Send it in by 5:30 p.m. on Thursday, 3 July 2031.", 1050, "", "5:30 p.m."),
        ("Deadline: 3 July 2031, 17:00 JST", 1020, "Asia/Tokyo", "17:00 JST"),
        ("Deadline: 3 July 2031 (12:00 noon UTC)", 720, "+00:00", "12:00 noon UTC"),
        ("Deadline: 2031-07-03T16:45", 1005, "", "16:45"),
        ("The call closes on 3 July 2031 at 11:59 pm AoE.", 1439, "-12:00", "11:59 pm AoE"),
        ("The call closes on July 3, 2031 at 9 a.m. UTC+5:30.", 540, "+05:30", "9 a.m. UTC+5:30"),
        ("Not later than 17h00 UK time on 3 July 2031.", 1020, "Europe/London", "17h00 UK time"),
        (
            "Proposals are due by 12:00 (Japan time) on 3 July 2031.",
            720,
            "Asia/Tokyo",
            "12:00 (Japan time)",
        ),
        ("The call closes on 3 July 2031; the portal shuts at noon.", 720, "", "noon"),
        ("The call closes on 3 July 2031; send it in by 16:00 CET.", 960, "+01:00", "16:00 CET"),
        ("Deadline (noon): 3 July 2031", 720, "", "noon"),
        ("応募締切:2031年7月3日(木)正午", 720, "", "正午"),
        ("応募締切:2031年7月3日(木)24時", 1440, "", "24時"),
        ("応募締切（15時）：2031年7月3日", 900, "", "15時"),
        ("応募は2031年7月3日午後5時半までに提出してください。", 1050, "", "午後5時半"),
        (
            "応募は2031年7月3日（木）１７時００分（日本時間）必着。",
            1020,
            "Asia/Tokyo",
            "17時00分(日本時間)",
        ),
        ("提出期限は日本時間の2031年7月3日18:00です。", 1080, "Asia/Tokyo", "18:00"),
        ("提出期限は2031年7月3日12時(協定世界時)です。", 720, "+00:00", "12時(協定世界時)"),
        ("Deadline: 3 July 2031", None, "", ""),
        ("Applications close on 3 July 2031. We are in from 9:00 to 17:00.", None, "", ""),
        ("The call closes on 3 July 2031, after 25:80 pages.", None, "", ""),
        ("応募締切:2031年7月3日。相談は1時間以内です。", None, "", ""),
    ],
)  # fmt: skip
def test_the_hour_of_a_deadline(text: str, minutes: int | None, zone: str, said: str) -> None:
    (term,) = terms(text)
    assert (term.first, term.last) == ("2031-07-03", "2031-07-03")
    if minutes is None:
        assert term.closes is None
        return
    assert term.closes is not None
    assert (term.closes.minutes, term.closes.zone, term.closes.said) == (minutes, zone, said)
    assert len(text[term.closes.start : term.closes.end]) == len(said)


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("Applications are accepted from 10:00 on 2 June to 17:00 on 3 July 2031 (JST).",
         "2031-06-02T10:00+09:00", "2031-07-03T17:00+09:00"),
        ("Applications are accepted from 2 June 2031 until noon on 3 July 2031.",
         "2031-06-02T00:00+09:00", "2031-07-03T12:00+09:00"),
        ("The call opens on 2 June 2031 at 9:00 CEST and closes on 3 July 2031 at noon CEST.",
         "2031-06-02T09:00+02:00", "2031-07-03T12:00+02:00"),
        ("募集期間:2031年6月2日(月)10時から2031年7月3日(木)正午まで",
         "2031-06-02T10:00+09:00", "2031-07-03T12:00+09:00"),
        ("募集期間:2031年6月2日(月)〜2031年7月3日(木)17時\n",
         "2031-06-02T00:00+09:00", "2031-07-03T17:00+09:00"),
        ("The call is open from 2 June 2031 to 3 July 2031.\n\nDeadline: 3 July 2031, 17:00 UTC\n",
         "2031-06-02T00:00+09:00", "2031-07-03T17:00+00:00"),
    ],
)  # fmt: skip
def test_the_hours_of_a_window(text: str, opens: str, closes: str) -> None:
    (term,) = terms(text)
    assert (opens_at(term), closes_at(term)) == (utc(opens), utc(closes))


def test_the_zone_may_stand_in_the_head_of_a_column_or_hold_for_all_times() -> None:
    head = "| Call | Deadline (UTC) |\n| --- | --- |\n"
    (one,) = terms(f"{head}| Larch | 3 July 2031, 17:00 |\n")
    assert closes_at(one) == utc("2031-07-03T17:00+00:00")
    (other,) = terms("All times are given in CET.\n\nApplications close on 3 July 2031 at 17:00.")
    assert closes_at(other) == utc("2031-07-03T17:00+01:00")
    assert zone_of_all("時刻はすべて日本時間です。") == "日本時間"


def test_a_deadline_said_twice_has_the_hour_that_is_said_once() -> None:
    (one,) = terms("The call closes on 3 July 2031.\n\nDeadline: 3 July 2031, 12:00 JST\n")
    assert closes_at(one) == utc("2031-07-03T12:00+09:00")


def test_a_deadline_that_moved_has_its_new_hour() -> None:
    text = "The deadline of 3 July 2031, 17:00 JST has been extended to 8 July 2031, 12:00 JST."
    (one,) = terms(text)
    assert (opens_at(one).day, closes_at(one)) == (8, utc("2031-07-08T12:00+09:00"))


def test_a_term_without_an_hour_counts_its_days_whole_in_japan() -> None:
    (one,) = terms("The call opens on 2 June 2031 and closes on 3 July 2031.")
    assert not has_opened(one, utc("2031-06-01T14:59:59+00:00"))
    assert has_opened(one, utc("2031-06-01T15:00:00+00:00"))
    assert not has_closed(one, utc("2031-07-03T23:59:59+09:00"))
    assert has_closed(one, utc("2031-07-04T00:00:00+09:00"))


def test_a_minute_before_midnight_is_meant_whole() -> None:
    (one,) = terms("Deadline: 3 July 2031, 23:59 JST")
    assert not has_closed(one, utc("2031-07-03T23:59:40+09:00"))
    assert has_closed(one, utc("2031-07-04T00:00:00+09:00"))


@pytest.mark.parametrize(
    ("written", "offset_h"),
    [
        ("JST", 9), ("UTC+9", 9), ("GMT-3", -3), ("UTC+05:30", 5.5), ("AoE", -12),
        ("anywhere on earth", -12), ("Japan Standard Time", 9), ("the Japan time", 9), ("CEST", 2),
        ("日本時間", 9), ("日本標準時間", 9), ("協定世界時", 0), ("韓国時間", 9),
        ("Coordinated Universal Time", 0), ("EST", -5),
    ],
)  # fmt: skip
def test_zones_by_any_of_their_names(written: str, offset_h: float) -> None:
    offset = datetime(2031, 1, 15, tzinfo=zone_info(zone_key(written))).utcoffset()
    assert offset is not None
    assert offset.total_seconds() == offset_h * 3600


def test_a_place_has_its_summer_time() -> None:
    zone = zone_info(zone_key("Brussels time"))
    offsets = [datetime(2031, month, 15, tzinfo=zone).utcoffset() for month in (1, 7)]
    assert [one and one.total_seconds() for one in offsets] == [3600, 7200]


@pytest.mark.parametrize("written", ["local time", "現地時間", "UTC+77", "teatime"])
def test_of_other_words_no_zone_is_made_up(written: str) -> None:
    assert zone_key(written) == ""


@given(
    st.text(
        alphabet="3 July 2031年7月日正午24時:0 JST noon by at on UTC+(),まで締切Deadline\n",
        max_size=160,
    )
)
def test_any_text_is_read_and_an_hour_is_where_it_says(text: str) -> None:
    for one in terms(text):
        for hour in (one.opens, one.closes):
            if hour is not None:
                assert 0 <= hour.minutes <= 30 * 60
                assert 0 <= hour.start < hour.end <= len(text)
        assert closes_at(one).tzinfo is not None
