"""Bounds of fetching, and what a fetch gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from aspire_ingest.index.types import Kind

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """Bounds of one URL fetch. `allow` is `ASPIRE_FETCH_ALLOW`: hosts, host:port, networks."""

    allow: Sequence[str] = ()
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 20.0
    """Of waiting for the next bytes."""
    total_timeout_s: float = 60.0
    """Of the whole fetch, redirects and name lookups included."""
    max_redirects: int = 5
    max_bytes: int = 50 * MEBIBYTE
    """Of the body, also after decompression."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRule:
    """Which edition an address or a title names, by a regular expression."""

    pattern: str
    where: Literal["url", "title"] = "url"
    edition: str | None = None
    """A template for `re.Match.expand` (`FY\\1`); else the group `edition`, or the first."""

    def read(self, *, url: str | None, title: str) -> str | None:
        """The edition, or None where the rule does not fit."""
        match = re.search(self.pattern, (url or "") if self.where == "url" else title)
        if match is None:
            return None
        if self.edition is not None:
            return match.expand(self.edition) or None
        return match.groupdict().get("edition") or match[match.re.groups and 1] or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a source says of its documents where they are silent themselves."""

    kind: Kind | None = None
    language: str | None = None
    publisher: str | None = None
    editions: tuple[EditionRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave with a page, to be asked by whether it changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One successful answer."""

    url: str
    """The address after redirects."""
    body: bytes
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    """Both for asking later whether the page changed."""
    is_unmodified: bool = False
    """The server said that nothing changed since; there is no body then."""

    @property
    def path(self) -> str:
        """The path of the address, for its extension."""
        return unquote(urlsplit(self.url).path)
