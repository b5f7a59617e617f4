"""Reading targets: which documents they hold now, without parsing what is known."""

import datetime
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, cast

from aspire_ingest.errors import LoadError
from aspire_ingest.index.closeable import Closeable
from aspire_ingest.index.store.base import Base
from aspire_ingest.index.store.cache import DocumentKey, IngestCache
from aspire_ingest.index.store.rows import InfoRow, document_row, info_of
from aspire_ingest.index.store.store import KnownDocument
from aspire_ingest.index.types import Document
from aspire_ingest.load.types import Item, loader_version, loader_versions
from aspire_ingest.pipeline.hold_rules import HoldRules, this_day
from aspire_ingest.pipeline.moves import Moves
from aspire_ingest.pipeline.overrides import override
from aspire_ingest.pipeline.places import Places, canonical
from aspire_ingest.pipeline.plan import Failure, Held, Incoming
from aspire_ingest.pipeline.review import Named, named


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
    held: list[Held] = field(default_factory=list[Held])
    """Documents that can be read and are not brought in; what is indexed of them stays."""
    covered: list[str] = field(default_factory=list[str])
    """Known documents that the targets would bring again, had they not gone."""
    reasons: dict[str, str] = field(default_factory=dict[str, str])
    """Why covered documents are gone, by id, where that is known."""
    vanished: set[str] = field(default_factory=set[str])
    """Those of them that went from the place itself, and are to be marked in the index."""
    shortest: dict[str, float] = field(default_factory=dict[str, float])
    """The share of its indexed text below which a document's new text is taken for broken, by
    document id."""


def scan(targets: Sequence[str], source: Source, reading: "Reading") -> Scan:
    """Read all targets; documents that are new or changed go to the spool."""
    for target in targets:
        short = reading.items(source.discover(target), whole=canonical(target))
        reading.result.covered += covered_by(canonical(target), reading.known, short)
    return reading.result


