"""What the report of the index shows, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from aspire_ingest.sync.health import Alert, SourceHealth

PeriodUnit = Literal["month", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Documents by when they were published: every period from the first to the last.

    `undated` have no date, `vague` one that is too coarse for the unit, `earlier` one before the
    first period shown.
    """

    unit: PeriodUnit
    counts: Mapping[str, int]
    undated: int = 0
    vague: int = 0
    earlier: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDocument:
    """A document as it is shown: its title, and where a reader can open it."""

    document_id: str
    title: str
    url: str | None
    edition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneDocument:
    """A document whose place no longer holds it."""

    document: NamedDocument
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulDocument:
    """A document that was not read whole: how well, and what is lost of it or in doubt."""

    document: NamedDocument
    quality: float
    warnings: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file or page that is not indexed as it is now, and why."""

    target: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikePair:
    """Two documents of nearly the same text. `likeness` is what they share of both, up to 1."""

    one: NamedDocument
    other: NamedDocument
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run in a line."""

    name: str
    command: str
    ended: str
    outcome: str
    added: int
    replaced: int
    removed: int
    failed: int
    error: str


class _Exported(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class CitedDocument(_Exported):
    """A document and in how many answers it was cited."""

    document_id: str
    title: str
    url: str | None = None
    times: int


class NearDocument(_Exported):
    """A document that came near to answering a question."""

    document_id: str
    title: str
    url: str | None = None


class OpenQuestion(_Exported):
    """A question that the documents do not answer."""

    question: str
    times: int
    language: str
    asked_at: str
    nearest: Sequence[NearDocument] = ()


class Usage(_Exported):
    """What `aspire-bot usage --json` says."""

    answers: int
    since: str | None = None
    until: str | None = None
    outcomes: Mapping[str, int] = {}
    cited: Sequence[CitedDocument] = ()
    questions: Sequence[OpenQuestion] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One index at one moment."""

    made_at: datetime
    index_version: str
    as_of: str
    documents: int
    passages: int
    periods: Periods
    languages: Mapping[str, int]
    kinds: Mapping[str, int]
    audiences: Mapping[str, int]
    editions: Mapping[str, int]
    sources: Sequence[SourceHealth] = ()
    alerts: Sequence[Alert] = ()
    runs: Sequence[RunLine] = ()
    gone: Sequence[GoneDocument] = ()
    quality: float = 1.0
    """How well the documents were read on average, from 0 to 1."""
    doubtful: Sequence[DoubtfulDocument] = ()
    """Those that were not read whole, the worst first."""
    held: Sequence[Unread] = ()
    """What waits for staff, for its marks or for how it was read."""
    failed: Sequence[Unread] = ()
    """What could not be read when its place was last looked at."""
    copies: Sequence[Sequence[NamedDocument]] = ()
    """Standing documents of one text, group by group."""
    alike: Sequence[AlikePair] = ()
    usage: Usage | None = None
    usage_problem: str = ""
    """Why nothing is known of what is asked and cited; empty where it is."""
    never_cited: Sequence[NamedDocument] = field(default=())
    """Standing documents that no answer cites; empty where no answers are kept."""
