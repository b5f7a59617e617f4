"""What one word joins: two things asked where one is about time, and one thing otherwise."""

from datetime import date

import pytest

from aspire_bot.answering.message.time_asked import groups_by_way

TODAY = date(2031, 6, 2)


def parts(*asks: str) -> list[tuple[str, bool]]:
    """The things asked in their order, and whether each is about time."""
    groups = groups_by_way(asks, (), TODAY)
    return [(ask, one.when is not None) for one in groups for ask in one.asks]


@pytest.mark.parametrize(
    ("text", "dated", "other"),
    [
        ("今月締切のものと、応募資格を教えて", "今月締切のもの", "応募資格を教えて"),
        ("来月〆切の公募と採択件数は？", "来月〆切の公募", "採択件数は？"),
        ("7月に締め切られる公募および提出様式", "7月に締め切られる公募", "提出様式"),
        ("募集中のものとあわせて申請の手順も", "募集中のもの", "申請の手順も"),
        ("次の締切や若手研究者の定義", "次の締切", "若手研究者の定義"),
        ("今応募できる公募ならびに審査の観点", "今応募できる公募", "審査の観点"),
        ("今後の締切／旅費の扱い", "今後の締切", "旅費の扱い"),
        ("直近の締切と共同研究契約の要否", "直近の締切", "共同研究契約の要否"),
        (
            "年内の締切と、それから経費の区分を知りたい",
            "年内の締切",
            "経費の区分を知りたい",
        ),
        ("来週の説明会と申込方法を教えて", "来週の説明会", "申込方法を教えて"),
        ("来月始まる公募と英語版の要領", "来月始まる公募", "英語版の要領"),
        ("今週締切の公募＋担当者の連絡先", "今週締切の公募", "担当者の連絡先"),
        ("calls open now / page limit", "calls open now", "page limit"),
        (
            "which calls close in July as well as how reviewers are chosen",
            "which calls close in July",
            "how reviewers are chosen",
        ),
        ("next deadline + cost categories?", "next deadline", "cost categories?"),
        (
            "the deadlines in July and the address of the office",
            "the deadlines in July",
            "the address of the office",
        ),
        ("upcoming deadlines plus salary rules", "upcoming deadlines", "salary rules"),
        (
            "what is due this month, and which costs are eligible?",
            "what is due this month",
            "which costs are eligible?",
        ),
        ("open calls; size of a consortium", "open calls", "size of a consortium"),
        (
            "meetings in May 2031 together with the dress code",
            "meetings in May 2031",
            "the dress code",
        ),
    ],
)
def test_dates_first_then_what_documents_say(text: str, dated: str, other: str) -> None:
    assert parts(text) == [(dated, True), (other, False)]


@pytest.mark.parametrize(
    ("text", "other", "dated"),
    [
        ("採択件数と来月〆切の公募は？", "採択件数", "来月〆切の公募は？"),
        ("提出様式および7月の締切", "提出様式", "7月の締切"),
        ("審査の観点と、今応募できる公募を教えて", "審査の観点", "今応募できる公募を教えて"),
        ("page limit / calls open now", "page limit", "calls open now"),
        (
            "how reviewers are chosen and the deadlines in July",
            "how reviewers are chosen",
            "the deadlines in July",
        ),
        ("salary rules plus upcoming deadlines", "salary rules", "upcoming deadlines"),
    ],
)
def test_what_documents_say_first_then_dates(text: str, other: str, dated: str) -> None:
    assert parts(text) == [(other, False), (dated, True)]


@pytest.mark.parametrize(
    "text",
    [
        # compared
        "7月の締切と8月の締切の違いは？",
        "今月締切の公募と来月締切の公募、どちらが大きい？",
        "difference between the July deadline and the annual one",
        "how do open calls and closed calls differ",
        "time between the next deadline and the interview",
        "次の締切と面接の間は何日ですか",
        # names
        "学振と科研費の次の締切",
        "英国とドイツの募集中の公募",
        "deadlines in July of NSERC and DFG",
        "open calls for Canada and the UK",
        # dates
        "7月と8月の締切",
        "deadlines in July and August",
        "calls closing between July 1 and July 31",
        "今月と来月締切の公募",
        # dates of another kind, and what a list of dates says
        "7月の締切と公募開始",
        "deadlines and openings in July",
        "次の締切と時刻",
        "今月締切の公募とリンク",
        "今後の会議とシンポジウム",
        "meetings and workshops in May 2031",
        # one word of several meanings, one sentence
        "今月締切のものという話は本当ですか",
        "次の締切とは何ですか",
        "Which calls close in July and pay travel?",
        "今募集中で、英国と共同の公募は？",
        "大学と組めるやつで来月締切のもの",
        "締切まであと何日ですか",
        "open calls w/ Taiwan",
        "calls open now and/or next month",
        "12/5締切の公募",
        # nothing about time at all
        "応募資格と提出先",
        "the budget and the page limit",
    ],
)
def test_what_is_one_thing_stays_one(text: str) -> None:
    assert [ask for ask, _ in parts(text)] == [text]


@pytest.mark.parametrize(
    ("asks", "whole"),
    [
        (("今後の会議", "シンポジウムは？"), "今後の会議とシンポジウムは？"),
        (("meetings", "workshops in May 2031"), "meetings and workshops in May 2031"),
    ],
)
def test_kinds_of_occasions_that_were_cut_apart_are_asked_together(
    asks: tuple[str, ...], whole: str
) -> None:
    assert parts(*asks) == [(whole, True)]


def test_a_kind_alone_joins_no_question_about_something_else() -> None:
    assert parts("who chairs it", "workshops") == [("who chairs it", False), ("workshops", False)]


@pytest.mark.parametrize(
    ("second", "is_dated"),
    [
        ("calls closing this month", True),
        ("what is due this year?", True),
        ("7月締切の公募は？", True),
        ("when does it close this year?", False),
        ("7月の締切はいつですか", False),
    ],
)
def test_a_period_says_of_a_later_thing_that_it_is_a_list(second: str, *, is_dated: bool) -> None:
    first = "Who may apply for the Larch grant"
    assert parts(first, second)[1] == (second, is_dated)
