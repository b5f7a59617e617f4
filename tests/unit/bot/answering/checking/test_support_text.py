"""What is read of a statement and of its passage."""

from aspire_bot.answering.checking.support_text import (
    MOST_IN_LATIN,
    around,
    source_text,
    statement_text,
)


def test_a_statement_stands_before_the_question_and_its_place_is_known() -> None:
    text = statement_text(" Form 5  is due\nin May. ", "When is\tit due?")
    (span,) = text.spans
    assert text.text[slice(*span)] == "Form 5 is due in May."
    assert text.text.endswith(" / When is it due?")
    assert statement_text("Yes.").text.endswith("Yes.")


def test_long_statements_and_questions_are_cut_apart() -> None:
    text = statement_text("word " * 1_000, "asked " * 1_000)
    (span,) = text.spans
    assert span[1] - span[0] <= 600
    assert "asked" in text.text
    assert len(text.text) < 900


def test_a_passage_is_read_line_by_line_under_its_title() -> None:
    assert source_text("A  title", "one\n\n two  words ").text == "passage: A title\none\ntwo words"
    assert source_text("", "one").text == "passage: one"


def test_what_is_chosen_is_always_read_and_the_nearest_beside_it_first() -> None:
    texts = ["a" * 10, "b" * 10, "c" * 40, "d" * 10, "e" * 10]
    assert around(texts, [2], 10) == [2]
    assert around(texts, [2], 60) == [1, 2, 3]
    assert around(texts, [0, 4], 30) == [0, 1, 4]
    assert around(texts, [2], 1_000) == [0, 1, 2, 3, 4]
    assert around([], [], 100) == []


def test_a_long_passage_is_read_in_part() -> None:
    texts = ["x" * 300] * 9
    assert len(around(texts, [8], MOST_IN_LATIN)) == 3
