"""What of a page nobody sees, or sees struck out: taken out of the tree, and counted.

An element is hidden by an attribute (`hidden`, `aria-hidden`), by style (no display, not visible,
without opacity, out of the page, without size, in the colour of what lies behind it) or is struck
(`del`, `s`, `strike`, a line through it). What is taken out leaves an empty mark in its place, so
that the remarks can tell of the part of the page that becomes text, and of no other.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from aspire_ingest.load.html.colours import WHITE, Colour, look_alike, read_colour
from aspire_ingest.load.html.generated_content import (
    LISTS,
    NUMBER_FORM,
    OWN_NUMBER,
    Counters,
    counts,
    generated_text,
    marker_text,
    number_form,
)
from aspire_ingest.load.html.order import (
    is_box,
    is_reversed,
    mark_named,
    put_in_order,
    style_by_names,
)
from aspire_ingest.load.html.style import PageStyle, is_for_a_desk
from aspire_ingest.load.html.tree import Element, raw_text, replace_content, tag_of
from aspire_ingest.load.writing.tally import RemarkTally

_MARK = "template"
_REASON = "data-left-out"
_NAMES = {"struck": "struck passage", "hidden": "hidden part"}
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
_CELLS = frozenset({"td", "th"})
_RAISED_TAGS = frozenset({"span", "a", "b", "i", "em", "strong", "small", "font"})
_SCRIPTS = {"super": "sup", "sub": "sub"}
_VOID = frozenset({"img", "input", "br", "hr", "wbr", "col", "select", "textarea", "iframe"})
_HOLD_ICONS = frozenset({"td", "th", "li", "dd"})
_ICONS = {
    **dict.fromkeys(
        ("fa-check", "fa-check-circle", "fa-circle-check", "fa-check-square", "fa-square-check",
         "bi-check", "bi-check-lg", "bi-check-circle", "glyphicon-ok", "icon-check"),
        "✓",
    ),
    **dict.fromkeys(
        ("fa-times", "fa-xmark", "fa-times-circle", "fa-circle-xmark", "fa-ban", "bi-x", "bi-x-lg",
         "bi-x-circle", "glyphicon-remove", "icon-cross", "icon-times"),
        "✗",
    ),
}  # fmt: skip
"""Pictures of common sets by their names: their style sheets lie elsewhere."""
_MIDDLE = (35.0, 65.0)
_THIN = {"px": 3.0, "pt": 3.0, "em": 0.2}
_NEVER_SHOWN = frozenset({"head", "script", "style", "template", "noscript"})
_ZERO = re.compile(r"[+-]?(?:0+\.?0*|\.0+)(?:[a-z]+|%)?")
_SIZE = re.compile(r"(?P<number>[+-]?\d*\.?\d+)(?P<unit>[a-z]*|%)")
_TINY = {"px": 1.0, "pt": 1.0, "": 1.0}
_FAR = {"px": -900.0, "em": -90.0, "rem": -90.0, "vw": -90.0, "%": -90.0, "": -900.0}
_FAR_MARGIN = {"px": -900.0, "em": -90.0, "rem": -90.0}
_TINY_SCALE = re.compile(r"scale(?:3d|x|y)?\(\s*0*\.?0+\s*[,)]")
_CLEAR_FILTER = re.compile(r"opacity\(\s*(?:0+\.?0*|\.0+)%?\s*\)")
_NOTHING_LEFT = re.compile(
    r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%|circle\(\s*0(?:px|%)?\s*[)a]"
)
_MOVED_AWAY = re.compile(
    r"translate(?:3d|x|y)?\(\s*(?:[-\d.]+[a-z%]*\s*,\s*)?"
    r"-(?:\d{4,}(?:\.\d+)?px|9\d{2}px|\d{3,}r?em|\d{3,}v[wh])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What an element takes from those around it."""

    is_visible: bool = True
    is_struck: bool = False
    is_tiny: bool = False
    is_clear: bool = False
    """Its text has no colour at all."""
    colour: Colour | None = None
    ground: Colour | None = None
    """What lies behind; None where that is not known."""
    list_style: str = ""

    @property
    def shows_text(self) -> bool:
        return self.is_visible and not self.is_tiny and not self.is_clear and not self._is_lost

    @property
    def _is_lost(self) -> bool:
        if self.colour is None or self.ground is None:
            return False
        return look_alike(self.colour, self.ground)


