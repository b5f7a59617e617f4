"""What word processors call the styles of titles and headings, in English and Japanese."""

import re

from aspire_ingest.load.writing.blocks import MAX_HEADING_LEVEL

_TITLES = ("title", "表題")
_HEADING = re.compile(r"(?:heading|見出し)\s*(?P<level>\d)", re.IGNORECASE)


def is_title(name: str) -> bool:
    """Tell whether a style is that of the title of a document."""
    return _main_name(name).lower() in _TITLES


def heading_level(name: str) -> int | None:
    """The level of the heading that a style is, 1 for a title; None for other styles."""
    if is_title(name):
        return 1
    match = _HEADING.fullmatch(_main_name(name))
    return min(int(match["level"]) + 1, MAX_HEADING_LEVEL) if match is not None else None


def _main_name(name: str) -> str:
    """A name less its aliases: "heading 1,Chapter"."""
    return name.partition(",")[0].strip()
