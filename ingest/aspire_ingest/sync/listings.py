"""Asking for sitemaps and feeds, again only if they changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from aspire_ingest.errors import LoadError
from aspire_ingest.sync.visitor import Visitor
from aspire_ingest.web.feeds import read_listing
from aspire_ingest.web.types import Validators
from aspire_ingest.web.visits import PageVisit, VisitStore
from aspire_ingest.web.webaddress import resolve


def is_listing(key: str) -> bool:
    """Whether a kept visit is of a listing: no address of a page holds a space."""
    return " " in key


@dataclass(frozen=True, slots=True, kw_only=True)
class Listings:
    """The sitemaps and feeds of one source, in one look."""

    source: str
    look: str
    store: VisitStore
    visitor: Visitor
    known: Mapping[str, PageVisit]

    def ask(self, url: str) -> PageVisit:
        """A sitemap or feed: its pages are its `links`, further sitemaps its `blocks`.

        Raises:
            LoadError: it cannot be had, or is neither.
        """
        key = f"listing {url}"
        old = self.known.get(key)
        self.visitor.meet(url)
        validators = Validators(etag=old.etag, last_modified=old.last_modified) if old else None
        answer = self.visitor.ask(url, validators)
        if isinstance(answer, LoadError):
            raise answer
        if answer.is_unmodified and old is not None:
            return old
        try:
            listing = read_listing(answer.body)
        except ValueError as error:
            raise LoadError(url, str(error)) from error
        pages = (resolve(answer.url, place) for place in listing.pages)
        page = PageVisit(
            url=key,
            look=self.look,
            outcome="ok",
            etag=answer.etag,
            last_modified=answer.last_modified,
            links=tuple(dict.fromkeys(filter(None, pages))),
            blocks=tuple(urljoin(answer.url, place) for place in listing.sitemaps),
            is_indexed=False,
        )
        self.store.put_page(self.source, page)
        return page