def take_out_unseen(tree: Element, sheet_at: Callable[[str], str | None] = lambda _: None) -> None:
    """Empty every element whose text no reader sees, or sees struck out.

    Args:
        tree: the page.
        sheet_at: gives the style sheet of an address, None where it is not at hand.

    Raises:
        TooMuchStyleError: the style rules of the page take too much work.
    """
    style = PageStyle()
    is_styled_elsewhere = False
    for sheet in list(tree.iter("style", "link")):
        if not is_for_a_desk(sheet.get("media") or "all"):
            continue
        if tag_of(sheet) == "style":
            style.add_sheet(sheet.text or "")
        elif "stylesheet" in (sheet.get("rel") or "").lower():
            source = sheet_at(sheet.get("href") or "")
            is_styled_elsewhere |= source is None
            style.add_sheet(source or "")
    for icon in tree.iter("i", "span"):
        _write_icon(icon)
    if is_styled_elsewhere:
        for element in tree.iter():
            mark_named(element)
    _Visitor(style, by_names=is_styled_elsewhere).visit(
        tree, _Look(ground=None if is_styled_elsewhere else WHITE), 0
    )


def count_unseen(root: Element, tally: RemarkTally) -> None:
    """Count what was taken out of one part of a page."""
    for mark in root.iter(_MARK):
        if name := _NAMES.get(mark.get(_REASON) or ""):
            tally.add("hidden", name)


@dataclass(slots=True)
class _Visitor:
    """Walks a page in its order, since what style rules put into it may count."""

    style: PageStyle
    by_names: bool = False
    """Whether a style sheet is not at hand, so that the names of classes must say what it says."""
    counters: Counters = field(default_factory=Counters)

    def visit(self, element: Element, outer: _Look, depth: int) -> None:
        tag = tag_of(element)
        if not tag or tag in _NEVER_SHOWN:
            return
        own = self.style.of(element)
        if _is_gone(element, own):
            _take_out(element, "hidden")
            return
        self.counters.count_lists(element, depth)
        self.counters.apply(own, depth)
        look = _look(element, outer, own)
        before = self._beside(element, "before", depth)
        if (look.is_struck or self._is_crossed_out(element)) and tag not in _TABLE_PARTS:
            _take_out(element, "struck")
            return
        if tag in _RAISED_TAGS and own.get("vertical-align") in _SCRIPTS:
            element.tag = _SCRIPTS[own["vertical-align"]]
        self._visit_children(element, own, look, depth)
        after = self._beside(element, "after", depth)
        if is_reversed(self._laid_out(element, own)):
            before, after = after, before
        self.counters.leave(depth)
        if not look.shows_text:
            _take_out_text(element)
            return
        if tag == "li":
            before = f"{self._marker(element, look.list_style, depth)}{before}"
        _put_beside(element, before, after)

    def _visit_children(
        self, element: Element, own: Mapping[str, str], look: _Look, depth: int
    ) -> None:
        """Visit what is inside, and leave it in the order it is seen in."""
        children = list(element)
        own = self._laid_out(element, own)
        styles = [self._laid_out(child) for child in children] if is_box(own) else []
        for child in children:
            self.visit(child, look, depth + 1)
        if styles:
            put_in_order(element, own, styles)
        elif _is_turned_round(element, own):
            replace_content(element, raw_text(element)[::-1])

    def _laid_out(
        self, element: Element, own: Mapping[str, str] | None = None
    ) -> Mapping[str, str]:
        """The style of an element, with what only its names say of the order of parts."""
        own = self.style.of(element) if own is None else own
        return {**style_by_names(element), **own} if self.by_names else own

    def _beside(self, element: Element, pseudo: str, depth: int) -> str:
        """What rules put before or after an element."""
        own = self.style.beside(element, pseudo)
        content = own.get("content", "")
        if not content or own.get("display") == "none" or tag_of(element) in _VOID:
            return ""
        self.counters.apply(own, depth)
        if own.get("visibility") == "hidden" or _ZERO.fullmatch(own.get("opacity", "1")):
            return ""
        if _ZERO.fullmatch(own.get("font-size", "1")) or own.get("color") == "transparent":
            return ""
        if tag_of(element) == "li" and pseudo == "before" and counts(content):
            element.set(OWN_NUMBER, "")
        text = generated_text(content, element, self.counters)
        if any(map(str.isalnum, text)):
            return text
        return text if any(map(str.isalnum, raw_text(element))) else ""

    def _marker(self, element: Element, list_style: str, depth: int) -> str:
        """What stands before an item of a list in place of a dot or a number."""
        content = self.style.beside(element, "marker").get("content", "")
        text = generated_text(content, element, self.counters) or marker_text(list_style)
        words = list_style.lower().split()
        if text or "none" in words:
            element.set(OWN_NUMBER, "")
        elif form := number_form(list_style):
            element.set(NUMBER_FORM, form)
        return f"{text.rstrip()} " if text else ""

    def _is_crossed_out(self, element: Element) -> bool:
        """Whether a rule draws a line across an element: an empty box, thin, at half its height."""
        for pseudo in ("before", "after"):
            own = self.style.beside(element, pseudo)
            if own.get("content", "").strip("\"' ") or "content" not in own:
                continue
            middle = _SIZE.fullmatch(own.get("top", ""))
            is_middle = (
                own.get("position") == "absolute"
                and middle is not None
                and middle["unit"] == "%"
                and _MIDDLE[0] <= float(middle["number"]) <= _MIDDLE[1]
            )
            is_wide = own.get("width") == "100%" or (
                _ZERO.fullmatch(own.get("left", "1")) and _ZERO.fullmatch(own.get("right", "1"))
            )
            edges = (own.get("border-top", ""), own.get("border-bottom", ""))
            is_drawn = any(edge and "none" not in edge for edge in edges) or (
                _is_below(own.get("height", ""), _THIN)
                and (own.get("background") or own.get("background-color")) is not None
            )
            if is_middle and is_wide and is_drawn and any(map(str.isalnum, raw_text(element))):
                return True
        return False


