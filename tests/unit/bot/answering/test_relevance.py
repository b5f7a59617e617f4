"""What bears on a question is shown; what passed before it waits."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import evidence, info, query

from aspire_bot.answering.checking import Decision, Quote, Statement
from aspire_bot.answering.message.expectation import Expectation
from aspire_bot.answering.message.query import Query
from aspire_bot.answering.writing.relevance import AnswerKeeper, Bearing

CEILING = evidence("The ceiling is 400 million yen.", info("rules"), score=3.0, passage_id="p1")
TRAVEL = evidence("Travel is paid by the hour.", info("rules"), score=-0.9, passage_id="p2")
OPENING = evidence("The office opens at nine.", info("desk"), score=-1.1, passage_id="p3")
PASSAGES = [one.passage for one in (CEILING, TRAVEL, OPENING)]
OPEN = query("What about the ceiling?")
AMOUNT = replace(OPEN, expects=(Expectation.MONEY,))


def said(text: str, number: int) -> Decision:
    sentence = PASSAGES[number - 1].passage.sentences[0]
    quote = Quote(marker=number, passage=number - 1, start=sentence.start, end=sentence.end)
    return Decision(
        statement=Statement(text=text, markers=(number,)),
        verdict="kept",
        markers=(number,),
        quotes=(quote,),
    )


IN_YEN = said("The ceiling is 400 million yen.", 1)
WITHOUT = said("There is a ceiling.", 1)
OF_TRAVEL = said("Travel is paid.", 2)
OF_HOURS = said("The office opens at nine.", 3)


def bearing(asked: Query = OPEN) -> Bearing:
    return Bearing(asked, [[CEILING, TRAVEL, OPENING]], PASSAGES)


@pytest.mark.parametrize(("one", "bears"), [(IN_YEN, True), (OF_TRAVEL, True), (OF_HOURS, False)])
def test_a_statement_bears_by_the_rank_of_what_it_rests_on(one: Decision, bears: bool) -> None:
    assert bearing().is_answer(one) is bears


def test_the_value_that_is_asked_for_may_not_be_left_out() -> None:
    assert bearing(AMOUNT).is_answer(IN_YEN)
    assert not bearing(AMOUNT).is_answer(WITHOUT)


def test_no_value_is_missed_where_what_it_rests_on_has_none() -> None:
    assert bearing(AMOUNT).is_answer(OF_TRAVEL)


def test_each_part_of_a_question_has_a_best_sentence_of_its_own() -> None:
    both = Bearing(OPEN, [[CEILING, TRAVEL, OPENING], [OPENING]], PASSAGES)
    assert both.is_answer(OF_HOURS)


def test_a_lead_alone_is_no_answer() -> None:
    lead = Decision(statement=Statement(text="Yes."), verdict="kept", is_lead=True)
    assert not bearing().is_answer(lead)


def test_what_waits_is_shown_in_its_order_as_soon_as_something_answers() -> None:
    keeper = AnswerKeeper(bearing())
    assert list(keeper.pass_on(OF_HOURS)) == []
    assert list(keeper.pass_on(IN_YEN)) == [OF_HOURS, IN_YEN]
    assert list(keeper.pass_on(OF_HOURS)) == [OF_HOURS]
    assert keeper.withheld == []


def test_what_never_answers_is_withheld() -> None:
    keeper = AnswerKeeper(bearing())
    assert list(keeper.pass_on(OF_HOURS)) == []
    assert keeper.withheld == [OF_HOURS]
