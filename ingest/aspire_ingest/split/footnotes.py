"""Footnotes: which words of the text above a note belongs to."""

import re

from aspire_ingest.index.text.note_marks import NOTE
from aspire_ingest.index.text.sentences import sentence_spans

_OPENS = re.compile(r"\s*[(（]\Z")
_CLOSES = re.compile(r"[)）]\s*(?P<stop>[.。．])?")
_BEGINS_ENTRY = re.compile(r"\n[ \t\u3000]*(?:[-*+・•]|\d{1,3}[.)．])[ \t\u3000]*")
_WORD_BEFORE = re.compile(r"[^\W_][\w-]*\Z")
_LOOK_BACK = 400
_REACH = 8_000
_TRIES = 20
"""A mark stands on the page of its note. The bounds keep a text of nothing but notes fast."""


def lead_of_note(text: str, start: int) -> str:
    """Give what the footnote at `start` explains: the word that carries its mark.

    Where the mark stands after a sentence ("… on the project.*1"), or in brackets at its end
    ("… on the project (note 1)."), it is the whole sentence. Empty
    where the text at `start` is no footnote, or nothing above carries its mark.
    """
    note = NOTE.match(text, start)
    if note is None or not _begins_line(text, start):
        return ""
    mark = note["inside"] or note["bare"]
    place = _place_of(text, mark, start)
    if place is None:
        return ""
    before = text[max(0, place - _LOOK_BACK) : place]
    if opens := _OPENS.search(before):
        before = before[: opens.start()]
    closes = _CLOSES.match(text, place + len(mark)) if opens else None
    word = _WORD_BEFORE.search(before)
    if word is not None and not (closes and closes["stop"]):
        return word.group()
    before = _BEGINS_ENTRY.split(before)[-1]
    spans = sentence_spans(before)
    return " ".join(before[slice(*spans[-1])].split()) if spans else ""


def _place_of(text: str, mark: str, start: int) -> int | None:
    """Find the nearest place above where the mark stands after a word or a sentence."""
    end = start
    for _ in range(_TRIES):
        place = text.rfind(mark, max(0, start - _REACH), end)
        if place < 1:
            return None
        carrier, following = text[place - 1], text[place + len(mark) : place + len(mark) + 1]
        is_note = carrier.isspace() or (carrier in "(（" and _begins_line(text, place - 1))
        if not (is_note or carrier in "*※" or following.isdigit() or following == "*"):
            return place
        end = place
    return None


def _begins_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()
