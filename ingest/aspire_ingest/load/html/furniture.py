"""Furniture of a page: navigation, banners, share buttons; told by role, links and controls.

A word in an id or class is a hint for small boxes outside the main part, and only where the box
holds nothing but links, controls or a label: inside `main` and `article` names decide nothing.
"""

import re
from collections.abc import Iterator

from aspire_ingest.load.html.text import INLINE, inline_text
from aspire_ingest.load.html.tree import Element, drop, is_within, tag_of

_NEVER_TEXT = frozenset(["nav", "noscript", "script", "style"])
_NEVER_TEXT_ROLES = frozenset(["navigation", "search", "menu", "menubar", "dialog", "alertdialog"])
_BESIDE = frozenset(["footer", "aside", "header", "dialog"])
_BESIDE_ROLES = frozenset(["banner", "contentinfo", "complementary"])
_MAIN = frozenset({"main", "article"})
_STAYS = frozenset({"main", "article", "h1", "html", "body"})
_CONTENT = frozenset(
    ["h1", "h2", "h3", "h4", "h5", "h6", "table", "dl", "figure", "blockquote", "pre"]
)
_PARTS = frozenset(["tr", "td", "th", "thead", "tbody", "tfoot", "caption", "dt", "dd", "template"])
_CONTROLS = ("button", "input", "select")
_NAMED = re.compile(
    r"(?:[gs]?-?nav|global-?nav|menu|bread-?crumbs?|topic-?path|pankuzu|pan|side-?(?:bar|menu|nav)|"
    r"sub-?nav|foot(?:er)?|(?:site|page|global)-?(?:foot|head)(?:er)?|share|sns|social|cookies?|"
    r"(?:page|to|go)-?top|related|pagination|pager|skip|advert\w*|ads?|comments?|"
    r"(?:site-?)?search-?(?:box|form|bar)?|lang(?:uage)?-?(?:switch\w*|select\w*|menu|nav))"
    r"(?:[-_]\w+)*|\w+[-_](?:nav|menu|breadcrumbs?|footer|sidebar|share)",
    re.IGNORECASE,
)
"""One class or id that may name furniture."""
_SHARES = re.compile(r"^(?:https?:)?//.*[?&](?:u|url|text|body)=|^mailto:\?", re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？]|[.!?](?:\s|$)|\d")
_MOST_LABEL = 80
_MOSTLY = 0.5


def prune(body: Element) -> None:
    """Take furniture out of a page; whatever follows such an element stays."""
    for element in [element for element in body.iterdescendants() if _is_furniture(element)]:
        if element.getparent() is not None:
            drop(element)


def is_part_of_main(element: Element) -> bool:
    """Tell whether an element lies in a part that the page marks as its main one."""
    return is_within(element, _MAIN) or any(
        outer.get("role") == "main" for outer in (element, *element.iterancestors())
    )


def link_share(element: Element) -> float:
    """The share of the text of an element that leads elsewhere."""
    linked = sum(len(inline_text(link)) for link in element.iter("a"))
    return linked / (len(inline_text(element)) or 1)


def _is_furniture(element: Element) -> bool:  # noqa: PLR0911 - one line per reason
    tag, role = tag_of(element), element.get("role")
    if tag in _STAYS or role == "main" or not tag:
        return False
    if tag in _NEVER_TEXT or role in _NEVER_TEXT_ROLES:
        return True
    if tag == "dialog" and element.get("open") is None:
        return True
    if tag in _BESIDE or role in _BESIDE_ROLES:
        return _is_beside(element, tag)
    if tag == "form":
        return not _holds_a_text(element)
    if tag in _PARTS:
        return False
    if is_part_of_main(element):
        is_part = tag in ("ul", "ol", "div", "p") or (tag == "a" and not _has_text_beside(element))
        return is_part and _leads_nowhere(element)
    return _is_named_furniture(element, tag)


def _is_beside(element: Element, tag: str) -> bool:
    """Inside the main part a note at the side or the foot is text; a list of links is not."""
    if not is_part_of_main(element):
        return not any(tag_of(inner) in _MAIN for inner in element.iterdescendants())
    return tag != "header" and link_share(element) > _MOSTLY


def _holds_a_text(form: Element) -> bool:
    """Tell a form around a whole page, or one that is filled in, from a box to search or log in."""
    tags = [tag_of(inner) for inner in form.iterdescendants()]
    return any(tag in _CONTENT | _MAIN for tag in tags) or "p" in tags


def _leads_nowhere(element: Element) -> bool:
    """Tell whether all of a small part are links that share the page, or lead to its top."""
    links = list(element.iter("a"))
    if not links or not all(map(_is_own_link, links)):
        return False
    return link_share(element) > 0.95


def _has_text_beside(link: Element) -> bool:
    """Tell whether a link stands in a line of text, which would be cut without it."""
    for part in (link, *link.iterancestors()):
        outer, before = part.getparent(), part.getprevious()
        if outer is None or tag_of(part) not in INLINE:
            return False
        text_before = outer.text if before is None else before.tail
        if (text_before or "").strip() or (part.tail or "").strip():
            return True
    return False


def _is_own_link(link: Element) -> bool:
    href = (link.get("href") or "").strip()
    if _SHARES.search(href):
        return True
    if not href.startswith("#"):
        return False
    target = href[1:]
    return target in ("", "top") or any(outer.get("id") == target for outer in link.iterancestors())


def _is_named_furniture(element: Element, tag: str) -> bool:
    named = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    if not any(map(_NAMED.fullmatch, named)):
        return False
    if any(inner in _CONTENT | _MAIN for inner in (tag, *_tags_inside(element))):
        return link_share(element) > 0.8 and not any(
            inner in _MAIN for inner in _tags_inside(element)
        )
    text = inline_text(element)
    if link_share(element) > _MOSTLY:
        return True
    is_control = any(next(element.iter(name), None) is not None for name in _CONTROLS)
    return is_control or (len(text) <= _MOST_LABEL and not _SENTENCE.search(text))


def _tags_inside(element: Element) -> Iterator[str]:
    return map(tag_of, element.iterdescendants())
