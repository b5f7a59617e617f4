"""The parts of an Office file and how they refer to each other, read without a library's model."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from lxml import etree

from aspire_ingest.load.html.text import Element
from aspire_ingest.load.office import parse_xml
from aspire_ingest.load.parsed import Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What one part refers to by `relation_id`: the last word of the type, and a part's name."""

    relation_id: str
    kind: str
    target: str


class Package:
    """The parts of one file by name; names are met whatever their case."""

    def __init__(self, raw: Raw) -> None:
        """Open the file, which `check_package` has passed."""
        self._raw = raw
        self._zip = zipfile.ZipFile(BytesIO(raw.data))
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def open(self, part: str) -> IO[bytes] | None:
        """The bytes of a part as a stream; None where there is none."""
        name = self._names.get(part.lower())
        return self._zip.open(name) if name is not None else None

    def xml(self, part: str) -> Element | None:
        """The tree of a part; None where there is none.

        Raises:
            LoadError: it is not well-formed.
        """
        stream = self.open(part)
        if stream is None:
            return None
        with stream:
            return parse_xml(stream.read(), self._raw)

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to inside the file; the whole file's own for the part ""."""
        folder, name = posixpath.split(part)
        tree = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
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


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))


def local_name(element: Element) -> str:
    """The name of an element without its namespace; "" of comments and the like."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these local names, whichever edition of the format they are from."""
    return (child for child in element if local_name(child) in names)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of the first child … by local names; None where one is missing."""
    for name in path:
        element = next(children(element, name), None) if element is not None else None
    return element


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute by its local name."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def is_on(value: str | None) -> bool:
    """Whether a switch of the format is on: `1`, `true`, `on`."""
    return value is not None and value.lower() in ("1", "true", "on")


def is_switched_on(element: Element | None) -> bool:
    """Whether an element that is a switch is there and not turned off by its `val`."""
    return element is not None and (attribute(element, "val") or "1") not in ("0", "false", "off")


def stream_elements(stream: IO[bytes], *names: str) -> Iterator[tuple[str, Element]]:
    """Yield ("start" or "end", element) of these names, and forget each when it has ended.

    Raises:
        etree.XMLSyntaxError: it is not well-formed.
    """
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    for event, element in events:
        yield event, element
        if event == "end":
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
