"""What is read of a statement and of its passage."""

from aspire_bot.answering.checking.support_text import (
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
