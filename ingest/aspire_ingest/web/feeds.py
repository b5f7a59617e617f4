"""Sitemaps and feeds: the addresses they list. Pure; own XML is never trusted."""

import zlib
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

_MAX_UNPACKED = 50 * 1024 * 1024
_MAX_ENTRIES = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a sitemap or a feed lists: pages, or further sitemaps."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_listing(body: bytes) -> Listing:
    """Read a sitemap, an index of sitemaps, an RSS or an Atom feed; gzip is unpacked.

    Raises:
        ValueError: it is none of these; the message says so.
    """
    if body.startswith(b"\x1f\x8b"):
        body = _unpacked(body)
    try:
        root = fromstring(body.strip())
    except DefusedXmlException as error:
        raise ValueError("defines entities of its own, and is refused") from error
    except (ParseError, LookupError, ValueError) as error:
        raise ValueError(f"is no sitemap or feed that can be read ({error})") from error
    name = _name(root)
    if name == "sitemapindex":
        return Listing(sitemaps=_texts(root, "sitemap", "loc"))
    if name == "urlset":
        return Listing(pages=_texts(root, "url", "loc"))
    if name in ("rss", "rdf"):
        return Listing(pages=_texts(root, "item", "link"))
    if name == "feed":
        return Listing(pages=_atom(root))
    raise ValueError(f"is no sitemap and no feed, but <{name}>")


def _unpacked(body: bytes) -> bytes:
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpacked = unpack.decompress(body, _MAX_UNPACKED)
    except zlib.error as error:
        raise ValueError("is a damaged gzip file") from error
    if unpack.unconsumed_tail:
        raise ValueError("is too large when it is unpacked")
    return unpacked


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def _texts(root: Element, outer: str, inner: str) -> tuple[str, ...]:
    found = (
        (child.text or "").strip()
        for entry in root.iter()
        if _name(entry) == outer
        for child in entry
        if _name(child) == inner
    )
    return tuple(dict.fromkeys(filter(None, found)))[:_MAX_ENTRIES]


def _atom(root: Element) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for entry in (child for child in root if _name(child) == "entry"):
        links = [child for child in entry if _name(child) == "link"]
        chosen = [link for link in links if link.get("rel", "alternate") == "alternate"]
        for link in chosen[:1]:
            found[(link.get("href") or "").strip()] = None
    return tuple(filter(None, found))[:_MAX_ENTRIES]
