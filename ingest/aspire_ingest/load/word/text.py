"""The text of a Word paragraph as its reader sees it.

What is struck, hidden or deleted is left out and counted; boxes, notes and drawings that hang on
the paragraph are handed on beside its text.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.equations import linear, run_text
from aspire_ingest.load.openxml.package import M, W
from aspire_ingest.load.word.drawing import chosen, read_drawing
from aspire_ingest.load.word.fields import FieldState, form_field, is_page_field
from aspire_ingest.load.word.notes import Notes
from aspire_ingest.load.word.styles import RunLook, Styles, attribute, is_on
from aspire_ingest.load.writing.margins import PAGE_NUMBER
from aspire_ingest.load.writing.superscripts import Run, join_runs
from aspire_ingest.load.writing.symbol_fonts import is_symbol_font, symbol
from aspire_ingest.load.writing.tally import RemarkTally

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
STRUCK, HIDDEN, DELETED = "struck passage", "hidden passage", "deleted passage"
_SKIPPED = frozenset(
    f"{W}{name}"
    for name in (
        "pPr", "rPr", "rt", "rubyPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "tblPr",
        "tblGrid", "trPr", "tcPr", "annotationRef", "footnoteRef", "endnoteRef", "separator",
        "continuationSeparator", "delInstrText", "ffData", "pgNum",
    )
)  # fmt: skip
_DELETED = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "delText"))
_SPACES = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Inline:
    """The text of one paragraph, the notes that it refers to, and the boxes anchored in it."""

    text: str
    notes: list[str]
    boxes: list[Element]
    has_vanished: bool = False
    """Some of it was left out that a reader does not see at all: hidden or deleted, not struck."""


@dataclass(slots=True, kw_only=True)
class _Context:
    """What is collected for one paragraph, and the look of the run that is being read."""

    style_id: str | None
    runs: list[Run] = field(default_factory=list[Run])
    notes: list[str] = field(default_factory=list[str])
    boxes: list[Element] = field(default_factory=list[Element])
    look: RunLook = field(default_factory=RunLook)
    last_left_out: str = ""
    has_vanished: bool = False
    is_backed: bool = False


class InlineReader:
    """Reads paragraphs in the order of the document; fields may span several."""

    def __init__(self, styles: Styles, notes: Notes, tally: RemarkTally) -> None:
        """Nothing is read yet.

        Args:
            styles: say what is hidden, struck or raised.
            notes: count the notes that are referred to.
            tally: counts what is left out.
        """
        self.marks_page_numbers = False
        self.is_backed = False
        """Inside a table or a box, a colour may lie behind white letters."""
        self._styles = styles
        self._notes = notes
        self._tally = tally
        self._fields = FieldState()
        self._readers: dict[str, Callable[[Element, _Context], None]] = {
            f"{W}r": self._run,
            f"{W}t": lambda node, context: self._text(node.text or "", context),
            f"{W}instrText": lambda node, _: self._fields.code(node.text or ""),
            f"{W}fldChar": self._field_mark,
            f"{W}fldSimple": self._simple_field,
            f"{W}sym": self._symbol,
            f"{W}sdt": self._control,
            f"{W}footnoteReference": self._reference,
            f"{W}endnoteReference": self._reference,
            f"{W}commentReference": lambda node, _: self._tally.add("hidden", "comment"),
            f"{W}drawing": self._drawing,
            f"{W}pict": self._drawing,
            f"{W}object": self._drawing,
            f"{W}txbxContent": lambda node, context: context.boxes.append(node),
            f"{M}oMath": self._equation,
            f"{MC}AlternateContent": self._alternate,
        }

    def read(self, paragraph: Element, style_id: str | None) -> Inline:
        """Read one paragraph of a style."""
        context = _Context(style_id=style_id)
        own = paragraph.find(f"{W}pPr/{W}shd")
        shading = own is not None or self._styles.paragraph_property(style_id, "shd")
        context.is_backed = self.is_backed or bool(shading)
        self._children(paragraph, context)
        self._fields.end_paragraph()
        text = join_runs(context.runs)
        return Inline(
            text=text,
            notes=context.notes,
            boxes=context.boxes,
            has_vanished=context.has_vanished,
        )

    def _children(self, node: Element, context: _Context) -> None:
        for child in node:
            tag = child.tag
            if tag in self._readers:
                self._readers[tag](child, context)
            elif tag in _SPACES:
                self._text(_SPACES[tag], context)
            elif tag in _DELETED:
                self._deleted(child, context)
            elif tag not in _SKIPPED and isinstance(tag, str):  # pyright: ignore[reportUnnecessaryIsInstance] - comments have a function here
                self._children(child, context)

    def _run(self, run: Element, context: _Context) -> None:
        outer = context.look
        context.look = self._styles.look(run.find(f"{W}rPr"), context.style_id)
        self._children(run, context)
        context.look = outer

    def _text(self, text: str, context: _Context) -> None:
        if self._fields.is_code or not text:
            return
        if self.marks_page_numbers and self._fields.is_page_number:
            text = PAGE_NUMBER
        look = context.look
        if look.is_struck or look.is_hidden or (look.is_white and not context.is_backed):
            self._leave_out(STRUCK if look.is_struck else HIDDEN, text, context)
            return
        if is_symbol_font(look.font) or any("\uf020" <= sign <= "\uf0ff" for sign in text):
            text = "".join(self._sign(look.font, ord(sign)) for sign in text)
        if text.strip():
            context.last_left_out = ""
        context.runs.append(Run(text, look.height))

    def _leave_out(self, what: str, text: str, context: _Context) -> None:
        """Count neighbouring runs that are left out for one reason as one passage."""
        if text.strip() and what != context.last_left_out:
            self._tally.add("hidden", what)
            context.has_vanished |= what != STRUCK
            context.last_left_out = what

    def _deleted(self, node: Element, context: _Context) -> None:
        text = "".join(inner.text or "" for inner in node.iter(f"{W}delText", f"{W}t"))
        if node.tag == f"{W}delText":
            text = node.text or ""
        self._leave_out(DELETED, text, context)

    def _sign(self, font: str, code: int) -> str:
        if chr(code).isspace():
            return " "
        sign = symbol(font or "Wingdings", code)
        if sign is None:
            self._tally.add("lost", f"sign of the font {font or 'unknown'}", _signs(font))
        return sign or ""

    def _symbol(self, node: Element, context: _Context) -> None:
        font, code = attribute(node, "font") or "", attribute(node, "char") or ""
        try:
            sign = self._sign(font, int(code, 16))
        except (ValueError, OverflowError):
            return
        outer = context.look
        if is_symbol_font(outer.font):
            context.look = RunLook(
                is_hidden=outer.is_hidden, is_struck=outer.is_struck, height=outer.height
            )
        self._text(sign, context)
        context.look = outer

    def _field_mark(self, node: Element, context: _Context) -> None:
        shown = self._fields.mark(node)
        if shown:
            context.runs.append(Run(shown))
        if self.marks_page_numbers and self._fields.is_page_number:
            context.runs.append(Run(PAGE_NUMBER))

    def _simple_field(self, node: Element, context: _Context) -> None:
        if self.marks_page_numbers and is_page_field(attribute(node, "instr") or ""):
            context.runs.append(Run(PAGE_NUMBER))
            return
        shown = form_field(node)
        if shown:
            context.runs.append(Run(shown))
        self._children(node, context)

    def _control(self, node: Element, context: _Context) -> None:
        """A content control shows its content; a box to tick shows its state."""
        state = node.find(f"{W}sdtPr/{W14}checkbox")
        if state is None:
            for content in node.iterchildren(f"{W}sdtContent"):
                self._children(content, context)
            return
        checked = state.find(f"{W14}checked")
        value = None if checked is None else checked.get(f"{W14}val")
        self._text("☑" if value in ("1", "true", "on") else "☐", context)

    def _reference(self, node: Element, context: _Context) -> None:
        look = context.look
        if look.is_hidden or look.is_struck or self._fields.is_code:
            return
        kind = "footnote" if node.tag == f"{W}footnoteReference" else "endnote"
        is_own = attribute(node, "customMarkFollows") not in (None, "0", "false")
        key, label = self._notes.refer(kind, attribute(node, "id") or "", has_own_mark=is_own)
        if label:
            context.runs.append(Run(label, "reference"))
        context.notes.append(key)

    def _drawing(self, node: Element, context: _Context) -> None:
        if context.look.is_hidden:
            self._leave_out(HIDDEN, "drawing", context)
            return
        context.boxes += read_drawing(node, self._tally)

    def _equation(self, node: Element, context: _Context) -> None:
        def seen_text(run: Element) -> str:
            look = self._styles.look(run.find(f"{W}rPr"), context.style_id)
            text = run_text(run)
            if look.is_hidden or look.is_struck:
                what = STRUCK if look.is_struck else HIDDEN
                self._leave_out(what, text, context)
                return ""
            return text

        context.runs.append(Run(linear(node, seen_text)))
        if len(node) and not context.runs[-1].text.strip():
            self._tally.add("lost", "equation")

    def _alternate(self, node: Element, context: _Context) -> None:
        content = chosen(node)
        if content is not None:
            self._children(content, context)


def is_deleted_mark(paragraph: Element) -> bool:
    """Tell whether the end of a paragraph was deleted: its text then goes on in the next one."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(is_on(mark.find(f"{W}{name}")) for name in ("del", "moveFrom"))


def _signs(font: str) -> str:
    return f"signs of the font {font or 'unknown'}"
