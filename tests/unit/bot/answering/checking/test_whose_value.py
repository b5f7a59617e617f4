"""Values that are true of something else: of another row, of another year than the one asked."""

import pytest
from tests.unit.bot.answering.checking.test_free_words import decided

PEOPLE = """| Matter | Person | Place |
|---|---|---|
| Head of Secretariat | Dr Orla Considine | Limerick |
| Calls | Hugh Penrose | Liverpool |"""
YEARS = "- 2025年:公募3件、採択15課題\n- 2024年:公募2件、採択11課題"
PROSE = "There were two calls. In 2025 15 projects were selected. In 2024 there were 11 projects."


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Orla Considine, Head of Secretariat, is in Liverpool.", True),
        ("Orla Considine, Head of Secretariat, is in Limerick.", False),
        ("Orla Considine (Secretariat) is in Limerick, Hugh Penrose (calls) in Liverpool.", False),
    ],
)
def test_a_row_that_is_not_spoken_of_lends_no_cell(text: str, *, is_found: bool) -> None:
    assert ("name" in decided(text, PEOPLE).reasons) is is_found


@pytest.mark.parametrize(
    ("text", "source", "question", "is_found"),
    [
        ("11課題です。", YEARS, "2025年の採択はいくつですか。", True),
        ("15課題です。", YEARS, "2025年の採択はいくつですか。", False),
        ("11課題です。", YEARS, "2024年の採択はいくつですか。", False),
        ("11課題です。", YEARS, "採択はいくつですか。", False),
        ("11課題です。", YEARS, "2023年の採択はいくつですか。", False),
        ("11 projects.", PROSE, "How many projects in 2025?", True),
        ("15 projects.", PROSE, "How many projects in 2025?", False),
    ],
)
def test_a_bare_value_is_of_what_was_asked(
    text: str, source: str, question: str, *, is_found: bool
) -> None:
    assert ("number" in decided(text, source, question).reasons) is is_found
