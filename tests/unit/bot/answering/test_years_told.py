"""What is written short, and which year "last year" is, is told to who reads and not shown."""

from datetime import UTC, datetime

import pytest
from tests.unit.bot.answering.test_years import NOTHING, REWRITER

from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.types import Question


def _asked(text: str) -> Query:
    return REWRITER.rewrite(
        Question(text=text, asked_at=datetime(2026, 12, 1, tzinfo=UTC)), NOTHING
    )


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("去年のB型の上限は", "去年 (2025年度)のB型の上限は"),
        ("今年度の上限は", "今年度 (2026年度)の上限は"),
        ("What was the limit last year?", "What was the limit last year (FY2025)?"),
        ("What is the limit this year?", "What is the limit this year (FY2026)?"),
        ("What was the limit in 2024?", "What was the limit in 2024?"),
        ("What is the limit?", "What is the limit?"),
        ("May I carry it over to the next year?", "May I carry it over to the next year?"),
        ("May I carry it over to next year?", "May I carry it over to next year?"),
        ("残額を翌年度に繰り越せますか", "残額を翌年度に繰り越せますか"),
        ("今年度の残額は来年度に使えますか", "今年度の残額は来年度に使えますか"),
    ],
)
def test_a_relative_year_is_told_to_who_reads(question: str, read: str) -> None:
    query = _asked(question)
    assert query.text == question
    assert query.with_writings(query.text) == read


@pytest.mark.parametrize(
    ("question", "year"),
    [("今年の上限は", "2027年"), ("今年度の上限は", "2026年度"), ("the limit this year?", "2027")],
)
def test_before_april_a_year_is_no_fiscal_year(question: str, year: str) -> None:
    asked_at = datetime(2027, 2, 1, tzinfo=UTC)
    query = REWRITER.rewrite(Question(text=question, asked_at=asked_at), NOTHING)
    assert list(query.years_told.values()) == [year]


def test_a_country_written_short_is_read_in_full() -> None:
    query = REWRITER.rewrite(Question(text="日仏会議はどこで"), NOTHING)
    assert query.with_writings(query.text) == "日仏 (フランス)会議はどこで"
    other = REWRITER.rewrite(Question(text="日伊会議はどこで"), NOTHING)  # no glossary has it
    assert other.with_writings(other.text) == "日伊 (イタリア)会議はどこで"
    known = REWRITER.rewrite(Question(text="日独会議はどこで"), NOTHING)  # the glossary has it
    assert known.with_writings(known.text) == "日独 (ドイツ)会議はどこで"


def test_without_a_day_no_year_is_told() -> None:
    assert REWRITER.rewrite(Question(text="去年の上限は"), NOTHING).years_told == {}
