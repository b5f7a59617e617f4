"""What is said carries the mark of a note → the note below it is said, too. Pure.

"Minimum stay: 6 months *" holds but for what the line under its table says: "* 4 months suffice
where the station is closed for part of the year."
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aspire_bot.answering.quotes.choose import MOST_CHARACTERS, Selection
from aspire_bot.answering.quotes.evidence import Evidence, place_of
from aspire_ingest.index.text.note_marks import NOTE
from aspire_ingest.index.text.numerals import fold_widths

_CARRIED = re.compile(
    r"(?<=[\w.%)\s(])(?P<sign>(?:\*{1,3}|※)\d{1,2}(?!\d)|(?:\*{1,3}|[※†‡])(?=\s*(?:$|[|,.;:、。)])))"
    r"|\((?P<named>note\s\d{1,2}|注\s?\d{0,2})\)"
)
"""The mark of a note behind a word, at the end of a cell, or in brackets."""
_REACH = 3_000
"""Characters below a sentence in which its note stands."""


def with_notes(selection: Selection, found: Sequence[Evidence]) -> Selection:
    """Add to a selection the notes that its marks lead to, out of all that was found, in reach."""
    known = {place_of(one) for one in selection.evidence}
    length = sum(len(one.text) for one in selection.evidence)
    added: dict[object, Evidence] = {}
    for said in selection.evidence:
        for note in _notes_of(said, found):
            place = place_of(note)
            if place not in known and place not in added:
                length += len(note.text)
                if length <= MOST_CHARACTERS:
                    added[place] = note
    return replace(selection, evidence=(*selection.evidence, *added.values()))


def _notes_of(said: Evidence, found: Sequence[Evidence]) -> Iterator[Evidence]:
    document, end = said.passage.document.document_id, said.sentence.end
    for mark in dict.fromkeys(_marks_in(said)):
        below = [
            one
            for one in found
            if one.passage.document.document_id == document
            and end <= one.sentence.start <= end + _REACH
            and _mark_of_note(one) == mark
        ]
        if below:
            yield min(below, key=lambda one: one.sentence.start)


def _marks_in(said: Evidence) -> Iterator[str]:
    own = _mark_of_note(said)
    for found in _CARRIED.finditer(fold_widths(said.text)):
        mark = _bare(found["sign"] or found["named"])
        if mark != own:
            yield mark


def _mark_of_note(one: Evidence) -> str:
    """The mark that a sentence begins with; empty where it is no note.

    "* Up to 500" is an entry of a list as well: its star stands before what is quoted.
    """
    passage, text = one.passage.passage, one.text
    before = passage.text[: one.sentence.start - passage.start]
    if one.sentence.form == "item" and before.rpartition("\n")[2].strip() == "*":
        text = f"* {text}"
    begins = NOTE.match(fold_widths(text))
    return _bare(begins["inside"] or begins["bare"]) if begins else ""


def _bare(mark: str) -> str:
    return re.sub(r"\s", "", mark)
