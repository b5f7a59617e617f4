"""Where a web page leads: its links, its translations, and what it asks of robots."""

from aspire_ingest.load.html.text import Element
from aspire_ingest.load.parse_result import PageLinks
from aspire_ingest.load.writing.clean import tidy

_MAX_LINKS = 5_000
"""Of one page; a list that is longer goes over several pages, or is a trap."""
_NOT_A_LANGUAGE = frozenset({"", "x-default"})


def read_links(tree: Element) -> PageLinks:
    """Collect the addresses as they are written; `base` says what they are relative to."""
    asked = _asked_of_robots(tree)
    bases = [tidy(element.get("href") or "") for element in tree.iter("base")]
    return PageLinks(
        base=next(filter(None, bases), None),
        hrefs=() if "nofollow" in asked else _hrefs(tree),
        alternates=_alternates(tree),
        is_indexed="noindex" not in asked,
    )


def _asked_of_robots(tree: Element) -> set[str]:
    asked: set[str] = set()
    for meta in tree.iter("meta"):
        if (meta.get("name") or "").strip().lower() == "robots":
            asked.update(tidy(word).lower() for word in (meta.get("content") or "").split(","))
    return asked | {"noindex", "nofollow"} if "none" in asked else asked


def _hrefs(tree: Element) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for link in tree.iter("a", "area"):
        href = tidy(link.get("href") or "")
        if href and "nofollow" not in (link.get("rel") or "").lower().split():
            found[href] = None
        if len(found) >= _MAX_LINKS:
            break
    return tuple(found)


def _alternates(tree: Element) -> tuple[str, ...]:
    """Addresses of the page in other languages: `link rel=alternate hreflang`, `a hreflang`."""
    found: dict[str, None] = {}
    for link in tree.iter("link", "a"):
        href, language = tidy(link.get("href") or ""), tidy(link.get("hreflang") or "").lower()
        rel = (link.get("rel") or "").lower().split()
        is_page = link.tag == "a" or ("alternate" in rel and "xml" not in (link.get("type") or ""))
        if href and is_page and language not in _NOT_A_LANGUAGE:
            found[href] = None
    return tuple(found)
