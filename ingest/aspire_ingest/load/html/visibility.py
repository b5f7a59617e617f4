"""What of a page nobody sees, or sees struck out: taken out of the tree, and counted.

An element is hidden by an attribute (`hidden`, `aria-hidden`), by style (no display, not visible,
without opacity, out of the page, without size, in the colour of what lies behind it) or is struck
(`del`, `s`, `strike`, a line through it). What is taken out leaves an empty mark in its place, so
that the remarks can tell of the part of the page that becomes text, and of no other.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from aspire_ingest.load.html.style import PageStyle, is_for_a_desk
from aspire_ingest.load.html.tree import Element, raw_text, tag_of
from aspire_ingest.load.tally import RemarkTally

_MARK = "template"
_REASON = "data-left-out"
_NAMES = {"struck": "struck passage", "hidden": "hidden part"}
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
_CELLS = frozenset({"td", "th"})
_NEVER_SHOWN = frozenset({"head", "script", "style", "template", "noscript"})
_ZERO = re.compile(r"[+-]?0*\.?0*(?:[a-z]+|%)?")
_SIZE = re.compile(r"(?P<number>[+-]?\d*\.?\d+)(?P<unit>[a-z]*|%)")
_TINY = {"px": 1.0, "pt": 1.0, "": 1.0}
_FAR = {"px": -900.0, "em": -90.0, "rem": -90.0, "vw": -90.0, "%": -90.0, "": -900.0}
_NOTHING_LEFT = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%")
_COLOUR_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0)}
_HEX = re.compile(r"#(?P<long>[0-9a-f]{6})(?:[0-9a-f]{2})?|#(?P<short>[0-9a-f]{3})[0-9a-f]?")
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+(?P<alpha>[\d.]+%?))?\s*\)"
)
_ALIKE = 8
"""Steps of 255 by which two colours may differ and yet look the same."""

_Colour = tuple[int, int, int]
_WHITE: _Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What an element takes from those around it."""

    is_visible: bool = True
    is_struck: bool = False
    is_tiny: bool = False
    is_clear: bool = False
    """Its text has no colour at all."""
    colour: _Colour | None = None
    ground: _Colour | None = None
    """What lies behind; None where that is not known."""

    @property
    def shows_text(self) -> bool:
        return self.is_visible and not self.is_tiny and not self.is_clear and not self._is_lost

    @property
    def _is_lost(self) -> bool:
        if self.colour is None or self.ground is None:
            return False
        return all(
            abs(one - other) <= _ALIKE for one, other in zip(self.colour, self.ground, strict=True)
        )


def take_out_unseen(tree: Element) -> None:
    """Empty every element whose text no reader sees, or sees struck out.

    Raises:
        TooMuchStyleError: the style rules of the page take too much work.
    """
    style = PageStyle()
    for sheet in tree.iter("style"):
        if is_for_a_desk(sheet.get("media") or "all"):
            style.add_sheet(sheet.text or "")
    is_styled_elsewhere = any(
        "stylesheet" in (link.get("rel") or "").lower() for link in tree.iter("link")
    )
    _visit(tree, _Look(ground=None if is_styled_elsewhere else _WHITE), style)


def count_unseen(root: Element, tally: RemarkTally) -> None:
    """Count what was taken out of one part of a page."""
    for mark in root.iter(_MARK):
        if name := _NAMES.get(mark.get(_REASON) or ""):
            tally.add("hidden", name)


def _visit(element: Element, outer: _Look, style: PageStyle) -> None:
    tag = tag_of(element)
    if not tag or tag in _NEVER_SHOWN:
        return
    own = style.of(element)
    if _is_gone(element, own):
        _take_out(element, "hidden")
        return
    look = _look(element, outer, own)
    if look.is_struck and tag not in _TABLE_PARTS:
        _take_out(element, "struck")
        return
    for child in list(element):
        _visit(child, look, style)
    if not look.shows_text:
        _take_out_text(element)


