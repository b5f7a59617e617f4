"""The second opinion on numbers, dates and names, by examples."""

import pytest
from tests.unit.bot.answering.made import evidence, info

from aspire_bot.answering.quotes.citations import cite
from aspire_bot.answering.types import Answer, Question
from aspire_bot.evaluation.facts import CitedSentence, sentences_of, unstated

QUOTE = (
    "On November 4, 2025, Dr. Hiroshi Shimizu of JST said that eight projects share 5億円 and "
    "1.2 million yen in 令和7年度."
)


def said(text: str, quote: str = QUOTE) -> CitedSentence:
    return CitedSentence(text=text, citations=(cite(1, evidence(quote, info("report"))),))


@pytest.mark.parametrize(
    "text",
    [
        "Hiroshi Shimizu spoke on 4 November 2025",
        "In Nov. 2025 the 8 projects met",
        "They share 500 million yen",
        "2025年11月4日に8課題",
        "In fiscal year 2025 they have 1,200,000 yen",
        "Eight projects share it, said Shimizu's office at JST",
    ],
)
def test_what_the_quote_holds_is_stated(text: str) -> None:
    assert unstated(said(text)) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("They met on November 14, 2025", ("14",)),
        ("They met in December 2025", ("12",)),
        ("They share 50 million yen", ("5E+7",)),
        ("All nine projects spoke", ("9",)),
        ("It was moderated by Kenjiro Miyano", ("Kenjiro", "Miyano")),
        ("The year is 令和8年", ("8", "2026")),
    ],
)
def test_what_it_does_not_is_named(text: str, missing: tuple[str, ...]) -> None:
    found = unstated(said(text, QUOTE.replace("eight", "8") if "令和" not in text else "令和7年度"))
    assert sorted(found) == sorted(missing)


def test_what_the_asker_said_is_known() -> None:
    assert unstated(said("For 30 people it is 5億円"), "What of 30 people?") == ()


def test_an_answer_is_taken_apart_at_its_markers() -> None:
    one, other = (cite(n, evidence(f"Quote {n}.", info(f"d{n}"))) for n in (1, 2))
    answer = Answer(
        question=Question(text="?"),
        outcome="answered",
        text="Here it is:\n- First. [1]\n- Second and third. [2][1]",
        language="en",
        confidence=1,
        citations=(one, other),
    )
    first, second = sentences_of(answer)
    assert (first.text, [c.marker for c in first.citations]) == ("Here it is:\n- First", [1])
    assert (second.text, [c.marker for c in second.citations]) == ("Second and third", [2, 1])
