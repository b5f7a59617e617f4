"""Headers and footers of Word, once: an edition, a date of validity, an issuer; no page numbers."""

import re
from collections.abc import Callable, Iterator

from aspire_ingest.clean import tidy
from aspire_ingest.load.openxml import OpenXmlPackage, R, W
from aspire_ingest.load.pagetext import Element
from aspire_ingest.load.word_styles import attribute, is_on
from aspire_ingest.load.word_text import PAGE_NUMBER

_PARTS_OF_LINE = re.compile(r"\t|\s+[|/–—-]\s+|[|、・]")
_MOST_LINES = 12


def read_margins(
    package: OpenXmlPackage, main: str, body: Element, read_part: Callable[[Element], str]
) -> list[str]:
    """The lines of the headers and footers that are shown, each once, less page numbers.

    Args:
        package: the file.
        main: the name of its main part.
        body: `w:body`, whose sections say which are shown.
        read_part: gives the text of a header, page numbers marked.
    """
    found: dict[str, None] = {}
    for part in _shown_parts(package, main, body):
        for line in read_part(package.xml(part)).split("\n"):
            kept = _without_page_number(line)
            if any(sign.isalpha() for sign in kept):
                found[kept] = None
    return list(found)[:_MOST_LINES]


def _shown_parts(package: OpenXmlPackage, main: str, body: Element) -> Iterator[str]:
    names = package.targets(main, "header") | package.targets(main, "footer")
    if not names:
        return
    settings = [package.xml(part) for part in package.related(main, "settings")]
    has_even = any(is_on(root.find(f"{W}evenAndOddHeaders")) for root in settings)
    seen: set[str] = set()
    for section in body.iter(f"{W}sectPr"):
        has_first = is_on(section.find(f"{W}titlePg"))
        for reference in section.iterchildren(f"{W}headerReference", f"{W}footerReference"):
            kind = attribute(reference, "type") or "default"
            name = names.get(reference.get(f"{R}id") or "")
            is_shown = {"first": has_first, "even": has_even}.get(kind, True)
            if is_shown and name is not None and name not in seen:
                seen.add(name)
                yield name


def _without_page_number(line: str) -> str:
    """Drop the parts of a line around page numbers ("Page 3 of 9"), unless they say more."""
    if PAGE_NUMBER not in line:
        return tidy(line)
    parts = [part for part in _PARTS_OF_LINE.split(line) if part.strip()]
    kept = [part for part in parts if PAGE_NUMBER not in part or _says_more(part)]
    return tidy(" ".join(part.replace(PAGE_NUMBER, "") for part in kept))


def _says_more(part: str) -> bool:
    return any(sign.isdecimal() for sign in part) or sum(map(str.isalpha, part)) > 20
