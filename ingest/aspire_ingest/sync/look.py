"""Going over a source on the web: which pages there are, and what became of those known."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from aspire_ingest.errors import FetchError, LoadError
from aspire_ingest.pipeline.plan import Failure
from aspire_ingest.sync.listings import Listings, is_listing
from aspire_ingest.sync.pages import PageTaker, ReadPage
from aspire_ingest.sync.visitor import NotOursError, Requests, Visitor
from aspire_ingest.web.pace import ask_all
from aspire_ingest.web.scope import Scope
from aspire_ingest.web.sources import WebSource
from aspire_ingest.web.types import Fetched, Validators
from aspire_ingest.web.visits import PageVisit, VisitStore
from aspire_ingest.web.webaddress import host_of

_TOGETHER = 8
"""Pages asked for before what they hold is read: bounds what is held in memory."""
_SILENT = 4
"""So many pages of a host in a row without any answer, and the host is left alone."""
_MOST_SITEMAPS = 50

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Looked:
    """What one look at a source found."""

    source: WebSource
    look: str
    problem: str = ""
    """Why the source as a whole cannot be trusted this time; empty where it can."""
    pages: list[PageVisit] = field(default_factory=list[PageVisit])
    """Pages visited, in the order in which they were met."""
    failures: list[Failure] = field(default_factory=list[Failure])
    skipped: list[Failure] = field(default_factory=list[Failure])
    """Links that lead nowhere, or to pages that are not ours to read; none was ever indexed."""
    moved: dict[str, str] = field(default_factory=dict[str, str])
    """Addresses that now lead elsewhere, and where."""
    requests: Requests = field(default_factory=Requests)


class Look:
    """One look at one source. A look that was cut goes on where it was."""

    def __init__(
        self,
        source: WebSource,
        store: VisitStore,
        visitor: Visitor,
        read: ReadPage,
        look: str,
        *,
        with_ocr: bool = False,
    ) -> None:
        """Nothing is asked for yet; `look` is what `VisitStore.begin` said."""
        self._scope, self._store, self._visitor = Scope(source), store, visitor
        self._source = source
        everything = store.pages(source.name)
        self._known = {url: page for url, page in everything.items() if not is_listing(url)}
        self._listings = Listings(
            source=source.name,
            look=look,
            store=store,
            visitor=visitor,
            known={url: page for url, page in everything.items() if is_listing(url)},
        )
        self._taker = PageTaker(
            scope=self._scope, visitor=visitor, read=read, look=look, with_ocr=with_ocr
        )
        self._silent: dict[str, int] = {}
        self.found = Looked(source=source, look=look, requests=visitor.requests)

    def run(self, progress: Progress) -> Looked:
        """Visit all pages of the source.

        Raises:
            StoppedError: the end was asked for; what was visited is kept.
        """
        waiting = self._beginning()
        seen = {url for url, _ in waiting}
        most = max(self._source.limits.pages, len(self._known))
        while waiting:
            batch, waiting = waiting[:_TOGETHER], waiting[_TOGETHER:]
            for page in self._visited(batch):
                for link in self._worth_following(page):
                    if link not in seen and len(seen) < most:
                        seen.add(link)
                        waiting.append((link, page.depth + 1))
                    elif link not in seen:
                        self._too_many(most)
            progress("visit", len(self.found.pages), len(seen))
        self._judge()
        return self.found

    def _beginning(self) -> list[tuple[str, int]]:
        """Pages that the file or a listing names, then those known from earlier looks."""
        most = self._source.limits.pages
        named = list(dict.fromkeys((*self._scope.seeds, *self._listed())))
        if len(named) > most:
            self._too_many(most)
        named = named[:most]
        self._taker.named = frozenset(named)
        start = dict.fromkeys(named, 0)
        for url, page in self._known.items():
            if self._scope.takes(url):
                start.setdefault(url, page.depth)
        return list(start.items())

    def _listed(self) -> Iterator[str]:
        waiting = list(self._scope.listings)
        for _ in range(_MOST_SITEMAPS):
            if not waiting:
                return
            url = waiting.pop(0)
            try:
                listing = self._listings.ask(url)
            except LoadError as error:
                self._fail(url, error.reason)
                self.found.problem = f"{url}: {error.reason}"
                continue
            waiting += listing.blocks
            yield from filter(self._scope.takes, listing.links)

    def _visited(self, batch: Sequence[tuple[str, int]]) -> Iterator[PageVisit]:
        depths = dict(batch)
        asked = [url for url, _ in batch if not self._is_done(url) and self._is_alive(url)]
        for url in asked:
            self._visitor.meet(url)
        answers = dict(zip(asked, self._ask(asked), strict=True))
        for url, depth in depths.items():
            page = self._known.get(url)
            if not (page is not None and self._is_done(url)):
                page = self._taken(page, url, depth, answers.get(url))
            self.found.pages.append(page)
            self._report(page)
            if page.outcome == "ok":
                yield page

    def _ask(self, urls: Sequence[str]) -> list[Fetched | LoadError]:
        def ask(url: str) -> Fetched | LoadError:
            return self._visitor.ask(url, self._validators(url))

        answers = ask_all(urls, ask, at_once=self._visitor.at_once)
        for url, answer in zip(urls, answers, strict=True):
            requests, host = self.found.requests, host_of(url)
            requests.pages += 1
            requests.conditional += self._validators(url) is not None
            requests.unmodified += isinstance(answer, Fetched) and answer.is_unmodified
            if isinstance(answer, Fetched | FetchError):
                self._silent[host] = 0
            elif not isinstance(answer, NotOursError):
                self._silent[host] = self._silent.get(host, 0) + 1
        return answers

    def _validators(self, url: str) -> Validators | None:
        page = self._known.get(url)
        if page is None or page.body_hash is None or page.loader not in self._taker.versions:
            return None
        if page.etag is None and page.last_modified is None:
            return None
        return Validators(etag=page.etag, last_modified=page.last_modified)

    def _is_done(self, url: str) -> bool:
        """Whether this look, before it was cut, got a clear answer already."""
        page = self._known.get(url)
        return page is not None and page.look == self.found.look and page.outcome != "failed"

    def _is_alive(self, url: str) -> bool:
        return self._silent.get(host_of(url), 0) < _SILENT

    def _taken(
        self, old: PageVisit | None, url: str, depth: int, answer: Fetched | LoadError | None
    ) -> PageVisit:
        """What became of a page, kept at once."""
        page, name = self._taker.take(old, url, depth, answer), self._source.name
        self._store.put_page(name, page)
        if old is not None and old.address and page.address and old.address != page.address:
            self.found.moved[old.address] = page.address
            self._store.put_addresses(name, [(old.address, f"moved to {page.address}")])
        return replace(page, parsed=None)  # it is kept, and need not be held

    def _worth_following(self, page: PageVisit) -> Sequence[str]:
        if page.depth >= self._scope.depth:
            return ()
        return [link for link in page.links if self._scope.takes(link)]

    def _report(self, page: PageVisit) -> None:
        if page.outcome == "failed":
            self._fail(page.url, page.reason)
        elif page.outcome == "gone" and page.body_hash is None:
            if page.url in self._taker.named:
                self._fail(page.url, page.reason)
            else:
                self.found.skipped.append(Failure(target=page.url, error=page.reason))
        elif page.outcome == "skipped":
            self.found.skipped.append(Failure(target=page.url, error=page.reason))

    def _fail(self, target: str, error: str) -> None:
        self.found.failures.append(Failure(target=target, error=error))

    def _too_many(self, most: int) -> None:
        if not self.found.problem:
            self.found.problem = f"leads to more than {most} pages; raise limits.pages, or exclude"
            self._fail(self._source.name, self.found.problem)

    def _judge(self) -> None:
        """A source of which no page could be had has failed as a whole."""
        reasons = [page.reason for page in self.found.pages if page.outcome == "failed"]
        is_any = any(page.outcome == "ok" for page in self.found.pages)
        if reasons and not is_any and not self.found.problem:
            self.found.problem = f"none of its pages could be had: {reasons[0]}"
