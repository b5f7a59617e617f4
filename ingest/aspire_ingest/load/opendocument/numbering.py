"""Numbers that OpenDocument gives to headings and list items: "3.2", "第3条", "(a)"."""

from collections.abc import Mapping

from aspire_ingest.load.elements import Element
from aspire_ingest.load.opendocument.styles import STYLE, TEXT, ListLevel, OdfStyles, count
from aspire_ingest.load.writing.list_numbers import format_number

_Counts = dict[int, int]


class OdfNumbering:
    """Counts the headings and the lists of one document in its order."""

    def __init__(self, styles: OdfStyles) -> None:
        """Nothing is counted yet."""
        self._styles = styles
        self._outline: _Counts = {}
        self._lists: dict[str, _Counts] = {}

    def heading(self, node: Element) -> str:
        """Count one `text:h` outside a list; give the number that it shows, or ""."""
        style = node.get(f"{TEXT}style-name")
        levels = self._styles.outline
        if node.get(f"{TEXT}is-list-header") == "true" or not levels:
            return ""
        # a style with an empty list style stands outside the outline
        if any(
            based.get(f"{STYLE}list-style-name") == ""
            for based in self._styles.chain("paragraph", style)
        ):
            return ""
        depth = count(node.get(f"{TEXT}outline-level"), 1) - 1
        _step(self._outline, depth, levels)
        return _label(levels, self._outline, depth)

    def begin_list(self, node: Element, style: str | None) -> str:
        """Begin an outermost list, anew or going on; give the key of its counts."""
        key = style or ""
        continues = node.get(f"{TEXT}continue-numbering") == "true"
        if not continues and node.get(f"{TEXT}continue-list") is None:
            self._lists[key] = {}
        return key

    def item(self, node: Element, depth: int, style: str | None, key: str) -> str:
        """Count one item of a list; give the number or the saying bullet that it shows, or ""."""
        counts = self._lists.setdefault(key, {})
        levels = self._styles.levels(style)
        start = node.get(f"{TEXT}start-value")
        if start is not None:
            counts[depth] = count(start, 1) - 1
        _step(counts, depth, levels)
        level = levels.get(depth)
        if level is not None and level.bullet:
            return self._styles.saying_bullet(level.bullet)
        return _label(levels, counts, depth)


def _step(counts: _Counts, depth: int, levels: Mapping[int, ListLevel]) -> None:
    """Count one at this depth; what lies deeper begins anew."""
    level = levels.get(depth)
    start = 1 if level is None else level.start
    counts[depth] = counts[depth] + 1 if depth in counts else start
    for deeper in [here for here in counts if here > depth]:
        del counts[deeper]


def _label(levels: Mapping[int, ListLevel], counts: _Counts, depth: int) -> str:
    """The number that a paragraph at this depth shows: "3.2", "(a)"; "" for none or a bullet."""
    level = levels.get(depth)
    if level is None or not level.form:
        return ""
    first = max(0, depth - level.shown_levels + 1)
    numbers = [
        format_number(counts.get(here, levels[here].start), levels[here].form)
        for here in range(first, depth + 1)
        if here in levels and levels[here].form
    ]
    return f"{level.prefix}{'.'.join(numbers)}{level.suffix}".strip()
