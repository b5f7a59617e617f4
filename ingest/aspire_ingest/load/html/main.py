"""The main part of a page: the one it marks, or the one around the text that is found.

Where a page marks its main part (`main`, `article`, the usual ids), that part is taken whole:
nothing of a table or an FAQ is lost. Where it does not, Trafilatura finds where the text is, and
the part of the page around it is taken.
"""

from copy import deepcopy

import trafilatura
from lxml import etree

from aspire_ingest.load.html.furniture import is_part_of_main
from aspire_ingest.load.html.text import inline_text, render
from aspire_ingest.load.html.tree import Element, drop, tag_of

_MAIN_PATHS = (
    "//main", "//*[@role='main']", "//*[@itemprop='articleBody']", "//article",
    *(f"//*[@id='{name}']" for name in (
        "main-content", "maincontent", "mainContent", "main_content", "main-contents",
        "maincontents", "content-main", "contents_main", "main", "article", "contents", "content",
    )),
)  # fmt: skip
_MARKED_BY_ELEMENT = 2
"""The first so many of `_MAIN_PATHS` are believed of a short text too."""
_MAX_TO_SEARCH = 300_000
"""Characters up to which the text is searched for: Trafilatura's time grows faster than a page."""
_MIN_SHARE = 0.3
_MIN_CHARACTERS = 150


def main_part(tree: Element, body: Element) -> Element:
    """The part of a pruned page that becomes its text; `body` where no other is sure."""
    everything = len(inline_text(body))
    root = _marked_main(body, everything)
    if root is not None:
        return root
    if everything > _MAX_TO_SEARCH:
        return body
    found = trafilatura.bare_extraction(
        _without_names(tree),
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    extracted = getattr(found, "body", None)
    text = render(extracted) if extracted is not None else ""
    if len(text) < _MIN_SHARE * everything:
        return body
    around = _with_long_articles(_surrounding(body, text), body, everything)
    return around if len(render(around)) >= 0.8 * len(text) else body


def _without_names(tree: Element) -> Element:
    """A copy in which text bears no id or class: by a word in one, Trafilatura drops a section."""
    copied = deepcopy(tree)
    for mark in list(copied.iter("template")):
        drop(mark)
    lengths = _lengths(copied)
    for element, (length, linked) in lengths.items():
        if linked < _MIN_SHARE * length or is_part_of_main(element):
            for name in ("id", "class"):
                if name in element.attrib:
                    del element.attrib[name]
    return copied


def _lengths(tree: Element) -> dict[Element, tuple[int, int]]:
    """The characters inside each element, and those of them that are links."""
    lengths: dict[Element, tuple[int, int]] = {}
    for _, element in etree.iterwalk(tree, events=("end",)):
        inner = [lengths[child] for child in element if child in lengths]
        tails = sum(len((child.tail or "").strip()) for child in element)
        length = len((element.text or "").strip()) + tails + sum(pair[0] for pair in inner)
        linked = length if tag_of(element) == "a" else sum(pair[1] for pair in inner)
        lengths[element] = length, linked
    return lengths


def _surrounding(body: Element, text: str) -> Element:
    """The smallest part of the page that holds nearly all of an extracted text.

    Trafilatura finds where the text is, but drops headings and cells: the part is rendered whole.
    """
    wanted = ["".join(line.split()) for line in text.split("\n") if len(line) > 20]
    wanted = [line for line in wanted if "|" not in line] or wanted
    here = body
    while True:
        inner = next((child for child in here if _holds(child, wanted)), None)
        if inner is None or _loses_headline(here, inner):
            return here
        here = inner


def _with_long_articles(part: Element, body: Element, everything: int) -> Element:
    """The part, or what is around it where a long article lies outside: two alike are not one."""
    articles = [
        one for one in body.iter("article") if len(inline_text(one)) >= _MIN_SHARE * everything
    ]
    while part is not body and not all(_overlap(one, part) for one in articles):
        above = part.getparent()
        part = body if above is None else above
    return part


def _overlap(one: Element, other: Element) -> bool:
    return one is other or one in other.iterancestors() or other in one.iterancestors()


def _holds(element: Element, wanted: list[str]) -> bool:
    whole = "".join(inline_text(element).split())
    return sum(line in whole for line in wanted) >= 0.9 * len(wanted)


def _loses_headline(outer: Element, inner: Element) -> bool:
    """Whether stepping in leaves the headline outside, and little else."""
    headlines = sum(1 for _ in outer.iter("h1")) - sum(1 for _ in inner.iter("h1"))
    return headlines > 0 and len(inline_text(inner)) > 0.5 * len(inline_text(outer))


def _marked_main(body: Element, everything: int) -> Element | None:
    """The part that the page marks as its main one, if it holds a fair share of the text."""
    for position, path in enumerate(_MAIN_PATHS):
        found = body.xpath(f".{path}")
        # an element path gives elements only
        roots: list[Element] = found if isinstance(found, list) else []  # pyright: ignore[reportAssignmentType, reportUnknownVariableType]
        if len(roots) == 1:
            length = len(inline_text(roots[0]))
            is_long = position < _MARKED_BY_ELEMENT or length >= _MIN_CHARACTERS
            if length and is_long and length >= _MIN_SHARE * everything:
                return roots[0]
    return None
