"""What stands before the paragraphs of a shape: numbers, and bullets that say something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from aspire_ingest.load.elements import Element, child
from aspire_ingest.load.writing.bullet_signs import bullet_sign, saying_bullet
from aspire_ingest.load.writing.list_numbers import format_number

_KIND = re.compile(
    r"(?P<form>arabicDb|arabic|alphaLc|alphaUc|romanLc|romanUc|circleNum\w+?|ea1Jpn\w*?|ea1Ch[st])"
    r"(?P<around>Plain|Period|ParenBoth|ParenR|Minus)?"
)
_FORMS = {
    "arabic": "decimal", "arabicDb": "decimalFullWidth", "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman",
}  # fmt: skip
_AROUND = {"Period": "{}.", "ParenBoth": "({})", "ParenR": "{})", "Minus": "- {} -"}


@dataclass(slots=True)
class ParagraphNumbers:
    """Counts the paragraphs of one text body; `styles` are those of its levels."""

    styles: Element | None
    _counts: dict[int, tuple[str, int]] = field(default_factory=dict[int, tuple[str, int]])

    def label(self, properties: Element | None, level: int) -> str:
        """Count a paragraph that shows text; what stands before it, "" for a plain bullet."""
        for deeper in [here for here in self._counts if here > level]:
            del self._counts[deeper]
        own = (properties, child(self.styles, f"lvl{level + 1}pPr"))
        counted = next(_found(own, "buAutoNum"), None)
        if counted is not None and _is_nearest(own, "buAutoNum"):
            kind, start = counted.get("type") or "", counted.get("startAt") or "1"
            first = int(start) if start.isdecimal() and len(start) < 6 else 1
            series, number = self._counts.get(level, ("", 0))
            number = number + 1 if series == f"{kind} {first}" else first
            self._counts[level] = f"{kind} {first}", number
            return _shown(kind, number)
        self._counts.pop(level, None)
        bullet = next(_found(own, "buChar"), None)
        if bullet is None or not _is_nearest(own, "buChar"):
            return ""
        face = next(_found(own, "buFont"), None)
        font = face.get("typeface") or "" if face is not None else ""
        return saying_bullet(bullet_sign(bullet.get("char") or "", font))


_BULLETS = ("buNone", "buChar", "buAutoNum", "buBlip")


def _found(own: tuple[Element | None, ...], name: str) -> Iterator[Element]:
    found = (child(properties, name) for properties in own)
    return (element for element in found if element is not None)


def _is_nearest(own: tuple[Element | None, ...], name: str) -> bool:
    """Whether a paragraph's own kind of bullet, else that of its level, is this one."""
    for properties in own:
        kinds = [kind for kind in _BULLETS if child(properties, kind) is not None]
        if kinds:
            return kinds == [name]
    return False


def _shown(kind: str, number: int) -> str:
    match = _KIND.fullmatch(kind)
    if match is None:
        return f"{number}."
    form = match["form"]
    circled = "decimalEnclosedCircle" if form.startswith("circleNum") else "japaneseCounting"
    written = format_number(number, _FORMS.get(form, circled))
    return _AROUND.get(match["around"] or "", "{}").format(written)