def _write_icon(icon: Element) -> None:
    """Put a tick or a cross for an icon that is one, where it begins an item or fills a cell."""
    names = (icon.get("class") or "").lower().split()
    sign = next((_ICONS[name] for name in names if name in _ICONS), "")
    parent = icon.getparent()
    if not sign or parent is None or len(icon) or (icon.text or "").strip():
        return
    is_first = icon.getprevious() is None and not (parent.text or "").strip()
    if tag_of(parent) in _HOLD_ICONS and is_first:
        icon.text = f"{sign} "
        icon.attrib.pop("aria-hidden", "")


def _put_beside(element: Element, before: str, after: str) -> None:
    if before:
        element.text = before + (element.text or "")
    if after and len(element):
        element[-1].tail = (element[-1].tail or "") + after
    elif after:
        element.text = (element.text or "") + after


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
    moved = own.get("transform", "")
    if _NOTHING_LEFT.search(own.get("clip-path", "")) or _TINY_SCALE.search(moved):
        return True
    if _MOVED_AWAY.search(moved) or any(
        _is_below(own.get(side, ""), _FAR_MARGIN) for side in ("margin-left", "margin-top")
    ):
        return True
    if own.get("content-visibility") == "hidden" or own.get("mso-hide") == "all":
        return True
    if _CLEAR_FILTER.search(own.get("filter", "")) or _is_below(own.get("text-indent", ""), _FAR):
        return True
    sides = (own.get("width", ""), own.get("height", ""))
    return own.get("overflow") == "hidden" and any(_is_below(side, _TINY) for side in sides)


def _is_the_page(element: Element) -> bool:
    """An open dialogue marks all the rest of a page `aria-hidden`: that is no reason."""
    return tag_of(element) in ("body", "main") or any(
        tag_of(inner) in ("main", "h1") for inner in element.iterdescendants()
    )


def _is_turned_round(element: Element, own: Mapping[str, str]) -> bool:
    """Whether letters that are written to the right are shown from the last to the first."""
    direction = own.get("direction") or (element.get("dir") or "").lower()
    is_forced = tag_of(element) == "bdo" or "override" in own.get("unicode-bidi", "")
    kinds = {unicodedata.bidirectional(letter) for letter in raw_text(element)}
    return is_forced and direction == "rtl" and kinds.isdisjoint({"R", "AL"})


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
    colour = own.get("-webkit-text-fill-color") or own.get("color")
    colour = colour or (element.get("color") or "").lower()
    if colour and colour != "inherit":
        read, is_clear = read_colour(colour)
        look = replace(look, colour=read, is_clear=is_clear)
    listed = own.get("list-style-type") or own.get("list-style")
    if listed:
        look = replace(look, list_style=listed)
    elif tag_of(element) in LISTS:
        look = replace(look, list_style="")  # a list inside another has the usual signs again
    return replace(look, ground=_ground(element, outer.ground, own))


def _ground(element: Element, outer: Colour | None, own: Mapping[str, str]) -> Colour | None:
    written = own.get("background-color") or own.get("background")
    written = written or (element.get("bgcolor") or "").lower()
    if own.get("position") in ("absolute", "fixed", "sticky") or element.get("background"):
        outer = None
    drawn = own.get("background", "") + own.get("background-image", "")
    if "url(" in drawn or "gradient" in drawn:
        return None
    if not written or written in ("none", "inherit"):
        return outer
    colour, is_clear = read_colour(written)
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
