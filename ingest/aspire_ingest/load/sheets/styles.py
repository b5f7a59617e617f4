"""The styles of a workbook: how each shows a number, and whether its text can be seen at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from aspire_ingest.load.elements import Element, attribute, child, children, is_switched_on
from aspire_ingest.load.number_format.format import GENERAL
from aspire_ingest.load.openxml.colours import BLACK, WHITE, Colour, is_alike, read_rgb
from aspire_ingest.load.openxml.package import OpenXmlPackage

_T = TypeVar("_T")

_UNSEEN_POINTS = 1.5
_INDEXED: tuple[Colour, ...] = (
    *(BLACK, WHITE, (255, 0, 0), (0, 255, 0)),
    *((0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255)),
)
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
_ISO_DATE, _ISO_MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
"""What depends on the reader's country is shown in the one form that all of them read alike, and
amounts of money that do not say their currency without one."""
_ERA_DATE, _JA_DATE = '[$-411]ggge"年"m"月"d"日"', 'yyyy"年"m"月"d"日"'
_JA_MONTH, _JA_DAY, _ERA_SHORT = 'yyyy"年"m"月"', 'm"月"d"日"', "[$-411]ge.m.d"
_BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{5: "#,##0;-#,##0", 6: "#,##0;-#,##0", 7: "#,##0.00;-#,##0.00", 8: "#,##0.00;-#,##0.00"},
    **{12: "# ?/?", 13: "# ??/??", 14: _ISO_DATE, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"},
    **{18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: _ISO_MOMENT},
    **{27: _ERA_SHORT, 28: _ERA_DATE, 29: _ERA_DATE, 30: "m/d/yy", 31: _JA_DATE},
    **{32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"', 34: _JA_MONTH, 35: _JA_DAY, 36: _ERA_SHORT},
    **{37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00"},
    **{41: '#,##0;-#,##0;"-"', 42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"'},
    **{44: '#,##0.00;-#,##0.00;"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0"},
    **{48: "##0.0E+0", 49: "@", 50: _ERA_SHORT, 51: _ERA_DATE, 52: _JA_MONTH, 53: _JA_DAY},
    **{54: _ERA_DATE, 55: _JA_MONTH, 56: _JA_DAY, 57: _ERA_SHORT, 58: _ERA_DATE},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """What of a font decides whether a reader sees the text; `colour` None is not known."""

    colour: Colour | None = BLACK
    is_struck: bool = False
    is_tiny: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a condition changes of a cell where it holds; None is left as it is."""

    is_struck: bool = False
    ink: Colour | None = None
    ground: Colour | None = None
    is_hidden: bool = False
    """Its number format shows nothing."""

    @property
    def may_hide(self) -> bool:
        """Whether it may take text away from its reader."""
        return self.is_struck or self.is_hidden or self.ink is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellStyle:
    """The style of a cell; `ground` is the colour behind the text, None where it is not known."""

    code: str = GENERAL
    font: Font = Font()
    ground: Colour | None = WHITE
    is_filled: bool = False
    is_checkbox: bool = False
    """Whether a truth value shows as a box, ticked or not."""


PLAIN = CellStyle()


