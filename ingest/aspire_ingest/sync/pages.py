"""What an answer makes of a page: read, unchanged, gone, failed, or not ours to read."""

import hashlib
from collections.abc import Callable, Set
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import urljoin, urlsplit

from pydantic import TypeAdapter

from aspire_ingest.errors import FetchError, LoadError
from aspire_ingest.index.libreoffice import find_converter
from aspire_ingest.load.parse_result import Parsed
from aspire_ingest.load.stated.language import detect_language
from aspire_ingest.load.types import loader_version, loader_versions
from aspire_ingest.sync.furniture import block_hashes
from aspire_ingest.sync.missing_pages import is_like, says_missing
from aspire_ingest.sync.visitor import NotOursError, Visitor
from aspire_ingest.web.scope import Scope, is_old_office, may_hold_text
from aspire_ingest.web.types import Fetched
from aspire_ingest.web.visits import PageVisit
from aspire_ingest.web.webaddress import fold, host_of, resolve

_GONE = frozenset({404, 410})

ReadPage = Callable[[Fetched], Parsed]


@dataclass(slots=True, kw_only=True)
class PageTaker:
    """Takes answers of one look at one source."""

    scope: Scope
    visitor: Visitor
    read: ReadPage
    look: str
    with_ocr: bool = False
    """Whether `read` reads pages of PDF files that are pictures."""
    named: Set[str] = field(default_factory=frozenset[str])
    """Pages that the sources file or a listing names."""

    def take(
        self, old: PageVisit | None, url: str, depth: int, answer: Fetched | LoadError | None
    ) -> PageVisit:
        """What an answer makes of a page; what it was before is kept where it is none."""
        look = self.look
        old = old or PageVisit(url=url, look=look, outcome="failed", depth=depth)
        old = replace(old, look=look, depth=depth if url in self.named else old.depth)
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

    @property
    def versions(self) -> tuple[str, ...]:
        """Versions of the loader by which what was read of a page need not be read again."""
        return loader_versions(with_notes=self.scope.source.notes, with_ocr=self.with_ocr)

    def _loader(self, parsed: Parsed) -> str:
        depends = bool(parsed.ocr_pages or parsed.unread_pages)
        return loader_version(
            with_notes=self.scope.source.notes, with_ocr=self.with_ocr if depends else None
        )

    def _unread(self, old: PageVisit, error: LoadError) -> PageVisit:
        if isinstance(error, NotOursError):
            return self._not_ours(old, error.reason)
        is_gone = isinstance(error, FetchError) and error.status in _GONE
        return replace(old, outcome="gone" if is_gone else "failed", reason=error.reason)

    def _page(self, old: PageVisit, fetched: Fetched) -> PageVisit:
        final = fold(fetched.url) or fetched.url
        if final != old.url and not self.scope.keeps_host(final):
            reason = f"redirects to {final}, outside of the source"
            return self._not_ours(old, reason)
        self.visitor.meet(final)
        if not self.visitor.allows(final):
            return self._not_ours(old, f"redirects to {final}, which robots.txt asks not to visit")
        if urlsplit(final).path == "/" and urlsplit(old.url).path != "/":
            return replace(old, outcome="gone", reason="redirects to the front page")
        digest = _digest(fetched, final)
        etag, modified = fetched.etag, fetched.last_modified
        if digest == old.body_hash and old.loader in self.versions:
            return replace(old, outcome="ok", reason="", etag=etag, last_modified=modified)
        parsed = self.read(fetched)
        if says_missing(parsed.stated.title, parsed.text) or is_like(
            parsed.text, self.visitor.missing_text(old.url)
        ):
            reason = "says that there is no such page, with status 200"
            return replace(old, outcome="gone", reason=reason)
        address = fold(parsed.stated.url or "") or final
        return PageVisit(
            url=old.url,
            look=old.look,
            outcome="ok",
            depth=old.depth,
            address=address,
            etag=etag,
            last_modified=modified,
            loader=self._loader(parsed),
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
        is_met = old.body_hash is None and old.url not in self.named
        return replace(old, outcome="skipped" if is_met else "failed", reason=reason)

    def _links(self, parsed: Parsed, here: str) -> tuple[str, ...]:
        base = urljoin(here, parsed.links.base or "")
        folded = (resolve(base, href) for href in parsed.links.hrefs)
        return tuple(
            dict.fromkeys(
                url for url in folded if url and _can_be_read(url) and self.scope.keeps_host(url)
            )
        )


@cache
def parsed_adapter() -> TypeAdapter[Parsed]:
    """Parsed pages to JSON and back; built when first needed, it takes a while."""
    return TypeAdapter(Parsed)


def _can_be_read(url: str) -> bool:
    """Files that this machine cannot convert would only be failures of each look."""
    return may_hold_text(url) and (not is_old_office(url) or find_converter() is not None)


def _digest(fetched: Fetched, final: str) -> str:
    told = f"{final}\n{fetched.media_type}\n{fetched.charset}\n"
    return hashlib.sha256(told.encode("utf-8", "surrogateescape") + fetched.body).hexdigest()
