"""Raised and lowered text on one line: an exponent, the mark of a note, an ordinal, an index.

Laid flat, 10⁶ would read 106 and 500¹ would read 5001. What is raised is told by what it follows:
`10^6`, `m^2`, `500 (note 1)`, `3rd`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from aspire_ingest.clean import is_cjk

PieceForm = Literal["", "raised", "lowered", "reference"]
Piece = tuple[str, PieceForm]
"""Text and how it stands; a `reference` is the mark of a footnote that the document keeps."""

_ORDINAL = re.compile(r"st|nd|rd|th", re.IGNORECASE)
_NOTE_MARK = re.compile(
    r"[(\[]?(?:note |注|※|\*)?(?P<mark>\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[a-z])[)\]]?", re.IGNORECASE
)
_SIGNED = re.compile(r"[-+−–±]\s?[\w.,/]{1,8}")
_POWER = re.compile(r"[-+−–±]?[\w.,/]{1,12}")
_TOKEN = re.compile(r"[^\s(（\[,;、。]*\Z")
_NUMBER_END = re.compile(r"\d+(?:[.,]\d+)*\Z")
_LETTERS_END = re.compile(r"[A-Za-zµμΩα-ωΑ-Ω]+\Z")
_FACTOR_TEN = re.compile(r"(?:^|[^\d.,])10\Z")
_GROUP = re.compile(r"\([^()]*[+\-−×*/=][^()]*\)\Z")
_STOPS = ".。,、;；:：!！?？"
_LOOK_BACK = 80


def join_pieces(pieces: Iterable[Piece]) -> str:
    """Join the pieces of a paragraph."""
    out: list[str] = []
    before = ""
    for text, form in _merged(pieces):
        if form == "" or not text.strip():
            added = text
        elif form == "reference":
            added = f" (*{text})" if before[-1:].isdigit() else f"*{text}"
        elif form == "lowered":
            added = _lowered(before, text)
        else:
            before, added = _raised(before, text, out)
        out.append(added)
        before = (before + added)[-_LOOK_BACK:]
    return "".join(out)


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one form as one piece; what a run holds raised may lie in several."""
    held: list[str] = []
    form: PieceForm = ""
    for text, own in pieces:
        if held and (own != form or own == "reference"):
            yield "".join(held), form
            held = []
        held.append(text)
        form = own
    if held:
        yield "".join(held), form


def _raised(before: str, text: str, out: list[str]) -> tuple[str, str]:
    """What to add for raised text; a note's mark moves before the stop that it follows."""
    mark = text.strip()
    tail = text[len(text.rstrip()) :]
    if _is_plain(before, mark):
        return before, text
    if _is_power(before, mark):
        return before, f"^{mark}{tail}" if _POWER.fullmatch(mark) else f"^({mark}){tail}"
    note = _NOTE_MARK.fullmatch(mark)
    if note is None:
        return before, text
    stop = before[-1:] if before[-1:] in _STOPS else ""
    if stop and out and out[-1].endswith(stop):
        out[-1] = out[-1][:-1]
        before = before[:-1]
    else:
        stop = ""
    return before, f"{_note(before, note['mark'])}{stop}{tail or ('' if before else ' ')}"


def _note(before: str, mark: str) -> str:
    if before and is_cjk(before[-1]):
        return f"(注{mark})"
    return f"{' ' if before and not before[-1].isspace() else ''}(note {mark})"


def _is_plain(before: str, mark: str) -> bool:
    """Raised for its looks alone: ordinals, signs, words."""
    if _ORDINAL.fullmatch(mark):
        return before[-1:].isdigit()
    if not any(sign.isalnum() for sign in mark):
        return True
    return mark.isalpha() and len(mark) > 1 and not _GROUP.search(before)


def _is_power(before: str, mark: str) -> bool:
    token = _TOKEN.search(before)
    base = token.group() if token is not None else ""
    if _SIGNED.fullmatch(mark) or _GROUP.search(before):
        return bool(base) or bool(_GROUP.search(before))
    if number := _NUMBER_END.search(base):
        if _FACTOR_TEN.search(base):
            return mark != "1" or base != "10"
        return len(number.group()) == 1 and len(mark) > 1 and mark.isdecimal()
    letters = _LETTERS_END.search(base)
    if letters is None:
        return False
    if len(letters.group()) == 1:
        return mark != "1"
    is_unit = len(letters.group()) == 2 and letters.group()[0].islower()
    return is_unit and mark in ("2", "3")


def _lowered(before: str, text: str) -> str:
    mark = text.strip()
    if mark.isdecimal() and (before[-1:].isalpha() or before[-1:] == ")"):
        return text
    if before[-1:].isalnum() and all(sign.isalnum() or sign in ",+-" for sign in mark):
        return f"_{text}"
    return text
