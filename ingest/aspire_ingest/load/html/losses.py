"""What a reader sees on a page and its text cannot bring: pictures, drawings, pages inside it."""

from collections.abc import Iterator

from aspire_ingest.load.html.tree import Element, tag_of
from aspire_ingest.load.writing.tally import RemarkTally

_DRAWINGS = frozenset({"svg", "canvas"})
_FRAMES = frozenset({"iframe", "object", "embed", "frame"})
_RECORDINGS = frozenset({"video", "audio"})


def count_lost(root: Element, tally: RemarkTally) -> None:
    """Count what is lost in the part of a page that becomes its text."""
    for name in _lost(root):
        tally.add("lost", name)


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
