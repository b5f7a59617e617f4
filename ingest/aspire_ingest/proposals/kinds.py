"""What a proposal is, as it is kept on disk, and what is wrong with one."""

import hashlib
import re
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from aspire_ingest.errors import IngestError
from aspire_ingest.index.types import Audience, Kind
from aspire_ingest.load.stated.dates import parse_date
from aspire_ingest.pipeline.overrides import Amendment

Action = Literal["add", "replace", "keep", "remove"]
"""What a proposal does to the index; `keep`: the document is there just so already."""
Refusal = Literal[
    "unreadable", "unknown", "ambiguous", "expired", "stale", "changed", "later", "marked", "unfit",
    "approved"
]  # fmt: skip
PROPOSAL_ID = re.compile(r"[0-9a-f]{24}")


class ProposalError(IngestError):
    """A proposal cannot be made, accepted or undone; `code` says why in one word.

    `unreadable`: the page or file cannot be had or read. `unknown`: no such document, or no such
    proposal. `ambiguous`: several documents have the address. `expired`: it was made too long ago.
    `stale`: the index is not what it was when the proposal was made. `changed`: the document was
    changed since, so that an undo would lose that. `later`: nothing was done that could be undone.
    `marked`: it is marked confidential, a draft or under embargo, and would be public. `unfit`:
    what is to be said of it cannot be. `approved`: it is an answer that staff approved, and is
    changed as one.
    """

    def __init__(self, code: Refusal, reason: str) -> None:
        """Say why, in a word for programs and a sentence for people."""
        super().__init__(reason)
        self.code: Refusal = code


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Wanted(_Kept):
    """What somebody says of the document instead of what it says itself; None: as it says."""

    title: str | None = Field(default=None, min_length=1, max_length=300)
    kind: Kind | None = None
    published: str | None = None
    audience: Audience | None = None

    @field_validator("title")
    @classmethod
    def _one_line(cls, value: str | None) -> str | None:
        return " ".join(value.split()) or None if value else None

    @field_validator("published")
    @classmethod
    def _date(cls, value: str | None) -> str | None:
        if value is None:
            return None
        found = parse_date(value)
        if found is None:
            raise ValueError(f"{value!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
        return found

    @property
    def is_empty(self) -> bool:
        """Whether the document is taken as it is."""
        return self == Wanted()


class Got(_Kept):
    """Where the bytes came from: what a server said with a page, or a file's name."""

    source: str
    """What the document's `source` will be."""
    address: str | None = None
    """Of a page: where it was found after redirects."""
    media_type: str | None = None
    charset: str | None = None


class Proposal(_Kept):
    """One change that was looked at."""

    action: Action
    document_id: str
    title: str
    made_at: datetime
    known_hash: str | None
    """The `content_hash` of what was indexed when it was made; None: nothing."""
    document_hash: str | None
    """That of the document it brings; None: it removes."""
    got: Got | None = None
    """None where it removes, or amends."""
    wanted: Wanted = Wanted()
    amendment: Amendment | None = None
    """What staff say of the document from now on; nothing is read then."""
    is_in_place: bool = False
    """Whether the bytes are a file that stands for the document from now on."""
    body_hash: str = ""

    @property
    def proposal_id(self) -> str:
        """The same for the same bytes, wishes and state of the index."""
        told = self.model_dump_json(exclude={"made_at", "title"})
        return hashlib.sha256(told.encode()).hexdigest()[:24]


class Undo(_Kept):
    """What an accepted proposal did, and what was there before."""

    document_id: str
    after: str | None
    """The `content_hash` that it brought; None: it removed."""
    before: str | None
    """That of what was there before; None: nothing."""
    row: list[str | None] | None = None
    """The document that was there, as `document_row` writes it."""


class RunUndo(_Kept):
    """What one run did, document by document."""

    changes: tuple[Undo, ...]
