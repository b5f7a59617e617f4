"""DOCX: headings by style, numbers as Word shows them, lists, tables, notes, in reading order."""

import re
from dataclasses import replace

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import Remark
from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.package import OpenXmlPackage, W
from aspire_ingest.load.parse_result import Parsed, Raw, Stated
from aspire_ingest.load.word.blocks import CHUNK, blocks, blocks_and_chunks
from aspire_ingest.load.word.chunks import WORD, ChunkReader, parse_chunk
from aspire_ingest.load.word.margins import shown_margins, watermarks
from aspire_ingest.load.word.notes import read_notes
from aspire_ingest.load.word.numbering import ListPlace, Numbering
from aspire_ingest.load.word.styles import Styles, attribute
from aspire_ingest.load.word.table import read_table
from aspire_ingest.load.word.text import Inline, InlineReader, is_deleted_mark
from aspire_ingest.load.writing.blocks import BlockWriter
from aspire_ingest.load.writing.clean import tidy
from aspire_ingest.load.writing.limits import MAX_GROUP_DEPTH
from aspire_ingest.load.writing.list_numbers import plain_number
from aspire_ingest.load.writing.margins import margin_lines, margins_of
from aspire_ingest.load.writing.style_names import heading_level
from aspire_ingest.load.writing.tally import RemarkTally

_LIST_STYLE = re.compile(r"^list\b|箇条書き", re.IGNORECASE)
_DEEP_STYLE = re.compile(r"^list (?:bullet |number |continue )?(?P<depth>[2-5])$", re.IGNORECASE)
"""Each of Word's own deeper styles counts in a list of its own: as the first level of it."""
_TITLE_WITHIN = 10
"""Paragraphs among which a title is looked for."""


def parse(raw: Raw) -> Parsed:
    """Read one DOCX, or a template or macro file of the same form.

    Raises:
        LoadError: it is damaged, protected, a bomb, or holds no text.
    """
    return _parse(raw, is_chunk=False)


def _parse(raw: Raw, *, is_chunk: bool) -> Parsed:
    package = OpenXmlPackage(raw)
    try:
        return _Reader(raw, package, is_chunk=is_chunk).read()
    except (KeyError, ValueError, AttributeError, TypeError, IndexError) as error:
        reason = f"is damaged ({type(error).__name__}: {error}); save it again"
        raise LoadError(raw.name, reason) from error