@dataclass(kw_only=True)
class Reading:
    """Reads items; documents that are new or changed go to the spool."""

    base: Base
    cache: IngestCache
    spool: "Spool"
    progress: Callable[[str, int, int], None] = lambda _step, _done, _total: None
    rules: HoldRules = field(default_factory=HoldRules)
    """What holds the documents that are read from now on."""
    with_ocr: bool = False
    """Whether pages that are pictures are read; files that this changes are read anew."""
    today: datetime.date = field(default_factory=this_day)
    result: Scan = field(default_factory=Scan)
    _met: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def items(self, items: Iterable[Item | LoadError], *, whole: str) -> set[str]:
        """Read items; the places of those that could not be read.

        What is no item at all makes `whole`, the place they are from, one of them.
        """
        short: set[str] = set()
        for item_or_error in items:
            if isinstance(item_or_error, LoadError):
                short.add(whole)
                self.fail(item_or_error)
                continue
            item, origin = self._places.placed(item_or_error)
            if (item.source, item.name) in self._met:
                continue  # the same item by two targets, one inside the other
            self._met.add((item.source, item.name))
            self.progress("load", len(self._met), 0)
            try:
                if not self._read(item, origin):
                    short.add(origin)
            except LoadError as error:
                short.add(origin)
                self.fail(error)
        return short

    @property
    def known(self) -> Mapping[str, KnownDocument]:
        """The documents of the index, by id."""
        return self.base.known

    @cached_property
    def _moves(self) -> Moves:
        return Moves(base=self.base)

    @cached_property
    def _places(self) -> Places:
        return Places(known=self.known)

    def _read(self, item: Item, origin: str) -> bool:
        """Read one item; False where a document of it is held."""
        raw_hash = item.raw_hash()
        keys = self._known_keys(item.source, raw_hash)
        if keys is not None and all(
            _is_unchanged(self.known.get(key.document_id), key, origin) for key in keys
        ):
            qualities = (self.known[key.document_id].quality for key in keys)
            held_or_none = [self.rules.hold_known(quality, item.name) for quality in qualities]
        else:
            held_or_none, keys = self._load(item, raw_hash, origin)
        if held := [held for held in held_or_none if held is not None]:
            self.result.held += held
            if len(held) == len(held_or_none):
                keys = ()
        self.result.incoming += [
            Incoming(
                document_id=key.document_id,
                content_hash=key.content_hash,
                origin=origin,
                name=item.name,
            )
            for key in keys
        ]
        return not held

    def _load(
        self, item: Item, raw_hash: str, origin: str
    ) -> tuple[list[Held | None], tuple[DocumentKey, ...]]:
        """Load an item: why each of its documents is held, if it is, and those that are not."""
        moved, loaded = self._moves.followed(item, item.load())
        loaded = [self._as_staff_say(document) for document in loaded]
        held = [self.rules.hold(document, item.name, self.today) for document in loaded]
        documents = [
            document
            for document, held_or_none in zip(loaded, held, strict=True)
            if held_or_none is None
        ]
        keys = tuple(
            DocumentKey(document.document_id, document.info.content_hash) for document in documents
        )
        if len(documents) == len(loaded):  # what is known by its bytes is not looked at again
            raw_hash = raw_hash if moved is item else moved.raw_hash()
            self.cache.put_documents(item.source, raw_hash, self._version(documents), keys)
        for document in documents:
            self.spool.put(document, origin)
        return held, keys

    def _as_staff_say(self, document: Document) -> Document:
        """Put over a document what staff set of it; or the file that stands for it."""
        staff_values = self.base.override_of(document.document_id)
        if (
            staff_values is not None
            and staff_values.file
            and staff_values.replaces == document.info.content_hash
        ):
            for stored, _ in self.base.documents((document.document_id,)):
                return stored
        return override(document, staff_values)

    def _known_keys(self, source: str, raw_hash: str) -> tuple[DocumentKey, ...] | None:
        versions = loader_versions(with_notes=False, with_ocr=self.with_ocr)  # notes: in the hash
        cached = (self.cache.documents(source, raw_hash, version) for version in versions)
        return next((keys for keys in cached if keys is not None), None)

    def _version(self, documents: Iterable[Document]) -> str:
        depends = any(document.info.depends_on_ocr for document in documents)
        return loader_version(with_notes=False, with_ocr=self.with_ocr if depends else None)

    def fail(self, error: LoadError) -> None:
        """Note what could not be read."""
        self.result.failures.append(Failure(target=error.target, error=error.reason))


def _is_unchanged(known: KnownDocument | None, key: DocumentKey, origin: str) -> bool:
    return known is not None and (known.content_hash, known.origin) == (key.content_hash, origin)


def covered_by(target: str, known: Mapping[str, KnownDocument], short: Iterable[str]) -> list[str]:
    """Documents that a target brought and would bring again, had they not gone."""
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


class Spool(Closeable):
    """Documents between loading and storing, on disk, so that memory stays bounded."""

    def __init__(self) -> None:
        """Open a file without a name: it goes with the process."""
        self._file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - closed by the block's end
        self._offsets: dict[str, int] = {}
        self.named: dict[str, Named] = {}
        """How reports name the documents that are kept here."""

    def close(self) -> None:
        """Throw the documents away."""
        self._file.close()

    def put(self, document: Document, origin: str) -> None:
        """Keep a document; the first with an id stays."""
        if document.document_id in self._offsets:
            return
        self.named[document.document_id] = named(document.info)
        self._offsets[document.document_id] = self._file.seek(0, os.SEEK_END)
        self._file.write(json.dumps(document_row(document, origin)).encode() + b"\n")

    def take(self, document_ids: Iterable[str]) -> Iterator[tuple[Document, str]]:
        """Documents and their origins, in the order asked for."""
        for document_id in document_ids:
            self._file.seek(self._offsets[document_id])
            *info_row, origin, page_starts, text = cast(
                "list[str]", json.loads(self._file.readline())
            )
            starts = tuple(cast("list[int]", json.loads(page_starts)))
            info = info_of(cast("InfoRow", tuple(info_row)))
            yield Document(info=info, text=text, page_starts=starts), origin
