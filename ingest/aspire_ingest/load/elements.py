"""XML elements: parsing them safely, and finding children and attributes by their local names."""

from collections.abc import Iterator
from typing import IO

from lxml import etree

from aspire_ingest.errors import LoadError
from aspire_ingest.load.parse_result import Raw

Element = etree._Element  # pyright: ignore[reportPrivateUsage] - lxml has no public name for it


def parse_xml(data: bytes, raw: Raw) -> Element:
    """Parse one part with entities, network and huge trees off.

    Raises:
        LoadError: it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LoadError(raw.name, f"holds broken XML ({error}); save it again") from error


def local_name(element: Element) -> str:
    """The name of an element without its namespace; "" of comments and the like."""
    tag: object = element.tag  # the stubs say str; comments have a function here
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""  # pyright: ignore[reportUnnecessaryIsInstance]


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
