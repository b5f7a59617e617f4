"""What a file says of a shape apart from its look: hidden or not, and which placeholder it is."""

from collections.abc import Iterator

from aspire_ingest.load.elements import Element, child, is_on, local_name


def is_hidden(element: Element) -> bool:
    """Whether a shape is not shown."""
    names = (child(found, "cNvPr") for found in _properties(element))
    return any(name is not None and is_on(name.get("hidden")) for name in names)


def placeholder(element: Element) -> Element | None:
    """What says that a shape is a placeholder."""
    found = (child(properties, "nvPr", "ph") for properties in _properties(element))
    return next((holder for holder in found if holder is not None), None)


def holder_type(holder: Element) -> str:
    """`title`, `ftr`, …; `obj` where it says none."""
    return holder.get("type") or "obj"


def placeholder_type(element: Element) -> str:
    """The type of a placeholder, "" of what is none."""
    holder = placeholder(element)
    return holder_type(holder) if holder is not None else ""


def _properties(element: Element) -> Iterator[Element]:
    return (found for found in element if local_name(found).startswith("nv"))
