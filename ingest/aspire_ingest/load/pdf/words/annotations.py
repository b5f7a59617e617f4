"""What annotations do to the text below them: strike it, or lie over it."""

from collections.abc import Iterator, Sequence
from typing import cast

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral

from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.paint.ink import Glyph, Ink

_NOT_SEEN = 2 | 32
"""Flags of an annotation: hidden, not shown on screen."""
_COVERS = frozenset({"Square", "FreeText"})
_DARK = 0.1
"""Most red, green and blue of a marker under which black letters cannot be read."""
_MOST = 500


def struck_areas(ink: Ink) -> list[Area]:
    """Where reviewers struck words."""
    return [
        area
        for area, entries in ink.quads[:_MOST]
        if _subtype(entries) == "StrikeOut" and _is_seen(entries)
    ]


def covered_areas(ink: Ink) -> list[Area]:
    """Where an opaque box lies over the page, or a black marker."""
    return [*_boxes(ink), *_markers(ink)]


def is_in(glyph: Glyph, areas: Sequence[Area]) -> bool:
    """Whether the middle of a glyph lies in one of the areas."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return any(area.holds(x, y) for area in areas)


def _boxes(ink: Ink) -> Iterator[Area]:
    for area, entries in ink.annotations[:_MOST]:
        subtype = _subtype(entries)
        ground = entries.get("IC" if subtype == "Square" else "C")
        if subtype in _COVERS and _is_seen(entries) and _colour(ground) and _is_opaque(entries):
            yield area


def _markers(ink: Ink) -> Iterator[Area]:
    for area, entries in ink.quads[:_MOST]:
        colour = _colour(entries.get("C"))
        if _subtype(entries) == "Highlight" and _is_dark(colour) and _is_seen(entries):
            yield area


def _is_dark(colour: Sequence[float]) -> bool:
    """Whether a colour, of as many parts as its kind has, is as good as black."""
    if len(colour) == 4:  # inks, the last of them black
        return colour[3] >= 1 - _DARK
    return len(colour) in (1, 3) and max(colour) <= _DARK


def _subtype(entries: dict[str, object]) -> str:
    value = resolve1(entries.get("Subtype"))
    return str(value.name) if isinstance(value, PSLiteral) else ""


def _is_seen(entries: dict[str, object]) -> bool:
    flags = resolve1(entries.get("F"))
    return not (isinstance(flags, int) and flags & _NOT_SEEN)


def _is_opaque(entries: dict[str, object]) -> bool:
    share = resolve1(entries.get("CA", 1))
    return not isinstance(share, int | float) or share >= 1


def _colour(value: object) -> list[float]:
    found = resolve1(value)
    parts = cast("list[object]", found) if isinstance(found, list) else []
    return [float(part) for part in map(resolve1, parts) if isinstance(part, int | float)]
