"""What is drawn over the cells of a sheet: text boxes are text, charts and pictures are not."""

from aspire_ingest.load.elements import Element, child, local_name
from aspire_ingest.load.openxml.drawing_text import alternatives, is_hidden, read_paragraphs
from aspire_ingest.load.openxml.package import OpenXmlPackage
from aspire_ingest.load.writing.blocks import BlockWriter
from aspire_ingest.load.writing.limits import MAX_GROUP_DEPTH
from aspire_ingest.load.writing.tally import RemarkTally

_LOST = {
    "pic": ("picture", "pictures"),
    "graphicFrame": ("chart or diagram", "charts or diagrams"),
}
"""What is not text, of one and of several."""


def write_text_boxes(
    writer: BlockWriter, package: OpenXmlPackage, sheet_part: str, *, tally: RemarkTally, where: str
) -> int:
    """Write the text boxes of a sheet after its cells; return how many paragraphs they have.

    Raises:
        LoadError: a drawing is not well-formed.
    """
    written = 0
    for relation in package.relations(sheet_part):
        tree = package.find(relation.target) if relation.kind == "drawing" else None
        for anchor in tree if tree is not None else ():
            written += _write_shapes(writer, anchor, 0, tally, where)
    return written


def _write_shapes(
    writer: BlockWriter, parent: Element, depth: int, tally: RemarkTally, where: str
) -> int:
    written = 0
    for shape in alternatives(parent):
        name = local_name(shape)
        if is_hidden(shape):
            tally.add("hidden", "hidden shape", where=where)
        elif name == "grpSp" and depth < MAX_GROUP_DEPTH:
            written += _write_shapes(writer, shape, depth + 1, tally, where)
        elif name == "grpSp":
            tally.add("lost", "deeply nested group", where=where)
        elif name in _LOST:
            tally.add("lost", *_LOST[name], where=where)
        elif name == "sp":
            for paragraph in read_paragraphs(child(shape, "txBody")):
                writer.paragraph(paragraph.text)
                written += bool(paragraph.text.strip())
                tally.add("hidden", "struck text", where=where, count=paragraph.struck)
    return written
