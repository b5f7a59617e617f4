"""What a web page states of itself: meta elements, JSON-LD, and its own visible date."""

import json
import re
from collections.abc import Iterator

from aspire_ingest.index.types import DateOrigin
from aspire_ingest.load.html.text import Element, inline_text, tag_of
from aspire_ingest.load.parse_result import Stated
from aspire_ingest.load.stated.dates import parse_date
from aspire_ingest.load.writing.clean import tidy

_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_PUBLISHERS = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher",
               "publisher", "article:publisher_name", "application-name")  # fmt: skip
_PUBLISHED = ("article:published_time", "citation_publication_date", "citation_date",
              "citation_online_date", "dc.date.issued", "dcterms.issued", "dc.date",
              "dcterms.date", "pubdate", "publishdate", "publish-date", "publication_date",
              "datepublished", "date")  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "dcterms.modified", "last-modified",
             "datemodified")  # fmt: skip
_LANGUAGES = ("content-language", "og:locale", "dc.language", "language")
_KEPT = ("description", "keywords", "author")
_SEPARATOR = re.compile(r"\s+[|｜\-–—:：»]\s+|\s*[|｜]\s*")
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:pub\w*|post\w*|entry|release|news|article)?[-_]?(?:date|day)(?:$|[\s_-])", re.I
)
_MAX_JSON_LD = 200_000


def read_page_metadata(tree: Element) -> Stated:
    """Collect what the page says of itself; nothing is guessed from its host name."""
    metas = _metas(tree)
    linked = _linked_data(tree)

    def first(keys: tuple[str, ...]) -> str | None:
        return next((metas[key] for key in keys if metas.get(key)), None)

    stated = first(_PUBLISHED) or linked.get("datePublished")
    published = stated or _visible_date(tree)
    origin: DateOrigin = "metadata" if stated or published is None else "text"
    if published is None or parse_date(published) is None:
        changed = first(_MODIFIED) or linked.get("dateModified")
        published, origin = (changed, "metadata") if changed else (published, origin)
    publisher = first(_PUBLISHERS) or linked.get("publisher")
    return Stated(
        title=_title(tree, first(_TITLES), publisher),
        url=_canonical(tree) or _absolute(metas.get("og:url")),
        publisher=publisher,
        published=published,
        published_from=origin,
        declared_language=_page_language(tree) or first(_LANGUAGES),
        extra={key: metas[key] for key in _KEPT if metas.get(key)},
    )


def _metas(tree: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (
            meta.get("property")
            or meta.get("name")
            or meta.get("itemprop")
            or meta.get("http-equiv")
        )
        content = tidy(meta.get("content") or "")
        if key and content:
            found.setdefault(key.strip().lower(), content)
    return found


def _linked_data(tree: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for script in tree.iter("script"):
        text = script.text or ""
        if script.get("type") != "application/ld+json" or len(text) > _MAX_JSON_LD:
            continue
        try:
            value: object = json.loads(text)
        except (ValueError, RecursionError):
            continue  # many sites write broken JSON-LD; the page is good without it
        for entry in _entries(value):
            for key in ("datePublished", "dateModified"):
                date = entry.get(key)
                if isinstance(date, str):
                    found.setdefault(key, date)
            publisher = entry.get("publisher")
            name = publisher.get("name") if isinstance(publisher, dict) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType] - JSON
            if isinstance(name, str) and tidy(name):
                found.setdefault("publisher", tidy(name))
    return found


def _entries(value: object) -> Iterator[dict[str, object]]:
    """The objects of a JSON-LD value, one level of `@graph` deep."""
    values: list[object] = value if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownVariableType] - JSON
    for entry in values:
        if isinstance(entry, dict):
            known: dict[str, object] = entry  # pyright: ignore[reportUnknownVariableType] - JSON has str keys
            yield known
            graph = known.get("@graph")
            if isinstance(graph, list):
                yield from (part for part in graph if isinstance(part, dict))  # pyright: ignore[reportUnknownVariableType] - JSON


def _title(tree: Element, stated: str | None, publisher: str | None) -> str | None:
    """The one headline of the page, else its stated title without the name of the site."""
    headings = [text for text in map(inline_text, _headlines(tree)) if text]
    if len(headings) == 1 and headings[0] != publisher:
        return headings[0]
    whole = stated or next((inline_text(element) for element in tree.iter("title")), "")
    parts = [part for part in _SEPARATOR.split(whole) if part]
    if parts and parts[0] in headings:
        return parts[0]
    if len(parts) > 1 and parts[-1] == publisher:
        return whole[: whole.rindex(parts[-1])].rstrip(" |｜-–—:：»")
    return whole or (headings[0] if headings else None)


def _headlines(tree: Element) -> Iterator[Element]:
    """First-level headings, less the one of the site: a logo at the top of every page."""
    for heading in tree.iter("h1"):
        outer = [tag_of(element) for element in heading.iterancestors()]
        if "nav" not in outer and ("header" not in outer or "article" in outer or "main" in outer):
            yield heading


def _canonical(tree: Element) -> str | None:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return (link.get("href") or "").strip() or None  # relative only where it was fetched
    return None


def _absolute(value: str | None) -> str | None:
    value = (value or "").strip()
    return value if re.fullmatch(r"https?://[^\s/]+\S*", value) else None


def _page_language(tree: Element) -> str | None:
    lang = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    return lang.strip() or None if lang else None


def _visible_date(tree: Element) -> str | None:
    """The date the page shows as its own: marked up as published, or the one in a date element."""
    for element in tree.iter():
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            value = element.get("datetime") or element.get("content") or inline_text(element)
            if parse_date(value):
                return value
    dates: dict[str, str] = {}
    for element in tree.iter("p", "div", "span", "time", "dd", "li"):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _DATE_CLASS.search(named) or (
            tag_of(element) == "time" and _DATE_CLASS.search(_outer(element))
        ):
            text = inline_text(element)
            date = parse_date(text) if len(text) < 60 else None
            if date is not None and len(date) == len("2025-11-11"):
                dates[date] = text
    return next(iter(dates.values())) if len(dates) == 1 else None


def _outer(element: Element) -> str:
    parent = element.getparent()
    return (parent.get("class") or "") if parent is not None else ""
