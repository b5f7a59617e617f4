"""The question before asked of another programme or agency: "and BETA?", BETAは？. Pure."""

import re

_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z]*[A-Z0-9](?:[A-Za-z0-9]|-[A-Z0-9])*")
"""A name that is written in capitals, as those of programmes and agencies are."""
_NO_NAME = re.compile(r"..?|FAQs?|PDF|URL|DOI|PhD|JPY|USD|EUR|GBP|FY\d*|[A-Z]\d+")
"""Looks like one; of two letters are roles: PI, PD."""


def is_mere_name(text: str) -> bool:
    """Whether a name is all that a text says: it asks nothing by itself."""
    return _NAME.fullmatch(text) is not None and _NO_NAME.fullmatch(text) is None


def with_other_name(before: str, name: str) -> str | None:
    """Ask the question before of another name; None where it names none, or several, to part with.

    `name` is all that is said.
    """
    if not is_mere_name(name):
        return None
    named = {found[0] for found in _NAME.finditer(before) if not _NO_NAME.fullmatch(found[0])}
    if len(named) != 1 or name in named:
        return None
    return _NAME.sub(lambda found: name if found[0] in named else found[0], before)
