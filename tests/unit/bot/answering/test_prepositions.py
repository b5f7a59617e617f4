"""Question words behind a preposition belong to the clause that the preposition stands in."""

import numpy as np
import pytest

from aspire_bot.answering.message.things.pieces import pieces_of
from aspire_bot.answering.message.things.prepositions import is_behind_preposition
from aspire_bot.answering.message.things.things_asked import groups_of


def _is_behind(marked: str) -> bool:
    """Of the piece behind the bar."""
    at, text = marked.index("|"), marked.replace("|", "")
    pieces = pieces_of(text)
    piece = next(one for one in pieces if one.start == at)
    return is_behind_preposition(text, [one for one in pieces if one.end <= at], piece)


@pytest.mark.parametrize(
    "marked",
    [
        "What changed since 2030 in |how long the plan may be?",
        "Are there rules on |who signs the form?",
        "Does the sum depend on |which class I choose?",
        "Is the fee set depending on |who employs me?",
        "How do Larch and Rowan differ in |how many pages a plan has?",
        "Is there a rule about |what is covered?",
        "Do the calls differ in which costs are paid |and in who applies?",
    ],
)
def test_what_a_preposition_leads_to_is_no_new_question(marked: str) -> None:
    assert _is_behind(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "who do I talk to |what is the number",
        "what is the call about |how much can I get",
        "What is it for, |how long does it run?",
        "In what way is it read |and in what language do I write?",
        "When is it due, |and by when do I hear?",
        "To whom do I write |and by whom are letters read?",
        "Where is it held |what time does it start?",
    ],
)
def test_what_turns_its_verb_round_or_is_parted_asks_anew(marked: str) -> None:
    assert not _is_behind(marked)


def test_what_goes_on_behind_a_preposition_is_one_thing_whatever_its_label() -> None:
    text = "What changed in how long the plan may be?"
    pieces = pieces_of(text)
    labels = np.tile(np.array([0.0, 1.0, 0.0], np.float32), (len(pieces), 1))
    groups = groups_of(text, pieces, labels)
    assert text[groups[0][0].start : groups[0][-1].end].startswith("What changed in how long")
