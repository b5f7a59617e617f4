"""The texts of cells: runs of characters with fonts of their own; readings (ふりがな) never."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aspire_ingest.load.elements import Element, attribute, child, children, stream_elements
from aspire_ingest.load.openxml.package import OpenXmlPackage
from aspire_ingest.load.sheets.styles import CellStyle, Font, Styles, is_unseen
from aspire_ingest.load.writing.superscripts import Height, Run, join_runs
from aspire_ingest.load.writing.symbol_fonts import in_signs

_HEIGHTS: dict[str, Height] = {"superscript": "raised", "subscript": "lowered"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FontRun:
    """A piece of a cell's text; `font` None is the font of the cell."""

    run: Run
    font: Font | None = None


RichText = str | tuple[FontRun, ...]
"""A text all in the font of its cell, or in pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenText:
    """What a reader sees of a text, and how many of its pieces were left out, and why."""

    text: str
    struck: int = 0
    unseen: int = 0
    unknown: int = 0
    """How many signs of a font could not be told."""


def read_shared_strings(package: OpenXmlPackage, part: str, styles: Styles) -> list[RichText]:
    """Read the texts that cells name by number.

    Raises:
        etree.XMLSyntaxError: the part is not well-formed.
    """
    stream = package.open(part) if part else None
    if stream is None:
        return []
    with stream:
        return [
            read_rich_text(element, styles)
            for event, element in stream_elements(stream, "si")
            if event == "end"
        ]


def read_rich_text(element: Element, styles: Styles) -> RichText:
    """Read one text with its runs."""
    runs = tuple(_runs(element, styles))
    if all(run.font is None and run.run.height == "line" for run in runs):
        return "".join(run.run.text for run in runs)
    return runs


def _runs(element: Element, styles: Styles) -> Iterator[FontRun]:
    for part in children(element, "t", "r"):
        if part.text is not None and not len(part):
            yield FontRun(run=Run(part.text))
            continue
        text = child(part, "t")
        properties = child(part, "rPr")
        if text is None or not text.text:
            continue
        place = child(properties, "vertAlign")
        height = _HEIGHTS.get(attribute(place, "val") or "") if place is not None else None
        font = styles.font(properties) if properties is not None else None
        yield FontRun(run=Run(text.text, height or "line"), font=font)


def seen_text(text: RichText, style: CellStyle) -> SeenText:
    """Leave out what is struck and what has the colour of its ground."""
    runs: Sequence[FontRun] = (FontRun(run=Run(text)),) if isinstance(text, str) else text
    kept: list[Run] = []
    struck = unseen = unknown = 0
    for run in runs:
        font = run.font or style.font
        if not run.run.text.strip():
            kept.append(run.run)
        elif font.is_struck:
            struck += 1
        elif is_unseen(font, style):
            unseen += 1
        else:
            shown, lost = in_signs(run.run.text, font.name)
            unknown += lost
            kept.append(Run(shown, run.run.height))
    shown_text = join_runs(kept).strip()
    return SeenText(text=shown_text, struck=struck, unseen=unseen, unknown=unknown)
