"""The order in which flex and grid boxes show their parts, where it is not that of the source.

`order`, `row-reverse`, `column-reverse` and named or numbered places in a grid are followed: the
parts are put into the order a reader sees. Where that cannot be told, the box is marked, and
`count_doubts` tells of it.

Of style sheets that are not at hand, the names of classes say it, as Bootstrap (`order-md-2`) and
Tailwind (`md:order-2`) have them. Many of them change the order on telephones alone:
`flex-column-reverse flex-md-row` is a row, in the order of the source.
"""

import re
from collections.abc import Mapping, Sequence

from aspire_ingest.load.html.tree import Element, raw_text, tag_of
from aspire_ingest.load.writing.tally import RemarkTally

ORDER_PROPERTIES = (
    "order", "flex-direction", "flex-flow", "flex-wrap", "grid-area", "grid-row", "grid-row-start",
    "grid-column", "grid-column-start", "grid-template-areas",
)  # fmt: skip
CASED_PROPERTIES = ("grid-area", "grid-template-areas")
_FLEX, _GRID = frozenset({"flex", "inline-flex"}), frozenset({"grid", "inline-grid"})
_DOUBT = "data-order-doubt"
_WHOLE = re.compile(r"[+-]?\d{1,6}")
_ROW = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_FIXED = frozenset({"ol", "table", "thead", "tbody", "tfoot", "tr"})
"""What counts or aligns its parts in the order of the source."""
_ORDERS_BY_NAME = re.compile(
    r"(?:\w{2,3}:)?-?order-(?:(?:sm|md|lg|xl)-)?(?:\d{1,2}|first|last)"
    r"|(?:\w{2,3}:)?flex-(?:(?:sm|md|lg|xl)-)?(?:row|col|column)-reverse"
)
"""Classes by which common style sheets change the order."""
_ROW_BY_NAME = re.compile("row")

_WIDTHS = ("", "sm", "md", "lg", "xl")
"""Marks of the least width from which a name holds, the narrowest first; a desk has all of them,
and none of `xxl` and `2xl`."""
_WIDTH = "(?:sm|md|lg|xl)"
_NAME = re.compile(
    rf"(?:(?P<before>{_WIDTH}):)?"
    rf"(?:(?P<minus>-?)order-(?:(?P<order_at>{_WIDTH})-)?(?P<order>\d{{1,2}}|first|last|none)"
    rf"|flex-(?:(?P<flow_at>{_WIDTH})-)?(?P<flow>row|col(?:umn)?)(?P<reverse>-reverse)?"
    rf"|(?:d-(?:(?P<display_at>{_WIDTH})-)?)?(?P<display>(?:inline-)?(?:flex|grid)|block|inline))"
)
_ENDS = {"first": "-9999", "last": "9999", "none": "0"}
_COLUMN = re.compile(r"col(?:-\w+){0,2}")

_Place = tuple[int, int]


def is_box(own: Mapping[str, str]) -> bool:
    """Whether an element of this style lays out its children as a flex or grid box."""
    return own.get("display") in _FLEX | _GRID


def is_reversed(own: Mapping[str, str]) -> bool:
    """Whether a flex box shows its parts from the last to the first."""
    written = f"{own.get('flex-flow', '')} {own.get('flex-direction', '')}".split()
    directions = [word for word in written if word.startswith(("row", "column"))]
    return own.get("display") in _FLEX and bool(directions) and directions[-1].endswith("-reverse")


def put_in_order(
    element: Element, own: Mapping[str, str], children: Sequence[Mapping[str, str]]
) -> None:
    """Put the parts of a box into the order they are seen in, or mark it where that is in doubt.

    Args:
        element: the box; its children are moved.
        own: its style.
        children: the style of each child.
    """
    orders = [_whole(style.get("order")) for style in children]
    places = _places(own, children) if own.get("display") in _GRID else None
    has_places = places is not None and any(place is not None for place in places)
    if not (any(orders) or is_reversed(own) or has_places):
        if _is_wrapped_upwards(own):
            element.set(_DOUBT, "")
        return
    if tag_of(element) in _FIXED or _is_wrapped_upwards(own):
        element.set(_DOUBT, "")
        return
    if places is not None and has_places:
        _by_place(element, places, orders)
        return
    items = _wrapped(element, orders)
    items.sort(key=lambda item: item[0])
    _refill(element, [child for _, child in (reversed(items) if is_reversed(own) else items)])


