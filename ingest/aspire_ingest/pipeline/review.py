"""What a plan would change, looked at before it is done: for reports, and to stop broken pages."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

from aspire_ingest.index.store.base import Base
from aspire_ingest.index.store.store import STORE_NAME, Store
from aspire_ingest.index.types import DateOrigin, Document, DocumentInfo, Remark
from aspire_ingest.pipeline.differences import Difference, difference
from aspire_ingest.pipeline.moves import is_file_gone
from aspire_ingest.pipeline.plan import Failure, Plan
from aspire_ingest.pipeline.same_text import text_key

_SHORT_ANYWAY = 120
"""Characters; an indexed text of no more may come back as short as it likes."""
_MOST_COPIES = 3
"""Documents that one is said to be the same as."""
_COMPARED = (
    "source", "title", "url", "publisher", "published", "published_from", "language", "kind",
    "edition", "supersedes", "audience",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """How a report names a document."""

    title: str
    place: str
    """Its address, or the path it came from."""
    published: str | None = None
    published_from: DateOrigin | None = None
    remarks: tuple[Remark, ...] = ()
    """What of its file is hidden, lost or in doubt."""

    @property
    def dated(self) -> str:
        """Its date of publication and where that comes from, in words; empty without one."""
        if self.published is None:
            return ""
        origin = f" from {self.published_from}" if self.published_from else ""
        return f"published {self.published}{origin}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changed in a document that was there before."""

    document_id: str
    text: Difference
    fields: Mapping[str, tuple[str | None, str | None]] = field(
        default_factory=dict[str, tuple[str | None, str | None]]
    )
    """What is known of it, where that changed: before and after."""

    def as_json(self) -> dict[str, object]:
        """In the form of reports."""
        return {
            "document_id": self.document_id,
            "inserted": self.text.inserted,
            "deleted": self.text.deleted,
            "difference": list(self.text.lines),
            "fields": {name: list(pair) for name, pair in self.fields.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What a plan means, for those who read its report."""

    changes: tuple[Change, ...] = ()
    named: Mapping[str, Named] = field(default_factory=dict[str, Named])
    """The documents added, replaced, removed, gone and back again, by id."""
    gone_since: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    """Of the gone: since when their place is known not to hold them, where it is."""
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    """Why they are gone, where that is known."""
    moved: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of the replaced: those whose text stayed and whose file moved, and where it was."""
    same_text: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Of the added: those that say just what others say, and these; see `same_text`."""


class Spooled(Protocol):
    """Documents that were read in this run."""

    @property
    def named(self) -> Mapping[str, Named]:
        """How reports name them."""
        ...

    def take(self, document_ids: Iterable[str]) -> Iterator[tuple[Document, str]]:
        """Documents and their origins."""
        ...


class Found(Protocol):
    """What is known of where the documents came from."""

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why documents are gone."""
        ...

    @property
    def shortest(self) -> Mapping[str, float]:
        """The least share of its indexed text that a document may come back with, by id."""
        ...


def named(info: DocumentInfo) -> Named:
    """How a report names a document."""
    return Named(
        title=info.title,
        place=info.url or info.source,
        published=info.published,
        published_from=info.published_from,
        remarks=info.remarks,
    )


def names_of(base: Base, document_ids: Iterable[str]) -> dict[str, Named]:
    """How reports name documents of the index; those that are not there are left out."""
    wanted = list(document_ids)
    if base.folder is None or not wanted:
        return {}
    with _store(base) as store:
        infos = store.documents()
        return {name: named(infos[name]) for name in wanted if name in infos}


def review(plan: Plan, base: Base, spool: Spooled, found: Found) -> tuple[Plan, Reviewed]:
    """Compare what would be replaced, and hold back what came back too short to be true."""
    changes: list[Change] = []
    held: list[Failure] = []
    short: set[str] = set()
    moved: dict[str, str] = {}
    for before, after, origin in _pairs(plan.replace, base, spool):
        here = base.known[after.document_id].origin
        if before.text == after.text and here != origin and is_file_gone(here):
            moved[after.document_id] = before.info.source
        share = found.shortest.get(after.document_id, 0.0)
        if len(before.text) > _SHORT_ANYWAY and len(after.text) < share * len(before.text):
            short.add(after.document_id)
            held.append(_too_short(before, after))
        else:
            changes.append(change_of(before, after))
    stays = tuple(name for name in plan.replace if name not in short)
    plan = replace(plan, replace=stays, failures=(*plan.failures, *held))
    told = [*plan.add, *plan.replace]
    copies = _copies(plan, base, spool)
    others = [one for ids in copies.values() for one in ids if one not in told]
    return plan, Reviewed(
        changes=tuple(changes),
        moved=moved,
        same_text=copies,
        named={
            **{name: spool.named[name] for name in told if name in spool.named},
            **names_of(base, (*plan.remove, *plan.gone, *plan.unmark, *others)),
        },
        gone_since={
            name: plan.today if name in plan.mark else base.known[name].gone_since
            for name in plan.gone
        },
        reasons={
            name: found.reasons[name]
            for name in (*plan.gone, *plan.remove)
            if name in found.reasons
        },
    )


def _copies(plan: Plan, base: Base, spool: Spooled) -> dict[str, tuple[str, ...]]:
    """Documents that would be added and say what others say, each with the ids of these."""
    if not plan.add:
        return {}
    told: dict[bytes, list[str]] = {}
    for document, _ in spool.take((*plan.replace, *plan.add)):
        told.setdefault(text_key(document.text), []).append(document.document_id)
    indexed: dict[bytes, list[str]] = {}
    if base.folder is not None:
        with _store(base) as store:
            goes = {*plan.replace, *plan.remove}
            for name, text in store.texts():
                if name not in goes and (key := text_key(text)) in told:
                    indexed.setdefault(key, []).append(name)
    new = set(plan.add)
    found: dict[str, tuple[str, ...]] = {}
    for key, names in told.items():
        for at, name in enumerate(names):
            # of two that come together, the second is the copy
            if name in new and (others := (*indexed.get(key, ()), *names[:at])):
                found[name] = others[:_MOST_COPIES]
    return found


def _pairs(
    document_ids: Sequence[str], base: Base, spool: Spooled
) -> Iterator[tuple[Document, Document, str]]:
    """Documents as they are indexed and as they would be, and where the latter came from."""
    if base.folder is None or not document_ids:
        return
    with _store(base) as store:
        for document, origin in spool.take(document_ids):
            yield store.document(document.document_id), document, origin


@contextmanager
def _store(base: Base) -> Generator[Store]:
    assert base.folder is not None  # noqa: S101 - the callers looked
    store = Store(base.folder / STORE_NAME)
    try:
        yield store
    finally:
        store.close()


def change_of(before: Document, after: Document) -> Change:
    """What is different in two versions of a document."""
    pairs = {name: (getattr(before.info, name), getattr(after.info, name)) for name in _COMPARED}
    return Change(
        document_id=after.document_id,
        text=difference(before.text, after.text),
        fields={name: (old, new) for name, (old, new) in pairs.items() if old != new},
    )


def _too_short(before: Document, after: Document) -> Failure:
    return Failure(
        target=after.info.source,
        error=f"came back with {len(after.text)} characters where {len(before.text)} are indexed; "
        "the indexed text was kept. If it is right, take it with `aspire-ingest add`",
    )
