"""The blocks of a Word body or cell, whatever wraps them: controls, custom XML, insertions."""

from collections.abc import Iterator

from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.package import W
from aspire_ingest.load.word.drawing import chosen
from aspire_ingest.load.word.styles import is_on
from aspire_ingest.load.writing.tally import RemarkTally

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = frozenset(
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "dir", "bdo")
)
CHUNK = f"{W}altChunk"
"""A file that Word reads in at this place."""
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})


def unwrap(parent: Element, wanted: frozenset[str], tally: RemarkTally) -> Iterator[Element]:
    """The children of the wanted tags in order, also inside wrappers at any depth.

    Deleted blocks are counted; embedded files, which a reader sees and this cannot read, as well.
    """
    for child in parent:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag in _WRAPPERS:
            yield from unwrap(child, wanted, tally)
        elif tag == f"{_MC}AlternateContent":
            content = chosen(child)
            if content is not None:
                yield from unwrap(content, wanted, tally)
        elif tag in _DELETED:
            tally.add("hidden", "deleted passage")
        elif tag in (CHUNK, f"{W}subDoc"):
            tally.add("lost", "embedded file")


BLOCKS = frozenset({f"{W}p", f"{W}tbl"})
_BLOCKS_AND_CHUNKS = BLOCKS | {CHUNK}
_ROWS = frozenset({f"{W}tr"})
_CELLS = frozenset({f"{W}tc"})


def blocks(parent: Element, tally: RemarkTally) -> Iterator[Element]:
    """Paragraphs and tables; embedded files are counted as lost."""
    return unwrap(parent, BLOCKS, tally)


def blocks_and_chunks(parent: Element, tally: RemarkTally) -> Iterator[Element]:
    """Paragraphs, tables and embedded files."""
    return unwrap(parent, _BLOCKS_AND_CHUNKS, tally)


def rows(table: Element, tally: RemarkTally) -> Iterator[Element]:
    """The rows that a reader sees: hidden and deleted ones are counted."""
    for row in unwrap(table, _ROWS, tally):
        properties = row.find(f"{W}trPr")
        if properties is not None and is_on(properties.find(f"{W}hidden")):
            tally.add("hidden", "hidden row")
        elif properties is not None and properties.find(f"{W}del") is not None:
            tally.add("hidden", "deleted row")
        else:
            yield row


def cells(row: Element, tally: RemarkTally) -> Iterator[Element]:
    """The cells of a row, less deleted ones."""
    for cell in unwrap(row, _CELLS, tally):
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            tally.add("hidden", "deleted cell")
        else:
            yield cell
