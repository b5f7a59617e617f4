"""Which citations hold the sentences that a case names, by examples worked out by hand."""

import pytest
from tests.unit.bot.answering.made import evidence, info

from aspire_bot.answering.quotes.citations import cite
from aspire_bot.answering.types import Citation
from aspire_bot.evaluation.cases import Case, QuotedText
from aspire_bot.evaluation.quotes import (
    cites_gold,
    full_answers,
    is_complete,
    is_tight,
    overlaps,
)

TEXT = "One two. Three four.\n\n- five\n- six\n\nSeven."


def cited(quote: str, document: str = "d", start: int = 0) -> Citation:
    return cite(1, evidence(quote, info(document), start=start))


def gold(quote: str, document: str = "d") -> QuotedText:
    return QuotedText(doc_id=document, quote=quote)


def case(*quotes: QuotedText, also: tuple[QuotedText, ...] = ()) -> Case:
    return Case(id="q", question="?", answerable=True, quotes=quotes, also=also)


@pytest.mark.parametrize(
    ("said", "wanted", "do_overlap"),
    [
        ("Three four.", "Three four.", True),
        ("One two. Three four.", "Three four.", True),
        ("four.", "Three four.", True),
        ("Three\n  four.", "Three four.", True),
        ("三つ\n四つ。", "三つ四つ。", True),
        ("One two.", "Three four.", False),
        ("", "Three four.", False),
        ("Three four.", " ", False),
    ],
)
def test_one_holds_the_other_white_space_aside(said: str, wanted: str, do_overlap: bool) -> None:
    assert overlaps(cited(said), gold(wanted), {}) is do_overlap


def test_the_same_words_of_another_document_are_no_overlap() -> None:
    assert not overlaps(cited("Three four.", "other"), gold("Three four."), {"d": TEXT})


def test_a_document_may_be_named_by_its_file() -> None:
    assert overlaps(cited("Three four."), gold("Three four.", "d.md"), {})


def test_places_overlap_where_neither_holds_the_other() -> None:
    wanted = gold("two. Three")  # at 4 to 14
    citation = cited("Three four.", start=9)  # at 9 to 20
    assert not overlaps(citation, wanted, {})
    assert not overlaps(citation, wanted, {"other": TEXT})
    assert overlaps(citation, wanted, {"d": TEXT})


def test_neighbours_do_not_overlap() -> None:
    assert not overlaps(cited("Three four.", start=9), gold("One two. "), {"d": TEXT})
    assert not overlaps(cited("One two. ", start=0), gold("Three four."), {"d": TEXT})


def test_a_quote_is_found_whatever_its_white_space_and_signs() -> None:
    wanted = gold("(a) 1 + 1?  No.")
    text = "See (a) 1 + 1?\nNo. Yes."
    assert overlaps(cited("1 + 1?\nNo. Yes.", start=8), wanted, {"d": text})


def test_every_place_of_a_repeated_quote_counts() -> None:
    text = "Ask us. Then wait. Ask us. Then go."
    wanted = gold("Ask us. Then")
    assert overlaps(cited("Then go.", start=27), wanted, {"d": text})


def test_any_sentence_that_answers_may_be_cited() -> None:
    known = case(gold("Three four."), also=(gold("Drei vier.", "de"),))
    assert cites_gold(known, [cited("Seven."), cited("Three four.")], {})
    assert cites_gold(known, [cited("Drei vier.", "de")], {})
    assert not cites_gold(known, [cited("Seven.")], {})
    assert not cites_gold(known, [], {})


def test_full_answers_are_the_quotes_and_what_else_a_document_says() -> None:
    known = case(gold("1"), gold("2"), also=(gold("3"), gold("x", "e"), gold("4"), gold("y", "e")))
    assert full_answers(known) == [
        (gold("1"), gold("2")),
        (gold("3"), gold("4")),
        (gold("x", "e"), gold("y", "e")),
    ]
    assert full_answers(case()) == []


def test_complete_needs_every_sentence_of_one_answer() -> None:
    known = case(gold("1"), gold("2"), also=(gold("x", "e"), gold("y", "e")))
    assert is_complete(known, [cited("2"), cited("9"), cited("1")], {})
    assert is_complete(known, [cited("x", "e"), cited("y", "e")], {})
    assert not is_complete(known, [cited("1")], {})
    assert not is_complete(known, [cited("1"), cited("x", "e")], {}), "a half of each"
    assert not is_complete(case(), [cited("1")], {})


def test_one_citation_may_hold_several_sentences() -> None:
    assert is_complete(case(gold("- five"), gold("- six")), [cited("- five\n- six")], {})


def test_also_of_one_sentence_is_an_answer_by_itself() -> None:
    assert is_complete(case(gold("1"), gold("2"), also=(gold("2"),)), [cited("2")], {})


def test_tight_has_at_most_one_other_quote() -> None:
    known = case(gold("1"), also=(gold("x", "e"),))
    assert is_tight(known, [cited("1"), cited("x", "e"), cited("8")], {})
    assert not is_tight(known, [cited("1"), cited("8"), cited("9")], {})
