"""Which days in sentences are those that were asked for."""

from datetime import date

import pytest
from tests.unit.bot.answering.made import evidence

from aspire_bot.answering.message.period.period import Period
from aspire_bot.answering.message.period.time_question import ALWAYS, Mode, TimeQuestion
from aspire_bot.answering.timeline.sentence_days import names_such_a_day

TODAY = date(2026, 12, 1)
SAID = evidence("It is moved from 4 March 2027 to 11 March 2027.")
IN_MARCH = Period(first=date(2027, 3, 1), last=date(2027, 3, 31))
IN_MAY = Period(first=date(2027, 5, 1), last=date(2027, 5, 31))


@pytest.mark.parametrize(
    ("mode", "period", "names"),
    [
        ("next", ALWAYS, True),
        ("last", ALWAYS, False),
        ("during", IN_MARCH, True),
        ("during", IN_MAY, False),
    ],
)
def test_a_day_counts_within_what_is_asked_for(mode: Mode, period: Period, names: bool) -> None:
    asked = TimeQuestion(mode=mode, about="occasions", period=period)
    assert names_such_a_day(asked, [SAID], TODAY) is names


def test_a_year_or_a_month_is_no_day() -> None:
    asked = TimeQuestion(mode="next", about="occasions")
    assert not names_such_a_day(asked, [evidence("It is moved to March 2027.")], TODAY)
    assert not names_such_a_day(asked, [], TODAY)
