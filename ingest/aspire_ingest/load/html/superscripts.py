"""Raised and lowered characters of a page (`sup`, `sub`), written on the line.

A footnote that a raised mark leads to is put below the block that carries the mark, as notes of
Word are: at the end of a page it stands under a heading that it has nothing to do with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from aspire_ingest.load.html.text import INLINE, SKIPPED, inline_text
from aspire_ingest.load.html.tree import Element, drop, replace_content, tag_of
from aspire_ingest.load.writing.clean import tidy
from aspire_ingest.load.writing.superscripts import (
    REACH,
    lowered,
    note_goes_before,
    raised,
    with_stop,
)

_BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "figure"}
)
_MARK = re.compile(r"\W*(?:note\s?|注\s?)?(\d{1,3}|[a-z])\W*", re.IGNORECASE)
_OF_LITERATURE = re.compile(r"\b(?:references|bibliography|literature|works cited)\b|文献|出典")
_LONGEST_NOTE = 600
"""Characters: what is longer is a section that a raised mark points at."""
_NOTE_ROLES = frozenset({"doc-noteref", "noteref", "doc-backlink"})


def write_scripts_on_the_line(body: Element) -> None:
    """Put in place of each `sup` and `sub` what it says beside the text before it."""
    if next(body.iter("sup", "sub"), None) is None:
        return
    notes = list(_notes(body))
    finder = _Walker(None)
    finder.visit(body)
    _Walker(frozenset(finder.at_start & finder.inside)).visit(body)
    for note in reversed(notes):  # the first of a block stands right below it
        note.put_below()


@dataclass(frozen=True, slots=True)
class _Note:
    """An entry at the end of a page, and the block with the raised mark that leads to it."""

    entry: Element
    block: Element
    mark: str
    sup: Element

    def put_below(self) -> None:
        """Move it below the block, beginning with its mark as the block has it."""
        word = "注" if "注" in inline_text(self.sup) else "note "
        said = etree.Element("p")
        said.text = f"({word}{self.mark}) {tidy(inline_text(self.entry))}"
        whole = self.entry.getparent()
        drop(self.entry)
        if whole is not None and next(whole.iter("li"), None) is None:
            drop(whole)
        self.block.addnext(said)


def _notes(body: Element) -> Iterator[_Note]:
    """Find what raised marks lead to: entries of a numbered list that is none of literature."""
    by_id = {name: entry for entry in body.iter("li") for name in _names(entry)}
    known: set[Element] = set()
    for sup in body.iter("sup"):
        for link in (*sup.iter("a"), *sup.iterancestors("a")):
            name = (link.get("href") or "").removeprefix("#")
            entry, block = by_id.get(name), _block_of(sup)
            mark = _MARK.fullmatch(tidy(inline_text(link)))
            if entry is None or block is None or mark is None or entry in known:
                continue
            known.add(entry)
            if _is_note(entry, block):
                for back in list(entry.iter("a")):
                    if (back.get("href") or "").startswith("#"):
                        drop(back)
                yield _Note(entry, block, mark[1], sup)


def _names(entry: Element) -> Iterator[str]:
    """By what an entry is found: its own id, and those of what it begins with."""
    for element in (entry, *islice(entry.iterdescendants(), 3)):
        if name := element.get("id") or element.get("name"):
            yield name


def _block_of(sup: Element) -> Element | None:
    return next(
        (one for one in reversed(list(sup.iterancestors())) if tag_of(one) in _BLOCKS), None
    )


def _is_note(entry: Element, block: Element) -> bool:
    whole = entry.getparent()
    if whole is None or tag_of(whole) != "ol" or block in entry.iterancestors():
        return False
    above = [one for one in whole.itersiblings(preceding=True) if tag_of(one) in _BLOCKS][:1]
    is_literature = any(_OF_LITERATURE.search(inline_text(one).lower()) for one in above)
    return not is_literature and len(inline_text(entry)) <= _LONGEST_NOTE


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
