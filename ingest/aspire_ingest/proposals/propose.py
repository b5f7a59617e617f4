"""Looking at a change before it is made: nothing of the index changes here."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aspire_ingest.index.store.base import Base, open_base
from aspire_ingest.index.types import APPROVED_BY, UNKNOWN_LANGUAGE, Document, DocumentInfo
from aspire_ingest.load.assemble import canonical_url
from aspire_ingest.pipeline.hold_rules import holding_marks, this_day
from aspire_ingest.pipeline.overrides import Amendment
from aspire_ingest.pipeline.pipeline import Parts
from aspire_ingest.pipeline.places import canonical
from aspire_ingest.pipeline.review import Change, change_of
from aspire_ingest.pipeline.same_text import text_key
from aspire_ingest.proposals.items import Kept, amended, obtain
from aspire_ingest.proposals.kinds import Action, Got, Proposal, ProposalError, Wanted
from aspire_ingest.proposals.likeness import Alike, alike
from aspire_ingest.proposals.shelf import GOOD_FOR, Shelf, scratch
from aspire_ingest.remarks import line_of, short_line
from aspire_ingest.web.visits import VISITS_NAME, sources_of

_SHOWN = (
    "document_id", "source", "title", "url", "publisher", "published", "language",
    "kind", "edition", "audience", "gone_since",
)  # fmt: skip
_SHORT_SHARE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a proposal would do, for those who decide."""

    proposal: Proposal
    document: DocumentInfo
    passages: int
    characters: int
    published_from: str | None
    """`wanted` (by who proposes), or where the document has it from, as `DateOrigin` says."""
    change: Change | None
    """Against what is indexed; None where nothing is."""
    alike: tuple[Alike, ...] = ()
    marks: tuple[str, ...] = ()
    """Those that keep it out of the index until they are accepted."""
    warnings: Mapping[str, str] = field(default_factory=dict[str, str])
    """What to think about, by a word for programs: see `_of_file` and `_warnings`."""

    def as_json(self) -> dict[str, object]:
        """In the form that scripts know."""
        info = self.document
        return {
            "proposal": self.proposal.proposal_id,
            "action": self.proposal.action,
            "document": {
                **{name: getattr(info, name) for name in _SHOWN},
                "passages": self.passages,
                "characters": self.characters,
                "published_from": self.published_from,
            },
            "change": self.change.as_json() if self.change else None,
            "alike": [one.as_json() for one in self.alike],
            "warnings": dict(self.warnings),
            "marks": list(self.marks),
            "remarks": [line_of(remark) for remark in info.remarks],
            "quality": info.quality,
            "expires": (self.proposal.made_at + GOOD_FOR).isoformat(timespec="seconds"),
        }


def propose(
    target: str, parts: Parts, *, name: str | None = None, wanted: Wanted | None = None
) -> Preview:
    """Look at one address or file, and keep its bytes. `name` is the file's `source`.

    Raises:
        ProposalError: it cannot be had or read.
        AspireError: the index cannot be read, or the disk is full.
    """
    got, body = obtain(target, parts.source, name=name)
    return _keep(got, body, wanted or Wanted(), parts)


def propose_in_place(document_id: str, target: str, parts: Parts, *, name: str) -> Preview:
    """Look at a file, called `name`, that is to stand for a document of the index.

    Raises:
        ProposalError: it cannot be had or read, or no such document is indexed.
    """
    got, body = obtain(target, parts.source, name=name)
    return _keep(got, body, Wanted(), parts, in_place_of=document_id)


def propose_amendment(document_id: str, amendment: Amendment, parts: Parts) -> Preview:
    """Look at what staff are to say of a document; nothing is read.

    Raises:
        ProposalError: it is not indexed, or cannot be so.
    """
    base = open_base(parts.home)
    document = amended(base, document_id, amendment)
    proposal = Proposal(
        action=_action(document, base),
        document_id=document_id,
        title=document.info.title,
        made_at=datetime.now(UTC),
        known_hash=base.known[document_id].content_hash,
        document_hash=document.info.content_hash,
        amendment=amendment,
    )
    Shelf(parts.home).put(proposal, b"")
    return _preview(proposal, document, base, parts, followed="")


def propose_again(proposal_id: str, parts: Parts, wanted: Wanted) -> Preview:
    """Look once more at the same bytes, with other wishes; the earlier proposal stays.

    Raises:
        ProposalError: there is no such proposal, or not any more.
    """
    shelf = Shelf(parts.home)
    earlier = shelf.get(proposal_id)
    if earlier.got is None or not shelf.body(proposal_id).is_file():
        raise ProposalError("expired", "What was looked at is kept no more; propose it again")
    body = shelf.body(proposal_id).read_bytes()
    in_place_of = earlier.document_id if earlier.is_in_place else None
    return _keep(earlier.got, body, wanted, parts, in_place_of=in_place_of)


def propose_removal(place: str, parts: Parts) -> Preview:
    """Look at the removal of one document, by its id or its address.

    Raises:
        ProposalError: no document has it, or several have the address.
    """
    base = open_base(parts.home)
    stored = _stored(base, _find(base, place))
    info = stored.info
    proposal = Proposal(
        action="remove",
        document_id=info.document_id,
        title=info.title,
        made_at=datetime.now(UTC),
        known_hash=info.content_hash,
        document_hash=None,
    )
    Shelf(parts.home).put(proposal, b"")
    followed = _followed(parts, base.known[info.document_id].origin, info)
    return Preview(
        proposal=proposal,
        document=info,
        passages=len(parts.split(stored)),
        characters=len(stored.text),
        published_from=_published_from(stored, Wanted()),
        change=None,
        warnings={"followed": followed} if followed else {},
    )


