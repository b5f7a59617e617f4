"""What slides show that is not their own: footers, and texts of their layouts and masters."""

from collections.abc import Iterable, Iterator

from pptx.slide import Slide

from aspire_ingest.load.elements import Element, child, local_name
from aspire_ingest.load.openxml.drawing_text import alternatives, is_hidden, read_paragraphs
from aspire_ingest.load.slides.placeholders import placeholder_type
from aspire_ingest.load.writing.limits import MAX_GROUP_DEPTH

_FOOTERS = frozenset({"ftr", "hdr"})


def deck_margins(slides: Iterable[Slide]) -> Iterator[str]:
    """The footers on slides, and the texts that layouts and masters draw behind them, each once."""
    behind: dict[str, Element] = {}
    for slide in slides:
        yield from _texts(slide.shapes.element, of_slide=True)
        layout = slide.slide_layout
        if _shows_master(slide.element):
            behind[layout.part.partname] = layout.shapes.element
            if _shows_master(layout.element):
                master = layout.slide_master
                behind[master.part.partname] = master.shapes.element
    for tree in behind.values():
        yield from _texts(tree, of_slide=False)


def _texts(tree: Element, *, of_slide: bool, depth: int = 0) -> Iterator[str]:
    """Of a slide its footers; behind it what is no placeholder: those only show where to write."""
    for shape in alternatives(tree):
        name = local_name(shape)
        if is_hidden(shape):
            continue
        if name == "grpSp" and depth < MAX_GROUP_DEPTH:
            yield from _texts(shape, of_slide=of_slide, depth=depth + 1)
        elif name == "sp" and (
            placeholder_type(shape) in _FOOTERS if of_slide else not placeholder_type(shape)
        ):
            for paragraph in read_paragraphs(child(shape, "txBody")):
                yield paragraph.text


def _shows_master(element: Element) -> bool:
    return element.get("showMasterSp") not in ("0", "false")
