"""How a name stands in a question: its letters as the asker wrote them. Pure."""

import re
from collections.abc import Iterator

from aspire_ingest.index.text.japanese import is_katakana

_TITLE = re.compile(r"\b(?:Dr|Prof|Mr|Mrs|Ms)\.$", re.IGNORECASE)
"""Ends no sentence."""
_KATAKANA = re.compile(r"[ァ-ヴー]+")
_LONGEST_ENDING = 4
"""Letters by which a written word is longer than its stem ("grants", "funding")."""


def written_name(term: str, text: str) -> str:
    """Give how a name, code or number is written in the text; empty where the term is a mere word.

    Codes, acronyms, capitalised words inside a sentence, numbers: nothing else stands for them.
    """
    for start, word in _written(term, text):
        if any(character.isdigit() for character in word):
            return word
        if len(word) > 1 and word.isupper():
            return word
        before = text[:start].rstrip()
        if word[0].isupper() and before and (before[-1] not in "?.!:" or _TITLE.search(before)):
            return word
    return term if any(character.isdigit() for character in term) else ""


def first_written(term: str, text: str) -> str:
    """Give how a term stands in the text for the first time; nothing where it does not."""
    return next((word for _, word in _written(term, text)), "")


def katakana_around(term: str, text: str) -> str:
    """Give the whole run of katakana that a term is part of: キャリックブラック of ブラック."""
    if not is_katakana(term):
        return ""
    runs = (found[0] for found in _KATAKANA.finditer(text))
    return next((run for run in runs if term in run), "")


def _written(term: str, text: str) -> Iterator[tuple[int, str]]:
    """Find the words of a text that begin with a term, and where: its letters, and an ending.

    By hand: to compile a pattern for each term took half of the time of a rewrite.
    """
    folded, wanted = text.lower(), term.lower()
    if len(folded) != len(text):  # a capital whose small letter is two characters
        folded = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    start = folded.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        while end < len(text) and _is_letter(text[end]):
            end += 1
        is_whole = start == 0 or not _is_letter(text[start - 1])
        if is_whole and end - start - len(wanted) <= _LONGEST_ENDING:
            yield start, text[start:end]
        start = folded.find(wanted, start + 1)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
