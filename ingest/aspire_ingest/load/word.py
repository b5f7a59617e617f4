"""DOCX: headings by style, lists, tables, footnotes, in the order of the document."""

import re
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from aspire_ingest.clean import tidy
from aspire_ingest.errors import LoadError
from aspire_ingest.load.blocks import BlockWriter
from aspire_ingest.load.office import check_package, parse_xml
from aspire_ingest.load.pagetext import Element
from aspire_ingest.load.parsed import Parsed, Raw, Stated

_HEADING_STYLE = re.compile(r"^(?:heading|見出し)\s*(?P<level>\d)$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"^list\b|箇条書き", re.IGNORECASE)
_NUMBER_FORMATS = frozenset(
    {"decimal", "decimalFullWidth", "decimalZero", "aiueo", "japaneseCounting"}
)
_HIDDEN = frozenset(
    {qn(f"w:{name}") for name in ("del", "moveFrom", "rt", "instrText", "pPr", "rPr")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_NOTES_PART = re.compile(r"/word/(?P<kind>footnotes|endnotes)\d*\.xml$")


def parse(raw: Raw) -> Parsed:
    """Read one DOCX.

    Raises:
        LoadError: it is damaged, protected, a bomb, or holds no text.
    """
    check_package(raw)
    try:
        document = docx.Document(BytesIO(raw.data))
        return _Reader(raw, document).read()
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, TypeError) as error:
        # python-docx meets missing and odd parts with whatever its code happens to raise
        reason = f"is damaged ({type(error).__name__}: {error}); save it again"
        raise LoadError(raw.name, reason) from error


class _Reader:
    """Reads one document; lists are numbered as it goes."""

    def __init__(self, raw: Raw, document: WordDocument) -> None:
        self._raw = raw
        self._document = document
        self._writer = BlockWriter()
        self._numbers: dict[tuple[str, int], int] = {}
        self._notes = self._read_notes()

    def read(self) -> Parsed:
        """Write the body, then the notes, each after the block that refers to it."""
        for block in self._document.iter_inner_content():
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._table(block)
        text = self._writer.text
        if not text:
            raise LoadError(self._raw.name, "holds no text; if it is a picture, run OCR first")
        title = self._title_paragraph() or tidy(self._document.core_properties.title or "")
        return Parsed(text=text, stated=Stated(title=title or None))

    def _title_paragraph(self) -> str | None:
        for paragraph in self._document.paragraphs[:10]:
            if _style_name(paragraph).lower() in ("title", "表題") and paragraph.text.strip():
                return tidy(paragraph.text)
        return None

    def _paragraph(self, paragraph: Paragraph) -> None:
        text, notes = _text_and_notes(paragraph._p)  # pyright: ignore[reportPrivateUsage] - the public text leaves notes out
        style = _style_name(paragraph)
        heading = _HEADING_STYLE.match(style)
        listed = self._list_place(paragraph)
        if style.lower() in ("title", "表題"):
            self._writer.heading(1, text)
        elif heading is not None:
            self._writer.heading(min(int(heading["level"]) + 1, 6), text)
        elif listed is not None or _LIST_STYLE.match(style):
            depth, number = listed or (0, None)
            self._writer.item(text, depth=depth, number=number)
        else:
            self._writer.paragraph(text)
        for note in notes:
            self._writer.paragraph(self._notes.get(note, ""))

    def _table(self, table: Table) -> None:
        rows: list[list[str]] = []
        notes: list[str] = []
        for row in table._tbl.tr_lst:  # pyright: ignore[reportPrivateUsage] - the public rows take quadratic time
            cells: list[str] = []
            for cell in row.tc_lst:
                text, found = _text_and_notes(cell)
                merged = cell.vMerge == "continue" and rows and len(cells) < len(rows[-1])
                cells.append(rows[-1][len(cells)] if merged else text)
                cells += [""] * (cell.grid_span - 1)
                notes += found
            rows.append(cells)
        if len(rows) == 1 and len(rows[0]) == 1:
            self._writer.paragraph(rows[0][0])  # a frame around text
        else:
            self._writer.table(rows)
        for note in notes:
            self._writer.paragraph(self._notes.get(note, ""))

    def _list_place(self, paragraph: Paragraph) -> tuple[int, int | None] | None:
        """Depth and number of a list item; None if the paragraph is none."""
        element = paragraph._p  # pyright: ignore[reportPrivateUsage] - numbering has no public name
        place = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        identity = place.find(qn("w:numId")) if place is not None else None
        list_id = (identity.get(qn("w:val")) or "0") if identity is not None else "0"
        if place is None or not list_id.isdecimal() or int(list_id) == 0:
            return None
        level = place.find(qn("w:ilvl"))
        value = (level.get(qn("w:val")) or "0") if level is not None else "0"
        depth = int(value) if value.isdecimal() else 0
        if self._number_format(list_id, depth) not in _NUMBER_FORMATS:
            return depth, None
        number = self._numbers.get((list_id, depth), 0) + 1
        self._numbers[list_id, depth] = number
        for deeper in range(depth + 1, 9):
            self._numbers.pop((list_id, deeper), None)
        return depth, number

    def _number_format(self, list_id: str, depth: int) -> str:
        try:
            numbering = self._document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return ""
        found = numbering.xpath(
            f"//w:abstractNum[@w:abstractNumId=//w:num[@w:numId='{list_id}']/w:abstractNumId/@w:val]"
            f"/w:lvl[@w:ilvl='{depth}']/w:numFmt/@w:val"
        )
        return str(found[0]) if found else ""

    def _read_notes(self) -> dict[str, str]:
        """Footnotes and endnotes by kind and id."""
        notes: dict[str, str] = {}
        package = self._document.part.package
        for part in package.iter_parts() if package is not None else ():
            match = _NOTES_PART.search(str(part.partname))
            if match is None:
                continue
            root = parse_xml(part.blob, self._raw)
            kind = match["kind"].removesuffix("s")
            for note in root.iter(qn(f"w:{kind}")):
                key = note.get(qn("w:id")) or ""
                if note.get(qn("w:type")) in (None, "normal"):
                    text = tidy(_text_and_notes(note)[0])
                    notes[f"{kind}:{key}"] = f"*{key} {text}" if text else ""
        return notes


def _style_name(paragraph: Paragraph) -> str:
    style = paragraph.style
    return (style.name or "") if style is not None else ""


def _text_and_notes(element: Element) -> tuple[str, list[str]]:
    """The text of a paragraph or cell with the marks of its notes, and which notes those are.

    Deleted text (tracked changes), field codes and ruby readings are left out; the text of links,
    inserted runs and content controls is in.
    """
    pieces: list[str] = []
    notes: list[str] = []
    for node in _visible(element):
        tag = node.tag
        if tag == qn("w:t"):
            pieces.append(node.text or "")
        elif tag in (qn("w:tab"), qn("w:ptab")):
            pieces.append(" ")
        elif tag in (qn("w:br"), qn("w:cr")):
            pieces.append("\n")
        elif tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        elif tag == qn("w:p") and pieces:
            pieces.append("\n")
        elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            kind = "footnote" if tag == qn("w:footnoteReference") else "endnote"
            key = node.get(qn("w:id")) or ""
            pieces.append(f"*{key}")
            notes.append(f"{kind}:{key}")
    return "".join(pieces), notes


def _visible(element: Element) -> Iterator[Element]:
    """Descendants in order, less what a reader does not see."""
    for child in element:
        if child.tag not in _HIDDEN:
            yield child
            yield from _visible(child)
