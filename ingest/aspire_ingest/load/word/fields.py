"""Fields of Word: what they show is text, what computes them is not."""

from dataclasses import dataclass, field

from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.package import W
from aspire_ingest.load.word.styles import attribute, is_on

_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list[str])
    shows: bool = False


@dataclass(slots=True)
class FieldState:
    """Which fields are open, outermost first; their marks lie in runs, not around them."""

    _open: list[_Field] = field(default_factory=list[_Field])

    def mark(self, element: Element) -> str:
        """Take one `w:fldChar`; give the text that a form field shows by itself."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append(_Field())
            return form_field(element)
        if kind == "separate" and self._open:
            self._open[-1].shows = True
        elif kind == "end" and self._open:
            self._open.pop()
        return ""

    def code(self, text: str) -> None:
        """Take a piece of the code of the innermost field."""
        if self._open:
            self._open[-1].code.append(text)

    @property
    def is_code(self) -> bool:
        """Whether text here belongs to the code of a field."""
        return any(not entry.shows for entry in self._open)

    @property
    def is_page_number(self) -> bool:
        """Whether text here is the number of a page."""
        return any(is_page_field("".join(entry.code)) for entry in self._open)

    def end_paragraph(self) -> None:
        """Close fields that show nothing: broken files leave them open for ever."""
        while self._open and not self._open[-1].shows:
            self._open.pop()


def is_page_field(code: str) -> bool:
    """Tell whether a field shows the number of a page, or of pages."""
    return next(iter(code.split()), "").upper() in _PAGE_FIELDS


def form_field(element: Element) -> str:
    """What the data of an old form field shows: its box, or the entry chosen of its list."""
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        state = box.find(f"{W}checked")
        return "☑" if is_on(box.find(f"{W}default") if state is None else state) else "☐"
    choices = element.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return ""
    entries = [attribute(entry) or "" for entry in choices.iterchildren(f"{W}listEntry")]
    chosen = choices.find(f"{W}result")
    place = attribute(choices.find(f"{W}default") if chosen is None else chosen) or "0"
    return entries[int(place)] if place.isdecimal() and int(place) < len(entries) else ""
