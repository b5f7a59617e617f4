"""Deadlines that have an hour: open before it and closed after it, wherever the asker is."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.memory_index import MemoryIndex
from tests.unit.bot.answering.made import EMBEDDER, index, info

from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import build_pipeline
from aspire_bot.office.staleness import stale_of
from aspire_bot.settings import Settings

ZONES = ("Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland", "Europe/Berlin")
A_MINUTE = timedelta(minutes=1)


PIPELINE = build_pipeline(Settings(home=Path("nowhere")), EMBEDDER)


@cache
def made(text: str) -> MemoryIndex:
    language = "ja" if any(sign > "\u3040" for sign in text) else "en"
    return index((text, info("alder", title="Alder", kind="call", language=language)))


def ask(text: str, question: str, moment: datetime, zone: str) -> Answer:
    asked_at = moment.astimezone(ZoneInfo(zone))
    asked = Question(text=question, asked_at=asked_at, timezone=zone)
    return PIPELINE.answer(asked, made(text))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Applications close at noon on 16 June 2031.", "2031-06-16T12:00+09:00"),
        ("Applications close on 16 June 2031 at 17:00 JST.", "2031-06-16T17:00+09:00"),
        ("Applications close at 17:00 (Brussels time) on 16 June 2031.", "2031-06-16T17:00+02:00"),
        ("Applications close on 16 June 2031, 23:59 AoE.", "2031-06-17T00:00-12:00"),
        ("Applications have to be submitted by midnight on 16 June 2031.",
         "2031-06-17T00:00+09:00"),
        ("Applications close on 16 June 2031.", "2031-06-17T00:00+09:00"),
        ("応募書類は2031年6月16日(月)正午までに提出してください。", "2031-06-16T12:00+09:00"),
        ("応募の締切は2031年6月16日24時(日本時間)です。", "2031-06-17T00:00+09:00"),
        ("応募書類は2031年6月16日午後5時必着です。", "2031-06-16T17:00+09:00"),
    ],
)  # fmt: skip
def test_a_call_is_open_before_its_hour_and_closed_after_it(text: str, moment: str) -> None:
    last = datetime.fromisoformat(moment)
    for zone in ZONES:
        before = ask(text, "Which calls are open?", last - A_MINUTE, zone).text
        after = ask(text, "Which calls are open?", last + A_MINUTE, zone).text
        assert before.count("(open until") == 1
        assert "None that" not in before
        assert "None that the documents know is open" in after
        assert after.count("(closed on") == 1
    tokyo = (text, "今応募できる公募は?", last - A_MINUTE, "Asia/Tokyo")
    assert "見つかりません" not in ask(*tokyo).text
    assert "締切済み" in ask(text, "今応募できる公募は?", last + A_MINUTE, "Asia/Tokyo").text


@pytest.mark.parametrize(
    ("text", "question", "said"),
    [
        ("Applications close at 17:00 JST on 16 June 2031.", "Which calls are open?",
         "(open until 16 June 2031, 17:00 JST)"),
        ("Applications close on 16 June 2031, 12:00 (Japan time).", "Which calls are open?",
         "(open until 16 June 2031, 12:00 (Japan time))"),
        ("Applications close at noon (Japan time) on 16 June 2031.", "今応募できる公募は?",
         "(2031年6月16日 12:00 (日本時間)まで)"),
        ("応募の締切は2031年6月16日正午(日本時間)です。", "今応募できる公募は?",
         "(2031年6月16日正午(日本時間)まで)"),
        ("応募の締切は2031年6月16日正午です。", "Which calls are open?",
         "(open until 16 June 2031, 12:00)"),
        ("応募の締切は2031年6月16日午後5時(協定世界時)です。", "Which calls are open?",
         "(open until 16 June 2031, 17:00 (UTC+00:00))"),
    ],
)  # fmt: skip
def test_the_hour_and_the_zone_are_said(text: str, question: str, said: str) -> None:
    answer = ask(text, question, datetime.fromisoformat("2031-06-02T12:00+09:00"), "Asia/Tokyo")
    assert said in answer.text
    hour = next(word for word in ("17:00", "12:00", "noon", "正午", "午後5時") if word in text)
    assert hour in answer.citations[0].quote


def test_a_call_is_open_from_the_hour_at_which_it_opens() -> None:
    text = "The call opens on 2 June 2031 at 10:00 JST and closes on 16 June 2031 at noon JST."
    opens = datetime.fromisoformat("2031-06-02T10:00+09:00")
    for zone in ZONES:
        early = ask(text, "Which calls are open?", opens - A_MINUTE, zone).text
        assert "None that the documents know is open" in early
        assert "(opens on 2 June 2031, 10:00 JST)" in early
        assert "(open until" in ask(text, "Which calls are open?", opens + A_MINUTE, zone).text


@pytest.mark.parametrize(
    ("hour", "coming", "today"),
    [("16:59", True, "open until"), ("17:01", False, "closed on")],
)
def test_what_is_over_by_its_hour_is_not_coming_up_but_was_today(
    hour: str, coming: bool, today: str
) -> None:
    text = "Applications close at 17:00 JST on 16 June 2031."
    moment = datetime.fromisoformat(f"2031-06-16T{hour}+09:00")
    ahead = ask(text, "Which deadlines are coming up?", moment, "Asia/Tokyo").text
    assert ("open until" in ahead) is coming
    assert f"({today}" in ask(text, "What closes today?", moment, "Asia/Tokyo").text


def test_beside_a_citation_a_call_is_closed_after_its_hour() -> None:
    text = "Applications close at 17:00 JST on 16 June 2031."
    (document,) = index((text, info("alder", kind="call"))).documents().values()
    for hour, is_closed in (("16:59", False), ("17:01", True)):
        now = datetime.fromisoformat(f"2031-06-16T{hour}+09:00").astimezone(ZoneInfo("UTC"))
        assert (stale_of(document, now.date(), now=now) is not None) is is_closed
