"""Raised and lowered characters of a page (`sup`, `sub`), written on the line."""

from dataclasses import dataclass

from aspire_ingest.load.html.text import INLINE, SKIPPED, inline_text
from aspire_ingest.load.html.tree import Element, replace_content, tag_of
from aspire_ingest.load.writing.clean import tidy
from aspire_ingest.load.writing.superscripts import (
    REACH,
    lowered,
    note_goes_before,
    raised,
    with_stop,
)

_NOTE_ROLES = frozenset({"doc-noteref", "noteref", "doc-backlink"})


def write_scripts_on_the_line(body: Element) -> None:
    """Put in place of each `sup` and `sub` what it says beside the text before it."""
    if next(body.iter("sup", "sub"), None) is None:
        return
    finder = _Walker(None)
    finder.visit(body)
    _Walker(frozenset(finder.at_start & finder.inside)).visit(body)


@dataclass(slots=True)
class _Place:
    """A run of text in the tree, which may still lose its last character."""

    element: Element
    is_tail: bool

    def take_stop(self, note: str) -> str:
        """Take the stop from the end of the run that belongs behind the note."""
        text = (self.element.tail if self.is_tail else self.element.text) or ""
        stop = note_goes_before(text, note)
        if stop and self.is_tail:
            self.element.tail = text[:-1]
        elif stop:
            self.element.text = text[:-1]
        return stop


class _Walker:
    """Walks a page once, the text of the block so far at hand.

    Without known definitions it only collects which marks begin a block and which stand inside.
    """

    def __init__(self, defined: frozenset[str] | None) -> None:
        self.at_start: set[str] = set()
        self.inside: set[str] = set()
        self._defined = defined
        self._before = ""
        self._place: _Place | None = None

    def visit(self, element: Element) -> None:
        tag = tag_of(element)
        if not tag or tag in SKIPPED:
            return
        is_block = tag not in INLINE
        if is_block:
            self._before, self._place = "", None
        if tag in ("sup", "sub"):
            self._script(element, tag)
            return
        self._pass(element, element.text, is_tail=False)
        for child in element:
            self.visit(child)
            if tag_of(child) not in INLINE and tag_of(child) not in SKIPPED:
                self._before, self._place = "", None
            self._pass(child, child.tail, is_tail=True)

    def _pass(self, element: Element, text: str | None, *, is_tail: bool) -> None:
        if text:
            shown = " ".join(f"|{text}|".split())[1:-1]
            self._before = (self._before + shown)[-2 * REACH :]
            self._place = _Place(element, is_tail)

    def _script(self, element: Element, tag: str) -> None:
        mark = tidy(inline_text(element))
        if self._defined is None:
            (self.inside if self._before.strip() else self.at_start).add(mark)
            self._before += mark or " "
            return
        after = element.tail or _after(element)
        if tag == "sub":
            written = lowered(mark, self._before, after)
        else:
            written = raised(
                mark,
                self._before,
                after,
                is_linked=_is_linked(element),
                is_defined=mark in self._defined,
            )
            if self._place is not None:
                written = with_stop(written, self._place.take_stop(written))
        replace_content(element, written)
        self._before = (self._before + written)[-2 * REACH :]
        self._place = None


def _after(element: Element) -> str:
    """The text that follows the inline elements which an element ends."""
    for outer in element.iterancestors():
        if tag_of(outer) not in INLINE:
            return ""
        if outer.getnext() is not None or outer.tail:
            return outer.tail or ""
    return ""


def _is_linked(element: Element) -> bool:
    """Tell whether a mark leads to a place of the same page, as a note does."""
    links = [*element.iter("a"), *(outer for outer in element.iterancestors("a"))]
    return any(
        (link.get("href") or "").startswith("#") or link.get("role") in _NOTE_ROLES
        for link in links
    )
