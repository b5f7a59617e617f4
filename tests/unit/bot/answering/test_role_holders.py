"""Who asks who holds a role is told a name, not what such a role does."""

import pytest
from tests.unit.bot.answering.made import evidence, info, query, query_term

from aspire_bot.answering.search.role_holders import without_duties

PD = query_term("PD", "Program Director", "運営統括")
DUTY = evidence("The Program Director (PD) gives advice on all proposals.")
HOLDER = evidence("Program Director Dr. Aiko Tanabe opened the meeting.")
DUTY_JA = evidence("運営統括は課題の評価を行う。", document=info(language="ja"))
HOLDER_JA = evidence("運営統括は田辺愛子先生である。", document=info(language="ja"))
ANOTHER = evidence("Advisors support the officers.")


@pytest.mark.parametrize(
    "question",
    [
        "Who is the PD?",
        "who's the Program Director of the programme",
        "And who was the PD?",
        "PDは誰ですか",
        "PDって誰？",
        "運営統括はどなたでしょうか。",
    ],
)
def test_what_a_role_does_says_not_who_holds_it(question: str) -> None:
    found = [DUTY, HOLDER, DUTY_JA, HOLDER_JA, ANOTHER]
    assert without_duties(query(question, PD), found) == [HOLDER, HOLDER_JA, ANOTHER]


@pytest.mark.parametrize(
    "question",
    [
        "What does the PD do?",
        "Who is a PD?",
        "Who advises the PD?",
        "運営統括とは誰ですか",
        "運営統括は誰に助言しますか",
    ],
)
def test_what_else_is_asked_is_answered_by_what_a_role_does(question: str) -> None:
    assert without_duties(query(question, PD), [DUTY, HOLDER]) == [DUTY, HOLDER]


def test_where_nobody_is_named_the_role_is_told_of() -> None:
    found = [DUTY, DUTY_JA, ANOTHER]
    assert without_duties(query("Who is the PD?", PD), found) == found
    # the holder of another role is none
    other = evidence("Program Officer Dr. Ken Ito spoke.")
    assert without_duties(query("Who is the PD?", PD), [DUTY, other]) == [DUTY, other]