def _keep(
    got: Got, body: bytes, wanted: Wanted, parts: Parts, *, in_place_of: str | None = None
) -> Preview:
    base = open_base(parts.home)
    with scratch(body) as file:  # read from a file as it will be when it is accepted
        kept = Kept(got=got, body=file, wanted=wanted, in_place_of=in_place_of)
        document = kept.load(base, parts.source)
    known = base.known.get(document.document_id)
    proposal = Proposal(
        action=_action(document, base),
        document_id=document.document_id,
        title=document.info.title,
        made_at=datetime.now(UTC),
        known_hash=known.content_hash if known else None,
        document_hash=document.info.content_hash,
        got=got,
        wanted=wanted,
        is_in_place=in_place_of is not None,
        body_hash=hashlib.sha256(body).hexdigest(),
    )
    if not parts.split(document):
        raise ProposalError("unreadable", f"{got.source}: holds no text that could be indexed")
    Shelf(parts.home).put(proposal, body)
    origin = known.origin if known else canonical(got.source)
    followed = "" if in_place_of else _followed(parts, origin, document.info)
    return _preview(proposal, document, base, parts, followed=followed)


def _preview(
    proposal: Proposal, document: Document, base: Base, parts: Parts, *, followed: str
) -> Preview:
    is_known = document.document_id in base.known
    before = _stored(base, document.document_id) if is_known else None
    marks = holding_marks(document, this_day())
    return Preview(
        proposal=proposal,
        document=document.info,
        passages=len(parts.split(document)),
        characters=len(document.text),
        published_from=_published_from(document, proposal.wanted),
        change=change_of(before, document) if before else None,
        alike=tuple(_alike(proposal, document, base)),
        marks=marks,
        warnings=_of_file(document.info, marks) | _warnings(document, before, followed),
    )


def _alike(proposal: Proposal, document: Document, base: Base) -> Iterator[Alike]:
    """What says nearly the same; where staff make a document theirs, its public copies alone."""
    if proposal.amendment is None:
        yield from alike(document, _others(base))
    elif proposal.amendment.fields.get("audience") == "staff":
        key = text_key(document.text)
        for other in _others(base):
            is_other = other.document_id != document.document_id
            if is_other and other.info.audience == "public" and text_key(other.text) == key:
                yield Alike(document=other.info, share=1.0)


def _action(document: Document, base: Base) -> Action:
    known = base.known.get(document.document_id)
    if known is None:
        return "add"
    return "keep" if known.content_hash == document.info.content_hash else "replace"


def _others(base: Base) -> Iterator[Document]:
    return (document for document, _ in base.documents())


def _stored(base: Base, document_id: str) -> Document:
    return next(document for document, _ in base.documents((document_id,)))


def _find(base: Base, place: str) -> str:
    if place in base.known:
        return place
    wanted = canonical_url(place) if "://" in place else None
    found = [
        document.document_id
        for document in _others(base)
        if wanted
        and any(
            canonical_url(one) == wanted
            for one in (document.info.url, document.info.source)
            if one and "://" in one
        )
    ]
    if len(found) > 1:
        raise ProposalError("ambiguous", f"{place} is the address of {', '.join(found)}")
    if not found:
        raise ProposalError("unknown", f"{place} is not in the index")
    return found[0]


def _published_from(document: Document, wanted: Wanted) -> str | None:
    return "wanted" if wanted.published is not None else document.info.published_from


def _followed(parts: Parts, origin: str, info: DocumentInfo) -> str:
    """The sources that bring the document by themselves."""
    places = {origin, info.source, info.url or ""}
    return ", ".join(sources_of(parts.home.root / VISITS_NAME, places))


def _of_file(info: DocumentInfo, marks: tuple[str, ...]) -> dict[str, str]:
    """`marked` (with what: it is for staff, perhaps), `remarks` (what its text does not show)."""
    found = {"marked": ", ".join(marks)} if marks else {}
    return found | ({"remarks": short_line(info.remarks)} if info.remarks else {})


def _warnings(document: Document, before: Document | None, followed: str) -> dict[str, str]:
    """What to think about, by code.

    `followed` (by which sources: they bring it again, as it says itself), `no_date`,
    `no_language`, `short` (the characters that are indexed), `gone` (since when it was gone),
    `published` (it was for staff and is to be public), `approved` (by whom it says it was).
    """
    info, found = document.info, dict[str, str]()
    if followed:
        found["followed"] = followed
    if info.published is None:
        found["no_date"] = ""
    if info.language == UNKNOWN_LANGUAGE:
        found["no_language"] = ""
    if APPROVED_BY in info.extra:  # a stranger's must not pass for staff's answer unseen
        found["approved"] = info.extra[APPROVED_BY]
    if before is not None:
        if len(document.text) < _SHORT_SHARE * len(before.text):
            found["short"] = str(len(before.text))
        if before.info.gone_since:
            found["gone"] = before.info.gone_since
        if before.info.audience == "staff" and info.audience == "public":
            found["published"] = ""
    return found
