"""What `aspire-ingest` is told and says of the sources that it visits."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class NewSource(_Read):
    """A place on the web that the index is to be kept in line with."""

    name: str
    type: str
    addresses: tuple[str, ...]
    audience: str = ""
    kind: str = ""
    publisher: str = ""

    def arguments(self) -> tuple[str, ...]:
        """Say it as `aspire-ingest add-source` reads it, but for the name."""
        said = {"audience": self.audience, "kind": self.kind, "publisher": self.publisher}
        return (
            f"--type={self.type}",
            *(f"--address={one}" for one in self.addresses),
            *(f"--{name}={value}" for name, value in said.items() if value),
        )


class AddedSource(_Read):
    """A source that stands in the sources file now."""

    added: str
    file: str


class Visit(_Read):
    """One visit to a source, or a run that failed as a whole before it got there."""

    run: str
    ended: str | None = None
    outcome: str | None = None
    added: int = 0
    changed: int = 0
    moved: int = 0
    unchanged: int = 0
    gone: int = 0
    removed: int = 0
    failed: int = 0
    held: int = 0
    problem: str | None = None


class VisitedDocument(_Read):
    """A document that a visit changed, and how."""

    document_id: str
    title: str
    place: str
    difference: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str | None, str | None]] = Field(
        default_factory=dict[str, tuple[str | None, str | None]]
    )


class VisitFailure(_Read):
    """What of a visit was not indexed, and why."""

    target: str
    error: str = ""
    reason: str = ""


class VisitChanges(_Read):
    """What the last visit to a source changed."""

    run: str
    ended: str | None = None
    added: tuple[VisitedDocument, ...] = ()
    changed: tuple[VisitedDocument, ...] = ()
    moved: tuple[VisitedDocument, ...] = ()
    removed: tuple[VisitedDocument, ...] = ()
    gone: tuple[VisitedDocument, ...] = ()
    held: tuple[VisitFailure, ...] = ()
    failed: tuple[VisitFailure, ...] = ()


class SourceHistory(_Read):
    """The visits to a source, newest first."""

    source: str
    visits: tuple[Visit, ...] = ()
    last: VisitChanges | None = None