def style_by_names(element: Element) -> Mapping[str, str]:
    """The display, the order and the direction that the classes of an element stand for."""
    found: dict[str, tuple[int, str]] = {}
    names = _names(element)
    if "row" in names and any(_is_column(child) for child in element):
        found["display"] = 0, "flex"
    for name in names:
        match = _NAME.fullmatch(name)
        if match is None:
            continue
        parts = match.groupdict()
        at = parts["order_at"] or parts["flow_at"] or parts["display_at"] or parts["before"] or ""
        kind, value = _meaning(parts)
        known = found.get(kind)
        if known is None or known[0] <= _WIDTHS.index(at):
            found[kind] = _WIDTHS.index(at), value
    return {kind: value for kind, (_, value) in found.items()}


def _meaning(parts: Mapping[str, str | None]) -> tuple[str, str]:
    if order := parts["order"]:
        return "order", _ENDS.get(order) or f"{parts['minus'] or ''}{order}"
    if flow := parts["flow"]:
        return "flex-direction", f"{'row' if flow == 'row' else 'column'}{parts['reverse'] or ''}"
    return "display", parts["display"] or ""


def _names(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _is_column(element: Element) -> bool:
    return any(map(_COLUMN.fullmatch, _names(element)))


def mark_named(element: Element) -> None:
    """Mark a row whose order a style sheet that is not at hand may change, by its class names.

    What is a box by the names of a common style sheet is read in the order that they say; a `row`
    without columns may be of any other.
    """
    if not _has_class(element, _ORDERS_BY_NAME):
        return
    for box in (element.getparent(), element):
        is_row = box is not None and _has_class(box, _ROW_BY_NAME)
        if box is not None and is_row and not style_by_names(box).get("display"):
            box.set(_DOUBT, "")
            return


def count_doubts(root: Element, tally: RemarkTally) -> None:
    """Count the boxes with text in one part of a page whose order is in doubt."""
    for element in root.iter():
        if element.get(_DOUBT) is not None and len(_with_words(element)) > 1:
            tally.add(
                "doubtful",
                "part whose order styles change",
                "parts whose order styles change",
            )


def _with_words(element: Element) -> list[Element]:
    return [child for child in element if any(map(str.isalnum, raw_text(child)))]


def _has_class(element: Element, pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(name) for name in _names(element))


def _whole(written: str | None) -> int:
    return int(written) if written and _WHOLE.fullmatch(written) else 0


def _is_wrapped_upwards(own: Mapping[str, str]) -> bool:
    written = f"{own.get('flex-flow', '')} {own.get('flex-wrap', '')}"
    return own.get("display") in _FLEX and "wrap-reverse" in written.split()


def _places(own: Mapping[str, str], children: Sequence[Mapping[str, str]]) -> list[_Place | None]:
    """Row and column of each child in a grid; None of one that says neither."""
    areas: dict[str, _Place] = {}
    rows = [one or other for one, other in _ROW.findall(own.get("grid-template-areas", ""))]
    for row, names in enumerate(rows, start=1):
        for column, name in enumerate(names.split(), start=1):
            areas.setdefault(name, (row, column))
    return [_place(style, areas) for style in children]


def _place(style: Mapping[str, str], areas: Mapping[str, _Place]) -> _Place | None:
    parts = [part.strip() for part in style.get("grid-area", "").split("/")]
    if parts[0] in areas:
        return areas[parts[0]]
    row = style.get("grid-row-start") or style.get("grid-row", "").split("/")[0].strip() or parts[0]
    column = style.get("grid-column-start") or style.get("grid-column", "").split("/")[0].strip()
    column = column or (parts[1] if len(parts) > 1 else "")
    # a line counted from the end, or a span, says nothing of the row
    return (_whole(row), _whole(column)) if _whole(row) > 0 else None


def _by_place(element: Element, places: Sequence[_Place | None], orders: Sequence[int]) -> None:
    known = [place for place in places if place is not None]
    if len(known) == len(places) and not (element.text or "").strip():
        pairs = sorted(zip(places, element, strict=True), key=lambda pair: pair[0] or (0, 0))
        _refill(element, [child for _, child in pairs])
    elif any(orders) or known != sorted(known) or places[: len(known)] != known:
        element.set(_DOUBT, "")


def _wrapped(element: Element, orders: Sequence[int]) -> list[tuple[int, Element]]:
    """The items of a flex box with their order: its children, and text between them."""
    items: list[tuple[int, Element]] = []

    def add_text(text: str | None) -> None:
        if text:
            part = element.makeelement("span")
            part.text = text
            items.append((0, part))

    add_text(element.text)
    for child, order in zip(element, orders, strict=True):
        tail, child.tail = child.tail, None
        items.append((order, child))
        add_text(tail)
    return items


def _refill(element: Element, children: Sequence[Element]) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None
    for child in children:
        child.tail = f"{child.tail or ''} "
        element.append(child)
