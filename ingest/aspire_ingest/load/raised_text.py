"""Raised and lowered text on one line: exponents as `10^6`, note marks apart from their number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Height = Literal["line", "raised", "lowered"]

_NUMBER = re.compile(r"(?<![\d.,])\d[\d,.]*$")
_VARIABLE = re.compile(r"(?<![^\W\d_])[^\W\d_]$|[)\]]$")
_UNIT = re.compile(r"\d\s?[a-zμµΩ]{1,3}$", re.IGNORECASE)
_SIGNED = re.compile(r"^[-+−–]\s?\w+$|^\w+\s?[-+−–]$")
_NOTE = re.compile(r"^[(（\[]?(?P<note>\d{1,3}(?:[,、]\s?\d{1,3})*|[a-z])[)）\]]?$", re.IGNORECASE)
_POWER = re.compile(r"^(?:\d{1,4}|[a-z])$", re.IGNORECASE)
_ELEMENT = re.compile(r"[A-Z][a-z]?(?![a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of a line, and whether it stands on the line, above or below it."""

    text: str
    height: Height = "line"


def join_runs(runs: Iterable[Run]) -> str:
    """Write the runs one after the other so that no raised mark changes a number."""
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].height == run.height:
            merged[-1] = Run(text=merged[-1].text + run.text, height=run.height)
        elif run.text:
            merged.append(run)
    shown = ""
    for index, run in enumerate(merged):
        after = merged[index + 1].text if index + 1 < len(merged) else ""
        if run.height == "raised":
            shown += _raised(shown, run.text, after)
        elif run.height == "lowered":
            shown += _lowered(shown, run.text)
        else:
            shown += run.text
    return shown


def _raised(shown: str, written: str, after: str) -> str:
    mark = written.strip()
    before = shown[-40:]
    if not mark:
        return written
    note = _NOTE.match(mark)
    if not before or before[-1].isspace():
        is_isotope = mark.isdecimal() and _ELEMENT.match(after)
        return f"(note {note['note']}) " if note and not is_isotope else written
    if _SIGNED.match(mark) or (_POWER.match(mark) and _takes_power(before, mark)):
        return f"^{mark}"
    if note:
        return f" (note {note['note']})" + (" " if after[:1].isalnum() else "")
    return written


def _takes_power(before: str, mark: str) -> bool:
    """Ten, a variable, a unit or a bracket has a power; other numbers and words have notes."""
    number = _NUMBER.search(before)
    if number is not None:
        return number[0] == "10"
    return bool(_VARIABLE.search(before) or (mark.isdecimal() and _UNIT.search(before)))


def _lowered(shown: str, written: str) -> str:
    mark = written.strip()
    return f"_{mark}" if mark[:1].isdigit() and shown[-1:].isdigit() else written
