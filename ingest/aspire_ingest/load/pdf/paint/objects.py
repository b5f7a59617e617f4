"""Entries and names of PDF objects, whatever stands where they should."""

from typing import cast

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral


def entry(holder: object, key: str | None) -> object:
    """The entry of a dictionary, references followed; None where there is none."""
    holder = resolve1(holder)
    if not isinstance(holder, dict) or key is None:
        return None
    return resolve1(cast("dict[str, object]", holder).get(key))


def name_of(value: object) -> str | None:
    """The text of a name; None of anything else."""
    return str(value.name) if isinstance(value, PSLiteral) else None
