"""Which headers and footers of a Word document its pages show."""

from collections.abc import Iterable, Iterator

from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.package import OpenXmlPackage, R, W
from aspire_ingest.load.word.styles import attribute, is_on

_VML = "{urn:schemas-microsoft-com:vml}"


def watermarks(margins: Iterable[Element]) -> Iterator[str]:
    """What stands across the pages: headers hold it as text along a path."""
    for margin in margins:
        for path in margin.iter(f"{_VML}textpath"):
            yield path.get("string") or ""


def shown_margins(package: OpenXmlPackage, main: str, body: Element) -> Iterator[Element]:
    """The headers and footers that some page shows, in order, each once.

    Args:
        package: the file.
        main: the name of its main part.
        body: `w:body`, whose sections say which are shown.
    """
    for part in _shown_parts(package, main, body):
        yield package.xml(part)


def _shown_parts(package: OpenXmlPackage, main: str, body: Element) -> Iterator[str]:
    names = package.targets(main, "header") | package.targets(main, "footer")
    if not names:
        return
    settings = [package.xml(part) for part in package.related(main, "settings")]
    has_even = any(is_on(root.find(f"{W}evenAndOddHeaders")) for root in settings)
    seen: set[str] = set()
    for section in body.iter(f"{W}sectPr"):
        has_first = is_on(section.find(f"{W}titlePg"))
        for reference in section.iterchildren(f"{W}headerReference", f"{W}footerReference"):
            kind = attribute(reference, "type") or "default"
            name = names.get(reference.get(f"{R}id") or "")
            is_shown = {"first": has_first, "even": has_even}.get(kind, True)
            if is_shown and name is not None and name not in seen:
                seen.add(name)
                yield name
