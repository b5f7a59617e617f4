"""Which days a phrase means: fiscal years, halves, weeks, weekdays, "ago", "through", 令和."""

from datetime import date

import pytest

from aspire_bot.answering.message.period.period_candidates import AskedPeriod, What, candidates

TODAY = date(2026, 11, 28)
"""A Saturday."""


def days(text: str, what: What, before: AskedPeriod | None = None) -> list[tuple[str, str]]:
    asked = [one.by_what[what] for one in candidates(text, TODAY, before) if what in one.by_what]
    return [(one.first.isoformat(), one.last.isoformat()) for one in asked]


@pytest.mark.parametrize(
    ("text", "first", "last", "what"),
    [
        ("projects selected in fiscal year 2024", "2024-04-01", "2025-03-31", "took place"),
        ("What was published in FY25?", "2025-04-01", "2026-03-31", "published"),
        ("workshops held in the 2025 fiscal year", "2025-04-01", "2026-03-31", "took place"),
        ("2024年度に開催されたワークショップは?", "2024-04-01", "2025-03-31", "took place"),
        ("令和6年度に採択された課題は?", "2024-04-01", "2025-03-31", "took place"),
        ("令和七年度上半期に公開された資料", "2025-04-01", "2025-09-30", "published"),
        ("今年度上半期のイベントは?", "2026-04-01", "2026-09-30", "took place"),
        ("下半期に締め切られる公募は?", "2026-10-01", "2027-03-31", "deadline"),
        ("来年度の上期に予定されている会議は?", "2027-04-01", "2027-09-30", "took place"),
        ("来月末が締切の公募は?", "2026-12-31", "2026-12-31", "deadline"),
        ("来月末までに締め切られる公募は?", "2026-11-28", "2026-12-31", "deadline"),
        ("今月末締切のものはありますか", "2026-11-30", "2026-11-30", "deadline"),
        ("再来月の締切は?", "2027-01-01", "2027-01-31", "deadline"),
        ("What is due in the week of 7 December?", "2026-12-07", "2026-12-13", "deadline"),
        ("events in the week of December 14", "2026-12-14", "2026-12-20", "took place"),
        ("due in the week beginning 11 January 2027", "2027-01-11", "2027-01-17", "deadline"),
        ("12月7日の週にあるイベントは?", "2026-12-07", "2026-12-13", "took place"),
        ("What closes by the end of Q1 2027?", "2026-11-28", "2027-03-31", "deadline"),
        ("What happened in Q2 2026?", "2026-04-01", "2026-06-30", "took place"),
        ("第3四半期に開催された会議は?", "2026-10-01", "2026-12-31", "took place"),
        ("What was published since last spring?", "2026-06-01", "2026-11-28", "published"),
        ("Which meetings took place since last summer?", "2026-09-01", "2026-11-28", "took place"),
        ("昨年の春以降に公表された報告書", "2025-06-01", "2026-11-28", "published"),
        ("去年の秋に開かれたシンポジウムは?", "2025-09-01", "2025-11-30", "took place"),
        ("events from 3 March through 20 March 2026", "2026-03-03", "2026-03-20", "took place"),
        ("calls closing from December through February", "2026-12-01", "2027-02-28", "deadline"),
        ("news from Monday through Friday of last week", "2026-11-16", "2026-11-20", "published"),
        ("deadlines between 10 and 20 December", "2026-12-10", "2026-12-20", "deadline"),
        ("1月10日から2月5日までのイベント", "2027-01-10", "2027-02-05", "took place"),
        ("12月の10日から20日に締切のもの", "2026-12-10", "2026-12-20", "deadline"),
        ("What is due on Friday?", "2026-12-04", "2026-12-04", "deadline"),
        ("what was posted last Tuesday", "2026-11-24", "2026-11-24", "published"),
        ("Which deadlines are next Thursday?", "2026-12-03", "2026-12-03", "deadline"),
        ("来週の水曜日が締切の公募は?", "2026-12-02", "2026-12-02", "deadline"),
        ("先週の金曜日に公開されたお知らせは?", "2026-11-20", "2026-11-20", "published"),
        ("What meeting was held a fortnight ago?", "2026-11-14", "2026-11-14", "took place"),
        ("news from the past fortnight", "2026-11-14", "2026-11-28", "published"),
        ("What closes within a fortnight?", "2026-11-28", "2026-12-12", "deadline"),
        ("Which deadlines are in the next two weeks?", "2026-11-28", "2026-12-12", "deadline"),
        ("What closes in 2 weeks?", "2026-11-28", "2026-12-12", "deadline"),
        ("2週間後に締め切られる公募は?", "2026-12-07", "2026-12-13", "deadline"),
        ("2週間以内に締め切られる公募は?", "2026-11-28", "2026-12-12", "deadline"),
        ("3日以内の締切は?", "2026-11-28", "2026-12-01", "deadline"),
        ("ここ10日間に公開されたもの", "2026-11-18", "2026-11-28", "published"),
        ("What was announced three weeks ago?", "2026-11-02", "2026-11-08", "published"),
        ("三か月前に開催された会議は?", "2026-08-01", "2026-08-31", "took place"),
        ("半年前に公表された資料は?", "2026-05-28", "2026-05-28", "published"),
        ("令和8年5月に開かれた会議は?", "2026-05-01", "2026-05-31", "took place"),
        ("平成30年度に採択された課題", "2018-04-01", "2019-03-31", "took place"),
        ("R7年3月の会議", "2025-03-01", "2025-03-31", "took place"),
        ("Reiwa 6 workshops", "2024-01-01", "2024-12-31", "took place"),
        ("which took place in the first half of 2025", "2025-01-01", "2025-06-30", "took place"),
        ("released in the second half of September", "2026-09-16", "2026-09-30", "published"),
        ("9月後半に公開されたもの", "2026-09-16", "2026-09-30", "published"),
        ("10月中旬から11月上旬に開かれた会議", "2026-10-11", "2026-11-10", "took place"),
        ("early October meetings", "2026-10-01", "2026-10-10", "took place"),
        ("What is due before Christmas?", "2026-11-28", "2026-12-24", "deadline"),
        ("年内に締め切られる公募は?", "2026-11-28", "2026-12-31", "deadline"),
        ("年度内に開催されるイベントは?", "2026-11-28", "2027-03-31", "took place"),
        ("年度末までの締切", "2026-11-28", "2027-03-31", "deadline"),
        ("events over the last three financial years", "2023-04-01", "2026-03-31", "took place"),
        ("What did you publish between 2023 and 2025?", "2023-01-01", "2025-12-31", "published"),
        ("2023年から2025年に開催されたシンポジウム", "2023-01-01", "2025-12-31", "took place"),
        ("What was on the day before yesterday?", "2026-11-26", "2026-11-26", "took place"),
        ("明後日の予定は?", "2026-11-30", "2026-11-30", "took place"),
        ("What is on this weekend?", "2026-11-28", "2026-11-29", "took place"),
        ("来週末のイベントは?", "2026-12-05", "2026-12-06", "took place"),
        ("events in the run-up to 15 December", "2026-11-28", "2026-12-15", "took place"),
        ("deadlines up to and including 15 December", "2026-11-28", "2026-12-15", "deadline"),
        ("12月15日以降の締切", "2026-12-15", "2027-11-28", "deadline"),
        ("12月15日より後の締切", "2026-12-16", "2027-11-28", "deadline"),
        ("events after 15 December", "2026-12-16", "2027-11-28", "took place"),
        ("meetings held in March and April 2026", "2026-03-01", "2026-04-30", "took place"),
        ("先月と今月に公開されたお知らせ", "2026-10-01", "2026-11-30", "published"),
        ("two months from now, what closes?", "2027-01-01", "2027-01-31", "deadline"),
        ("the last week of November: what happened?", "2026-11-24", "2026-11-30", "took place"),
        ("11月最終週のイベント", "2026-11-24", "2026-11-30", "took place"),
        ("the last ten days' news", "2026-11-18", "2026-11-28", "published"),
        ("日曜日に何がありますか", "2026-11-29", "2026-11-29", "took place"),
        ("quarter 4 of FY2025 meetings", "2026-01-01", "2026-03-31", "took place"),
        ("reports since the beginning of the fiscal year", "2026-04-01", "2026-11-28", "published"),
        ("年度初めから公開された報告書は?", "2026-04-01", "2026-11-28", "published"),
        ("mid-January deadlines", "2027-01-11", "2027-01-20", "deadline"),
        ("1月中旬の締切は?", "2027-01-11", "2027-01-20", "deadline"),
        ("news since three months ago", "2026-08-28", "2026-11-28", "published"),
        ("3か月前から公開されたもの", "2026-08-28", "2026-11-28", "published"),
        ("先月・先々月に公開されたもの", "2026-09-01", "2026-10-31", "published"),
        ("先週の月曜から水曜に公開されたもの", "2026-11-16", "2026-11-18", "published"),
        ("12月第2週の締切", "2026-12-08", "2026-12-14", "deadline"),
        ("来月末日が締切の公募", "2026-12-31", "2026-12-31", "deadline"),
        ("10月12日の会議より後に開かれた会議", "2026-10-13", "2026-11-28", "took place"),
        ("what closes on the *15th of December*", "2026-12-15", "2026-12-15", "deadline"),
        ("meetings in the week after next", "2026-12-07", "2026-12-13", "took place"),
        ("What is due the week after next?", "2026-12-07", "2026-12-13", "deadline"),
        ("calls that close the month after next", "2027-01-01", "2027-01-31", "deadline"),
        ("projects adopted in the fiscal year before last", "2024-04-01", "2025-03-31",
         "took place"),
        ("notices from the month before last", "2026-09-01", "2026-09-30", "published"),
        ("meetings of the quarter after next", "2027-04-01", "2027-06-30", "took place"),
        ("events of the year before last", "2024-01-01", "2024-12-31", "took place"),
        ("the financial year before last's events", "2024-04-01", "2025-03-31", "took place"),
        ("What was held in the FY before last?", "2024-04-01", "2025-03-31", "took place"),
        ("anything to hand in before the fiscal year ends?", "2026-11-28", "2027-03-31",
         "deadline"),
        ("what closes before this month is over", "2026-11-28", "2026-11-30", "deadline"),
        ("年度が変わる前に出す書類は?", "2026-11-28", "2027-03-31", "deadline"),
        ("今月が終わるまでに締め切られる公募は?", "2026-11-28", "2026-11-30", "deadline"),
        ("What is due until the year ends?", "2026-11-28", "2026-12-31", "deadline"),
        ("due till the quarter closes", "2026-11-28", "2026-12-31", "deadline"),
        ("by the time the financial year finishes", "2026-11-28", "2027-03-31", "deadline"),
        ("what closes before the week is out", "2026-11-28", "2026-11-29", "deadline"),
        ("before the month runs out, what is due?", "2026-11-28", "2026-11-30", "deadline"),
        ("今年度が替わる前の締切", "2026-11-28", "2027-03-31", "deadline"),
        ("本年度がかわるまでの締切", "2026-11-28", "2027-03-31", "deadline"),
        ("年が明けるまでの締切", "2026-11-28", "2026-12-31", "deadline"),
        ("今年がかわる前の締切", "2026-11-28", "2026-12-31", "deadline"),
        ("月が変わるまでの締切", "2026-11-28", "2026-11-30", "deadline"),
        ("年がおわるまでの締切", "2026-11-28", "2026-12-31", "deadline"),
        ("今週が変わる前の締切", "2026-11-28", "2026-11-29", "deadline"),
        ("週が終わるまでの締切", "2026-11-28", "2026-11-29", "deadline"),
        ("12月が終わるまでの締切", "2026-11-28", "2026-12-31", "deadline"),
        ("来月がおわる前の締切", "2026-11-28", "2026-12-31", "deadline"),
        ("deadlines later this year", "2026-11-28", "2026-12-31", "deadline"),
        ("later on in the year, which meetings are there?", "2026-11-28", "2026-12-31",
         "took place"),
        ("what was published earlier this year?", "2026-01-01", "2026-11-28", "published"),
        ("earlier in the fiscal year, which panels met?", "2026-04-01", "2026-11-28",
         "took place"),
        ("12/5〜12/9のセミナー", "2026-12-05", "2026-12-09", "took place"),
        ("calls closing 12/1–12/15", "2026-12-01", "2026-12-15", "deadline"),
        ("12/20〜1/10の締切", "2026-12-20", "2027-01-10", "deadline"),
        ("2026/12/5-12/9の予定", "2026-12-05", "2026-12-09", "took place"),
        ("12/5〜9のセミナー", "2026-12-05", "2026-12-09", "took place"),
        ("12月5〜9日のセミナー", "2026-12-05", "2026-12-09", "took place"),
        ("2027年1月12・13日の催し", "2027-01-12", "2027-01-13", "took place"),
        ("2028年1月12 - 13日の催し", "2028-01-12", "2028-01-13", "took place"),
        ("2025/12/5-9の催し", "2025-12-05", "2025-12-09", "took place"),
        ("昨年12月5-9日のセミナー", "2025-12-05", "2025-12-09", "took place"),
        ("01/12 - 13の催し", "2027-01-12", "2027-01-13", "took place"),
        ("12/5\uff5e9のセミナー", "2026-12-05", "2026-12-09", "took place"),
        ("12月5\uff5e9日のセミナー", "2026-12-05", "2026-12-09", "took place"),
        ("12/5\uff5e12/9のセミナー", "2026-12-05", "2026-12-09", "took place"),
        ("11/27-29の予定", "2026-11-27", "2026-11-29", "took place"),
        ("11/27-29に公開されたもの", "2026-11-27", "2026-11-29", "published"),
        ("週明けに締切のもの", "2026-11-30", "2026-11-30", "deadline"),
        ("1H 2026 workshops", "2026-01-01", "2026-06-30", "took place"),
        ("2H FY2025 meetings", "2025-10-01", "2026-03-31", "took place"),
        ("2H of 2025 meetings", "2025-07-01", "2025-12-31", "took place"),
        ("1H FY 2025 meetings", "2025-04-01", "2025-09-30", "took place"),
        ("来春開始の課題", "2027-03-01", "2027-05-31", "took place"),
        ("今秋採択の課題", "2026-09-01", "2026-11-30", "took place"),
        ("昨春採択の課題", "2025-03-01", "2025-05-31", "took place"),
        ("the next two fiscal years' events", "2027-04-01", "2029-03-31", "took place"),
    ],
)  # fmt: skip
def test_the_days_of_a_phrase(text: str, first: str, last: str, what: What) -> None:
    assert (first, last) in days(text, what)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("and the fiscal year before last?", "2024-04-01", "2025-03-31"),
        ("and the year before last?", "2024-01-01", "2024-12-31"),
    ],
)
def test_the_year_before_last_is_a_year_of_its_own(text: str, first: str, last: str) -> None:
    year = AskedPeriod(first=date(2026, 4, 1), last=date(2027, 3, 31), what="took place")
    found = days(text, "took place", year)
    assert found[0] == (first, last)
    assert ("2025-04-01", "2026-03-31") not in found


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("What is due the week after next?", "what is due ■?"),
        ("the week before last's news", "■ news"),
        ("12/5-9日にあるセミナー", "■あるセミナー"),
        ("毎月が終わる前の報告", "毎月が終わる前の報告"),
        ("先々月が終わるまでの報告", "□報告"),
        ("it takes 2h", "it takes 2h"),
        ("12/5-1のセミナー", "■-1のセミナー"),
        ("2/28-30のセミナー", "■-30のセミナー"),
        ("2/30-31のセミナー", "2/30-31のセミナー"),
    ],
)
def test_the_words_of_a_period_are_taken_whole(text: str, signed: str) -> None:
    assert candidates(text, TODAY, None)[0].text == signed


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("version 1.12/5-9", "2026-12-05", "2026-12-09"),
        ("12/5-9-3", "2026-12-05", "2026-12-09"),
        ("12/5-9~3", "2026-12-05", "2026-12-09"),
        ("4/1-5月末の催し", "2026-04-01", "2026-04-05"),
        ("12/1-30/2", "2026-12-01", "2026-12-30"),
        ("12/1-311", "2026-12-01", "2026-12-31"),
    ],
)
def test_what_only_looks_like_days_of_a_month_is_none(text: str, first: str, last: str) -> None:
    assert (first, last) not in days(text, "took place")


def test_what_is_over_is_left_out_of_the_period_before() -> None:
    year = AskedPeriod(first=date(2026, 4, 1), last=date(2027, 3, 31), what="took place")
    for text in ("もう終わったのは除いて", "without those that are over"):
        assert days(text, "took place", year) == [("2026-11-28", "2027-03-31")]
    assert days("all of them", "took place", year) == [("2026-04-01", "2027-03-31")]
