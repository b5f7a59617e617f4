"""Footnotes: which words of the text above a note belongs to."""

import re

from aspire_ingest.index.sentences import sentence_spans

_NOTE = re.compile(r"(?P<mark>\*{1,3}\d{0,2}|※\d{0,2}|†|‡|注\d{1,2})[)\s:：]*(?=\S)")
_WORD_BEFORE = re.compile(r"[^\W_][\w-]*\Z")
_LOOK_BACK = 400


def lead_of_note(text: str, start: int) -> str:
    """Give what the footnote at `start` explains: the word that carries its mark.

    Where the mark stands after a sentence ("… on the project.*1") it is the whole sentence. Empty
    where the text at `start` is no footnote, or nothing above carries its mark.
    """
    note = _NOTE.match(text, start)
    if note is None or not _begins_line(text, start):
        return ""
    mark = note["mark"]
    carried = re.compile(rf"(?<=[^\s*※]){re.escape(mark)}(?![\d*])")
    places = [match.start() for match in carried.finditer(text, 0, start)]
    if not places:
        return ""
    before = text[max(0, places[-1] - _LOOK_BACK) : places[-1]]
    word = _WORD_BEFORE.search(before)
    if word is not None:
        return word.group()
    spans = sentence_spans(before)
    return " ".join(before[slice(*spans[-1])].split()) if spans else ""


def _begins_line(text: str, start: int) -> bool:
    return not text[:start].rpartition("\n")[2].strip()
