"""Which placeholder of its layout a shape is, if any."""

from aspire_ingest.load.elements import Element, child
from aspire_ingest.load.openxml.drawing_text import shape_properties


def placeholder(element: Element) -> Element | None:
    """What says that a shape is a placeholder."""
    found = (child(properties, "nvPr", "ph") for properties in shape_properties(element))
    return next((holder for holder in found if holder is not None), None)


def holder_type(holder: Element) -> str:
    """`title`, `ftr`, …; `obj` where it says none."""
    return holder.get("type") or "obj"


def placeholder_type(element: Element) -> str:
    """The type of a placeholder, "" of what is none."""
    holder = placeholder(element)
    return holder_type(holder) if holder is not None else ""
