"""What the form of a sentence joins stays together, whatever the labels of its pieces say."""

import numpy as np
import pytest

from aspire_bot.answering.message.things.asked_words import words_of
from aspire_bot.answering.message.things.pieces import Piece, pieces_of
from aspire_bot.answering.message.things.things_asked import groups_of
from aspire_bot.answering.message.types import LABELS, Label


def asked(text: str, *labels: Label) -> list[str]:
    """What is asked where the model gives these labels to the pieces of a text."""
    pieces: tuple[Piece, ...] = pieces_of(text)
    assert len(pieces) == len(labels), [text[p.start : p.end] for p in pieces]
    rows = np.array([[float(label == one) for one in LABELS] for label in labels], np.float32)
    return [words_of(text, group) for group in groups_of(text, pieces, rows)]


def test_so_many_is_no_joint() -> None:
    assert asked("Why do labs need so many forms?", "begins") == ["Why do labs need so many forms?"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Which garden tools are lent to members?", ("other", "goes on")),
        ("Which émigré choirs are lent a piano?", ("other", "goes on")),
        ("Do you think that the second bridge really had a bad effect?", ("other", "goes on")),
        ("How old was the tower when it fell?", ("other", "begins", "other")),
        ("Can I join the choir if I cannot read music?", ("begins", "other")),
        ("Is the park known for its roses and rare trees?", ("begins", "other")),
        ("What did the forum on soil and water decide?", ("begins", "begins")),
        ("How long does the call for ports and small harbours run?", ("begins", "begins")),
        ('Who wrote "the long way home" for the choir?', ("begins", "other", "goes on")),
    ],
)
def test_a_clause_is_kept_whole(text: str, labels: tuple[Label, ...]) -> None:
    assert asked(text, *labels) == [text]


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        # a lead asks nothing
        ("Does anybody in the office know who signs?", ("other", "begins"), ["who signs?"]),
        ("can I ask when it opens", ("other", "begins"), ["when it opens"]),
        ("who signs can you tell me", ("begins", "other", "other"), ["who signs"]),
        ("could you tell me when it opens", ("other", "other", "begins"), ["when it opens"]),
        # a stop parts, though a small letter follows
        ("the boss is away. can I sign", ("other", "other", "begins"), ["can I sign"]),
        # what is added has a subject or a verb of its own
        ("who signs and I am in Rome", ("begins", "other", "other"), ["who signs"]),
        ("who is the chair and since when", ("begins", "other"), ["who is the chair"]),
        (
            'Who wrote "home" and who sang it?',
            ("begins", "other", "begins"),
            ['Who wrote "home', "who sang it?"],
        ),
        # two things asked
        (
            "When does the call for ports open and the forum end?",
            ("begins", "begins"),
            ["When does the call for ports open", "the forum end?"],
        ),
        (
            "What did the forum on soil and the panel decide?",
            ("begins", "begins"),
            ["What did the forum on soil", "the panel decide?"],
        ),
        ("Is it open and if not when was it?", ("begins", "other", "begins"), None),
        ("simpler words please my head hurts", ("begins", "other"), ["simpler words"]),
    ],
)
def test_what_is_of_another_clause_stays_out(
    text: str, labels: tuple[Label, ...], expected: list[str] | None
) -> None:
    found = asked(text, *labels)
    assert found == (expected or ["Is it open", "when was it?"])


def test_a_question_by_its_form_is_asked_though_its_label_says_otherwise() -> None:
    text = "Then do I lose all of my old points?  any remedy?"
    assert asked(text, "other", "begins") == ["do I lose all of my old points?", "any remedy?"]


@pytest.mark.parametrize(
    "talk", ["How are you doing today my friend?", "Could you help me with it?", "does it say?"]
)
def test_small_talk_with_a_question_mark_is_not_asked(talk: str) -> None:
    text = f"{talk} When does it open?"
    others: list[Label] = ["other"] * (len(pieces_of(text)) - 1)
    labels: list[Label] = [*others, "begins"]
    assert asked(text, *labels) == ["When does it open?"]
