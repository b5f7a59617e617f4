"""Footnotes and endnotes of Word: their text, and the numbers that a reader sees."""

from dataclasses import dataclass, field

from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.package import OpenXmlPackage, W
from aspire_ingest.load.word.styles import attribute
from aspire_ingest.load.writing.list_numbers import format_number

_DEFAULT_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(slots=True)
class Notes:
    """The notes by kind and id (`footnote:2`). Word numbers them in the order of their marks."""

    _elements: dict[str, Element] = field(default_factory=dict[str, Element])
    _forms: dict[str, str] = field(default_factory=lambda: dict(_DEFAULT_FORMS))
    _counts: dict[str, int] = field(default_factory=dict[str, int])
    _labels: dict[str, str] = field(default_factory=dict[str, str])

    def refer(self, kind: str, note_id: str, *, has_own_mark: bool) -> tuple[str, str]:
        """Take one mark in the text; give the key of its note and the number it shows.

        The number is "" where the author wrote a mark of their own.
        """
        key = f"{kind}:{note_id}"
        if has_own_mark:
            return key, ""
        if key not in self._labels:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._labels[key] = format_number(self._counts[kind], self._forms[kind])
        return key, self._labels[key]

    def element(self, key: str) -> Element | None:
        """The note itself; given once, for where its first mark stands."""
        return self._elements.pop(key, None)

    def label(self, key: str) -> str:
        """The number of a note; "" where it has its own mark."""
        return self._labels.get(key, "")


def read_notes(package: OpenXmlPackage, main: str) -> Notes:
    """Read the notes of a document and the form of their numbers."""
    elements: dict[str, Element] = {}
    forms = dict(_DEFAULT_FORMS)
    for kind in _DEFAULT_FORMS:
        for part in package.related(main, f"{kind}s"):
            for note in package.xml(part).iterchildren(f"{W}{kind}"):
                if attribute(note, "type") in (None, "normal"):
                    elements[f"{kind}:{attribute(note, 'id') or ''}"] = note
        for part in package.related(main, "settings"):
            form = attribute(package.xml(part).find(f"{W}{kind}Pr/{W}numFmt"))
            forms[kind] = form or forms[kind]
    return Notes(elements, forms)
