"""The last check of an answer before it is said."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import evidence, index, info

from aspire_bot.answering.quotes.citations import cite
from aspire_bot.answering.types import Answer, Question
from aspire_bot.answering.verify import is_sound


def _answer(text: str, *quotes: tuple[str, int]) -> Answer:
    citations = tuple(
        cite(marker, evidence(quoted, info("d0"), start=start))
        for marker, (quoted, start) in enumerate(quotes, start=1)
    )
    return Answer(
        question=Question(text="?"),
        outcome="answered",
        text=text,
        language="en",
        confidence=1.0,
        citations=citations,
    )


def test_an_answer_is_sound_where_every_quote_and_marker_holds() -> None:
    known = index("Travel is paid. Lodging too.\n")
    assert is_sound(_answer("Travel is paid. [1]", ("Travel is paid.", 0)), known)
    both = _answer("a [1] b [2]", ("Travel is paid.", 0), ("Lodging too.", 16))
    assert is_sound(both, known)


@pytest.mark.parametrize(
    "answer",
    [
        _answer("Travel is paid."),
        _answer("Travel is paid.", ("Travel is paid.", 0)),
        _answer("Travel is paid. [2]", ("Travel is paid.", 0)),
        _answer("Travel is paid. [1] [2]", ("Travel is paid.", 0)),
        _answer("Travel is paid. [1]", ("Travel is paid.", 1)),
        _answer("Travel was paid. [1]", ("Travel was paid.", 0)),
        _answer("Travel is paid. [1]", ("Travel is paid.", 900)),
        _answer(" [1]", ("", 0)),
    ],
)
def test_an_answer_that_does_not_hold_is_not_sound(answer: Answer) -> None:
    assert not is_sound(answer, index("Travel is paid. Lodging too.\n"))


def test_a_document_that_is_gone_is_not_cited() -> None:
    answer = _answer("Travel is paid. [1]", ("Travel is paid.", 0))
    gone = replace(answer.citations[0], document=info("gone"))
    known = index("Travel is paid.\n")
    assert not is_sound(replace(answer, citations=(gone,)), known)
