"""The parts of an Open XML file and how they refer to each other, without a model of a library."""

import posixpath
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from aspire_ingest.errors import LoadError
from aspire_ingest.load.archive import check_package
from aspire_ingest.load.elements import Element, children, parse_xml
from aspire_ingest.load.parse_result import Raw

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
"""Files saved as "Strict" say the same in other namespaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What one part refers to by `relation_id`: the last word of the type, and a part's name."""

    relation_id: str
    kind: str
    target: str


class OpenXmlPackage:
    """One DOCX, PPTX or XLSX file; parts are named without a leading slash, in any case."""

    def __init__(self, raw: Raw) -> None:
        """Check the package, and open it.

        Raises:
            LoadError: it is a bomb, damaged or protected.
        """
        check_package(raw)
        self._raw = raw
        self._zip = zipfile.ZipFile(BytesIO(raw.data))
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def main(self) -> str:
        """The name of the part that holds the document.

        Raises:
            LoadError: there is none.
        """
        found = self.related("", "officeDocument")
        if not found:
            raise LoadError(self._raw.name, "is damaged (it has no main part); save it again")
        return found[0]

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to inside the file, there or not; the file's own for the part ""."""
        folder, name = posixpath.split(part)
        tree = self.find(posixpath.join(folder, "_rels", f"{name}.rels"))
        if tree is None:
            return []
        return [
            Relation(
                relation_id=found.get("Id") or "",
                kind=posixpath.basename(found.get("Type") or ""),
                target=_resolve(folder, found.get("Target") or ""),
            )
            for found in children(tree, "Relationship")
            if found.get("TargetMode") != "External"
        ]

    def related(self, part: str, kind: str) -> list[str]:
        """The parts there are that `part` refers to by this kind ("styles"), in order."""
        return list(self.targets(part, kind).values())

    def targets(self, part: str, kind: str) -> dict[str, str]:
        """The same by the id of the relation."""
        return {
            relation.relation_id: relation.target
            for relation in self.relations(part)
            if relation.kind == kind and relation.target.lower() in self._names
        }

    def xml(self, part: str) -> Element:
        """Parse one part.

        Raises:
            LoadError: it is missing, damaged or not well-formed.
        """
        found = self.find(part)
        if found is None:
            raise LoadError(self._raw.name, f"is damaged (no part {part}); save it again")
        return found

    def find(self, part: str) -> Element | None:
        """Parse one part; None where there is none.

        Raises:
            LoadError: it is damaged or not well-formed.
        """
        name = self._names.get(part.lower())
        if name is None:
            return None
        try:
            data = self._zip.read(name)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
            reason = f"is damaged (in its part {part}); save it again"
            raise LoadError(self._raw.name, reason) from error
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(strict, transitional)
        return parse_xml(data, self._raw)

    def open(self, part: str) -> IO[bytes] | None:
        """The bytes of a part as a stream; None where there is none."""
        name = self._names.get(part.lower())
        return self._zip.open(name) if name is not None else None


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
