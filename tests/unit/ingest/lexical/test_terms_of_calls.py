"""Which deadlines are of applying: not those of questions, reports, changes, or letters before."""

import pytest
from tests.unit.ingest.lexical.test_terms import found


def told(text: str) -> list[str]:
    terms = found(text, "Call for proposals", "2031-01-20", is_call=True)
    return [f"{one.last} {'apply' if 'application' in one.kinds else 'due'}" for one in terms]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Proposals are accepted until 29 June 2031.", ["2031-06-29 apply"]),
        ("Questions about the call are received until 5 June 2031.", ["2031-06-05 due"]),
        (
            "Proposals are accepted until 29 June 2031; questions may be sent until 22 June 2031.",
            ["2031-06-29 apply", "2031-06-22 due"],
        ),
        ("Questions are welcome, and the call closes on 3 May 2031.", ["2031-05-03 apply"]),
        ("Applicants may withdraw their proposal until 3 May 2031.", ["2031-05-03 due"]),
        ("Until 9 June 2031, applicants may reopen their proposal.", ["2031-06-09 due"]),
        ("Annual reports are due by 3 May 2031.", ["2031-05-03 due"]),
        ("The signed agreement has to be submitted by 3 May 2031.", ["2031-05-03 due"]),
        ("応募に関する質問は2031年6月5日まで受け付けます。", ["2031-06-05 due"]),
        (
            "応募の締切は2031年6月20日、質問の受付は2031年6月5日までです。",
            ["2031-06-20 apply", "2031-06-05 due"],
        ),
        ("2031年5月3日までに提案書を提出してください。", ["2031-05-03 apply"]),
        ("応募期間:2031年4月1日〜2031年5月3日(質問は4月20日まで)", ["2031-05-03 apply"]),
        ("Unspent money is returned by 31 May 2031.", ["2031-05-31 due"]),
        ("Applications to carry over are made by 28 February 2031.", ["2031-02-28 due"]),
        ("Proposals for further funds are due on 3 May each year.", ["2031-05-03 due"]),
        ("繰越の申請は2031年2月28日までに行ってください。", ["2031-02-28 due"]),
        ("毎年度、5月31日までに計画を提出してください。", ["2031-05-31 due"]),
        ("成果報告書は2031年5月31日までに提出してください。", ["2031-05-31 due"]),
        ("| 手続き | 質問締切 |\n|---|---|\n| 一般枠の応募 | 2031年5月3日 |", ["2031-05-03 due"]),
    ],
)
def test_what_a_clause_says_of_its_date_is_of_applying_or_is_not(
    text: str, terms: list[str]
) -> None:
    assert told(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "People who submitted a proposal before 3 May 2031 may reopen it until 9 June 2031.",
            ["2031-06-09 due"],
        ),
        (
            "Proposals that were already sent before 3 May 2031 stay valid.",
            [],
        ),
        (
            "2031年5月3日までに申請した方は、2031年6月9日まで書類を差し替えられます。",
            ["2031-06-09 due"],
        ),
        ("Proposals must be submitted before 3 May 2031.", ["2031-05-03 apply"]),
    ],
)
def test_by_the_date_until_when_somebody_had_done_it_nothing_is_due(
    text: str, terms: list[str]
) -> None:
    assert told(text) == terms


@pytest.mark.parametrize(
    ("rows", "terms"),
    [
        (
            ("Letter of intent (large grants) | 3 May 2031", "Full proposal | 9 June 2031"),
            ["2031-05-03 due", "2031-06-09 apply"],
        ),
        (("Expression of interest | 3 May 2031",), ["2031-05-03 apply"]),
        (
            ("意向表明書 | 2031年5月3日", "申請期限 | 2031年6月9日"),
            ["2031-05-03 due", "2031-06-09 apply"],
        ),
        (("Interviews | 3 May 2031", "Decisions announced | 9 June 2031"), []),
    ],
)
def test_a_letter_before_a_proposal_is_due_and_closes_no_call(
    rows: tuple[str, ...], terms: list[str]
) -> None:
    table = "\n".join(("| Step | Date |", "|---|---|", *(f"| {row} |" for row in rows)))
    assert told(f"## Dates\n\n{table}") == terms


@pytest.mark.parametrize(
    "text",
    [
        "The rest is returned by 31 May following the end of the project.",
        "Statements are submitted by 31 May after the close of the accounts.",
        "The proposal is due on 30 April of the following fiscal year.",
        "会計実績報告書を翌年度の5月31日までに提出してください。",
        "研究終了後の翌年度の5月31日までに提出してください。",
    ],
)
def test_a_day_of_the_year_after_something_is_of_no_year_that_is_known(text: str) -> None:
    assert told(text) == []


def test_a_day_behind_an_event_that_is_named_by_the_way_is_of_its_year() -> None:
    assert told("Proposals are due on 31 May after a briefing in April.") == ["2031-05-31 apply"]
