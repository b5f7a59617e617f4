"""Going over a source on the web: which pages there are, and what became of those known."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import urljoin, urlsplit

from pydantic import TypeAdapter

from aspire_ingest.errors import FetchError, LoadError
from aspire_ingest.load.language import detect_language
from aspire_ingest.load.parsed import Parsed
from aspire_ingest.load.types import LOADER_VERSION
from aspire_ingest.plan import Failure
from aspire_ingest.sources.feeds import read_listing
from aspire_ingest.sources.model import WebSource
from aspire_ingest.sources.pacing import ask_all
from aspire_ingest.sources.scope import Scope, may_hold_text
from aspire_ingest.sources.types import Fetched, Validators
from aspire_ingest.sources.visits import PageVisit, VisitStore
from aspire_ingest.sources.webaddress import fold, host_of, resolve
from aspire_ingest.sync.furniture import block_hashes
from aspire_ingest.sync.missing import is_like, says_missing
from aspire_ingest.sync.visitor import NotOursError, Requests, Visitor

_TOGETHER = 8
"""Pages asked for before what they hold is read: bounds what is held in memory."""
_SILENT = 4
"""So many pages of a host in a row without any answer, and the host is left alone."""
_MOST_SITEMAPS = 50
_GONE = frozenset({404, 410})

ReadPage = Callable[[Fetched], Parsed]
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
        self, source: WebSource, store: VisitStore, visitor: Visitor, read: ReadPage, look: str
    ) -> None:
        """Nothing is asked for yet; `look` is what `VisitStore.begin` said."""
        self._scope, self._store, self._visitor, self._read = Scope(source), store, visitor, read
        self._source = source
        everything = store.pages(source.name)
        self._known = {url: page for url, page in everything.items() if " " not in url}
        self._listings = {url: page for url, page in everything.items() if " " in url}
        self._silent: dict[str, int] = {}
        self._named: set[str] = set()
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
        named = [*self._scope.seeds, *self._listed()][: self._source.limits.pages]
        self._named = set(named)
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
                listing = self._listing(url)
            except LoadError as error:
                self._fail(url, error.reason)
                self.found.problem = f"{url}: {error.reason}"
                continue
            waiting += listing.blocks
            yield from filter(self._scope.takes, listing.links)

    def _listing(self, url: str) -> PageVisit:
        """A sitemap or feed: its pages are its `links`, further sitemaps its `blocks`.

        Raises:
            LoadError: it cannot be had, or is neither.
        """
        key = f"listing {url}"  # no address of a page holds a space
        old = self._listings.get(key)
        self._visitor.meet(url)
        validators = Validators(etag=old.etag, last_modified=old.last_modified) if old else None
        answer = self._visitor.ask(url, validators)
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
            look=self.found.look,
            outcome="ok",
            etag=answer.etag,
            last_modified=answer.last_modified,
            links=tuple(dict.fromkeys(filter(None, pages))),
            blocks=tuple(urljoin(answer.url, place) for place in listing.sitemaps),
            is_indexed=False,
        )
        self._store.put_page(self._source.name, page)
        return page

    def _visited(self, batch: Sequence[tuple[str, int]]) -> Iterator[PageVisit]:
        depths = dict(batch)
        asked = [url for url, _ in batch if not self._is_done(url) and self._is_alive(url)]
        for url in asked:
            self._visitor.meet(url)
        answers = dict(zip(asked, self._ask(asked), strict=True))
        for url, depth in depths.items():
            page = self._known.get(url)
            if not (page is not None and self._is_done(url)):
                page = self._taken(url, depth, answers.get(url))
                self._store.put_page(self._source.name, page)
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
        if page is None or page.body_hash is None or page.loader != str(LOADER_VERSION):
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

    def _taken(self, url: str, depth: int, answer: Fetched | LoadError | None) -> PageVisit:
        """What an answer makes of a page; what it was before is kept where it is none."""
        look = self.found.look
        old = self._known.get(url) or PageVisit(url=url, look=look, outcome="failed", depth=depth)
        old = replace(old, look=look, depth=depth if url in self._named else old.depth)
        if answer is None:
            return replace(
                old, outcome="failed", reason=f"{host_of(url)} does not answer; not asked"
            )
        if isinstance(answer, LoadError):
            return self._unread(old, answer)
        if answer.is_unmodified:
            return replace(
                old,
                outcome="ok",
                reason="",
                etag=answer.etag or old.etag,
                last_modified=answer.last_modified or old.last_modified,
            )
        try:
            return self._page(old, answer)
        except LoadError as error:
            return replace(old, outcome="failed", reason=error.reason)

    def _unread(self, old: PageVisit, error: LoadError) -> PageVisit:
        if isinstance(error, NotOursError):
            return self._not_ours(old, error.reason)
        is_gone = isinstance(error, FetchError) and error.status in _GONE
        return replace(old, outcome="gone" if is_gone else "failed", reason=error.reason)

    def _page(self, old: PageVisit, fetched: Fetched) -> PageVisit:
        final = fold(fetched.url) or fetched.url
        if final != old.url and not self._scope.keeps_host(final):
            reason = f"redirects to {final}, outside of the source"
            return self._not_ours(old, reason)
        if urlsplit(final).path == "/" and urlsplit(old.url).path != "/":
            return replace(old, outcome="gone", reason="redirects to the front page")
        digest = _digest(fetched, final)
        etag, modified = fetched.etag, fetched.last_modified
        if digest == old.body_hash and old.loader == str(LOADER_VERSION):
            return replace(old, outcome="ok", reason="", etag=etag, last_modified=modified)
        parsed = self._read(fetched)
        if says_missing(parsed.stated.title, parsed.text) or is_like(
            parsed.text, self._visitor.missing_text(old.url)
        ):
            reason = "says that there is no such page, with status 200"
            return replace(old, outcome="gone", reason=reason)
        address = fold(parsed.stated.url or "") or final
        if old.address and old.address != address:
            self.found.moved[old.address] = address
            told = (old.address, f"moved to {address}")
            self._store.put_addresses(self._source.name, [told])
        return PageVisit(
            url=old.url,
            look=old.look,
            outcome="ok",
            depth=old.depth,
            address=address,
            etag=etag,
            last_modified=modified,
            loader=str(LOADER_VERSION),
            body_hash=digest,
            parsed=parsed_adapter().dump_json(
                replace(parsed, links=replace(parsed.links, hrefs=()))
            ),
            blocks=() if parsed.page_starts else block_hashes(parsed.text),
            links=self._links(parsed, fetched.url),
            group=detect_language(parsed.text, parsed.stated.declared_language) or "",
            is_indexed=parsed.links.is_indexed,
        )

    def _not_ours(self, old: PageVisit, reason: str) -> PageVisit:
        """A page that we may not read: a failure if it was named or read before."""
        is_met = old.body_hash is None and old.url not in self._named
        return replace(old, outcome="skipped" if is_met else "failed", reason=reason)

    def _links(self, parsed: Parsed, here: str) -> tuple[str, ...]:
        base = urljoin(here, parsed.links.base or "")
        folded = (resolve(base, href) for href in parsed.links.hrefs)
        return tuple(
            dict.fromkeys(
                url for url in folded if url and may_hold_text(url) and self._scope.keeps_host(url)
            )
        )

    def _worth_following(self, page: PageVisit) -> Sequence[str]:
        if page.depth >= self._scope.depth:
            return ()
        return [link for link in page.links if self._scope.takes(link)]

    def _report(self, page: PageVisit) -> None:
        if page.outcome == "failed":
            self._fail(page.url, page.reason)
        elif page.outcome == "gone" and page.body_hash is None:
            if page.url in self._named:
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


@cache
def parsed_adapter() -> TypeAdapter[Parsed]:
    """Parsed pages to JSON and back; built when first needed, it takes a while."""
    return TypeAdapter(Parsed)


def _digest(fetched: Fetched, final: str) -> str:
    told = f"{final}\n{fetched.media_type}\n{fetched.charset}\n"
    return hashlib.sha256(told.encode("utf-8", "surrogateescape") + fetched.body).hexdigest()
