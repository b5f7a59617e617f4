"""Styles of OpenDocument: what hides, strikes or raises text, and how lists count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.colours import BLACK, WHITE, Colour, is_alike, read_rgb
from aspire_ingest.load.writing.bullet_signs import bullet_sign, saying_bullet
from aspire_ingest.load.writing.superscripts import Height

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_MOST_IN_CHAIN = 30
_UNSEEN_POINTS = 1.5
_POINTS = re.compile(r"(?P<size>\d+(?:\.\d+)?)pt")
_LEVELS = 10
_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "japaneseCounting", "①": "decimalEnclosedCircle", "ア": "aiueoFullWidth",
    "ｱ": "aiueoFullWidth", "イ": "irohaFullWidth", "ｲ": "irohaFullWidth",
    "１": "decimalFullWidth", "甲": "ideographTraditional", "子": "ideographZodiac",
    "壱": "japaneseLegal", "壹": "japaneseLegal",
}  # fmt: skip
"""By the first sign of the example that stands for a format ("一, 二, 三, ...")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a stretch of text appears."""

    is_hidden: bool = False
    is_struck: bool = False
    height: Height = "line"
    ink: Colour | None = BLACK
    ground: Colour | None = WHITE
    """What lies behind; None where that is not known."""
    is_tiny: bool = False

    @property
    def is_unseen(self) -> bool:
        """Whether no reader can tell the text from what lies behind it, or it is too small."""
        if self.is_tiny:
            return True
        return self.ink is not None and self.ground is not None and is_alike(self.ink, self.ground)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLevel:
    """How one level of a list counts; `form` is "" where it shows no number."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    shown_levels: int = 1
    start: int = 1
    bullet: str = ""


@dataclass(slots=True)
class OdfStyles:
    """The styles of both parts by family and name, and the list styles by name."""

    _styles: dict[tuple[str, str], Element] = field(default_factory=dict[tuple[str, str], Element])
    _lists: dict[str, dict[int, ListLevel]] = field(default_factory=dict[str, dict[int, ListLevel]])
    outline: dict[int, ListLevel] = field(default_factory=dict[int, ListLevel])
    _bullets: set[str] = field(default_factory=set[str])

    def add(self, root: Element) -> None:
        """Take in the styles of one part."""
        for style in root.iter(f"{STYLE}style"):
            key = (style.get(f"{STYLE}family") or "", style.get(f"{STYLE}name") or "")
            self._styles[key] = style
        for style in root.iter(f"{TEXT}list-style"):
            levels = self._lists[style.get(f"{STYLE}name") or ""] = _levels(style)
            self._bullets |= {level.bullet for level in levels.values()}
        for style in root.iter(f"{TEXT}outline-style"):
            self.outline = _levels(style)

    def look(self, family: str, name: str | None, outer: Look) -> Look:
        """How text of a style appears inside text that looks like `outer`."""
        hidden = self.value(family, name, "text-properties", f"{TEXT}display")
        struck = self.value(family, name, "text-properties", f"{STYLE}text-line-through-style")
        kind = self.value(family, name, "text-properties", f"{STYLE}text-line-through-type")
        position = self.value(family, name, "text-properties", f"{STYLE}text-position")
        line = struck if struck is not None else kind
        return Look(
            is_hidden=hidden == "none" if hidden is not None else outer.is_hidden,
            is_struck=line != "none" if line is not None else outer.is_struck,
            height=_height(position) if position is not None else outer.height,
            ink=self._ink(family, name, outer),
            ground=self._ground(family, name, outer),
            is_tiny=self._is_tiny(family, name, outer),
        )

    def _ink(self, family: str, name: str | None, outer: Look) -> Colour | None:
        if self.value(family, name, "text-properties", f"{STYLE}use-window-font-color") == "true":
            return None  # chosen so that it is seen
        written = self.value(family, name, "text-properties", f"{FO}color")
        return outer.ink if written is None else read_rgb(written.removeprefix("#"))

    def _ground(self, family: str, name: str | None, outer: Look) -> Colour | None:
        for properties in ("text-properties", f"{family}-properties"):
            written = self.value(family, name, properties, f"{FO}background-color")
            if written is not None and written != "transparent":
                return read_rgb(written.removeprefix("#"))
        return outer.ground

    def _is_tiny(self, family: str, name: str | None, outer: Look) -> bool:
        written = self.value(family, name, "text-properties", f"{FO}font-size") or ""
        size = _POINTS.fullmatch(written)
        return outer.is_tiny if size is None else float(size["size"]) <= _UNSEEN_POINTS

    def saying_bullet(self, sign: str) -> str:
        """A bullet of a list where it says something of its items, else ""."""
        return saying_bullet(sign, self._bullets)

    def value(self, family: str, name: str | None, properties: str, key: str) -> str | None:
        """A property of a style or of the nearest one it is based on."""
        for style in self.chain(family, name):
            for node in style.iterchildren(f"{STYLE}{properties}"):
                if node.get(key) is not None:
                    return node.get(key)
        return None

    def levels(self, list_style: str | None) -> dict[int, ListLevel]:
        """The levels of a list style, 0 the outermost."""
        return self._lists.get(list_style or "", {})

    def names(self, family: str, name: str | None) -> list[str]:
        """The names along the chain, as the author of the document sees them."""
        found = self.chain(family, name)
        return [s.get(f"{STYLE}display-name") or s.get(f"{STYLE}name") or "" for s in found]

    def chain(self, family: str, name: str | None) -> Iterator[Element]:
        """A style and those that it is based on, nearest first."""
        seen: set[str] = set()
        while name is not None and name not in seen and len(seen) < _MOST_IN_CHAIN:
            seen.add(name)
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name")


def _levels(style: Element) -> dict[int, ListLevel]:
    found: dict[int, ListLevel] = {}
    for node in style.iterchildren(f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style"):
        form = (node.get(f"{STYLE}num-format") or "").strip()
        depth = count(node.get(f"{TEXT}level"), 1) - 1
        found[depth] = ListLevel(
            form=_FORMS.get(form[:1], "decimal") if form else "",
            prefix=node.get(f"{STYLE}num-prefix") or "",
            suffix=node.get(f"{STYLE}num-suffix") or "",
            shown_levels=min(count(node.get(f"{TEXT}display-levels"), 1), _LEVELS),
            start=count(node.get(f"{TEXT}start-value"), 1),
        )
    for node in style.iterchildren(f"{TEXT}list-level-style-bullet"):
        look = node.find(f"{STYLE}text-properties")
        font = (
            (look.get(f"{FO}font-family") or look.get(f"{STYLE}font-name") or "")
            if (look is not None)
            else ""
        )
        depth = count(node.get(f"{TEXT}level"), 1) - 1
        sign = bullet_sign(node.get(f"{TEXT}bullet-char") or "", font.strip("'"))
        found[depth] = ListLevel(bullet=sign)
    return found


def _height(position: str) -> Height:
    """Read "super 58%", "-33% 58%"."""
    word = next(iter(position.split()), "")
    if word == "super" or (word.endswith("%") and not word.startswith(("-", "0"))):
        return "raised"
    return "lowered" if word == "sub" or word.startswith("-") else "line"


def count(value: str | None, default: int) -> int:
    """A whole number of an attribute; the default where it is none or absurd."""
    return int(value) if value is not None and value.isdecimal() and len(value) < 9 else default
