"""The text of an OpenDocument paragraph as its reader sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aspire_ingest.load.elements import Element
from aspire_ingest.load.opendocument.styles import DRAW, OFFICE, TEXT, Look, OdfStyles, count
from aspire_ingest.load.writing.margins import PAGE_NUMBER
from aspire_ingest.load.writing.superscripts import Run, join_runs
from aspire_ingest.load.writing.tally import RemarkTally

_SKIPPED = frozenset({
    f"{TEXT}tracked-changes", f"{TEXT}ruby-text", f"{TEXT}number", f"{TEXT}bookmark",
    f"{TEXT}soft-page-break", f"{OFFICE}forms", f"{OFFICE}event-listeners",
    f"{OFFICE}annotation-end", f"{TEXT}script",
})  # fmt: skip
_SPACES = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_MOST_SPACES = 100


@dataclass(slots=True)
class OdfInline:
    """The text of one paragraph, its notes (label and body), and the frames anchored in it."""

    text: str = ""
    notes: list[tuple[str, Element]] = field(default_factory=list[tuple[str, Element]])
    frames: list[Element] = field(default_factory=list[Element])


@dataclass(slots=True)
class _Context:
    runs: list[Run] = field(default_factory=list[Run])
    inline: OdfInline = field(default_factory=OdfInline)
    last_left_out: str = ""


class OdfInlineReader:
    """Reads paragraphs; what is hidden or struck is left out and counted."""

    def __init__(self, styles: OdfStyles, tally: RemarkTally) -> None:
        """Nothing is read yet."""
        self.marks_page_numbers = False
        self.controls: Mapping[str, str] = {}
        """What each control of the document shows, by its id."""
        self._styles = styles
        self._tally = tally

    def read(self, paragraph: Element, outer: Look) -> OdfInline:
        """Read one `text:p` or `text:h` inside something that looks like `outer`."""
        context = _Context()
        hidden = next(paragraph.iter(f"{TEXT}hidden-paragraph"), None)
        if hidden is not None and hidden.get(f"{TEXT}is-hidden") == "true":
            self._tally.add("hidden", "hidden paragraph")
            return context.inline
        look = self._styles.look("paragraph", paragraph.get(f"{TEXT}style-name"), outer)
        self._walk(paragraph, look, context)
        context.inline.text = join_runs(context.runs)
        return context.inline

    def _walk(self, node: Element, look: Look, context: _Context) -> None:
        self._text(node.text or "", look, context)
        for child in node:
            self._child(child, look, context)
            self._text(child.tail or "", look, context)

    def _child(self, node: Element, look: Look, context: _Context) -> None:
        tag = node.tag
        if not isinstance(tag, str) or tag in _SKIPPED:  # pyright: ignore[reportUnnecessaryIsInstance] - comments have a function here
            return
        if tag == f"{TEXT}span":
            name = node.get(f"{TEXT}style-name")
            self._walk(node, self._styles.look("text", name, look), context)
        elif tag == f"{TEXT}s":
            spaces = min(count(node.get(f"{TEXT}c"), 1), _MOST_SPACES)
            self._text(" " * spaces, look, context)
        elif tag in _SPACES:
            self._text(_SPACES[tag], look, context)
        elif tag == f"{TEXT}note":
            self._note(node, context)
        elif tag == f"{OFFICE}annotation":
            self._tally.add("hidden", "comment")
        elif tag == f"{TEXT}hidden-text" and node.get(f"{TEXT}is-hidden") != "false":
            self._tally.add("hidden", "hidden passage")
        elif tag in (f"{TEXT}page-number", f"{TEXT}page-count") and self.marks_page_numbers:
            context.runs.append(Run(PAGE_NUMBER))
        elif tag.startswith(DRAW) and tag != f"{DRAW}a":
            self._drawn(node, look, context)
        else:
            self._walk(node, look, context)

    def _drawn(self, node: Element, look: Look, context: _Context) -> None:
        """A control shows its state in the line; all else stands beside the paragraph."""
        if node.tag == f"{DRAW}control":
            self._text(self.controls.get(node.get(f"{DRAW}control") or "", ""), look, context)
        else:
            context.inline.frames.append(node)

    def _note(self, node: Element, context: _Context) -> None:
        citation, body = node.find(f"{TEXT}note-citation"), node.find(f"{TEXT}note-body")
        label = "".join(map(str, citation.itertext())).strip() if citation is not None else ""
        if label:
            context.runs.append(Run(label, "reference"))
        if body is not None:
            context.inline.notes.append((label, body))

    def _text(self, text: str, look: Look, context: _Context) -> None:
        if not text:
            return
        if look.is_hidden or look.is_struck or look.is_unseen:
            what = "struck passage" if look.is_struck else "hidden passage"
            if text.strip() and context.last_left_out != what:
                self._tally.add("hidden", what)
                context.last_left_out = what
            return
        if text.strip():
            context.last_left_out = ""
        context.runs.append(Run(text, look.height))
