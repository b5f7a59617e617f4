"""SmartArt as a list: the texts of a diagram's data in reading order, with their levels."""

from collections.abc import Iterator

from aspire_ingest.load.elements import Element, child, children, is_on
from aspire_ingest.load.openxml.drawing_text import DrawnParagraph, read_paragraphs

_SHOWN = (None, "node", "asst")
"""Types of points with a text of their own; the others are lines and shapes between them."""
_MAX_DEPTH = 8


def diagram_items(model: Element) -> Iterator[tuple[int, DrawnParagraph]]:
    """Yield the depth and the text of each point that a reader sees."""
    listed = child(model, "ptLst")
    points = {
        found.get("modelId") or "": found
        for found in (children(listed, "pt") if listed is not None else ())
    }
    for identity, depth in _reading_order(model, points):
        point = points[identity]
        holder = child(point, "prSet")
        is_prompt = holder is not None and is_on(holder.get("phldr"))
        if point.get("type") in _SHOWN and not is_prompt:
            for paragraph in read_paragraphs(child(point, "t")):
                yield depth, paragraph


def _reading_order(model: Element, points: dict[str, Element]) -> Iterator[tuple[str, int]]:
    """Each point once: parents before children, points without a parent as they are listed."""
    below: dict[str, list[tuple[int, str]]] = {}
    connections = child(model, "cxnLst")
    for found in children(connections, "cxn") if connections is not None else ():
        if (found.get("type") or "parOf") == "parOf":
            order = found.get("srcOrd") or "0"
            place = int(order) if order.isdecimal() else 0
            below.setdefault(found.get("srcId") or "", []).append(
                (place, found.get("destId") or "")
            )
    inner = {identity for listed in below.values() for _, identity in listed}
    tops = [identity for identity in points if identity not in inner]
    seen: set[str] = set()
    waiting = [(identity, -1 if _is_root(points[identity]) else 0) for identity in reversed(tops)]
    while waiting:
        identity, depth = waiting.pop()
        if identity in seen or identity not in points:
            continue
        seen.add(identity)
        yield identity, max(0, depth)
        ordered = sorted(below.get(identity, ()), reverse=True)
        waiting += [(inner_one, min(depth + 1, _MAX_DEPTH)) for _, inner_one in ordered]


def _is_root(point: Element) -> bool:
    return point.get("type") == "doc"
