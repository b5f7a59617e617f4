"""The element tree of a web page: what an element is called, and taking elements out of it."""

from collections.abc import Iterator

from aspire_ingest.load.elements import Element, local_name


def tag_of(element: Element) -> str:
    """The tag in lower case without namespace; empty for comments and instructions."""
    return local_name(element).lower()


def raw_text(element: Element) -> str:
    """All text inside an element as the source has it, that of children included."""
    return "".join(str(piece) for piece in element.itertext())


def is_within(element: Element, tags: frozenset[str]) -> bool:
    """Tell whether an element lies in one of these, or is one."""
    return tag_of(element) in tags or any(
        tag_of(outer) in tags for outer in element.iterancestors()
    )


def children_of(element: Element, tags: frozenset[str]) -> Iterator[Element]:
    """The children that have one of these tags."""
    return (child for child in element if tag_of(child) in tags)


def replace_content(element: Element, text: str) -> None:
    """Put text in place of all that an element holds; its attributes and what follows it stay."""
    for child in list(element):
        element.remove(child)
    element.text = text


def drop(element: Element) -> None:
    """Remove an element and keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
