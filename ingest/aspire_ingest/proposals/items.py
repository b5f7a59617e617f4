"""From a target, or from kept bytes, to one document with what somebody wants said of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from aspire_ingest.errors import LoadError
from aspire_ingest.index.store.base import Base
from aspire_ingest.index.types import APPROVED_BY, Document
from aspire_ingest.load.assemble import with_content_hash
from aspire_ingest.load.items import FileItem, UrlItem
from aspire_ingest.load.kinds import BULK_EXTENSIONS
from aspire_ingest.load.stated.marks import find_marks
from aspire_ingest.load.types import Item
from aspire_ingest.pipeline.overrides import Amendment, OverrideError, amend, override, put_in_place
from aspire_ingest.pipeline.scan import Source
from aspire_ingest.proposals.kinds import Got, ProposalError, Wanted
from aspire_ingest.web.types import Fetched


@dataclass(slots=True)
class WantedItem:
    """An item whose documents are what somebody wants them to be."""

    item: Item
    wanted: Wanted

    @property
    def source(self) -> str:
        """See `Item`."""
        return self.item.source

    @property
    def name(self) -> str:
        """See `Item`."""
        return self.item.name

    def raw_hash(self) -> str:
        """See `Item`; as it is, it has the hash that it has for a run of `add`."""
        plain = self.item.raw_hash()
        if self.wanted.is_empty:
            return plain
        return hashlib.sha256(f"{plain}\n{self.wanted.model_dump_json()}".encode()).hexdigest()

    def load(self) -> list[Document]:
        """See `Item`."""
        return [apply(self.wanted, document) for document in self.item.load()]


def apply(wanted: Wanted, document: Document) -> Document:
    """Say of a document what somebody wants said of it."""
    changes = wanted.model_dump(exclude_none=True)
    if not changes:
        return document
    if "published" in changes:
        changes["published_from"] = None  # the document does not say it
    info = replace(document.info, **changes)
    if info.override is not None:  # what staff wish now is what they say from now on
        wished = {name: one for name, one in changes.items() if name in info.override.said}
        said = {**info.override.said, **wished}
        info = replace(info, override=replace(info.override, said=said))
    changed = with_content_hash(info, document.text, document.page_starts)
    return replace(changed, marks=document.marks)


def obtain(target: str, source: Source, *, name: str | None = None) -> tuple[Got, bytes]:
    """Get the bytes behind one address, or of one file, which may be given another name.

    Raises:
        ProposalError: it is none of these, or cannot be had.
    """
    if PurePath(name or target).suffix.lower() in BULK_EXTENSIONS:
        raise ProposalError(
            "unreadable", f"{name or target} is a bulk file; index it with `aspire-ingest add`"
        )
    try:
        item = _only(target, list(source.discover(target)))
        if isinstance(item, UrlItem):
            fetched = item.fetch(item.source)
            got = Got(
                source=item.source,
                address=fetched.url,
                media_type=fetched.media_type,
                charset=fetched.charset,
            )
            return got, fetched.body
        file = replace(item, source=name or item.source)  # the path is nobody's business
        file.raw_hash()  # says what is wrong: too large, no file
        return Got(source=file.source), file.path.read_bytes()
    except LoadError as error:
        raise ProposalError("unreadable", str(error)) from error
    except OSError as error:
        raise ProposalError("unreadable", f"{target} cannot be read: {error.strerror}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Kept bytes, and what is to become of them."""

    got: Got
    body: Path
    wanted: Wanted
    in_place_of: str | None = None
    """The document that they stand for from now on; None: whichever they are."""

    def load(self, base: Base, source: Source) -> Document:
        """Read the document that they are, as staff say it.

        Raises:
            ProposalError: the bytes are gone or cannot be read, or no such document is indexed.
        """
        try:
            (document,) = kept_item(self.got, self.body, Wanted(), source).load()
        except LoadError as error:
            raise ProposalError("unreadable", str(error)) from error
        if self.in_place_of is None:
            said = base.override_of(document.document_id)
            return apply(self.wanted, override(document, said))
        name = self.got.source.rpartition("/")[2]
        return apply(self.wanted, put_in_place(stored(base, self.in_place_of), document, name))


def amended(base: Base, document_id: str, amendment: Amendment) -> Document:
    """Give a document of the index as an amendment makes it.

    Raises:
        ProposalError: it is not indexed, or cannot be so.
    """
    before = stored(base, document_id)
    try:
        document = amend(before, amendment)
    except OverrideError as error:
        raise ProposalError("unfit", str(error)) from error
    info = document.info
    if before.info.audience == info.audience or info.audience != "public":
        return document
    # The index keeps no marks: before others may read it, they are looked for again.
    marks = find_marks(document.text, title=info.title, source=info.source, extra=info.extra)
    return replace(document, marks=marks)


def stored(base: Base, document_id: str) -> Document:
    """Give a document of the index that staff may work on.

    Raises:
        ProposalError: it is not there, or it is an approved answer.
    """
    found = next((one for one, _ in base.documents((document_id,))), None)
    if found is None:
        raise ProposalError("unknown", f"{document_id} is not in the index")
    if APPROVED_BY in found.info.extra:
        raise ProposalError("approved", f"{document_id} is an approved answer: change it as one")
    return found


def kept_item(got: Got, body: Path, wanted: Wanted, source: Source) -> WantedItem:
    """The item that kept bytes are, as if they were had just now.

    Raises:
        ProposalError: the bytes are gone.
    """
    if not body.is_file():
        raise ProposalError("expired", "What was looked at is kept no more; propose it again")
    if got.address is None:
        (file,) = source.discover(str(body))
        assert isinstance(file, FileItem)  # noqa: S101 - it is a file
        return WantedItem(replace(file, source=got.source), wanted)
    (page,) = source.discover(got.source)
    assert isinstance(page, UrlItem)  # noqa: S101 - it was one when it was fetched
    fetched = Fetched(
        url=got.address,
        body=body.read_bytes(),
        media_type=got.media_type,
        charset=got.charset,
    )

    def had(_url: str) -> Fetched:
        return fetched

    return WantedItem(replace(page, fetch=had), wanted)


def _only(target: str, found: Sequence[Item | LoadError]) -> FileItem | UrlItem:
    item = found[0] if len(found) == 1 else None
    if isinstance(item, LoadError):
        raise item
    if isinstance(item, FileItem | UrlItem):
        return item
    raise ProposalError("unreadable", f"{target}: give one file or one address")
