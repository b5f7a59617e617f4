"""Bounds of fetching, and what a fetch gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

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

    @property
    def path(self) -> str:
        """The path of the address, for its extension."""
        return unquote(urlsplit(self.url).path)