class Styles:
    """The styles of one workbook by the number that cells give."""

    def __init__(self, package: OpenXmlPackage, styles_part: str, theme_part: str) -> None:
        """Read both parts; a missing one leaves plain styles.

        Raises:
            LoadError: a part is not well-formed.
        """
        self._theme = _theme_colours(package.find(theme_part) if theme_part else None)
        tree = package.find(styles_part) if styles_part else None
        self._codes = _number_codes(child(tree, "numFmts"))
        self._indexed = _indexed_colours(child(tree, "colors", "indexedColors"))
        self._fonts = [self.font(font) for font in _listed(tree, "fonts", "font")]
        self._grounds = [self._ground(fill) for fill in _listed(tree, "fills", "fill")]
        self._styles = [self._style(style) for style in _listed(tree, "cellXfs", "xf")]
        self._changes = [self._change(change) for change in _listed(tree, "dxfs", "dxf")]

    def style(self, number: str | None) -> CellStyle:
        """The style of a cell; a plain one where the number is missing or wrong."""
        index = int(number) if number and number.isdecimal() else 0
        return self._styles[index] if index < len(self._styles) else CellStyle()

    def change(self, number: str | None) -> Change:
        """What a condition changes, by the number that it gives."""
        index = int(number) if number and number.isdecimal() else -1
        return _at(self._changes, index, Change())

    def _change(self, element: Element) -> Change:
        font, fill = child(element, "font"), child(element, "fill", "patternFill")
        form = child(element, "numFmt")
        ink = child(font, "color")
        # a fill without a kind is a plain one here, and its ground is the colour behind the pattern
        ground = child(fill, "bgColor")
        ground = ground if ground is not None else child(fill, "fgColor")
        return Change(
            is_struck=is_switched_on(child(font, "strike")),
            ink=self._colour(ink, None),
            ground=self._colour(ground, None),
            is_hidden=form is not None and set(form.get("formatCode") or "") == {";"},
        )

    def font(self, element: Element) -> Font:
        """Read a font, of a style or of a run of text."""
        size = child(element, "sz")
        return Font(
            colour=self._colour(child(element, "color"), BLACK),
            is_struck=is_switched_on(child(element, "strike")),
            name=_name(element),
            is_tiny=size is not None and _number(attribute(size, "val"), 11) <= _UNSEEN_POINTS,
        )

    def _style(self, element: Element) -> CellStyle:
        number = _index(element, "numFmtId")
        ground, is_filled = _at(self._grounds, _index(element, "fillId"), (WHITE, False))
        return CellStyle(
            code=self._codes.get(number, _BUILT_IN.get(number, GENERAL)),
            font=_at(self._fonts, _index(element, "fontId"), Font()),
            ground=ground,
            is_filled=is_filled,
            is_checkbox=next(element.iter("{*}xfComplement"), None) is not None,
        )

    def _ground(self, fill: Element) -> tuple[Colour | None, bool]:
        pattern = child(fill, "patternFill")
        if pattern is None:
            return (None, True) if len(fill) else (WHITE, False)
        kind = pattern.get("patternType") or "none"
        if kind in ("none", "gray125"):
            return WHITE, False
        return (self._colour(child(pattern, "fgColor"), None) if kind == "solid" else None), True

    def _colour(self, element: Element | None, default: Colour | None) -> Colour | None:
        if element is None or element.get("auto"):
            return default
        colour: Colour | None = None
        if rgb := element.get("rgb"):
            colour = read_rgb(rgb)
        elif element.get("theme") is not None:
            colour = _at(self._theme, _index(element, "theme"), None)
        elif element.get("indexed") is not None:
            colour = self._indexed_colour(_index(element, "indexed"))
        tint = _number(element.get("tint"), 0)
        return _tinted(colour, tint) if colour is not None and tint else colour

    def _indexed_colour(self, index: int) -> Colour | None:
        if index in (64, 65):
            return BLACK if index == 64 else WHITE
        if self._indexed:
            return _at(self._indexed, index, None)
        return _at(_INDEXED, index - 8 if index >= 8 else index, None)


def is_unseen(font: Font, style: CellStyle) -> bool:
    """Whether text in this font cannot be seen in a cell of this style."""
    if font.is_tiny:
        return True
    if font.colour is None or style.ground is None:
        return False
    return is_alike(font.colour, style.ground)


def _name(element: Element) -> str:
    """The name of a font; of a run of text it stands under another tag."""
    named = next(children(element, "name", "rFont"), None)
    return (attribute(named, "val") or "") if named is not None else ""


def _number_codes(formats: Element | None) -> dict[int, str]:
    if formats is None:
        return {}
    return {
        _index(found, "numFmtId"): found.get("formatCode") or GENERAL
        for found in children(formats, "numFmt")
    }


def _theme_colours(theme: Element | None) -> list[Colour | None]:
    scheme = child(theme, "themeElements", "clrScheme")
    colours: list[Colour | None] = []
    for name in _THEME:
        place = child(scheme, name)
        named = next(iter(place), None) if place is not None else None
        written = (named.get("lastClr") or named.get("val")) if named is not None else None
        colours.append(read_rgb(written) if written else {"lt1": WHITE, "dk1": BLACK}.get(name))
    return colours


def _indexed_colours(element: Element | None) -> list[Colour | None]:
    if element is None:
        return []
    return [read_rgb(found.get("rgb") or "") for found in children(element, "rgbColor")]


def _listed(tree: Element | None, group: str, name: str) -> list[Element]:
    found = child(tree, group)
    return list(children(found, name)) if found is not None else []


def _tinted(colour: Colour, tint: float) -> Colour:
    """Lighter for a positive tint, darker for a negative one."""
    tint = max(-1.0, min(1.0, tint))

    def mix(part: int) -> int:
        return round(part * (1 + tint) if tint < 0 else part + (255 - part) * tint)

    return mix(colour[0]), mix(colour[1]), mix(colour[2])


def _number(written: str | None, default: float) -> float:
    try:
        return float(written) if written is not None else default
    except ValueError:
        return default


def _index(element: Element, name: str) -> int:
    written = element.get(name) or "0"
    return int(written) if written.isdecimal() else 0


def _at(items: Sequence[_T], index: int, default: _T) -> _T:
    return items[index] if 0 <= index < len(items) else default
