"""ODT, ODS, ODP: headings, lists, tables, sheets and slides, as their reader sees them."""

import zipfile
from dataclasses import replace
from io import BytesIO

from aspire_ingest.errors import LoadError
from aspire_ingest.load.archive import check_package
from aspire_ingest.load.elements import Element, parse_xml
from aspire_ingest.load.opendocument.controls import read_controls
from aspire_ingest.load.opendocument.numbering import OdfNumbering
from aspire_ingest.load.opendocument.sheets import write_sheets
from aspire_ingest.load.opendocument.styles import (
    DRAW,
    OFFICE,
    PRESENTATION,
    STYLE,
    TABLE,
    TEXT,
    Look,
    OdfStyles,
    count,
)
from aspire_ingest.load.opendocument.table import OdfTableReader
from aspire_ingest.load.opendocument.text import OdfInline, OdfInlineReader
from aspire_ingest.load.parse_result import Parsed, Raw, Stated
from aspire_ingest.load.writing.blocks import BlockWriter
from aspire_ingest.load.writing.clean import tidy
from aspire_ingest.load.writing.list_numbers import plain_number
from aspire_ingest.load.writing.margins import margin_lines, margins_of
from aspire_ingest.load.writing.style_names import is_title
from aspire_ingest.load.writing.tally import RemarkTally

_SEEN = Look()
_UNREAD = frozenset({
    f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{OFFICE}forms",
    f"{OFFICE}annotation", f"{TABLE}calculation-settings", f"{TABLE}content-validations",
    f"{TABLE}named-expressions", f"{TABLE}database-ranges", f"{TABLE}shapes",
    f"{TEXT}soft-page-break",
    f"{TABLE}tracked-changes", f"{TEXT}index-title-template", f"{PRESENTATION}settings",
    f"{STYLE}header", f"{STYLE}footer", f"{TABLE}dde-links", f"{TABLE}data-pilot-tables",
})  # fmt: skip
_SHOWN = (
    (f"{DRAW}object", "embedded object", "embedded objects"),
    (f"{DRAW}object-ole", "embedded object", "embedded objects"),
    (f"{DRAW}image", "picture", "pictures"),
)


