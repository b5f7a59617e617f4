"""Pages that scripts build in the browser: the file is a frame without the text.

Told by structure: boxes with a name and nothing in them, a word to readers without scripts, and
hardly a sentence beside. A whole page that also runs scripts is no such page.
"""

import re

from aspire_ingest.index.types import Remark
from aspire_ingest.load.html.text import inline_text
from aspire_ingest.load.html.tree import Element, raw_text, tag_of

_BOXES = frozenset({"div", "main", "section", "article", "span"})
_TEXT = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dd", "pre", "blockquote"}
)
_SENTENCE = re.compile(r"[。！？]|[.!?](?:\s|$)")
_MOST_OF_A_FRAME = 200
_MOST_OF_A_NOTICE = 1000


def script_remarks(body: Element) -> tuple[Remark, ...]:
    """Tell of text that scripts would have put in place; asked before anything is pruned."""
    if next(body.getroottree().iter("script"), None) is None:
        return ()
    is_for_scripts = any(
        len(raw_text(notice).strip()) > 20
        and next(notice.iterdescendants("iframe", "img"), None) is None
        for notice in body.iter("noscript")
    )
    empty = [element for element in body.iterdescendants() if _is_empty_box(element)]
    shown = len(inline_text(body))
    has_empty_main = any(
        tag_of(box) in ("main", "article") or box.get("role") == "main" for box in empty
    )
    if has_empty_main or (shown < _MOST_OF_A_NOTICE and (empty or is_for_scripts)):
        return (Remark(kind="lost", what="text that scripts put in place"),)
    return ()


def is_only_a_frame(body: Element, *, has_scripts: bool) -> bool:
    """Tell whether a pruned page shows no more than a word on being loaded."""
    text = inline_text(body)
    if len(text) > _MOST_OF_A_FRAME:
        return False
    has_text = any(
        tag_of(inner) in _TEXT and inline_text(inner) for inner in body.iterdescendants()
    )
    return has_scripts and not (has_text and _SENTENCE.search(text))


def _is_empty_box(element: Element) -> bool:
    """A box that only scripts can fill: it has a name, or a tag of its own, and nothing inside."""
    tag = tag_of(element)
    if len(element) or (element.text or "").strip():
        return False
    return "-" in tag or (tag in _BOXES and bool(element.get("id")))
