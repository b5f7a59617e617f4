"""Numbers that Word gives to paragraphs: "Article 3", "3.2", "第3条", "(ア)".

A paragraph names a list (`w:num`) and a level; the list names its pattern (`w:abstractNum`), which
says for each level how it counts and what is shown. Lists of one pattern count on together.
"""

import re
from dataclasses import dataclass

from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.package import W
from aspire_ingest.load.word.styles import Styles, attribute, is_on
from aspire_ingest.load.writing.bullet_signs import bullet_sign, saying_bullet
from aspire_ingest.load.writing.list_numbers import format_number, is_plain

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_MOST_LINKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """Where a paragraph stands in a list: the depth, and its number ("" for a plain bullet)."""

    depth: int
    label: str = ""
    is_joined: bool = False
    """The text follows the number without a space."""


@dataclass(slots=True, kw_only=True)
class _Level:
    start: int
    form: str
    pattern: str
    is_legal: bool
    is_joined: bool
    restarts_after: int | None
    style: str | None
    bullet: str


@dataclass(slots=True, kw_only=True)
class _List:
    pattern: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


class Numbering:
    """Counts the numbered paragraphs of one document in its order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Read the numbering part; it may be missing."""
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._bullets: set[str] = set()
        if root is not None:
            self._read(root)

    def place(self, properties: Element | None, style_id: str | None) -> ListPlace | None:
        """Count one paragraph; None where it stands in no list.

        Args:
            properties: its `w:pPr`.
            style_id: its style.
        """
        found = self._list_and_level(properties, style_id)
        if found is None:
            return None
        list_id, depth = found
        entry = self._lists.get(list_id)
        level = entry.levels.get(depth) if entry is not None else None
        if entry is None or level is None:
            return ListPlace(depth=depth)
        self._count(entry, depth, level)
        if level.form == "bullet":
            return ListPlace(depth=depth, label=saying_bullet(level.bullet, self._bullets))
        label = self._label(entry, level)
        return ListPlace(depth=depth, label=label, is_joined=level.is_joined)

    def _list_and_level(
        self, properties: Element | None, style_id: str | None
    ) -> tuple[str, int] | None:
        own = properties.find(f"{W}numPr") if properties is not None else None
        by_style = self._styles.paragraph_property(style_id, "numPr")
        list_id = attribute(own.find(f"{W}numId")) if own is not None else None
        depth = attribute(own.find(f"{W}ilvl")) if own is not None else None
        if by_style is not None:
            style, setting = by_style
            list_id = list_id or attribute(setting.find(f"{W}numId"))
            if depth is None and list_id is not None:
                depth = self._depth_of_style(list_id, style) or attribute(setting.find(f"{W}ilvl"))
        if list_id is None or not list_id.isdecimal() or int(list_id) == 0:
            return None
        return list_id, min(int(depth), _LEVELS - 1) if depth and depth.isdecimal() else 0

    def _depth_of_style(self, list_id: str, style: str) -> str | None:
        entry = self._lists.get(list_id)
        levels = entry.levels if entry is not None else {}
        return next((str(depth) for depth, level in levels.items() if level.style == style), None)

    def _count(self, entry: _List, depth: int, level: _Level) -> None:
        counts = self._counts.setdefault(entry.pattern, {})
        restart = entry.restarts.pop(depth, None)
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in range(depth + 1, _LEVELS):
            after = entry.levels[deeper].restarts_after if deeper in entry.levels else None
            if after is None or (after > 0 and depth < after):
                counts.pop(deeper, None)

    def _label(self, entry: _List, level: _Level) -> str:
        counts = self._counts[entry.pattern]

        def shown(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            referred = entry.levels.get(depth)
            if referred is None or referred.form == "none":
                return ""
            form = referred.form
            if level.is_legal and not is_plain(form):
                form = "decimal"
            return format_number(counts.get(depth, referred.start), form)

        return _PLACE.sub(shown, level.pattern).strip()

    def _read(self, root: Element) -> None:
        patterns = {
            attribute(pattern, "abstractNumId") or "": pattern
            for pattern in root.iterchildren(f"{W}abstractNum")
        }
        numbers = {attribute(entry, "numId") or "": entry for entry in root.iterchildren(f"{W}num")}
        read: dict[str, dict[int, _Level]] = {}
        for list_id, entry in numbers.items():
            pattern_id = self._pattern_of(entry, patterns, numbers)
            if pattern_id is None:
                continue
            if pattern_id not in read:
                read[pattern_id] = _levels(patterns[pattern_id])
            levels, restarts = dict(read[pattern_id]), dict[int, int]()
            for override in entry.iterchildren(f"{W}lvlOverride"):
                depth = _number(attribute(override, "ilvl"), 0)
                levels |= _levels(override)
                start = attribute(override.find(f"{W}startOverride"))
                if start is not None:
                    restarts[depth] = _number(start, 1)
            self._bullets |= {level.bullet for level in levels.values()}
            self._lists[list_id] = _List(pattern=pattern_id, levels=levels, restarts=restarts)

    def _pattern_of(
        self, entry: Element, patterns: dict[str, Element], numbers: dict[str, Element]
    ) -> str | None:
        """The id of the pattern; a pattern may point to a style, and that to another list."""
        here: Element | None = entry
        pattern_id: str | None = None
        for _ in range(_MOST_LINKS):
            pattern_id = attribute(here.find(f"{W}abstractNumId")) if here is not None else None
            if pattern_id is None or pattern_id not in patterns:
                return None
            link = attribute(patterns[pattern_id].find(f"{W}numStyleLink"))
            found = self._styles.paragraph_property(link, "numPr") if link else None
            if found is None:
                return pattern_id
            here = numbers.get(attribute(found[1].find(f"{W}numId")) or "")
        return pattern_id


def _levels(parent: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in parent.iterchildren(f"{W}lvl"):
        after = attribute(level.find(f"{W}lvlRestart"))
        found[_number(attribute(level, "ilvl"), 0)] = _Level(
            start=_number(attribute(level.find(f"{W}start")), 0),
            form=_form(level),
            pattern=attribute(level.find(f"{W}lvlText")) or "",
            is_legal=is_on(level.find(f"{W}isLgl")),
            is_joined=attribute(level.find(f"{W}suff")) == "nothing",
            restarts_after=_number(after, 0) if after is not None else None,
            style=attribute(level.find(f"{W}pStyle")),
            bullet=_bullet(level),
        )
    return found


def _form(level: Element) -> str:
    """The number format; newer ones stand in a choice beside what old programs show."""
    forms = [attribute(form) or "" for form in level.iter(f"{W}numFmt")]
    known = [form for form in forms if form != "custom"]
    return known[0] if known else "decimal"


def _bullet(level: Element) -> str:
    fonts = level.find(f"{W}rPr/{W}rFonts")
    font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or ""
    return bullet_sign(attribute(level.find(f"{W}lvlText")) or "", font)


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 8 else default
