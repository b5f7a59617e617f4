"""What is said with the mark of a note is said with the note."""

from collections.abc import Sequence

import pytest
from tests.unit.bot.answering.made import evidence, info

from aspire_bot.answering.quotes.choose import Selection
from aspire_bot.answering.quotes.notes import with_notes

PAGE = info("guideline", title="Guideline")


def said(text: str, *below: str, document: object = PAGE, start: int = 0) -> Sequence[str]:
    form = "row" if text.startswith("|") else "prose"
    chosen = evidence(text, PAGE, form=form, passage_id="p1", start=start)
    about = PAGE if document is PAGE else info("other")
    found = [
        evidence(note, about, passage_id="p2", start=300 * number)
        for number, note in enumerate(below, start=1)
    ]
    selection = Selection(evidence=(chosen,))
    return [one.text for one in with_notes(selection, [chosen, *found]).evidence][1:]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Money is returned by May (note 2).", "(note 2) Less than 100 is kept."),
        ("| Stay | 6 months* | 3 months |", "* Or 4 at a station."),
        ("| Stay | 6 months *1 | 3 months |", "*1 Or 4 at a station."),
        ("Beam*1 and Twig pay rent.", "*1 A class of its own."),
        ("| Rent† | 500 |", "† Before tax."),
        ("| 旅費 | ビジネスクラスの料金（※） |", "※ 8時間を超える場合は計上できます。"),
        ("上限は500万円です（注1）。", "注1）間接経費を除きます。"),
    ],
)
def test_the_note_of_a_mark_is_added(text: str, note: str) -> None:
    assert said(text, "Other words.", note) == [note]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Money is returned by May (note 2).", "(note 1) Up to 500."),
        ("| Stay | 6 months |", "* Or 4 at a station."),
        ("Beam*12 pays rent.", "*1 A class of its own."),
        ("The area is 5 * 3 metres.", "* Or 4 at a station."),
        ("※ 8時間を超える場合は計上できます。", "※ 証明書が要ります。"),
    ],
)
def test_a_note_of_another_mark_is_not(text: str, note: str) -> None:
    assert said(text, note) == []


def test_a_note_stands_below_its_mark_in_its_document_and_not_far_off() -> None:
    note = "(note 2) Less than 100 is kept."
    assert said("Money goes back (note 2).", note, document=None) == []
    assert said("Money goes back (note 2).", note, start=900) == []
    assert said("Money goes back (note 2).", *(["Words."] * 12), note) == []


def test_the_nearest_of_two_notes_is_added() -> None:
    first, second = "(note 1) Up to 500.", "(note 1) Up to 900."
    assert said("Rent is paid (note 1).", first, second) == [first]
