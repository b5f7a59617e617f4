"""Pages of a source as items of the pipeline: known by what they hold, parsed when needed."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import Document
from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.types import LOADER_VERSION, LoadOptions
from aspire_ingest.sync.furniture import furniture, without
from aspire_ingest.sync.look import Looked
from aspire_ingest.sync.pages import parsed_adapter
from aspire_ingest.web.scope import Scope
from aspire_ingest.web.visits import PageVisit, VisitStore
from aspire_ingest.web.webaddress import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class PageItem:
    """One page that was visited; see `load.Item`."""

    source: str
    """Its address."""
    page: PageVisit
    unwanted: tuple[str, ...]
    """Hashes of its blocks that are furniture of the site."""
    options: LoadOptions
    parsed: Callable[[], bytes | None] = field(repr=False)

    @property
    def name(self) -> str:
        """Its address."""
        return self.source

    def raw_hash(self) -> str:
        """SHA-256 over what shapes the document: no network, no parsing."""
        told = (
            LOADER_VERSION,
            self.options.described(),
            self.source,
            self.page.body_hash,
            *self.unwanted,
        )
        return hashlib.sha256(repr(told).encode("utf-8", "surrogateescape")).hexdigest()

    def load(self) -> list[Document]:
        """Make the document of what was read.

        Raises:
            LoadError: what was read is not there any more, or holds no text.
        """
        kept = self.parsed()
        if kept is None:
            raise LoadError(self.source, "what was read of it is lost; sync again")
        parsed = parsed_adapter().validate_json(kept)
        translations = (fold(place) or place for place in parsed.translations)
        parsed = replace(
            parsed,
            text=without(parsed.text, self.unwanted),
            stated=replace(parsed.stated, url=self.source),
            translations=tuple(
                dict.fromkeys(place for place in translations if place != self.source)
            ),
        )
        return [assemble(parsed, source=self.source, name=self.source, options=self.options)]


def page_items(looked: Looked, store: VisitStore, options: LoadOptions) -> list[PageItem]:
    """The items of the pages that were found, one for each address, in the order met."""
    known = store.pages(looked.source.name)
    chosen = _by_address(looked)
    common = furniture(
        (page.group, page.blocks)
        for page in _by_address_of(known.values()).values()
        if page.outcome != "gone" and page.is_indexed
    )
    return [
        PageItem(
            source=address,
            page=page,
            unwanted=_unwanted(page, common),
            options=options,
            parsed=_reader(store, looked.source.name, page.url),
        )
        for address, page in chosen.items()
    ]


def _unwanted(page: PageVisit, common: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    found = common.get(page.group, ())
    return tuple(sorted(block for block in page.blocks if block in found))


def _reader(store: VisitStore, source: str, url: str) -> Callable[[], bytes | None]:
    return lambda: store.parsed(source, url)


def _by_address(looked: Looked) -> dict[str, PageVisit]:
    is_list = Scope(looked.source).is_list
    return _by_address_of(
        page
        for page in looked.pages
        if page.outcome == "ok" and page.is_indexed and not is_list(page.address or page.url)
    )


def _by_address_of(pages: Iterable[PageVisit]) -> dict[str, PageVisit]:
    """One page for each address: the one that was asked for by it, else the first."""
    chosen: dict[str, PageVisit] = {}
    for page in pages:
        if page.address is not None and (page.address not in chosen or page.url == page.address):
            chosen[page.address] = page
    return chosen
