"""Which days a message may ask about, by what it asks; and whether it asks for any."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.message.hash_features import BUCKETS
from aspire_bot.answering.message.period.asked_period import asked_period
from aspire_bot.answering.message.period.period_candidates import AskedPeriod, What, candidates
from aspire_bot.answering.message.period.period_model import features, shipped_model, unpacked
from aspire_bot.answering.types import Turn

TODAY = date(2026, 11, 28)
"""A Saturday."""


def days(text: str, what: What, today: date = TODAY) -> list[tuple[str, str]]:
    named = [one for one in candidates(text, today, None) if one.form != "implied"]
    asked = [one.by_what[what] for one in named if what in one.by_what]
    return [(one.first.isoformat(), one.last.isoformat()) for one in asked]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("deadlines in January", "2027-01-01", "2027-01-31"),
        ("what closes in December", "2026-12-01", "2026-12-31"),
        ("what closed in December", "2025-12-01", "2025-12-31"),
        ("due next week", "2026-11-30", "2026-12-06"),
        ("due within 2 weeks", "2026-11-28", "2026-12-12"),
        ("due by next Friday", "2026-11-28", "2026-12-04"),
        ("due before Christmas", "2026-11-28", "2026-12-24"),
        ("closing by the end of the year", "2026-11-28", "2026-12-31"),
        ("closing between 10 and 20 December", "2026-12-10", "2026-12-20"),
        ("due in early January", "2027-01-01", "2027-01-10"),
        ("upcoming deadlines", "2026-11-28", "2027-11-28"),
        ("12月中旬の締切", "2026-12-11", "2026-12-20"),
        ("今月中の締切", "2026-11-28", "2026-11-30"),
        ("年内に締め切られるもの", "2026-11-28", "2026-12-31"),
        ("来年1月締切", "2027-01-01", "2027-01-31"),
        ("3か月以内の締切", "2026-11-28", "2027-02-28"),
        ("来年度前半の締切", "2027-04-01", "2027-09-30"),
        ("今週と来週の締切", "2026-11-23", "2026-12-06"),
        ("来週水曜締切", "2026-12-02", "2026-12-02"),
    ],
)
def test_days_of_deadlines(text: str, first: str, last: str) -> None:
    assert days(text, "deadline") == [(first, last)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("what was published last quarter", "2026-07-01", "2026-09-30"),
        ("published since September", "2026-09-01", "2026-11-28"),
        ("published in the past 12 months", "2025-11-28", "2026-11-28"),
        ("posted in the second half of October", "2026-10-16", "2026-10-31"),
        ("published in the first half of this fiscal year", "2026-04-01", "2026-09-30"),
        ("published in Q2 of FY2025", "2025-07-01", "2025-09-30"),
        ("published between June and August", "2026-06-01", "2026-08-31"),
        ("年度初めからのお知らせ", "2026-04-01", "2026-11-28"),
        ("令和7年度下半期に公表された", "2025-10-01", "2026-03-31"),
        ("2025年上半期に公表された", "2025-01-01", "2025-06-30"),
        ("先々月のお知らせ", "2026-09-01", "2026-09-30"),
        ("直近3か月のお知らせ", "2026-08-28", "2026-11-28"),
        ("ここ数か月のお知らせ", "2026-08-28", "2026-11-28"),
        ("令和5〜7年度の報告書", "2023-04-01", "2026-03-31"),
        ("2026/9/1〜2026/9/30の公開", "2026-09-01", "2026-09-30"),
    ],
)
def test_days_of_what_was_published(text: str, first: str, last: str) -> None:
    assert days(text, "published") == [(first, last)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Which calls are open?", ("2026-11-28", "2026-11-28", "open now")),
        ("今応募できる公募は?", ("2026-11-28", "2026-11-28", "open now")),
        ("Which deadlines fall in February?", ("2027-02-01", "2027-02-28", "deadline")),
        ("2月に締め切られる公募を教えてください", ("2027-02-01", "2027-02-28", "deadline")),
        ("Which workshops were held last month?", ("2026-10-01", "2026-10-31", "took place")),
        ("先週公表されたお知らせはありますか", ("2026-11-16", "2026-11-22", "published")),
        ("which deadlines are coming up in January?", ("2027-01-01", "2027-01-31", "deadline")),
        ("upcoming deadlines next month", ("2026-12-01", "2026-12-31", "deadline")),
        ("近々ある締切で来月のものは", ("2026-12-01", "2026-12-31", "deadline")),
        ("meetings coming up in February", ("2027-02-01", "2027-02-28", "took place")),
        ("recent announcements in October 2026", ("2026-10-01", "2026-10-31", "published")),
        ("upcoming deadlines of the 2026 call", ("2026-11-28", "2027-11-28", "deadline")),
        ("2026年度公募の今後の締切は", ("2026-11-28", "2027-11-28", "deadline")),
        ("which calls are open now for FY2026", ("2026-11-28", "2026-11-28", "open now")),
        ("What came out of the January 2026 session?", None),
        ("How much is the ceiling of the FY2025 call?", None),
        ("令和7年度の上限額はいくらですか", None),
        ("When is the deadline of the Linden call?", None),
        ("楠公募の締切はいつですか", None),
        ("Who may apply?", None),
    ],
)
def test_whether_a_period_is_asked_for(text: str, wanted: tuple[str, str, str] | None) -> None:
    found = asked_period(text, TODAY)
    assert (found and (found.first.isoformat(), found.last.isoformat(), found.what)) == wanted


def test_a_bare_month_carries_on_what_was_asked() -> None:
    before = (Turn(role="user", text="Which calls close in January?"),)
    assert asked_period("and in February?", TODAY, before) == AskedPeriod(
        first=date(2027, 2, 1), last=date(2027, 2, 28), what="deadline"
    )


def test_a_year_earlier_is_the_period_before_moved() -> None:
    asked = AskedPeriod(first=date(2024, 2, 1), last=date(2024, 2, 29), what="published")
    (moved,) = (
        one
        for one in candidates("and the year before?", TODAY, asked)
        if one.form == "carried, moved"
    )
    period = moved.by_what["published"]
    assert (period.first, period.last) == (date(2023, 2, 1), date(2023, 2, 28))


def test_the_weights_are_small_and_survive_packing() -> None:
    model = shipped_model()
    assert model.weights.shape[0] == BUCKETS
    packed = model.packed()
    assert len(packed) < 200_000
    (one, *_) = candidates("Which calls are open?", TODAY, None)
    assert unpacked(packed).chances(one) == pytest.approx(model.chances(one), abs=0.01)


@given(st.text(max_size=120), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_any_message_can_be_read_on_any_day(text: str, today: date) -> None:
    for one in candidates(text, today, None):
        numbers, amounts = features(one)
        assert len(numbers) == len(amounts)
        assert all(asked.first <= asked.last for asked in one.by_what.values())
    asked_period(text, today, (Turn(role="user", text=text),))


@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.sampled_from(
        [
            "29 February",
            "the 31st",
            "ここ数か月",
            "the past 40 years",
            "来年2月29日",
            "last weekend",
            "30日までの締切",
            "the second half of February",
            "2月下旬",
        ]
    ),
)
def test_periods_are_of_days_that_exist(today: date, text: str) -> None:
    for what in ("deadline", "took place", "published"):
        for first, last in days(text, what, today):
            assert first <= last
