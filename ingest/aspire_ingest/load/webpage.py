"""HTML: the main text as block Markdown, and what the page states of itself.

Where a page marks its main part (`main`, `article`, the usual ids), that part is taken whole, less
navigation and the like: nothing of a table or an FAQ is lost. Where it does not, Trafilatura finds
where the text is, and the part of the page around it is taken. The page is parsed by libxml2,
which knows no entities beyond HTML's own.
"""

import re
from copy import deepcopy

import trafilatura
from lxml import etree, html

from aspire_ingest.clean import scrub
from aspire_ingest.errors import LoadError
from aspire_ingest.load.encoding import decode
from aspire_ingest.load.pagelinks import read_links
from aspire_ingest.load.pagemeta import read_page_metadata
from aspire_ingest.load.pagetext import (
    JAPANESE_WRAP,
    MAX_DEPTH,
    Element,
    inline_text,
    render,
    tag_of,
    unwrap_layout,
)
from aspire_ingest.load.parsed import Parsed, Raw
from aspire_ingest.sources.types import MEBIBYTE

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NEVER_TEXT = frozenset(
    ["nav", "footer", "aside", "dialog", "form", "noscript", "script", "style", "template"]
)
_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog"]
)
_BOILERPLATE = re.compile(
    r"(?:[gs]?-?nav|global-?nav|menu|bread-?crumbs?|topic-?path|pankuzu|pan|side-?(?:bar|menu|nav)|"
    r"sub-?nav|foot(?:er)?|(?:site|page|global)-?(?:foot|head)(?:er)?|share|sns|social|cookies?|"
    r"(?:page|to|go)-?top|related|pagination|pager|skip|advert\w*|ads?|comments?|"
    r"(?:site-?)?search-?(?:box|form|bar)?|lang(?:uage)?-?(?:switch\w*|select\w*|menu|nav))"
    r"(?:[-_]\w+)*|\w+[-_](?:nav|menu|breadcrumbs?|footer|sidebar|share)",
    re.IGNORECASE,
)
"""One class or id that names furniture."""
_MAIN_PATHS = (
    "//main", "//*[@role='main']", "//*[@itemprop='articleBody']", "//article",
    *(f"//*[@id='{name}']" for name in (
        "main-content", "maincontent", "mainContent", "main_content", "main-contents",
        "maincontents", "content-main", "contents_main", "main", "article", "contents", "content",
    )),
)  # fmt: skip
_MAX_TO_SEARCH = 300_000
"""Characters up to which the text is searched for: Trafilatura's time grows faster than a page."""
_MIN_SHARE = 0.3
_MIN_CHARACTERS = 150


def parse(raw: Raw) -> Parsed:
    """Read one page.

    Raises:
        LoadError: it is too large, nests too deep, or holds no text.
    """
    limit = raw.options.max_markup_bytes
    if len(raw.data) > limit:
        size = len(raw.data) / MEBIBYTE
        raise LoadError(
            raw.name,
            f"is a page of {size:.0f} MB, over the limit of {limit / MEBIBYTE:g} MB; split it",
        )
    source = scrub(decode(raw.data, raw.name, charset=raw.charset, markup=True))
    source = _XML_DECLARATION.sub("", source)
    if "<pre" not in source:
        source = JAPANESE_WRAP.sub("", source)  # Trafilatura would make a space of it
    tree = _tree(source, raw)
    stated, links = read_page_metadata(tree), read_links(tree)
    text = _main_text(tree)
    if not text:
        raise LoadError(
            raw.name, "holds no text; if scripts build the page, save it from a browser"
        )
    return Parsed(text=text, stated=stated, links=links)


def _tree(source: str, raw: Raw) -> html.HtmlElement:
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source, parser=parser)  # pyright: ignore[reportUnknownMemberType] - the stubs leave **kw open
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise LoadError(raw.name, f"holds no HTML that can be read ({error})") from error
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise LoadError(raw.name, f"nests elements more than {MAX_DEPTH} deep; simplify the page")
    unwrap_layout(tree)
    return tree


def _main_text(tree: html.HtmlElement) -> str:
    bodies = tree.findall("body")
    if not bodies:
        return ""
    body = bodies[0]
    _prune(body)
    everything = len(inline_text(body))
    root = _marked_main(body, everything)
    if root is not None:
        return render(root)
    if everything > _MAX_TO_SEARCH:
        return render(body)
    found = trafilatura.bare_extraction(
        deepcopy(tree),
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    extracted = getattr(found, "body", None)
    text = render(extracted) if extracted is not None else ""
    if len(text) < _MIN_SHARE * everything:
        return render(body)
    around = render(_surrounding(body, text))
    return around if len(around) >= 0.8 * len(text) else render(body)


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


def _holds(element: Element, wanted: list[str]) -> bool:
    whole = "".join(inline_text(element).split())
    return sum(line in whole for line in wanted) >= 0.9 * len(wanted)


def _loses_headline(outer: Element, inner: Element) -> bool:
    """Whether stepping in leaves the headline outside, and little else."""
    headlines = sum(1 for _ in outer.iter("h1")) - sum(1 for _ in inner.iter("h1"))
    return headlines > 0 and len(inline_text(inner)) > 0.5 * len(inline_text(outer))


def _marked_main(body: Element, everything: int) -> Element | None:
    """The part that the page marks as its main one, if it holds a fair share of the text."""
    for path in _MAIN_PATHS:
        found = body.xpath(f".{path}")
        # an element path gives elements only
        roots: list[Element] = found if isinstance(found, list) else []  # pyright: ignore[reportAssignmentType, reportUnknownVariableType]
        if len(roots) == 1:
            length = len(inline_text(roots[0]))
            if length >= _MIN_CHARACTERS and length >= _MIN_SHARE * everything:
                return roots[0]
    return None


def _prune(body: Element) -> None:
    """Take out navigation and the like; whatever follows such an element stays."""
    doomed = [element for element in body.iterdescendants() if _is_boilerplate(element)]
    for element in doomed:
        if element.getparent() is not None:
            _drop(element)


def _is_boilerplate(element: Element) -> bool:
    tag, role = tag_of(element), element.get("role")
    if tag in _NEVER_TEXT or role in _ROLES:
        return True
    if tag in ("main", "article", "h1", "html", "body") or role == "main":
        return False
    if tag == "header":
        return not any(tag_of(outer) in ("main", "article") for outer in element.iterancestors())
    return _is_hidden(element) or _is_named_boilerplate(element)


def _is_hidden(element: Element) -> bool:
    style = element.get("style") or ""
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or re.search(r"display\s*:\s*none", style) is not None
    )


def _is_named_boilerplate(element: Element) -> bool:
    """A telling class or id counts for small parts; large ones must be mostly links as well."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    if not any(map(_BOILERPLATE.fullmatch, named)):
        return False
    return len(inline_text(element)) < 2000 or _link_share(element) > 0.5


def _link_share(element: Element) -> float:
    linked = sum(len(inline_text(link)) for link in element.iter("a"))
    return linked / (len(inline_text(element)) or 1)


def _drop(element: Element) -> None:
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
