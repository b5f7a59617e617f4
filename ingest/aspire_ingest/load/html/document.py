"""HTML: the main text as block Markdown, and what the page states of itself.

The page is parsed by libxml2, which knows no entities beyond HTML's own. What its reader does not
see is taken out first, then what is written otherwise than in a line (formulas, raised marks, form
controls) is put into words; only then the main part is looked for and rendered.
"""

import re
from collections.abc import Callable

from lxml import etree, html

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import Remark
from aspire_ingest.load.encoding.encoding import decode, unread_remarks
from aspire_ingest.load.html.controls import write_controls
from aspire_ingest.load.html.furniture import prune
from aspire_ingest.load.html.links import read_links
from aspire_ingest.load.html.losses import count_lost
from aspire_ingest.load.html.main import main_part
from aspire_ingest.load.html.math import write_formulas
from aspire_ingest.load.html.meta import read_page_metadata
from aspire_ingest.load.html.order import count_doubts
from aspire_ingest.load.html.script_pages import is_only_a_frame, script_remarks
from aspire_ingest.load.html.style import TooMuchStyleError
from aspire_ingest.load.html.superscripts import write_scripts_on_the_line
from aspire_ingest.load.html.table import unwrap_layout
from aspire_ingest.load.html.text import JAPANESE_WRAP, MAX_DEPTH, render
from aspire_ingest.load.html.visibility import count_unseen, take_out_unseen
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.writing.clean import scrub
from aspire_ingest.load.writing.tally import RemarkTally
from aspire_ingest.web.types import MEBIBYTE

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parse(raw: Raw) -> Parsed:
    """Read one page.

    Raises:
        LoadError: it is too large, nests too deep, or holds no text of its own.
    """
    return parse_with_sheets(raw, lambda _: None)


def parse_with_sheets(raw: Raw, sheet_at: Callable[[str], str | None]) -> Parsed:
    """Read one page; `sheet_at` gives the style sheet of an address, None where it is not at hand.

    Raises:
        LoadError: as `parse` does.
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
    links = read_links(tree)
    try:
        take_out_unseen(tree, sheet_at)
    except TooMuchStyleError as error:
        raise LoadError(raw.name, f"cannot be read: {error}; simplify the page") from error
    stated = read_page_metadata(tree)
    text, remarks = _main_text(tree, raw.name)
    return Parsed(text=text, stated=stated, links=links, remarks=remarks)


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
    return tree


def _main_text(tree: html.HtmlElement, name: str) -> tuple[str, tuple[Remark, ...]]:
    bodies = tree.findall("body")
    if not bodies:
        raise LoadError(name, "holds no text; check the page")
    body = bodies[0]
    by_scripts = script_remarks(body)
    prune(body)
    if is_only_a_frame(body, has_scripts=bool(by_scripts)):
        raise LoadError(
            name,
            "holds no text of its own, scripts build it; save it from a browser once it shows its "
            "text, or give its printing version",
        )
    unwrap_layout(tree)
    write_formulas(body)
    write_scripts_on_the_line(body)
    write_controls(body)
    root = main_part(tree, body)
    text = render(root)
    if not text:
        raise LoadError(name, "holds no text; if scripts build the page, save it from a browser")
    tally = RemarkTally()
    count_unseen(root, tally)
    count_lost(root, tally)
    count_doubts(root, tally)
    return text, (*tally.remarks(), *by_scripts, *unread_remarks(text))
