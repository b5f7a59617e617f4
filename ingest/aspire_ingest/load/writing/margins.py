"""Lines of headers and footers, less the numbers of pages."""

import re
from collections.abc import Iterable

from aspire_ingest.load.writing.clean import tidy

PAGE_NUMBER = "\x00"
"""Stands for the number of a page where a reader of headers asks for it."""
_PARTS_OF_LINE = re.compile(r"\t|\s+[|/–—-]\s+|[|、・]")
_ZONES = re.compile(r"\t+|\s*\|\s*")
"""What stands between the left, the middle and the right of a header."""
_MOST_LINES = 12
_MOST_MARGINS = 60


def margin_lines(texts: list[str], body: str) -> list[str]:
    """The lines that say something and that the body does not hold, each once.

    Args:
        texts: the text of each header and footer, page numbers marked.
        body: the text of the document.
    """
    everything = "".join(body.split())
    found: dict[str, None] = {}
    for text in texts:
        for line in text.split("\n"):
            kept = _without_page_number(line)
            if any(map(str.isalpha, kept)) and "".join(kept.split()) not in everything:
                found[kept] = None
    return list(found)[:_MOST_LINES]


def margins_of(texts: Iterable[str]) -> tuple[str, ...]:
    """All lines that say something, and the parts side by side in them, each once.

    Args:
        texts: headers, footers and stamps, page numbers marked; what the text holds too counts.
    """
    found: dict[str, None] = {}
    for line in (line for text in texts for line in text.split("\n")):
        for part in (line, *_ZONES.split(line)):
            kept = _without_page_number(part)
            if any(map(str.isalpha, kept)):
                found[kept] = None
        if len(found) >= _MOST_MARGINS:
            break
    return tuple(found)[:_MOST_MARGINS]


def _without_page_number(line: str) -> str:
    """Drop the parts of a line around page numbers ("Page 3 of 9"), unless they say more."""
    if PAGE_NUMBER not in line:
        return tidy(line)
    parts = [part for part in _PARTS_OF_LINE.split(line) if part.strip()]
    kept = [part for part in parts if PAGE_NUMBER not in part or _says_more(part)]
    return tidy(" ".join(part.replace(PAGE_NUMBER, "") for part in kept))


def _says_more(part: str) -> bool:
    return any(map(str.isdecimal, part)) or sum(map(str.isalpha, part)) > 20
