"""Styles of a Word document: their chains, and how a run looks under them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.package import W
from aspire_ingest.load.writing.superscripts import Height

_MOST_IN_CHAIN = 30
_OFF = frozenset({"0", "false", "off", "none"})
_HEIGHTS: dict[str, Height] = {"superscript": "raised", "subscript": "lowered"}
_SMALLEST_HALF_POINTS = 2
"""Letters of one point or less are not seen."""
_USUAL_HALF_POINTS = 20
"""The size of letters where a file says none."""
_LEAST_MOVED_HALF_POINTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLook:
    """How a run appears."""

    is_hidden: bool = False
    is_struck: bool = False
    height: Height = "line"
    font: str = ""
    is_white: bool = False
    """White letters, and the run itself lays no colour behind them."""


def attribute(element: Element | None, name: str = "val") -> str | None:
    """An attribute of Word's own namespace; None where it or the element is missing."""
    return None if element is None else element.get(f"{W}{name}")


def is_on(element: Element | None) -> bool:
    """Read an on/off property: there, and not switched off."""
    return element is not None and (attribute(element) or "1").lower() not in _OFF


class Styles:
    """The styles part; it may be missing."""

    def __init__(self, root: Element | None) -> None:
        """Index the styles by their id."""
        self._styles: dict[str, Element] = {}
        self._default = ""
        self._looks: dict[tuple[str, str], RunLook] = {}
        self._properties: dict[str, dict[str, Element]] = {}
        self._defaults: Element | None = None
        if root is None:
            return
        self._defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        for style in root.iterchildren(f"{W}style"):
            style_id = attribute(style, "styleId") or ""
            self._styles[style_id] = style
            is_default = (attribute(style, "default") or "0") not in _OFF
            if is_default and attribute(style, "type") == "paragraph":
                self._default = style_id

    def chain(self, style_id: str | None) -> Iterator[tuple[str, Element]]:
        """A style and those that it is based on, nearest first; the default where none is named."""
        here = self._default if style_id is None else style_id
        seen: set[str] = set()
        while here in self._styles and here not in seen and len(seen) < _MOST_IN_CHAIN:
            seen.add(here)
            style = self._styles[here]
            yield here, style
            here = attribute(style.find(f"{W}basedOn")) or ""

    def names(self, style_id: str | None) -> list[str]:
        """The names along the chain, as the author of the document sees them."""
        return [attribute(style.find(f"{W}name")) or "" for _, style in self.chain(style_id)]

    def paragraph_property(self, style_id: str | None, name: str) -> tuple[str, Element] | None:
        """The nearest style of the chain that sets a paragraph property, and the property."""
        for found, style in self.chain(style_id):
            element = style.find(f"{W}pPr/{W}{name}")
            if element is not None:
                return found, element
        return None

    def look(self, direct: Element | None, paragraph_style: str | None) -> RunLook:
        """How a run with these direct properties appears in a paragraph of this style."""
        run_style = "" if direct is None else attribute(direct.find(f"{W}rStyle")) or ""
        if direct is not None and (len(direct) > 1 or (len(direct) == 1 and not run_style)):
            return self._resolve(direct, run_style, paragraph_style)
        key = (run_style, self._default if paragraph_style is None else paragraph_style)
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._resolve(None, run_style, paragraph_style)
        return look

    def _resolve(
        self, direct: Element | None, run_style: str, paragraph_style: str | None
    ) -> RunLook:
        layers = _Layers(
            direct=direct,
            run=self._run_properties(run_style),
            paragraph=self._run_properties(paragraph_style),
            defaults=_by_tag(self._defaults),
        )
        fonts = layers.nearest("rFonts")
        size = attribute(layers.nearest("sz")) or ""
        too_small = size.isdecimal() and int(size) <= _SMALLEST_HALF_POINTS
        colour = (attribute(layers.nearest("color")) or "auto").upper()
        white = colour == "FFFFFF"
        shading, marker = layers.nearest("shd"), attribute(layers.nearest("highlight"))
        backed = shading is not None or marker is not None
        is_blackened = (colour in ("000000", "AUTO") and marker == "black") or (
            # letters without a colour of their own turn white on a dark ground
            colour == "000000" and (attribute(shading, "fill") or "").upper() == "000000"
        )
        return RunLook(
            is_hidden=layers.toggled("vanish") or too_small or is_blackened,
            is_struck=layers.toggled("strike") or is_on(layers.nearest("dstrike")),
            height=layers.height(),
            font=attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "",
            is_white=white and not backed,
        )

    def _run_properties(self, style_id: str | None) -> Mapping[str, Element]:
        """The run properties that a chain of styles sets, the nearest winning."""
        key = self._default if style_id is None else style_id
        found = self._properties.get(key)
        if found is not None:
            return found
        found = self._properties[key] = {}
        for _, style in self.chain(style_id):
            for name, element in _by_tag(style.find(f"{W}rPr")).items():
                found.setdefault(name, element)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layers:
    """Where a run property may be set, the strongest first."""

    direct: Element | None
    run: Mapping[str, Element]
    paragraph: Mapping[str, Element]
    defaults: Mapping[str, Element]

    def nearest(self, name: str) -> Element | None:
        """The strongest setting."""
        own = self.direct.find(f"{W}{name}") if self.direct is not None else None
        if own is not None:
            return own
        for layer in (self.run, self.paragraph, self.defaults):
            if name in layer:
                return layer[name]
        return None

    def height(self) -> Height:
        """Whether the run is raised or lowered: as such, or moved by hand and made smaller."""
        by_name = _HEIGHTS.get(attribute(self.nearest("vertAlign")) or "")
        if by_name is not None:
            return by_name
        moved = attribute(self.nearest("position")) or ""
        size, usual = (attribute(one) or "" for one in (self.nearest("sz"), self._usual_size()))
        if not moved.lstrip("-").isdecimal() or not size.isdecimal():
            return "line"
        is_small = int(size) < (int(usual) if usual.isdecimal() else _USUAL_HALF_POINTS)
        if not is_small or abs(int(moved)) < _LEAST_MOVED_HALF_POINTS:
            return "line"
        return "lowered" if moved.startswith("-") else "raised"

    def _usual_size(self) -> Element | None:
        return self.paragraph.get("sz", self.defaults.get("sz"))

    def toggled(self, name: str) -> bool:
        """A toggle property: two styles that both set it cancel each other, as Word has it."""
        own = self.direct.find(f"{W}{name}") if self.direct is not None else None
        if own is not None:
            return is_on(own)
        by_styles = is_on(self.run.get(name)) != is_on(self.paragraph.get(name))
        return by_styles or is_on(self.defaults.get(name))


def _by_tag(properties: Element | None) -> dict[str, Element]:
    if properties is None:
        return {}
    return {str(child.tag).removeprefix(W): child for child in properties}
