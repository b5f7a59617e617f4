"""How long it is until something is asked of its date."""

from datetime import date

import pytest

from aspire_bot.answering.message.follow_up.stand_alone import completed
from aspire_bot.answering.message.period.countdown import date_asked
from aspire_bot.answering.message.time_asked import time_asked
from aspire_bot.answering.types import Turn


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How many weeks are left until the soil forum?", "When is the soil forum?"),
        ("how much time do we still have till the call closes", "When the call closes?"),
        ("ok, how long is it before the deadline?", "When is the deadline?"),
        ("days until the forum", "When is the forum?"),
        ("and how long do we have left?", "until when?"),
        ("how much time remaining", "until when?"),
        ("試行公募の締切まであと何日ですか", "試行公募の締切はいつですか"),
        ("懇談会までどのくらいありますか", "懇談会はいつですか"),
        ("あと何日?", "いつまで?"),
        ("残りはどれくらいですか", "いつまで?"),
    ],
)
def test_how_long_until_is_when(text: str, asked: str) -> None:
    assert date_asked(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "How long is the project?",
        "How long does it take from submission until the decision?",
        "How many days before the forum must I register?",
        "How long may a fellow stay before leaving?",
        "申請から採択までどのくらいですか",
        "採択まで何か月かかりますか",
        "研究期間は何年ですか",
    ],
)
def test_a_duration_is_left_as_it_is(text: str) -> None:
    assert date_asked(text) == text


def test_what_is_left_is_left_of_what_was_asked_before() -> None:
    left = date_asked("how long do I have left?")
    assert completed("When is the soil forum?", left) == "until when is the soil forum?"
    assert completed("試行公募の締切はいつですか", date_asked("あと何日ですか")) == (
        "試行公募の締切はいつまでですか"
    )


def test_of_what_is_open_what_is_left_is_told_with_its_last_day() -> None:
    before = Turn(role="user", text="Can I still apply for the pilot call?")
    asked = time_asked("how long do I have left?", (before,), date(2031, 6, 2))
    assert asked is not None
    assert (asked.term, asked.topic) == ("open", "pilot")
    assert time_asked("how long do I have left?", (), date(2031, 6, 2)) is None
