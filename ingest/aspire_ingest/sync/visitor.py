"""Asking hosts for pages as a polite guest: robots.txt, pace, and only if something changed."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from aspire_ingest.errors import FetchError, LoadError
from aspire_ingest.web.fetch import USER_AGENT, fetch
from aspire_ingest.web.pace import Pace, Stop
from aspire_ingest.web.robots import ALL_ALLOWED, NOTHING_ALLOWED, Robots, read_robots
from aspire_ingest.web.sources import Limits
from aspire_ingest.web.types import Fetched, FetchOptions, Validators
from aspire_ingest.web.visits import HostNotes, VisitStore, now_utc
from aspire_ingest.web.webaddress import host_of

_log = logging.getLogger(__name__)
_PROBED_EVERY = timedelta(days=7)
_NO_PAGE = "/aspire-asks-for-a-page-that-cannot-exist.html"
_LONGEST_WAIT_S = 60.0
"""A host that asks to wait longer is asked again in the next run."""


class NotOursError(LoadError):
    """The host asks us not to visit a page."""


@dataclass(slots=True)
class Requests:
    """What was asked for: all requests for pages, those with validators, those unchanged."""

    pages: int = 0
    conditional: int = 0
    unmodified: int = 0


@dataclass(frozen=True, slots=True)
class _Host:
    robots: Robots
    pace: Pace
    missing: str | None
    refusal: str = "robots.txt asks not to visit it"


@dataclass(slots=True)
class Visitor:
    """Fetches for one source at a time. `ask` may be called from several threads."""

    store: VisitStore
    options: FetchOptions
    limits: Limits
    stop: Stop
    text_of: Callable[[Fetched], str]
    """Reads the text of a page, for the look of pages that do not exist."""
    requests: Requests = field(default_factory=Requests)
    _hosts: dict[str, _Host] = field(default_factory=dict[str, _Host])

    def __post_init__(self) -> None:
        """Take the limits of the source into the bounds of fetching."""
        self.options = replace(
            self.options,
            max_bytes=self.limits.max_bytes,
            total_timeout_s=self.limits.timeout_s,
            read_timeout_s=min(self.options.read_timeout_s, self.limits.timeout_s),
            connect_timeout_s=min(self.options.connect_timeout_s, self.limits.timeout_s),
        )

    def meet(self, url: str) -> None:
        """Learn what the host of an address asks of guests; asked once a run."""
        host = host_of(url)
        if host in self._hosts:
            return
        self.stop.check()
        notes, robots = self._robots(host)
        pace = Pace(max(self.limits.delay_s, robots.crawl_delay_s), self.stop)
        notes = self._probed(host, notes, robots, now_utc())
        self.store.put_host(host, notes)
        self._hosts[host] = _Host(robots, pace, notes.missing)
        if robots is NOTHING_ALLOWED:
            refusal = f"{host}/robots.txt cannot be had, so nobody knows what it forbids; try later"
            self._hosts[host] = _Host(robots, pace, notes.missing, refusal)

    def at_once(self, host: str) -> int:
        """How many requests may be under way at one host."""
        return 1 if self._hosts[host].robots.crawl_delay_s else self.limits.concurrency

    def allows(self, url: str) -> bool:
        """Whether robots.txt lets us visit an address of a host that was met."""
        return self._hosts[host_of(url)].robots.allows(url)

    def missing_text(self, url: str) -> str | None:
        """What the host says, as if all were well, of pages that do not exist."""
        return self._hosts[host_of(url)].missing

    def ask(self, url: str, validators: Validators | None) -> Fetched | LoadError:
        """Get a page of a host that was met, or say why not.

        Raises:
            StoppedError: the end was asked for.
        """
        host = self._hosts[host_of(url)]
        if not host.robots.allows(url):
            kind = LoadError if host.robots is NOTHING_ALLOWED else NotOursError
            return kind(url, host.refusal)
        host.pace.wait()
        try:
            try:
                return fetch(url, self.options, validators=validators)
            except FetchError as error:
                if error.retry_after_s is None or error.retry_after_s > _LONGEST_WAIT_S:
                    return error
                host.pace.hold(error.retry_after_s)
                host.pace.wait()
                return fetch(url, self.options, validators=validators)
        except LoadError as error:
            return error

    def _robots(self, host: str) -> tuple[HostNotes, Robots]:
        known = self.store.host(host) or HostNotes()
        validators = Validators(etag=known.etag, last_modified=known.last_modified)
        try:
            found = fetch(f"{host}/robots.txt", self.options, validators=validators)
        except FetchError as error:
            if 400 <= error.status < 500:  # RFC 9309: there is none, all is allowed
                return replace(known, robots=None, etag=None, last_modified=None), ALL_ALLOWED
            return self._unknown_robots(known, error)
        except LoadError as error:
            return self._unknown_robots(known, error)
        body = known.robots or b"" if found.is_unmodified else found.body
        if not found.is_unmodified:
            known = replace(known, robots=body, etag=found.etag, last_modified=found.last_modified)
        return known, read_robots(body, USER_AGENT.partition("/")[0])

    def _unknown_robots(self, known: HostNotes, error: LoadError) -> tuple[HostNotes, Robots]:
        _log.warning("%s", error)
        if known.robots is not None:
            return known, read_robots(known.robots, USER_AGENT.partition("/")[0])
        return known, ALL_ALLOWED if known.probed else NOTHING_ALLOWED

    def _probed(self, host: str, notes: HostNotes, robots: Robots, now: datetime) -> HostNotes:
        """Find out what the host says of a page that cannot exist."""
        if notes.probed and now - datetime.fromisoformat(notes.probed) < _PROBED_EVERY:
            return notes
        url = f"{host}{_NO_PAGE}"
        missing = ""
        if robots.allows(url):
            try:
                missing = self.text_of(fetch(url, self.options))
            except FetchError:
                missing = ""  # it says by its status what it has to say
            except LoadError:
                return notes  # nothing was learnt
        return replace(notes, missing=missing, probed=now.isoformat(timespec="seconds"))
