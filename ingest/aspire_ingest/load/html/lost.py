"""What a reader sees on a page and its text cannot bring: pictures, drawings, pages inside it."""

from collections.abc import Iterator

from aspire_ingest.index.types import Remark
from aspire_ingest.load.html.tree import Element, tag_of

_DRAWINGS = frozenset({"svg", "canvas"})
_FRAMES = frozenset({"iframe", "object", "embed", "frame"})
_RECORDINGS = frozenset({"video", "audio"})
_ORDER = ("picture", "drawing", "embedded page", "recording")


def lost_remarks(root: Element) -> tuple[Remark, ...]:
    """Count what is lost in the part of a page that becomes its text, kind by kind."""
    found = list(_lost(root))
    return tuple(
        Remark(kind="lost", what=f"{count} {name}{'s' if count > 1 else ''}")
        for name in _ORDER
        if (count := found.count(name))
    )


def _lost(root: Element) -> Iterator[str]:
    for element in root.iter():
        tag = tag_of(element)
        if tag == "img" and (element.get("alt") or "").strip():
            yield "picture"  # one without a text of its own is decoration
        elif tag in _DRAWINGS and _is_drawing(element, tag):
            yield "drawing"
        elif tag in _FRAMES:
            yield "embedded page"
        elif tag in _RECORDINGS:
            yield "recording"


def _is_drawing(element: Element, tag: str) -> bool:
    """A picture with words in it; a drawing without any is an icon."""
    return tag == "canvas" or any(tag_of(inner) == "text" for inner in element.iterdescendants())
