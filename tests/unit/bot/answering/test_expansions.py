"""Who asks what an acronym stands for is told what most documents say."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import evidence, info, query, query_term

from aspire_bot.answering.message.query.expectation import Expectation
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.search.expansions import expansions_in, without_other_expansions

NAME = "Long Agreements for Research across Countries and Homes"
ABOUT = info("about", title=f"Outline of {NAME} (LARCH)")
CALL = info("call", title=f"LARCH: {NAME}, call of 2026")
PARTNER = info("partner", title="A new project under LARCH in Tromsø")
OWN = evidence(f"LARCH is short for {NAME}.", document=ABOUT)
OTHER = evidence(
    "LARCH stands for Leading Alliances of Researchers and Creative Hubs.", document=PARTNER
)
ELSE = evidence("FIR stands for Funds for International Research.", document=PARTNER)
BESIDE = evidence("LARCH began in 2019.", document=ABOUT)
FOUND = [OTHER, OWN, ELSE, BESIDE]


def asking(text: str, *names: str) -> Query:
    made = query(text, *(query_term(name) for name in ("LARCH", *names)))
    return replace(made, expects=(Expectation.MEANING,))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What does LARCH stand for?", ["stand"]),
        ("what is larch the acronym of", ["acronym"]),
        ("LARCHは何の略ですか", ["略"]),
        ("LARCHの正式な英語名は？", ["正式"]),
    ],
)
def test_what_most_documents_say_is_told(text: str, names: list[str]) -> None:
    told = without_other_expansions(asking(text, *names), FOUND, [ABOUT, CALL, PARTNER])
    assert told == (OWN, BESIDE)


def test_what_a_page_says_is_told_to_who_names_the_page() -> None:
    named = asking("What does LARCH stand for on the page of Tromsø?", "page", "Tromsø")
    assert without_other_expansions(named, FOUND, [ABOUT, CALL]) == tuple(FOUND)


def test_both_ways_are_told_where_neither_is_commoner() -> None:
    told = without_other_expansions(asking("What does LARCH stand for?"), FOUND, [PARTNER])
    assert told == (OTHER, OWN, BESIDE)


def test_all_stays_where_no_sentence_says_it_as_most_do() -> None:
    found = [OTHER, ELSE, BESIDE]
    asked = asking("What does LARCH stand for?")
    assert without_other_expansions(asked, found, [ABOUT, CALL]) == tuple(found)


def test_nothing_goes_where_something_else_is_asked() -> None:
    asked = query("What is LARCH for?", query_term("LARCH"))
    assert without_other_expansions(asked, FOUND, [ABOUT, CALL]) == tuple(FOUND)


@pytest.mark.parametrize(
    ("text", "acronym", "is_spelt"),
    [
        ("Fusion Oriented REsearch for disruptive Science and Technology", "FOREST", True),
        ("About Funds for International Research (FIR)", "FIR", True),
        ("Forest of Institutes", "FIR", False),
        ("FIR", "FIR", False),
        ("The first is research", "FIR", False),
    ],
)
def test_capitals_of_a_run_of_words_spell_an_acronym(
    text: str, acronym: str, *, is_spelt: bool
) -> None:
    assert bool(list(expansions_in(text, {acronym}))) == is_spelt
