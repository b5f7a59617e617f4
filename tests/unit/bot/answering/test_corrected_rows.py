"""Rows of corrections: how they are read, and when all of them are what is asked for."""

import pytest
from tests.unit.bot.answering.made import evidence, info

from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.quotes.lists import is_row_named, rows_corrected
from aspire_bot.answering.quotes.tables import row_as_read

NOTICE = info("notice", title="Corrections to the call")
_LEAD = "The following applies:\nWrong | Correct"


def _row(cells: str, start: int, lead: str = _LEAD) -> Evidence:
    return evidence(cells, NOTICE, lead=lead, form="row", start=start, score=-float(start))


PROSE = evidence("Some details were wrong.", NOTICE, score=1.0)
AMOUNT = _row("| Beam: EUR 24,000 | Beam: EUR 25,500 |", 30)
DAY = _row("| Seed: 14 October | Seed: 21 October |", 80)
OTHER = _row("| Beam | EUR 5 |", 120, "Scheme | Fee")
FOUND = (PROSE, DAY, AMOUNT, OTHER)


def test_what_was_wrong_is_read_with_its_header_and_nothing_applies_to_it() -> None:
    read = row_as_read(AMOUNT.sentence, AMOUNT.text)
    assert read == "Wrong: Beam: EUR 24,000; Correct: Beam: EUR 25,500"


@pytest.mark.parametrize(
    "question",
    [
        "What was corrected in the call?",
        "What changed with the correction notice?",
        "what has been changed in the call",
        "Which mistakes were in the call?",
        "何が訂正されましたか",
        "公募の訂正箇所は",
    ],
)
def test_who_asks_what_was_corrected_is_told_all_rows(question: str) -> None:
    assert rows_corrected(question, FOUND) == (AMOUNT, DAY)


@pytest.mark.parametrize("question", ["How much does Beam pay?", "Who made the mistake?", "締切は"])
def test_who_asks_anything_else_is_not(question: str) -> None:
    assert rows_corrected(question, FOUND) == ()


@pytest.mark.parametrize(
    ("question", "cell", "is_named"),
    [
        ("A型とB型はどっちが多い", "A型（大型共同研究）", True),
        ("Is Beam (large) open?", "Beam (large)", True),
        ("Is Beam open?", "Beam (large)", True),
        ("Is Sunbeam open?", "Beam (large)", False),
        ("C型は", "A型（大型共同研究）", False),
        ("anything", "(large)", False),
    ],
)
def test_a_row_is_named_without_what_it_has_in_brackets(
    question: str, cell: str, *, is_named: bool
) -> None:
    assert is_row_named(question, cell) is is_named
