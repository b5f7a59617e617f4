"""How a name stands in a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.message.query.written_name import written_name


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("aspire", "what is ASPIRE?", "ASPIRE"),
        ("aspire", "What does Aspire fund?", "Aspire"),
        ("aspire", "Aspire: what is it?", ""),  # a sentence begins with a capital anyway
        ("grant", "Who pays? Grants or loans?", ""),
        ("miyano", "where did Dr. Miyano speak", "Miyano"),  # a title ends no sentence
        ("rain", "It is dry. Rain falls", ""),
        ("fund", "Is the Fundamental part paid?", ""),  # an ending, not another word
        ("fund", "Are the Fundings paid?", "Fundings"),
        ("b12", "vitamin b12s", "b12s"),
        ("2027", "in 2027", "2027"),
        ("4000", "4,000 yen", "4000"),  # written otherwise, a number all the same
        ("pi", "is a PI paid", "PI"),
        ("pi", "what does spin mean", ""),
        ("istanbul", "was it in İstanbul or in Istanbul?", "Istanbul"),
        ("ai", "日本AI学会", "AI"),
    ],
)
def test_names_codes_and_numbers_are_found_as_they_are_written(
    term: str, text: str, expected: str
) -> None:
    assert written_name(term, text) == expected


@given(st.text(min_size=1, max_size=8), st.text(max_size=60))
def test_what_is_found_stands_in_the_text_or_is_a_number(term: str, text: str) -> None:
    found = written_name(term, text)
    assert found in text or any(character.isdigit() for character in found)
