"""Which addresses belong to a source. Pure."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from aspire_ingest.web.patterns import matches
from aspire_ingest.web.sources import Feed, Pages, Site, Sitemap, WebSource
from aspire_ingest.web.webaddress import fold, host_of

_PDF = re.compile(r"\.pdf$", re.IGNORECASE)
_NO_DOCUMENT = re.compile(
    r"\.(?:png|jpe?g|gif|webp|svg|ico|bmp|tiff?|heic|mp[34]|m4[av]|wav|mov|avi|webm|og[gv]|wmv|css|"
    r"js|mjs|json|xml|rss|atom|woff2?|ttf|otf|eot|zip|gz|tgz|tar|bz2|xz|7z|rar|exe|dmg|pkg|iso|"
    r"ics|vcf|swf)$",
    re.IGNORECASE,
)
"""Files that pages link to and that hold no text we read."""
_OLD_OFFICE = re.compile(r"\.(?:doc|dot|xls|ppt)$", re.IGNORECASE)


def is_old_office(url: str) -> bool:
    """Whether a link leads, as far as its name tells, to a DOC, XLS or PPT file."""
    return _OLD_OFFICE.search(urlsplit(url).path) is not None


def may_hold_text(url: str) -> bool:
    """Whether a link leads, as far as its name tells, to something that can be read."""
    return _NO_DOCUMENT.search(urlsplit(url).path) is None


@dataclass(frozen=True, slots=True)
class Scope:
    """The addresses of one source."""

    source: WebSource

    @property
    def seeds(self) -> tuple[str, ...]:
        """The addresses that the sources file names, in the one spelling."""
        source = self.source
        named = (
            source.start
            if isinstance(source, Site)
            else source.pages
            if isinstance(source, Pages)
            else ()
        )
        return tuple(dict.fromkeys(filter(None, map(fold, named))))

    @property
    def listings(self) -> tuple[str, ...]:
        """Sitemaps or feeds to begin with, as they are spelt."""
        if isinstance(self.source, Sitemap):
            return self.source.sitemap
        return self.source.feed if isinstance(self.source, Feed) else ()

    @property
    def depth(self) -> int:
        """How many links to follow one after another."""
        return self.source.depth if isinstance(self.source, Site) else 0

    def takes(self, url: str) -> bool:
        """Whether an address belongs to the source, however it was met."""
        source = self.source
        if isinstance(source, Pages):
            return url in self.seeds
        if matches(source.exclude, url):
            return False
        if isinstance(source, Site):
            return self._is_in_section(source, url)
        if any(host_of(url) == host_of(listing) for listing in self.listings):
            return not source.include or matches(source.include, url)
        # a listing speaks for its own host; others are named in full
        return matches([one for one in source.include if not one.startswith("/")], url)

    def is_list(self, url: str) -> bool:
        """Whether a page is visited for its links only."""
        return isinstance(self.source, Site) and matches(self.source.lists, url)

    def keeps_host(self, url: str) -> bool:
        """Whether a page may be found at this address after redirects."""
        if isinstance(self.source, Site):
            return host_of(url) in {host_of(seed) for seed in self.seeds}
        if isinstance(self.source, Pages):
            return True  # staff named the page: where it moved is what they meant
        return self.takes(url)

    def _is_in_section(self, source: Site, url: str) -> bool:
        seeds = self.seeds
        if host_of(url) not in {host_of(seed) for seed in seeds}:
            return False
        if url in seeds:
            return True
        if _PDF.search(urlsplit(url).path):
            return source.follow_pdf
        if source.include:
            return matches(source.include, url)
        return any(url.startswith(_folder(seed)) for seed in seeds)


def _folder(url: str) -> str:
    """The folder that a page lies in: what a section is where nothing else is said."""
    parts = urlsplit(url)
    return f"{host_of(url)}{posixpath.dirname(parts.path) if parts.path else ''}".rstrip("/") + "/"
