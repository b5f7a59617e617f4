"""What stands below the heading of another thing is not said of the one that is asked about."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import evidence, info
from tests.unit.bot.answering.test_years import NOTHING, REWRITER

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.calibration import Rule
from aspire_bot.answering.quotes.choose import select
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.quotes.sections import is_of_section_beside
from aspire_bot.answering.types import Question

REPORT = info("report", title="Two workshops")


def _asked(text: str) -> Query:
    return REWRITER.rewrite(Question(text=text), NOTHING)


def _below(heading: tuple[str, ...], text: str, document: str = "report") -> Evidence:
    one = evidence(text, REPORT, passage_id=" ".join((document, *heading)))
    about = replace(one.passage.document, document_id=document)
    passage = replace(one.passage.passage, heading=heading)
    return replace(one, passage=replace(one.passage, passage=passage, document=about))


GERMAN = _below(("The German workshop",), "It was held in Sendai.")


@pytest.mark.parametrize(
    ("question", "heading", "text", "is_beside"),
    [
        ("Where was the German workshop?", ("The French workshop",), "It was in Lyon.", True),
        ("Where was the German workshop?", ("The French workshop",), "German guests came.", False),
        ("Where was the German workshop?", ("The German workshop",), "Ten came.", False),
        ("Where were the workshops?", ("The French workshop",), "It was in Lyon.", False),
        ("Where was the German workshop?", ("Part 2", "France"), "It was in Lyon.", False),
        ("Who came?", ("The French workshop",), "It was in Lyon.", False),
    ],
)
def test_a_section_beside_is_of_something_else(
    question: str, heading: tuple[str, ...], text: str, *, is_beside: bool
) -> None:
    assert is_of_section_beside(_asked(question), GERMAN, _below(heading, text)) is is_beside


def test_of_two_sections_beside_each_other_the_one_that_is_asked_about_is_said() -> None:
    french = replace(_below(("The French workshop",), "It was held in Lyon."), score=2.9)
    german = replace(GERMAN, score=3.0)
    rule = Rule(adding=LinearModel(weights={"score": 10.0, "gap": -11.0}), add_from=0.5)
    asked = _asked("Where was the German workshop?")
    assert select(asked, (german, french), rule).evidence == (german,)
    assert len(select(_asked("Where was it?"), (german, french), rule).evidence) == 2


def test_another_document_and_a_page_without_headings_are_not_beside() -> None:
    asked = _asked("Where was the German workshop?")
    assert not is_of_section_beside(asked, GERMAN, _below(("France",), "In Lyon.", "other"))
    assert not is_of_section_beside(asked, _below((), "In Sendai."), _below((), "In Lyon."))
