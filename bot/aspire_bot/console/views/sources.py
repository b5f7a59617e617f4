"""A source as staff describe it in a form. Pure."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from aspire_bot.curator_sources import NewSource
from aspire_ingest.index.types import AUDIENCES, KINDS

SOURCE_TYPES = ("site", "sitemap", "feed", "pages")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
_MOST_ADDRESSES = 50
_MOST_CHARACTERS = 2000


def source_from(given: Mapping[str, str]) -> NewSource:
    """Read the form: an address a line."""
    lines = (line.strip() for line in given.get("addresses", "").splitlines())
    return NewSource(
        name=given.get("name", "").strip(),
        type=given.get("type", ""),
        addresses=tuple(line for line in lines if line),
        audience=given.get("audience", ""),
        kind=given.get("kind", ""),
        publisher=" ".join(given.get("publisher", "").split())[:200],
    )


def fault_of(source: NewSource) -> str:
    """Say in a word what is wrong with it; "" where nothing is."""
    if not _NAME.fullmatch(source.name):
        return "bad_name"
    if source.type not in SOURCE_TYPES:
        return "bad_type"
    if not source.addresses or len(source.addresses) > _MOST_ADDRESSES:
        return "bad_addresses"
    if not all(_is_address(one) for one in source.addresses):
        return "bad_addresses"
    if source.audience not in ("", *AUDIENCES) or source.kind not in ("", *KINDS):
        return "bad_type"
    return ""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and len(text) <= _MOST_CHARACTERS
        )
    except ValueError:
        return False
