"""Answers to several things asked become one: lines, markers, certainty."""

from dataclasses import replace

from tests.unit.bot.answering.made import info

from aspire_bot.answering.quotes.citations import markers_match
from aspire_bot.answering.several import AnswerPart, answer_of
from aspire_bot.answering.types import Answer, Citation, Question


def citation(marker: int, document: str) -> Citation:
    return Citation(
        marker=marker, document=info(document), passage_id=document, quote="q", start=0, end=1
    )


def answered(text: str, *documents: str) -> Answer:
    return Answer(
        question=Question(text="all"),
        outcome="answered",
        text=text,
        language="en",
        confidence=0.6,
        certainty="sure",
        citations=tuple(citation(n, one) for n, one in enumerate(documents, start=1)),
        questions=(text,),
    )


def part(ask: str, answer: Answer) -> AnswerPart:
    return AnswerPart(asks=(ask,), answer=answer, text=answer.text)


ONE, TWO = answered("One [1] and two [2].", "a", "b"), answered("Three [1].", "c")
NONE = replace(ONE, outcome="abstained", citations=(), certainty=None, text="x", brief="Nothing.")


def test_each_stands_under_its_line_and_markers_go_on() -> None:
    said = answer_of((part("who?", ONE), part("when?", TWO)), ())
    assert said.text == "“who?”:\nOne [1] and two [2].\n“when?”:\nThree [3]."
    assert [one.document.document_id for one in said.citations] == ["a", "b", "c"]
    assert markers_match(said.text, said.citations)
    assert (said.certainty, len(said.questions)) == ("sure", 2)


def test_what_is_not_said_is_left_open_and_what_was_not_read_too() -> None:
    plain = replace(NONE, brief="The documents do not say.")
    said = answer_of((part("who?", plain), part("when?", TWO)), ("why?",))
    lines = said.text.splitlines()
    assert lines[0] == "The documents do not say: “who?”"
    assert lines[1:3] == ["“when?”:", "Three [1]."]
    assert lines[-1] == "This is more than I answer at a time, please ask it again: “why?”"


def test_that_nothing_is_of_a_time_is_said_in_its_words() -> None:
    said = answer_of((part("who?", TWO), part("what in May?", NONE)), ())
    assert said.text.endswith("“what in May?”:\nNothing.")


def test_one_that_is_not_sure_makes_all_of_it_hedged() -> None:
    hedged = replace(TWO, certainty="hedged", confidence=0.9)
    said = answer_of((part("who?", ONE), part("when?", hedged)), ())
    assert (said.certainty, said.confidence) == ("hedged", 0.9)


def test_where_nothing_is_said_the_first_word_stays() -> None:
    assert answer_of((part("who?", NONE), part("when?", NONE)), ()) == NONE