class _Reader:
    """Reads one document; lists and notes are numbered as it goes."""

    def __init__(self, raw: Raw, package: OpenXmlPackage, *, is_chunk: bool) -> None:
        self._raw = raw
        self._is_chunk = is_chunk
        self._package = package
        self._main = package.main()
        self._writer = BlockWriter()
        self._tally = RemarkTally()
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"), self._styles)
        self._notes = read_notes(package, self._main)
        self._inline = InlineReader(self._styles, self._notes, self._tally)
        self._title: str | None = None
        self._paragraphs_read = 0
        self._carried = ""
        self._depth = 0
        self._margins: list[str] = []
        self._chunks = ChunkReader(raw, package, self._main)
        self._remarks_of_chunks: list[Remark] = []

    def read(self) -> Parsed:
        """Write the body: what hangs on a paragraph comes after it."""
        document = self._package.xml(self._main)
        body = document.find(f"{W}body")
        self._inline.is_backed = document.find(f"{W}background") is not None
        if body is None:
            raise LoadError(self._raw.name, "is damaged (it has no body); save it again")
        shown = list(shown_margins(self._package, self._main, body))
        margins = [self._read_margin(root) for root in shown]
        self._margins = margin_lines(margins, "".join(map(str, body.itertext())))
        self._blocks(body)
        self._write_margins()
        text = self._writer.text
        if not text:
            raise LoadError(self._raw.name, "holds no text; if it is a picture, run OCR first")
        title = self._title or self._stated_title()
        return Parsed(
            text=text,
            stated=Stated(title=title or None),
            remarks=(*self._tally.remarks(), *self._remarks_of_chunks),
            margins=margins_of([*watermarks(shown), *margins]),
        )

    def _part(self, kind: str) -> Element | None:
        found = self._package.related(self._main, kind)
        return self._package.xml(found[0]) if found else None

    def _stated_title(self) -> str:
        for part in self._package.related("", "core-properties"):
            for title in self._package.xml(part).iter("{http://purl.org/dc/elements/1.1/}title"):
                return tidy(title.text or "")
        return ""

    def _read_margin(self, root: Element) -> str:
        reader = InlineReader(self._styles, self._notes, self._tally)
        reader.marks_page_numbers = reader.is_backed = True
        lines = [reader.read(node, _style_id(node)).text for node in root.iter(f"{W}p")]
        return "\n".join(lines)

    def _write_margins(self) -> None:
        """Headers and footers stand once, after the heading that opens the document."""
        for line in self._margins:
            self._writer.paragraph(line)
        self._margins = []

    def _blocks(self, parent: Element) -> None:
        if self._depth >= MAX_GROUP_DEPTH:
            self._tally.add("lost", "box nested too deep", "boxes nested too deep")
            return
        self._depth += 1
        for block in blocks_and_chunks(parent, self._tally):
            if block.tag == f"{W}p":
                self._paragraph(block)
            elif block.tag == CHUNK:
                self._chunk(block)
            else:
                self._table(block)
        self._flush_carried()
        self._depth -= 1

    def _chunk(self, chunk: Element) -> None:
        """Write an embedded file; one inside an embedded file is not looked into."""
        self._flush_carried()
        self._write_margins()
        try:
            found = None if self._is_chunk else self._chunks.raw(chunk)
            if found is None:
                self._tally.add("lost", "embedded file")
                return
            kind, raw = found
            parsed = _parse(raw, is_chunk=True) if kind == WORD else parse_chunk(kind, raw)
        except LoadError:
            self._tally.add("lost", "embedded file")
            return
        self._writer.written(parsed.text)
        self._remarks_of_chunks += parsed.remarks

    def _flush_carried(self) -> None:
        carried, self._carried = self._carried, ""
        self._writer.paragraph(carried)

    def _paragraph(self, paragraph: Element) -> None:
        style_id = _style_id(paragraph)
        inline = self._inline.read(paragraph, style_id)
        inline.text, self._carried = self._carried + inline.text, ""
        if is_deleted_mark(paragraph):
            self._carried = inline.text
        elif tidy(inline.text) or not inline.has_vanished:
            # a number without text is seen, and counts
            place = self._numbering.place(paragraph.find(f"{W}pPr"), style_id)
            self._write(inline.text, style_id, place)
        self._after(inline)

    def _write(self, text: str, style_id: str | None, place: ListPlace | None) -> None:
        if not tidy(text):
            return
        names = self._styles.names(style_id)
        level = _heading_level(names)
        self._paragraphs_read += 1
        if self._margins and (level is None or self._writer.text):
            self._write_margins()
        if level is not None:
            numbered = _numbered(text, place)
            if level == 1 and self._title is None and self._paragraphs_read <= _TITLE_WITHIN:
                self._title = tidy(numbered)
            self._writer.heading(level, numbered)
        elif place is not None or any(map(_LIST_STYLE.match, names)):
            self._item(text, _deep_enough(place or ListPlace(depth=0), names))
        else:
            self._writer.paragraph(text)

    def _item(self, text: str, place: ListPlace) -> None:
        number = plain_number(place.label)
        shown = text if number is not None else _numbered(text, place)
        self._writer.item(shown, depth=place.depth, number=number)

    def _after(self, inline: Inline) -> None:
        """Write the boxes and the notes of a paragraph."""
        backed, self._inline.is_backed = self._inline.is_backed, True
        for box in inline.boxes:
            self._write_margins()
            self._blocks(box)
        self._inline.is_backed = backed
        for key in inline.notes:
            self._note(key)

    def _note(self, key: str) -> None:
        note = self._notes.element(key)
        if note is None:
            return
        paragraphs = [self._inline.read(node, _style_id(node)).text for node in note.iter(f"{W}p")]
        text = tidy("\n".join(paragraphs))
        label = self._notes.label(key)
        if text:
            self._writer.paragraph(f"*{label} {text}" if label else text)

    def _table(self, table: Element) -> None:
        self._flush_carried()
        self._write_margins()
        found: list[Inline] = []
        framed = self._framed(table)
        if framed is not None:
            self._blocks(framed)
            return
        backed, self._inline.is_backed = self._inline.is_backed, True
        rows = read_table(table, lambda cell: self._cell(cell, found), self._tally)
        self._inline.is_backed = backed
        if len(rows) == 1 and len(rows[0]) == 1:
            self._writer.paragraph(rows[0][0])
        else:
            self._writer.table(rows)
        for inline in found:
            self._after(inline)

    def _framed(self, table: Element) -> Element | None:
        """The one cell of a table that is but a frame around blocks: lists, headings, tables."""
        cells = [cell for row in table.iter(f"{W}tr") for cell in row.iter(f"{W}tc")]
        first = cells[0] if cells else None
        own = [cell for cell in cells if cell is first or not _is_inside(cell, first)]
        if first is None or len(own) != 1:
            return None
        is_plain = first.find(f".//{W}tbl") is None and first.find(f".//{W}numPr") is None
        has_style = any(
            _heading_level(self._styles.names(_style_id(node))) is not None
            for node in first.iter(f"{W}p")
        )
        return None if is_plain and not has_style else first

    def _cell(self, cell: Element, found: list[Inline]) -> str:
        """The text of a cell on lines; a table inside as its cells, row after row."""
        lines: list[str] = []
        if self._depth >= MAX_GROUP_DEPTH:
            self._tally.add("lost", "table nested too deep", "tables nested too deep")
            return ""
        self._depth += 1
        for block in blocks(cell, self._tally):
            if block.tag == f"{W}p":
                style_id = _style_id(block)
                inline = self._inline.read(block, style_id)
                found.append(inline)
                if tidy(inline.text):
                    place = self._numbering.place(block.find(f"{W}pPr"), style_id)
                    lines.append(_numbered(inline.text, place))
            else:
                inner = read_table(block, lambda nested: self._cell(nested, found), self._tally)
                lines += ["; ".join(filter(None, map(tidy, row))) for row in inner]
        self._depth -= 1
        return "\n".join(lines)


def _style_id(paragraph: Element) -> str | None:
    return attribute(paragraph.find(f"{W}pPr/{W}pStyle"))


def _is_inside(node: Element, outer: Element | None) -> bool:
    return any(ancestor is outer for ancestor in node.iterancestors(f"{W}tc"))


def _deep_enough(place: ListPlace, names: list[str]) -> ListPlace:
    """A place in a list as deep as the style says that the paragraph has."""
    deep = _DEEP_STYLE.match(names[0]) if names else None
    return replace(place, depth=max(place.depth, int(deep["depth"]) - 1)) if deep else place


def _heading_level(names: list[str]) -> int | None:
    """The level of the heading that a style is, or is based on; 1 is the title."""
    levels = map(heading_level, names)
    return next((level for level in levels if level is not None), None)


def _numbered(text: str, place: ListPlace | None) -> str:
    if place is None or not place.label:
        return text
    return f"{place.label}{'' if place.is_joined else ' '}{text}"
