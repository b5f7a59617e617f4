"""What was seen at the sources: pages with what to ask by, hosts, and how each source does.

One file beside the ingest cache. Losing it costs a full look at every site, and nothing else. A
look that was cut is taken up where it was: every page is kept as soon as it was read.
"""

import json
import sqlite3
import zlib
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, Self, cast

from aspire_ingest.index.closeable import Closeable
from aspire_ingest.index.store.schema import open_shared

VISITS_NAME = "sync.sqlite"
RESUMED_WITHIN = timedelta(hours=6)
"""A look that was cut longer ago than this begins anew: its pages may have changed since."""

Outcome = Literal["ok", "gone", "failed", "skipped"]
"""`skipped`: a link leads there, but the page is not ours to read; it never was."""

_TABLES = """
CREATE TABLE IF NOT EXISTS pages (
    source TEXT NOT NULL, url TEXT NOT NULL, look TEXT NOT NULL, outcome TEXT NOT NULL,
    reason TEXT NOT NULL, depth INTEGER NOT NULL, address TEXT, etag TEXT, last_modified TEXT,
    loader TEXT, body_hash TEXT, parsed BLOB, blocks TEXT NOT NULL, links TEXT NOT NULL,
    grouped TEXT NOT NULL, is_indexed INTEGER NOT NULL,
    PRIMARY KEY (source, url)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS addresses (
    source TEXT NOT NULL, address TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (source, address)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS looks (
    source TEXT PRIMARY KEY, look TEXT, began TEXT, tried TEXT, succeeded TEXT,
    failures INTEGER NOT NULL DEFAULT 0, problem TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hosts (
    host TEXT PRIMARY KEY, robots BLOB, etag TEXT, last_modified TEXT, missing TEXT, probed TEXT
) WITHOUT ROWID;
"""
_PAGE_COLUMNS = (
    "url, look, outcome, reason, depth, address, etag, last_modified, loader, body_hash, parsed, "
    "blocks, links, grouped, is_indexed"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageVisit:
    """One page as it was last seen; of a page that failed or is gone, as it was before that."""

    url: str
    look: str
    outcome: Outcome
    reason: str = ""
    depth: int = 0
    address: str | None = None
    """Where it was found after redirects, or the canonical address it names: its identity."""
    etag: str | None = None
    last_modified: str | None = None
    loader: str | None = None
    body_hash: str | None = None
    parsed: bytes | None = field(default=None, repr=False)
    """What its parser made of it, as JSON. Not read with the others: see `VisitStore.parsed`."""
    blocks: tuple[str, ...] = field(default=(), repr=False)
    """Hashes of its blocks of text."""
    links: tuple[str, ...] = field(default=(), repr=False)
    group: str = ""
    """Pages of one group share their furniture: those of one language."""
    is_indexed: bool = True
    """False for pages that are visited for their links, or ask to be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostNotes:
    """What is known of a host: its `robots.txt`, and what it says of pages that do not exist."""

    robots: bytes | None = None
    """None: it has none."""
    etag: str | None = None
    last_modified: str | None = None
    missing: str | None = None
    """Hash of the text that it answers with, as if all were well; empty where it says 404."""
    probed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How a source does. Times are ISO 8601 with offset; None: never."""

    source: str
    tried: str | None = None
    succeeded: str | None = None
    failures: int = 0
    """Looks that failed in a row."""
    problem: str = ""


class VisitStore(Closeable):
    """The file of visits. One process opens it at a time, under the lock of sync."""

    def __init__(self, path: Path) -> None:
        """Open or create the file; a damaged one is thrown away."""
        try:
            self._connection = open_shared(str(path), _TABLES)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            self._connection = open_shared(str(path), _TABLES)

    @classmethod
    def copy_of(cls, path: Path) -> Self:
        """A copy in memory, for looks that leave nothing behind."""
        copy = cls(Path(":memory:"))
        if path.is_file():
            try:
                with _closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as original:
                    original.backup(copy._connection)
                copy._connection.executescript(_TABLES)
            except sqlite3.DatabaseError:
                return cls(Path(":memory:"))
        return copy

    def close(self) -> None:
        """Close."""
        self._connection.close()

    def begin(self, source: str, now: datetime) -> str:
        """The name of the look that begins, or of the one that was cut."""
        row = self._connection.execute(
            "SELECT look, began FROM looks WHERE source = ?", (source,)
        ).fetchone()
        if row is not None:
            look, began = cast("tuple[str | None, str | None]", row)
            if look and began and now - datetime.fromisoformat(began) < RESUMED_WITHIN:
                return look
        began = now.isoformat(timespec="microseconds")
        self._connection.execute(
            "INSERT INTO looks (source, look, began) VALUES (?1, ?2, ?2)"
            " ON CONFLICT (source) DO UPDATE SET look = ?2, began = ?2",
            (source, began),
        )
        return began

    def finish(self, source: str, now: datetime, problem: str) -> None:
        """End the look of a source: what it brought is stored. `problem` is empty where it went."""
        stamp = now.isoformat(timespec="seconds")
        self._connection.execute(
            "INSERT INTO looks (source, tried) VALUES (?1, ?2) ON CONFLICT (source) DO UPDATE"
            " SET look = NULL, tried = ?2",
            (source, stamp),
        )
        if problem:
            self._connection.execute(
                "UPDATE looks SET failures = failures + 1, problem = ? WHERE source = ?",
                (problem, source),
            )
        else:
            self._connection.execute(
                "UPDATE looks SET failures = 0, problem = '', succeeded = ? WHERE source = ?",
                (stamp, source),
            )

    def states(self) -> dict[str, SourceState]:
        """How each source did, by name."""
        rows = self._connection.execute(
            "SELECT source, tried, succeeded, failures, problem FROM looks ORDER BY source"
        )
        return {
            row[0]: SourceState(
                source=row[0], tried=row[1], succeeded=row[2], failures=row[3], problem=row[4]
            )
            for row in cast("Iterable[tuple[str, str | None, str | None, int, str]]", rows)
        }

    def pages(self, source: str) -> dict[str, PageVisit]:
        """All pages that were ever seen for a source, by the address that was asked for."""
        columns = _PAGE_COLUMNS.replace("parsed", "NULL")
        rows = self._connection.execute(
            f"SELECT {columns} FROM pages WHERE source = ? ORDER BY depth, url",  # noqa: S608 - a constant list of columns
            (source,),
        )
        return {page.url: page for page in map(_page, cast("Iterable[_PageRow]", rows))}

    def parsed(self, source: str, url: str) -> bytes | None:
        """What the parser made of a page when it was read last."""
        row = self._connection.execute(
            "SELECT parsed FROM pages WHERE source = ? AND url = ?", (source, url)
        ).fetchone()
        packed = None if row is None else cast("tuple[bytes | None]", row)[0]
        return None if packed is None else zlib.decompress(packed)

    def put_page(self, source: str, page: PageVisit) -> None:
        """Keep a page; without `parsed`, what was made of it before stays."""
        parsed = None if page.parsed is None else zlib.compress(page.parsed, 6)
        self._connection.execute(
            f"INSERT OR REPLACE INTO pages (source, {_PAGE_COLUMNS})"  # noqa: S608 - as above
            f" VALUES ({', '.join('?' * 11)}, coalesce(?, (SELECT parsed FROM pages"
            " WHERE source = ?1 AND url = ?2)), ?, ?, ?, ?)",
            (
                source, page.url, page.look, page.outcome, page.reason, page.depth, page.address,
                page.etag, page.last_modified, page.loader, page.body_hash, parsed,
                json.dumps(page.blocks), json.dumps(page.links), page.group, page.is_indexed,
            ),
        )  # fmt: skip

    def forget_pages(self, source: str, urls: Iterable[str]) -> None:
        """Forget pages that do not belong to the source any more."""
        self._connection.executemany(
            "DELETE FROM pages WHERE source = ? AND url = ?", [(source, url) for url in urls]
        )

    def addresses(self, source: str) -> dict[str, str]:
        """Addresses of the source's documents in the index, with why one is gone, or nothing."""
        rows = self._connection.execute(
            "SELECT address, reason FROM addresses WHERE source = ? ORDER BY address", (source,)
        )
        return dict(cast("Iterable[tuple[str, str]]", rows))

    def put_addresses(self, source: str, reasons: Iterable[tuple[str, str]]) -> None:
        """Note addresses as brought into the index, or why they are gone."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO addresses VALUES (?, ?, ?)",
            [(source, address, reason) for address, reason in reasons],
        )

    def forget_addresses(self, source: str, addresses: Iterable[str]) -> None:
        """Forget addresses whose documents were removed."""
        self._connection.executemany(
            "DELETE FROM addresses WHERE source = ? AND address = ?",
            [(source, address) for address in addresses],
        )

    def host(self, host: str) -> HostNotes | None:
        """What is known of a host; None where it was never asked."""
        row = self._connection.execute(
            "SELECT robots, etag, last_modified, missing, probed FROM hosts WHERE host = ?", (host,)
        ).fetchone()
        if row is None:
            return None
        known = cast("tuple[bytes | None, str | None, str | None, str | None, str | None]", row)
        return HostNotes(
            robots=known[0],
            etag=known[1],
            last_modified=known[2],
            missing=known[3],
            probed=known[4],
        )

    def put_host(self, host: str, notes: HostNotes) -> None:
        """Keep what is known of a host."""
        self._connection.execute(
            "INSERT OR REPLACE INTO hosts VALUES (?, ?, ?, ?, ?, ?)",
            (host, notes.robots, notes.etag, notes.last_modified, notes.missing, notes.probed),
        )


def read_states(path: Path) -> dict[str, SourceState]:
    """How each source did, read beside a running sync; nothing where there is no file."""
    if not path.is_file():
        return {}
    with VisitStore.copy_of(path) as copy:
        return copy.states()


def sources_of(path: Path, addresses: Iterable[str]) -> list[str]:
    """The sources that brought a document at one of these addresses into the index."""
    if not path.is_file():
        return []
    wanted = sorted(addresses)
    marks = ", ".join("?" * len(wanted))
    with _closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            f"SELECT DISTINCT source FROM addresses WHERE address IN ({marks}) ORDER BY source",  # noqa: S608 - question marks
            wanted,
        )
        return [row[0] for row in cast("Iterable[tuple[str]]", rows)]


def now_utc() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


_PageRow = tuple[
    str, str, Outcome, str, int, str | None, str | None, str | None, str | None, str | None,
    bytes | None, str, str, str, int,
]  # fmt: skip


def _page(row: _PageRow) -> PageVisit:
    return PageVisit(
        url=row[0],
        look=row[1],
        outcome=row[2],
        reason=row[3],
        depth=row[4],
        address=row[5],
        etag=row[6],
        last_modified=row[7],
        loader=row[8],
        body_hash=row[9],
        parsed=None if row[10] is None else zlib.decompress(row[10]),
        blocks=_strings(row[11]),
        links=_strings(row[12]),
        group=row[13],
        is_indexed=bool(row[14]),
    )


def _strings(text: str) -> tuple[str, ...]:
    return tuple(cast("Sequence[str]", json.loads(text)))


@contextmanager
def _closing(connection: sqlite3.Connection) -> Generator[sqlite3.Connection]:
    try:
        yield connection
    finally:
        connection.close()
