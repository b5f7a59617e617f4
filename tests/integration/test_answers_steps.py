"""Whether a step of a call is past, and what a list of open calls holds."""

import pytest
from tests.integration.test_answers_terms import Documents, ask, told
from tests.unit.bot.answering.made import info

TABLE = """# Maple Grants {year}: Call for Proposals

The Maple Grants support research on forests.

## Classes

| Class | Most a year |
|---|---|
| Seed | EUR 40,000 |
| Crown | EUR 300,000 |

## Dates

| Step | Date |
|---|---|
| Letter of intent (Crown only) | {letter} |
| Closing date for proposals, all classes | {closing} |

Questions about the call are received until {questions}.
"""
NEW = TABLE.format(
    year=2027,
    letter="20 November 2026",
    closing="29 January 2027",
    questions="15 January 2027",
)
OLD = TABLE.format(
    year=2026,
    letter="21 November 2025",
    closing="30 January 2026",
    questions="16 January 2026",
)
NOTICE = """# Correction to the Maple Grants 2027 Call

In the table of classes the amount for Seed was wrong. The closing date remains 29 January 2027.

Applicants who submitted a Seed proposal may reopen it until 18 December 2026.
"""
SCHEDULE = """# 公募の日程

## 研究助成

| 種目 | 公募開始 | 申請期限 |
|---|---|---|
| 楠研究助成 | 2026年11月1日 | 2027年1月20日 |
| 榛研究助成 | 2026年11月4日 | 2027年2月12日 |

## 説明会

楠研究助成の説明会は2026年12月8日に開催します。参加には2026年12月4日までの申込みが必要です。
榛研究助成の説明会は2026年12月17日に行います。

## 報告書

実績報告書を2027年5月31日までに、収支報告書を2027年6月15日までに提出してください。
"""
DOCUMENTS: Documents = (
    (OLD, info("old", title="Maple Grants 2026: Call for Proposals", kind="call")),
    (NEW, info("new", title="Maple Grants 2027: Call for Proposals", kind="call")),
    (NOTICE, info("notice", title="Correction to the Maple Grants 2027 Call")),
    (SCHEDULE, info("schedule", title="公募の日程", language="ja")),
)


@pytest.mark.parametrize(
    ("question", "source", "said"),
    [
        ("Can I still send a letter of intent for Crown?", "new", "was due by 20 November 2026"),
        ("Has the deadline for the letter of intent passed?", "new", "date has passed"),
        ("Can we still send a letter of intent for the 2026 call?", "old", "date has passed"),
        ("Is it too late to send questions about Maple?", "new", "date is still ahead"),
        ("収支報告書はまだ出せますか", "schedule", "2027年6月15日締切"),
        ("楠研究助成の説明会はまだ申し込めますか", "schedule", "2026年12月4日締切"),
    ],
)
def test_a_step_is_answered_by_its_own_date(question: str, source: str, said: str) -> None:
    answer = ask(question, DOCUMENTS)
    assert told(answer) == [source]
    assert said in answer.text


def test_the_date_of_another_is_not_told() -> None:
    assert "12月4日" not in ask("榛研究助成の説明会はまだ申し込めますか", DOCUMENTS).text


def test_each_call_that_is_open_is_listed_once_and_nothing_else() -> None:
    answer = ask("Which calls are open now?", DOCUMENTS)
    assert told(answer) == ["schedule", "new", "schedule"]
    assert "reopen" not in answer.text


@pytest.mark.parametrize(
    ("question", "sources", "said"),
    [
        ("Is Seed still open?", ["new"], "open until 29 January 2027"),
        ("Can I still apply for Crown?", ["new", "new"], "was due by 20 November 2026"),
        ("榛研究助成にはまだ応募できますか", ["schedule"], "2027年2月12日まで"),
    ],
)
def test_of_one_thing_that_is_open_nothing_else_is_told(
    question: str, sources: list[str], said: str
) -> None:
    answer = ask(question, DOCUMENTS)
    assert told(answer) == sources
    assert said in answer.text


def test_two_calls_of_one_day_are_two() -> None:
    text = "# {name} grants: call for proposals\n\nThe {name} call closes on 12 December 2026."
    documents = tuple(
        (text.format(name=name), info(name, title=f"{name} grants: call", kind="call"))
        for name in ("Alder", "Birch")
    )
    assert told(ask("Which calls are open?", documents)) == ["Alder", "Birch"]