def _is_gone(element: Element, own: Mapping[str, str]) -> bool:  # noqa: PLR0911 - one line per reason
    """Tell whether nothing of an element is shown, whatever its children say."""
    display = own.get("display")
    if display == "none" or (display is None and element.get("hidden") is not None):
        return True
    if element.get("aria-hidden") == "true" and not _is_the_page(element):
        return True
    if "opacity" in own and _ZERO.fullmatch(own["opacity"]):
        return True
    is_placed = own.get("position") in ("absolute", "fixed")
    if is_placed and any(_is_below(own.get(side, ""), _FAR) for side in ("left", "top", "right")):
        return True
    if is_placed and _NOTHING_LEFT.search(own.get("clip", "")):
        return True
    if _NOTHING_LEFT.search(own.get("clip-path", "")):
        return True
    sides = (own.get("width", ""), own.get("height", ""))
    return own.get("overflow") == "hidden" and any(_is_below(side, _TINY) for side in sides)


def _is_the_page(element: Element) -> bool:
    """An open dialogue marks all the rest of a page `aria-hidden`: that is no reason."""
    return tag_of(element) in ("body", "main") or any(
        tag_of(inner) in ("main", "h1") for inner in element.iterdescendants()
    )


def _look(element: Element, outer: _Look, own: Mapping[str, str]) -> _Look:
    look = replace(outer, is_struck=outer.is_struck or _is_struck(element, own))
    visibility = own.get("visibility")
    if visibility in ("hidden", "collapse", "visible"):
        look = replace(look, is_visible=visibility == "visible")
    size = own.get("font-size", "")
    if size and _SIZE.fullmatch(size):
        is_tiny = _is_below(size, _TINY) or _ZERO.fullmatch(size) is not None
        is_relative = size.endswith(("em", "%")) and not size.endswith("rem")
        look = replace(look, is_tiny=is_tiny or (is_relative and outer.is_tiny))
    colour = own.get("color") or (element.get("color") or "").lower()
    if colour and colour != "inherit":
        read, is_clear = _colour(colour)
        look = replace(look, colour=read, is_clear=is_clear)
    return replace(look, ground=_ground(element, outer.ground, own))


def _ground(element: Element, outer: _Colour | None, own: Mapping[str, str]) -> _Colour | None:
    written = own.get("background-color") or own.get("background")
    written = written or (element.get("bgcolor") or "").lower()
    if own.get("position") in ("absolute", "fixed", "sticky") or element.get("background"):
        outer = None
    drawn = own.get("background", "") + own.get("background-image", "")
    if "url(" in drawn or "gradient" in drawn:
        return None
    if not written or written in ("none", "inherit"):
        return outer
    colour, is_clear = _colour(written)
    return outer if is_clear else colour


def _is_struck(element: Element, own: Mapping[str, str]) -> bool:
    lines = own.get("text-decoration-line") or own.get("text-decoration")
    if lines is not None:
        return "line-through" in lines
    return tag_of(element) in _STRUCK_TAGS


def _is_below(size: str, limits: Mapping[str, float]) -> bool:
    match = _SIZE.fullmatch(size)
    limit = limits.get(match["unit"]) if match else None
    return match is not None and limit is not None and float(match["number"]) <= limit


def _colour(written: str) -> tuple[_Colour | None, bool]:
    """A colour as red, green and blue (None where it is not known), and whether it is clear."""
    if written == "transparent":
        return None, True
    if written in _COLOUR_NAMES:
        return _COLOUR_NAMES[written], False
    if match := _HEX.fullmatch(written):
        digits = match["long"] or "".join(2 * digit for digit in match["short"])
        return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)), False
    if match := _RGB.fullmatch(written):
        alpha = match["alpha"]
        is_clear = alpha is not None and _ZERO.fullmatch(alpha) is not None
        return (int(match[1]), int(match[2]), int(match[3])), is_clear
    return None, False


def _take_out(element: Element, reason: str) -> None:
    says_something = any(character.isalnum() for character in raw_text(element))
    for child in list(element):
        element.remove(child)
    element.text = None
    mark = element
    if tag_of(element) in _CELLS and reason == "struck":
        mark = element.makeelement(_MARK)  # the cell keeps its column
        element.append(mark)
    else:
        for name in list(element.attrib):
            del element.attrib[name]
        element.tag = _MARK
    if says_something:
        mark.set(_REASON, reason)


def _take_out_text(element: Element) -> None:
    """Take out the text an element itself holds; children that are shown all the same stay."""
    own = [element.text or "", *(child.tail or "" for child in element)]
    element.text = None
    for child in element:
        child.tail = None
    if any(character.isalnum() for text in own for character in text):
        mark = element.makeelement(_MARK)
        mark.set(_REASON, "hidden")
        element.append(mark)