def parse(raw: Raw) -> Parsed:
    """Read one OpenDocument text, sheet or presentation.

    Raises:
        LoadError: it is damaged, protected, a bomb, or holds no text.
    """
    check_package(raw)
    try:
        with zipfile.ZipFile(BytesIO(raw.data)) as package:
            names = set(package.namelist())
            parts = {
                name: parse_xml(package.read(f"{name}.xml"), raw)
                for name in ("content", "styles", "meta")
                if f"{name}.xml" in names and not _is_locked(package, names, raw)
            }
    except (KeyError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise LoadError(raw.name, f"is damaged ({error}); save it again") from error
    if "content" not in parts:
        raise LoadError(raw.name, "is damaged (it has no content); save it again")
    return _Reader(raw, parts).read()


def _is_locked(package: zipfile.ZipFile, names: set[str], raw: Raw) -> bool:
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in package.read(manifest):
        raise LoadError(raw.name, "is protected with a password; save it without one")
    return False


class _Reader:
    """Reads one document; lists and headings are numbered as it goes."""

    def __init__(self, raw: Raw, parts: dict[str, Element]) -> None:
        self._raw = raw
        self._parts = parts
        self._writer = BlockWriter()
        self._tally = RemarkTally()
        self._styles = OdfStyles()
        for name in ("styles", "content"):
            if name in parts:
                self._styles.add(parts[name])
        self._inline = OdfInlineReader(self._styles, self._tally)
        self._inline.controls = read_controls(parts["content"])
        self._tables = OdfTableReader(name=raw.name, read_cell=self._cell, tally=self._tally)
        self._numbering = OdfNumbering(self._styles)
        self._look = _SEEN
        self._title: str | None = None
        self._margins: list[str] = []
        self._margin_texts = self._read_margins()
        self._in_cell: list[OdfInline] = []

    def read(self) -> Parsed:
        """Read the body by its kind."""
        body = self._parts["content"].find(f"{OFFICE}body")
        for content in body if body is not None else ():
            if content.tag == f"{OFFICE}spreadsheet":
                write_sheets(content, self._styles, self._tables, self._writer)
            elif content.tag == f"{OFFICE}presentation":
                self._slides(content)
            elif content.tag in (f"{OFFICE}text", f"{OFFICE}drawing"):
                text = "".join(map(str, content.itertext()))
                self._margins = margin_lines(self._margin_texts, text)
                self._blocks(content)
                self._write_margins()
        if not self._writer.text:
            raise LoadError(self._raw.name, "holds no text; if it is a picture, run OCR first")
        return Parsed(
            text=self._writer.text,
            page_starts=self._writer.page_starts,
            stated=Stated(title=self._title or self._stated_title()),
            remarks=self._tally.remarks(),
            margins=margins_of(self._margin_texts),
        )

    def _stated_title(self) -> str | None:
        meta = self._parts.get("meta")
        titles = meta.iter("{http://purl.org/dc/elements/1.1/}title") if meta is not None else ()
        return next((tidy(node.text or "") or None for node in titles), None)

    def _read_margins(self) -> list[str]:
        root = self._parts.get("styles")
        if root is None:
            return []
        reader = OdfInlineReader(self._styles, RemarkTally())
        reader.marks_page_numbers = True
        return [
            reader.read(paragraph, _SEEN).text
            for margin in root.iter(f"{STYLE}header", f"{STYLE}footer")
            if margin.get(f"{STYLE}display") != "false"
            for paragraph in margin.iter(f"{TEXT}p", f"{TEXT}h")
        ]

    def _write_margins(self) -> None:
        for line in self._margins:
            self._writer.paragraph(line)
        self._margins = []

    def _slides(self, content: Element) -> None:
        self._look = replace(self._look, ground=None)  # slides have grounds of many kinds
        for page in content.iterchildren(f"{DRAW}page"):
            self._writer.page()
            style = page.get(f"{DRAW}style-name")
            key = f"{PRESENTATION}visibility"
            shown = self._styles.value("drawing-page", style, "drawing-page-properties", key)
            if shown == "hidden":
                self._tally.add("hidden", "hidden slide")
                continue
            notes = page.find(f"{PRESENTATION}notes")
            if notes is not None and not self._raw.options.with_notes and _says(notes):
                self._tally.add("hidden", "page of speaker notes", "pages of speaker notes")
            self._blocks(page)
            if notes is not None and self._raw.options.with_notes:
                self._blocks(notes)

    def _blocks(self, parent: Element) -> None:
        for node in parent:
            self._block(node)

    def _block(self, node: Element) -> None:
        tag = node.tag
        if not isinstance(tag, str) or tag in _UNREAD or tag == f"{PRESENTATION}notes":  # pyright: ignore[reportUnnecessaryIsInstance] - comments have a function here
            return
        if tag == f"{TEXT}tracked-changes":
            for _ in node.iter(f"{TEXT}deletion"):
                self._tally.add("hidden", "deleted passage")
        elif tag in (f"{TEXT}p", f"{TEXT}h"):
            self._paragraph(node)
        elif tag == f"{TEXT}list":
            self._list(node, 0, None, "")
        elif tag == f"{TABLE}table":
            self._table(node)
        elif tag == f"{TEXT}section" and _is_hidden_section(node):
            self._tally.add("hidden", "hidden section")
        elif tag == f"{DRAW}frame":
            self._frame(node)
        elif tag == f"{DRAW}control":
            name = node.get(f"{DRAW}control") or ""
            self._writer.paragraph(self._inline.controls.get(name, ""))
        else:
            self._blocks(node)

    def _frame(self, frame: Element) -> None:
        """A frame shows the first of its representations."""
        if frame.get(f"{PRESENTATION}placeholder") == "true":
            return
        if frame.get(f"{PRESENTATION}class") == "title":
            found = [self._inline.read(node, self._look) for node in frame.iter(f"{TEXT}p")]
            self._writer.heading(2, " ".join(inline.text for inline in found))
            return
        for tag, one, many in _SHOWN:
            if frame.find(tag) is not None and frame.find(f"{TABLE}table") is None:
                self._tally.add("lost", one, many)
                return
        outer, self._look = self._look, replace(self._look, ground=None)
        self._blocks(frame)
        self._look = outer

    def _paragraph(self, node: Element, place: tuple[int, str] | None = None) -> None:
        inline = self._inline.read(node, self._look)
        names = self._styles.names("paragraph", node.get(f"{TEXT}style-name"))
        if tidy(inline.text):
            self._write(node, inline.text, names, place)
        self._after(inline)

    def _write(
        self, node: Element, text: str, names: list[str], place: tuple[int, str] | None
    ) -> None:
        titles = any(map(is_title, names))
        opens = titles or node.tag == f"{TEXT}h"
        if self._margins and (not opens or self._writer.text):
            self._write_margins()
        if titles:
            self._title = self._title or tidy(text)
            self._writer.heading(1, text)
        elif node.tag == f"{TEXT}h":
            level = count(node.get(f"{TEXT}outline-level"), 1)
            label = place[1] if place is not None else self._numbering.heading(node)
            self._writer.heading(min(level + 1, 6), f"{label} {text}" if label else text)
        elif place is not None:
            depth, label = place
            number = plain_number(label)
            shown = text if number is not None or not label else f"{label} {text}"
            self._writer.item(shown, depth=depth, number=number)
        else:
            self._writer.paragraph(text)

    def _after(self, inline: OdfInline) -> None:
        for frame in inline.frames:
            self._block(frame)
        for label, body in inline.notes:
            found = [self._inline.read(node, _SEEN) for node in body.iter(f"{TEXT}p")]
            text = tidy(" ".join(part.text for part in found))
            if text:
                self._writer.paragraph(f"*{label} {text}" if label else text)

    def _list(self, node: Element, depth: int, outer_style: str | None, key: str) -> None:
        """Read one list, the lists inside with it."""
        style = node.get(f"{TEXT}style-name") or outer_style
        if depth == 0:
            key = self._numbering.begin_list(node, style)
        for item in node.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            is_first = item.tag == f"{TEXT}list-item"
            for child in item:
                if child.tag == f"{TEXT}list":
                    self._list(child, depth + 1, style, key)
                elif child.tag in (f"{TEXT}p", f"{TEXT}h") and is_first:
                    label = self._numbering.item(item, depth, style, key)
                    self._paragraph(child, (depth, label))
                    is_first = False
                else:
                    self._block(child)

    def _table(self, table: Element) -> None:
        self._write_margins()
        outer, self._in_cell = self._in_cell, []
        look, self._look = self._look, replace(self._look, ground=None)  # the table may have one
        rows = self._tables.rows(table)
        self._look = look
        found, self._in_cell = self._in_cell, outer
        self._writer.table(rows)
        for inline in found:
            self._after(inline)

    def _cell(self, cell: Element) -> str:
        """The text of a cell, its lists and inner tables line by line."""
        lines: list[str] = []
        for node in cell.iter(f"{TEXT}p", f"{TEXT}h"):
            if _is_outside(node, cell):
                continue
            style = cell.get(f"{TABLE}style-name")
            look = self._styles.look("table-cell", style, self._look)
            inline = self._inline.read(node, look)
            self._in_cell.append(inline)
            lines.append(inline.text)
        return tidy("\n".join(filter(None, lines)))


def _says(node: Element) -> bool:
    return bool("".join(map(str, node.itertext())).strip())


def _is_hidden_section(section: Element) -> bool:
    is_hidden = section.get(f"{TEXT}is-hidden")
    if is_hidden is not None:
        return is_hidden == "true"
    return section.get(f"{TEXT}display") in ("none", "condition")


def _is_outside(node: Element, cell: Element) -> bool:
    """Whether a paragraph belongs to a comment, a note or a frame in the cell, not to its text."""
    for outer in node.iterancestors():
        if outer is cell:
            return False
        tag = outer.tag
        if tag in (f"{OFFICE}annotation", f"{TEXT}note") or str(tag).startswith(DRAW):
            return True
    return False
