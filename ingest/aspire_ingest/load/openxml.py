"""The parts of an Open XML package, and how they refer to each other."""

import posixpath
import zipfile
from io import BytesIO

from aspire_ingest.errors import LoadError
from aspire_ingest.load.html.text import Element
from aspire_ingest.load.office import check_package, parse_xml
from aspire_ingest.load.parsed import Raw

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
"""Files saved as "Strict" say the same in other namespaces."""


class OpenXmlPackage:
    """One DOCX, PPTX or XLSX file; parts are named without a leading slash."""

    def __init__(self, raw: Raw) -> None:
        """Check the package, and open it.

        Raises:
            LoadError: it is a bomb, damaged or protected.
        """
        check_package(raw)
        self._raw = raw
        self._zip = zipfile.ZipFile(BytesIO(raw.data))
        self._names = set(self._zip.namelist())

    def main(self) -> str:
        """The name of the part that holds the document.

        Raises:
            LoadError: there is none.
        """
        found = self.related("", "officeDocument")
        if not found:
            raise LoadError(self._raw.name, "is damaged (it has no main part); save it again")
        return found[0]

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that `part` refers to with a relation of this kind ("styles"), in order."""
        return [name for _, name in self._relations(part, kind)]

    def targets(self, part: str, kind: str) -> dict[str, str]:
        """The same by the id of the relation."""
        return dict(self._relations(part, kind))

    def xml(self, part: str) -> Element:
        """Parse one part.

        Raises:
            LoadError: it is missing or not well-formed.
        """
        data = self.data(part)
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(strict, transitional)
        return parse_xml(data, self._raw)

    def data(self, part: str) -> bytes:
        """The bytes of one part.

        Raises:
            LoadError: it is missing or damaged.
        """
        try:
            return self._zip.read(part)
        except (KeyError, zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
            reason = f"is damaged (no part {part}); save it again"
            raise LoadError(self._raw.name, reason) from error

    def _relations(self, part: str, kind: str) -> list[tuple[str, str]]:
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        if place not in self._names:
            return []
        found: list[tuple[str, str]] = []
        for relation in self.xml(place).iter(_RELATION):
            target = relation.get("Target") or ""
            if (relation.get("Type") or "").endswith(f"/{kind}"):
                resolved = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                if relation.get("TargetMode") != "External" and resolved in self._names:
                    found.append((relation.get("Id") or "", resolved))
        return found
