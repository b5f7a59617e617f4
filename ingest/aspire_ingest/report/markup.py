"""HTML and SVG as trees: every text is data, and escaped when the tree is written."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, tostring

Part = Element | str | None

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def element(
    tag: str, *parts: Part, attributes: Mapping[str, str | float] | None = None, css: str = ""
) -> Element:
    """Make an element out of its parts, in order; None is left out. `css` is its class."""
    made = Element(tag, {"class": css} if css else {})
    for name, value in (attributes or {}).items():
        made.set(name, _printable(f"{value:g}" if isinstance(value, float) else str(value)))
    last: Element | None = None
    for part in parts:
        if isinstance(part, str):
            text = _printable(part)
            if last is None:
                made.text = (made.text or "") + text
            else:
                last.tail = (last.tail or "") + text
        elif part is not None:
            made.append(part)
            last = part
    return made


def written(page: Element) -> str:
    """The page as a file holds it."""
    return "<!DOCTYPE html>\n" + tostring(page, encoding="unicode", method="html") + "\n"


def link(text: str, url: str | None) -> Element:
    """A link, where the address is one that a browser may follow; else the text alone.

    Isolated from its surroundings: a title in another direction of writing stays its own.
    """
    if url is None or not re.match(r"https?://", url):
        return element("bdi", text)
    return element("bdi", element("a", text, attributes={"href": url, "rel": "noreferrer"}))


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
