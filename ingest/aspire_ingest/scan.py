"""Reading targets: which documents they hold now, without parsing what is known."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, cast

from aspire_ingest.errors import LoadError
from aspire_ingest.index.closing import Closing
from aspire_ingest.index.store import KnownDocument
from aspire_ingest.index.store_cache import DocumentKey, IngestCache
from aspire_ingest.index.store_rows import InfoRow, document_row, info_of
from aspire_ingest.index.types import Document
from aspire_ingest.load.types import LOADER_VERSION, Item
from aspire_ingest.plan import Failure, Incoming


class Source(Protocol):
    """Finds the items of a target; `load.Loader` is one."""

    def discover(self, target: str) -> Iterator[Item | LoadError]:
        """The items of a target, lazily, and a LoadError for what cannot be one."""
        ...


@dataclass(slots=True)
class Scan:
    """What the targets hold now."""

    incoming: list[Incoming] = field(default_factory=list[Incoming])
    failures: list[Failure] = field(default_factory=list[Failure])
    covered: list[str] = field(default_factory=list[str])
    """Known documents that the targets would bring again, had they not gone."""


def canonical(place: str) -> str:
    """A path as an absolute one, a URL as it is: how origins are compared."""
    return place if "://" in place else os.path.abspath(place)  # noqa: PTH100 - no links resolved


def scan(
    targets: Sequence[str],
    source: Source,
    *,
    known: Mapping[str, KnownDocument],
    cache: IngestCache,
    spool: "Spool",
) -> Scan:
    """Read all targets; documents that are new or changed go to the spool."""
    result = Scan()
    met: set[tuple[str, str]] = set()
    for target in targets:
        short: set[str] = set()
        for item in source.discover(target):
            if isinstance(item, LoadError):
                short.add(canonical(target))
                result.failures.append(Failure(target=item.target, error=item.reason))
                continue
            if (item.source, item.name) in met:
                continue  # the same item by two targets, one inside the other
            met.add((item.source, item.name))
            try:
                result.incoming += _read(item, known, cache, spool)
            except LoadError as error:
                short.add(canonical(item.source))
                result.failures.append(Failure(target=error.target, error=error.reason))
        result.covered += _covered(canonical(target), known, short)
    return result


def _read(
    item: Item, known: Mapping[str, KnownDocument], cache: IngestCache, spool: "Spool"
) -> list[Incoming]:
    origin, raw_hash, loader = canonical(item.source), item.raw_hash(), str(LOADER_VERSION)
    keys = cache.documents(item.source, raw_hash, loader)
    if keys is None or any(not _is_same(known.get(key.document_id), key, origin) for key in keys):
        documents = item.load()
        keys = tuple(DocumentKey(entry.document_id, entry.info.content_hash) for entry in documents)
        cache.put_documents(item.source, raw_hash, loader, keys)
        for document in documents:
            spool.put(document, origin)
    return [
        Incoming(
            document_id=key.document_id,
            content_hash=key.content_hash,
            origin=origin,
            name=item.name,
        )
        for key in keys
    ]


def _is_same(known: KnownDocument | None, key: DocumentKey, origin: str) -> bool:
    return known is not None and (known.content_hash, known.origin) == (key.content_hash, origin)


def _covered(target: str, known: Mapping[str, KnownDocument], short: Iterable[str]) -> list[str]:
    # What failed to load has not gone, and of a place that failed nobody can tell what has gone.
    unsure = set(short)
    if target in unsure:
        return []
    return [
        document_id
        for document_id, document in known.items()
        if document.origin not in unsure
        and (
            document.origin == target or document.origin.startswith(target.rstrip(os.sep) + os.sep)
        )
    ]


class Spool(Closing):
    """Documents between loading and storing, on disk, so that memory stays bounded."""

    def __init__(self) -> None:
        """Open a file without a name: it goes with the process."""
        self._file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - closed by the block's end
        self._offsets: dict[str, int] = {}

    def close(self) -> None:
        """Throw the documents away."""
        self._file.close()

    def put(self, document: Document, origin: str) -> None:
        """Keep a document; the first with an id stays."""
        if document.document_id in self._offsets:
            return
        self._offsets[document.document_id] = self._file.seek(0, os.SEEK_END)
        self._file.write(json.dumps(document_row(document, origin)).encode() + b"\n")

    def take(self, document_ids: Iterable[str]) -> Iterator[tuple[Document, str]]:
        """Documents and their origins, in the order asked for."""
        for document_id in document_ids:
            self._file.seek(self._offsets[document_id])
            *info, origin, page_starts, text = cast("list[str]", json.loads(self._file.readline()))
            starts = tuple(cast("list[int]", json.loads(page_starts)))
            found = info_of(cast("InfoRow", tuple(info)))
            yield Document(info=found, text=text, page_starts=starts), origin
