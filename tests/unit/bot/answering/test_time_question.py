"""Which questions ask what happened when, and of which time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.message.period.named_period import find_period
from aspire_bot.answering.message.period.period import Period, spoken
from aspire_bot.answering.message.period.term_question import read_named_term, read_term_question
from aspire_bot.answering.message.period.time_question import read_time_question
from aspire_bot.answering.types import Turn

TODAY = date(2026, 11, 22)


def period(text: str, *, ahead: bool = False) -> tuple[str, str]:
    found = find_period(text, TODAY, looks_ahead=ahead)
    assert found is not None, text
    return str(found.period.first or ""), str(found.period.last or "")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("meetings in January 2026", "2026-01-01", "2026-01-31"),
        ("令和8年1月の会議", "2026-01-01", "2026-01-31"),
        ("on 14 January 2026", "2026-01-14", "2026-01-14"),
        ("in FY2025", "2025-04-01", "2026-03-31"),
        ("昨年度のイベント", "2025-04-01", "2026-03-31"),
        ("between January and March 2026", "2026-01-01", "2026-03-31"),
        ("2026年1月から3月までの会議", "2026-01-01", "2026-03-31"),
        ("from December to February 2026", "2025-12-01", "2026-02-28"),
        ("since March", "2026-03-01", ""),
        ("since the beginning of 2026", "2026-01-01", ""),
        ("3月以降の", "2026-03-01", ""),
        ("after January 2026", "2026-02-01", ""),
        ("before April 2025", "", "2025-03-31"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("先週の", "2026-11-09", "2026-11-15"),
        ("the last three months", "2026-08-22", "2026-11-22"),
        ("過去2週間の", "2026-11-08", "2026-11-22"),
        ("autumn 2025", "2025-09-01", "2025-11-30"),
        ("昨年秋の", "2025-09-01", "2025-11-30"),
        ("winter 2025", "2025-12-01", "2026-02-28"),
        ("昨年11月に", "2025-11-01", "2025-11-30"),
        ("in March last year", "2025-03-01", "2025-03-31"),
        ("in December", "2025-12-01", "2025-12-31"),
        ("last November", "2025-11-01", "2025-11-30"),
    ],
)
def test_periods(text: str, first: str, last: str) -> None:
    assert period(text) == (first, last)


def test_a_month_without_a_year_is_the_next_one_where_the_question_looks_ahead() -> None:
    assert period("in January", ahead=True)[0] == "2027-01-01"


@pytest.mark.parametrize("text", ["no date here", "in May 2024 or in June 2025 or in 2026"])
def test_none_or_several_are_none(text: str) -> None:
    assert find_period(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "mode", "about", "kinds", "topic"),
    [
        ("Which meetings took place in January 2026", "during", "occasions", "", ""),
        (
            "Which quantum symposia were held in 2025?",
            "during",
            "occasions",
            "symposium",
            "quantum",
        ),
        ("2025年11月に開催されたシンポジウムはありますか", "during", "occasions", "symposium", ""),
        ("1月に行われたエネルギー分野の会議は?", "during", "occasions", "", "エネルギー分野"),
        ("what is new since March", "during", "news", "", ""),
        ("any news from autumn 2025", "during", "news", "", ""),
        ("what happened last month", "during", "occasions", "", ""),
        ("3月以降の新しいお知らせ", "during", "news", "", ""),
        ("latest news", "last", "news", "", ""),
        ("最新のお知らせを教えてください", "last", "news", "", ""),
        ("anything new?", "last", "news", "", ""),
        ("what happened lately", "last", "occasions", "", ""),
        ("最近何がありましたか", "last", "occasions", "", ""),
        ("最後のセミナーは?", "last", "occasions", "seminar", ""),
        ("次のシンポジウムはいつ", "next", "occasions", "symposium", ""),
        ("When is the next seminar?", "next", "occasions", "seminar", ""),
        ("What events are coming up?", "next", "occasions", "", ""),
    ],
)
def test_questions_about_time(text: str, mode: str, about: str, kinds: str, topic: str) -> None:
    asked = read_time_question(text, (), TODAY)
    assert asked is not None
    assert (asked.mode, asked.about, "".join(asked.kinds), asked.topic) == (
        mode,
        about,
        kinds,
        topic,
    )


@pytest.mark.parametrize(
    "text",
    [
        "What was decided at the meeting on 14 January 2026?",
        "Who gave the keynotes at the March 2025 workshop?",
        "How many projects reported in January 2026?",
        "Which projects presented at the meeting in January 2026?",
        "Where was the meeting in January 2026 held?",
        "What was the symposium in November about and who organised it?",
        "What reports must be submitted in March 2026?",
        "What is new in the FY2026 handbook?",
        "What updates were made to the travel rules in FY2026?",
        "What is the latest handbook?",
        "What came out of the January 2026 session?",
        "what has come out of the meetings in March 2025",
        "meeting",
        "2026年1月の会議で何が決まりましたか",
        "1月の会議はどこで開かれましたか",
        "令和7年1月のキックオフで発表した課題は?",
        "2026年3月に提出する報告書は何ですか",
        "最新の公募要領は?",
        "2026年度版で変わった点は何ですか",
    ],
)
def test_questions_that_merely_name_a_date(text: str) -> None:
    assert read_time_question(text, (), TODAY) is None


def test_what_has_not_happened_yet_is_left_out_where_nobody_asks_for_it() -> None:
    asked = read_time_question("Which meetings were held since March?", (), TODAY)
    assert asked is not None
    assert asked.period == Period(first=date(2026, 3, 1), last=TODAY)


def test_a_bare_period_carries_on_the_question_before() -> None:
    before = (Turn(role="user", text="Which workshops took place in January 2026?"),)
    asked = read_time_question("And in February 2026?", before, TODAY)
    assert asked is not None
    assert asked.kinds == {"workshop"}
    assert asked.period.first == date(2026, 2, 1)
    assert read_time_question("And in February 2026?", (), TODAY) is None
    assert read_time_question("2月は?", before, TODAY) is not None


def test_a_bare_period_may_carry_on_another_and_stays_ahead() -> None:
    before = tuple(
        Turn(role="user", text=text)
        for text in ("Which seminars are planned for next week?", "and in January?")
    )
    asked = read_time_question("and in March?", before, TODAY)
    assert asked is not None
    assert (asked.kinds, asked.period.first) == ({"seminar"}, date(2027, 3, 1))


@pytest.mark.parametrize(
    ("named", "english", "japanese"),
    [
        ("in January 2026", "January 2026", "2026年1月"),
        ("in 2025", "2025", "2025年"),
        ("on 14 January 2026", "14 January 2026", "2026年1月14日"),
        ("since March", "since 1 March 2026", "2026年3月1日以降"),
        ("autumn 2025", "September 2025 to November 2025", "2025年9月〜2025年11月"),
    ],
)
def test_a_period_is_named_in_both_languages(named: str, english: str, japanese: str) -> None:
    found = find_period(named, TODAY)
    assert found is not None
    assert (spoken(found.period, "en"), spoken(found.period, "ja")) == (english, japanese)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    read_time_question(text, (Turn(role="user", text=text),), TODAY)


@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.sampled_from(
        [
            "last month",
            "next week",
            "last winter",
            "来年度",
            "29 February last year",
            "前年2月29日",
            "next February",
            "the past 40 years",
        ]
    ),
)
def test_periods_exist_whatever_the_day(today: date, text: str) -> None:
    found = find_period(text, today)
    if found is not None and found.period.first and found.period.last:
        assert found.period.first <= found.period.last


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Is the polar call still open?", "polar"),
        ("Has the polar call closed already?", "polar"),
        ("can we still apply to the Nordic programme", "Nordic"),
        ("北欧との公募はまだ募集していますか", "北欧"),
        ("北欧公募は受付中ですか", "北欧"),
        ("did the polar call close yet?", "polar"),
        ("has POLARIS opened yet", "POLARIS"),
        ("have the Nordic calls opened", "Nordic"),
        ("北欧公募はもう始まりましたか", "北欧"),
        ("北欧の公募は終わった?", "北欧"),
        ("北欧の受付は終了しましたか", "北欧"),
        ("かがりの募集は始まった?", "かがり"),
        ("こもれびの応募はまだ間に合いますか", "こもれび"),
    ],
)
def test_a_call_that_is_named_is_compared_with_today(text: str, topic: str) -> None:
    asked = read_term_question(text, (), TODAY)
    assert asked is not None, text
    assert (asked.term, asked.period) == ("open", Period(first=TODAY, last=TODAY))
    assert topic in asked.topic


@pytest.mark.parametrize("name", ["かがり", "ひびき", "こもれび", "はまゆう"])
def test_a_name_in_hiragana_is_a_topic(name: str) -> None:
    asked = read_term_question(f"{name}の公募で今応募できるものは?", (), TODAY)
    assert asked is not None, name
    assert (asked.term, asked.topic) == ("open", name)


@pytest.mark.parametrize(
    "text",
    [
        "when did POLARIS close?",
        "did the call close because of the storm?",
        "did the director close the session with a talk?",
        "Is the seminar open to companies?",
        "Are the results open access?",
        "Is the reading room open to everyone?",
        "Who can still apply?",
        "How can we still apply?",
    ],
)
def test_what_is_open_to_some_is_no_call_that_is_open(text: str) -> None:
    assert read_term_question(text, (), TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "next deadline?",
        "the next deadline please",
        "次の締切は?",
        "直近の締切は?",
        "直近の締切はいつですか",
    ],
)
def test_the_next_deadline_is_one_that_is_ahead(text: str) -> None:
    asked = read_term_question(text, (), TODAY)
    assert asked is not None, text
    assert (asked.term, asked.period.first) == ("deadline", TODAY)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        # of a time that goes on, all; but what has happened ends today
        ("this month's events", "2026-11-01", "2026-11-30"),
        ("今月の会議は?", "2026-11-01", "2026-11-30"),
        ("What happened this month?", "2026-11-01", "2026-11-22"),
        ("今月開催された会議は?", "2026-11-01", "2026-11-22"),
        # anything at all
        ("anything in July 2026?", "2026-07-01", "2026-07-31"),
        ("did anything happen on 3 July 2026", "2026-07-03", "2026-07-03"),
        ("is there anything planned for next week?", "2026-11-23", "2026-11-29"),
        ("What's on next month?", "2026-12-01", "2026-12-31"),
        ("来週なにかある?", "2026-11-23", "2026-11-29"),
        ("in July, what happened?", "2026-07-01", "2026-07-31"),
        ("7月、何がありましたか", "2026-07-01", "2026-07-31"),
        ("since July, what has taken place?", "2026-07-01", "2026-11-22"),
        # what goes on is ahead
        ("what is going on between 2 July and 5 July?", "2027-07-02", "2027-07-05"),
        ("7月2日から5日まで何かありますか", "2027-07-02", "2027-07-05"),
        ("are there any seminars in July?", "2027-07-01", "2027-07-31"),
        ("were there any seminars in July?", "2026-07-01", "2026-07-31"),
        ("are there any news from July?", "2026-07-01", "2026-07-31"),
        ("7月にセミナーはありますか", "2027-07-01", "2027-07-31"),
        ("7月のお知らせはありますか", "2026-07-01", "2026-07-31"),
        ("7月2日から5日まで何かありましたか", "2026-07-02", "2026-07-05"),
        ("what is coming up in the new year?", "2027-01-01", "2027-01-31"),
        ("年明けに何がありますか", "2027-01-01", "2027-01-31"),
        ("元日に何がありますか", "2027-01-01", "2027-01-01"),
        ("明日は何か予定されていますか", "2026-11-23", "2026-11-23"),
    ],
)
def test_whatever_is_in_a_time_is_asked_for(text: str, first: str, last: str) -> None:
    asked = read_time_question(text, (), TODAY)
    assert asked is not None, text
    assert (str(asked.period.first), str(asked.period.last)) == (first, last)


@pytest.mark.parametrize("text", ["来月始まる公募は?", "来月開始する公募を教えて"])
def test_what_begins_in_a_time_is_what_opens(text: str) -> None:
    asked = read_term_question(text, (), TODAY)
    assert asked is not None, text
    assert (asked.term, asked.topic, str(asked.period.first)) == ("opening", "", "2026-12-01")


@pytest.mark.parametrize(
    "text",
    [
        "Which seminars and workshops took place in May 2026?",
        "seminars, workshops in May 2026",
        "2026年5月のセミナーとワークショップ",
    ],
)
def test_several_kinds_of_occasions_are_asked_for_together(text: str) -> None:
    asked = read_time_question(text, (), TODAY)
    assert asked is not None, text
    assert (asked.kinds, asked.topic) == ({"seminar", "workshop"}, "")


@pytest.mark.parametrize(
    "text", ["What is FY2025?", "anything I should know about the July 2026 report?"]
)
def test_what_only_names_a_time_asks_for_no_list(text: str) -> None:
    assert read_time_question(text, (), TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "What changed in the indirect cost rate compared with last year?",
        "What is new in the rules for travel versus 2025?",
        "Any updates relative to that of last year?",
        "What has changed in 2026 in contrast to the rules of 2025?",
        "昨年と比べて変わった情報は",
        "2025年との違いについての情報は",
    ],
)
def test_a_period_that_something_is_compared_with_is_not_asked_about(text: str) -> None:
    assert read_time_question(text, (), TODAY) is None


@pytest.mark.parametrize(
    "text",
    ["What changed last year?", "昨年変わった情報は", "2026年4月より開催されたイベントは"],
)
def test_what_took_place_in_a_period_is_asked_without_a_comparison(text: str) -> None:
    assert read_time_question(text, (), TODAY) is not None


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Until when can I apply for Beam?", "Beam"),
        ("By when must the Beam proposal be in?", "Beam"),
        ("What is the last day to apply for Beam?", "Beam"),
        ("till when are proposals accepted?", ""),
        ("What is the closing date for applications to Beam?", "Beam"),
        ("幹型はいつまでに出せばいいですか", "幹型"),
        ("幹型の募集はいつまで続きますか", "幹型"),
        ("応募はいつまで?", ""),
        ("何日まで応募できますか", ""),
    ],
)
def test_until_when_one_can_apply_is_asked_of_what_is_open(text: str, topic: str) -> None:
    asked = read_term_question(text, (), TODAY)
    assert asked is not None
    assert (asked.about, asked.term, asked.topic) == ("terms", "open", topic)
    assert asked.period == Period(first=TODAY, last=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "By when are applicants informed?",
        "By when must the annual report on the proposal be in?",
        "Until when can I submit questions?",
        "Until when can I apply for the call of 2025?",
        "What is the closing date of the accounts?",
        "報告書はいつまでに出せばいいですか",
        "繰越の申請はいつまでですか",
        "応募の結果はいつまでに分かりますか",
    ],
)
def test_until_when_anything_else_is_done_is_searched_for(text: str) -> None:
    assert read_term_question(text, (), TODAY) is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Which application deadlines are there in May?", {"application"}),
        ("Which deadlines are there in May?", set[str]()),
        ("Which letters of intent are due in May?", set[str]()),
        ("応募の締切はいつですか", {"application"}),
        ("締切はいつですか", set[str]()),
    ],
)
def test_deadlines_for_applying_are_asked_for_by_their_name(text: str, kinds: set[str]) -> None:
    asked = read_term_question(text, (), TODAY)
    assert asked is not None
    assert (asked.term, asked.kinds) == ("deadline", kinds)


@pytest.mark.parametrize(
    "text",
    [
        "which calls closed last month?",
        "which calls closed in the last three weeks?",
        "when did the last call close?",
        "who won the last call that closed?",
        "what was said at the last forum that ended in May?",
    ],
)
def test_what_closed_last_is_not_asked_for(text: str) -> None:
    asked = read_term_question(text, (), TODAY)
    assert asked is None or asked.mode == "during"


def test_of_what_closed_last_a_topic_is_kept() -> None:
    for text, topic in (
        ("which soil call closed last?", "soil"),
        ("土壌で最近締め切られた公募は?", "土壌"),
    ):
        asked = read_term_question(text, (), TODAY)
        assert asked is not None, text
        assert (asked.mode, asked.topic) == ("last", topic)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("最後に開かれた会議は?", ""),
        ("一番最後に開催された量子分野のワークショップはいつですか", "量子分野"),
        ("この前行われた報告会は", ""),
        ("直近で開催された会議は？", ""),
        ("which workshop was held last?", ""),
        ("When was a soil meeting last held?", "soil"),
        ("the symposium that took place most recently?", ""),
    ],
)
def test_the_last_is_said_by_adverbs_too(text: str, topic: str) -> None:
    asked = read_time_question(text, (), TODAY)
    assert asked is not None
    assert (asked.mode, asked.topic, asked.is_one) == ("last", topic, True)


@pytest.mark.parametrize(
    "text", ["最後に提出する書類は？", "who spoke in the meeting last held in Oslo?"]
)
def test_what_is_last_of_something_else_is_no_occasion(text: str) -> None:
    assert read_time_question(text, (), TODAY) is None


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("When is the Seed deadline?", "Seed"),
        ("when does Beam close", "Beam"),
        ("deadline for Beam", "Beam"),
        ("What is the closing date of the Alder scheme?", "Alder"),
        ("Seedの締切は", "Seed"),
        ("若手枠の締切日はいつですか", "若手枠"),
        ("Beamはいつ締め切られますか", "Beam"),
    ],
)
def test_the_end_of_one_call_is_asked_for_by_its_name(question: str, topic: str) -> None:
    read = read_named_term(question, TODAY)
    assert read is not None
    assert (read.topic, read.term) == (topic, "open")


@pytest.mark.parametrize(
    "question",
    [
        "When is the deadline?",
        "When did the 2024 call close?",
        "When is the midterm report due?",
        "deadline for the final report",
        "What happens if I miss the Beam deadline?",
        "Can the deadline for Beam be moved?",
        "Why was the deadline of Beam extended?",
        "When is the deadline for registering for the symposium?",
        "Is the deadline for Beam at noon?",
        "中間報告の締切は",
        "Beamの締切に遅れたらどうなりますか",
        "Beamの締切の前に署名は要りますか",
    ],
)
def test_what_asks_anything_else_of_an_end_is_searched_for(question: str) -> None:
    assert read_named_term(question, TODAY) is None
