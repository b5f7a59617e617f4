"""A quote that carries the mark of a note is answered with the note."""

from pathlib import Path

import pytest
from tests.integration.test_answers_terms import ask
from tests.unit.bot.answering.made import info

from aspire_ingest.load.html.document import parse
from aspire_ingest.load.parse_result import Raw

_TABLE = """# Hornbeam: Guideline for proposals

| Item | Beam | Twig |
| --- | --- | --- |
| Minimum stay abroad | 6 months * | 3 months |
| Duration | 5 years | 3 years |

* At a station that is closed in winter, 4 months suffice.
"""
_TABLE_JA = """# 榛公募要領

| 費目 | 計上できないもの |
| --- | --- |
| 旅費 | ビジネスクラスの追加料金（※） |
| 物品費 | 机、いす |

※ 片道の飛行時間が8時間を超える場合は計上できます。
"""
_PAGE = (
    "<h1>Hornbeam: Guideline for proposals</h1><h2>Payment</h2><p>Unspent money is returned by "
    "31 May 2027<sup><a href='#n1'>1</a></sup>.</p><h2>Questions</h2><p>Write to the office.</p>"
    "<h2>May I bring my dog?</h2><p>Yes, on a lead.</p>"
    "<ol><li id=n1>Less than EUR 100 is kept. <a href='#'>up</a></li></ol>"
)


def page(source: str) -> str:
    data = f"<html><body><main>{source}</main></body></html>".encode()
    return parse(Raw(name=str(Path("a.html")), data=data)).text


@pytest.mark.parametrize(
    ("question", "text", "language", "note"),
    [
        ("What is the minimum stay abroad in Beam?", _TABLE, "en", "4 months suffice"),
        ("旅費で計上できないものは何ですか", _TABLE_JA, "ja", "8時間を超える場合"),
        ("By when is unspent money returned?", page(_PAGE), "en", "Less than EUR 100 is kept"),
    ],
)
def test_the_note_of_what_is_said_is_said(
    question: str, text: str, language: str, note: str
) -> None:
    title = text.splitlines()[0][2:]
    answer = ask(question, ((text, info("a", title=title, kind="guideline", language=language)),))
    assert answer.outcome == "answered"
    assert any(note in one.quote for one in answer.citations), answer.text
