"""Drawings of Word: the text boxes in them, and what else they show and text cannot."""

import re
from collections.abc import Iterator

from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.package import W
from aspire_ingest.load.writing.tally import RemarkTally

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHOWN = {
    f"{_A}blip": ("picture", "pictures"),
    "{urn:schemas-microsoft-com:vml}imagedata": ("picture", "pictures"),
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": ("chart", "charts"),
    "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart": ("chart", "charts"),
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": ("diagram", "diagrams"),
}
_DOC_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_UNSEEN = re.compile(r"(?:^|;)\s*(?:visibility:\s*hidden|display:\s*none)", re.IGNORECASE)
"""Of the style of a shape in VML."""
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"


def chosen(alternate: Element) -> Element | None:
    """The one of the alternatives that a reader of today sees: the first choice, else the rest."""
    choice = alternate.find(f"{_MC}Choice")
    return alternate.find(f"{_MC}Fallback") if choice is None else choice


def read_drawing(drawing: Element, tally: RemarkTally) -> list[Element]:
    """The text boxes of a drawing (`w:txbxContent`) in order; other things it shows are counted."""
    if any(node.get("hidden") in ("1", "true") for node in drawing.iter(_DOC_PROPERTIES)):
        tally.add("hidden", "hidden drawing")
        return []
    boxes: list[Element] = []
    for node in _parts(drawing, tally):
        if node.tag == f"{W}txbxContent":
            boxes.append(node)
        elif node.tag in _SHOWN:
            tally.add("lost", *_SHOWN[node.tag])
        elif node.tag == _WORD_ART and node.get("string"):
            tally.add("lost", "drawn word", "drawn words")
    return boxes


def _parts(node: Element, tally: RemarkTally) -> Iterator[Element]:
    """Descendants less hidden ones and what text boxes hold, alternatives taken once."""
    for child in node:
        if _UNSEEN.search(child.get("style") or ""):
            tally.add("hidden", "hidden drawing")
            continue
        if child.tag == f"{_MC}AlternateContent":
            content = chosen(child)
            if content is not None:
                yield from _parts(content, tally)
            continue
        yield child
        if child.tag != f"{W}txbxContent":
            yield from _parts(child, tally)
