"""One year is one year, whether it is written 令和8年度, R8, 26年度 or 2026年度."""

from collections.abc import Generator

import pytest
from tests import knowledge

from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.settings import Settings

_PAGE = """---
title: 国際共同研究 {title}年度 公募要領
language: ja
kind: guideline
---

# 国際共同研究 {title}年度 公募要領

## 支援額

表1 区分ごとの研究費

| 区分 | 研究費の上限（総額） | 研究期間 |
|---|---|---|
| 基幹型 | {large}億円 | 5年以内 |
| 挑戦型 | {small}万円 | 3年以内 |

## 報告

研究代表者は、毎年度終了後{days}日以内に実施報告書を提出しなければなりません。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Generator[Assistant]:
    folder = tmp_path_factory.mktemp("years")
    documents = folder / "documents"
    documents.mkdir()
    pages = {
        "a": _PAGE.format(title="2025", large=5, small="9,000", days=61),
        "b": _PAGE.format(title="2026", large=6, small="8,000", days=45),
    }
    for name, page in pages.items():
        (documents / f"{name}.md").write_text(page, encoding="utf-8")
    assert knowledge.add(folder / "home", documents).is_complete
    with open_assistant(Settings(home=folder / "home")) as opened:
        yield opened


@pytest.mark.parametrize("year", ["2025年度", "令和7年度", "R7", "25年度", "FY2025"])
def test_the_edition_of_that_year_is_said(assistant: Assistant, year: str) -> None:
    answer = assistant.answer(Question(text=f"{year}の挑戦型の研究費の上限は？"))
    assert answer.outcome == "answered"
    assert "9,000万円" in answer.citations[0].quote


@pytest.mark.parametrize("year", ["令和8年度", "R8年度", "26年度"])
def test_and_so_is_a_sentence_that_names_no_year(assistant: Assistant, year: str) -> None:
    answer = assistant.answer(Question(text=f"{year}の実施報告書は年度終了後何日以内に出しますか"))
    assert answer.outcome == "answered"
    assert [one.quote for one in answer.citations if "45日以内" in one.quote]


@pytest.mark.parametrize(
    "question",
    [
        "25年度と26年度で挑戦型の研究費の上限は違いますか",
        "挑戦型の研究費の上限は？2025年度と2026年度で変わりますか",
        "How does the ceiling of 挑戦型 differ between FY2025 and FY2026?",
    ],
)
def test_editions_that_are_compared_are_both_said(assistant: Assistant, question: str) -> None:
    quotes = " ".join(one.quote for one in assistant.answer(Question(text=question)).citations)
    assert "9,000万円" in quotes
    assert "8,000万円" in quotes


@pytest.mark.parametrize("year", ["令和5年度", "R5", "23年度"])
def test_nothing_is_said_of_a_year_that_no_document_is_of(assistant: Assistant, year: str) -> None:
    answer = assistant.answer(Question(text=f"{year}の挑戦型の研究費の上限は？"))
    assert answer.certainty != "sure"
