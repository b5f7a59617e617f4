"""What a sync did, source by source."""

from dataclasses import dataclass

from aspire_ingest.index.program import counted
from aspire_ingest.pipeline.plan import Failure
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.sync.brought import Brought

_MOST_NAMED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """One source: how many documents fell where. `problem` is why it failed as a whole."""

    name: str
    added: int
    changed: int
    unchanged: int
    gone: int
    removed: int
    failed: int
    held: int
    moved: int
    requests: int
    conditional: int
    unmodified: int
    problem: str = ""
    documents: tuple[str, ...] = ()
    """Ids of those that did not stay as they were; of very many, the first."""

    @classmethod
    def of(cls, brought: Brought, report: Report, problem: str) -> "SourceReport":
        """Count what became of the documents of a source."""
        own, plan = {*brought.documents, *brought.covered}, report.plan
        return cls(
            name=brought.source.name,
            added=len(own & set(report.added())),
            changed=len(own & set(report.replaced())),
            unchanged=len(own & set(plan.keep)),
            gone=len(own & set(plan.gone)),
            removed=len(own & set(plan.remove)),
            failed=brought.failed,
            held=brought.held,
            moved=len(set(brought.documents) & set(report.moved())),
            requests=brought.requests.pages,
            conditional=brought.requests.conditional,
            unmodified=brought.requests.unmodified,
            problem=problem,
            documents=tuple(sorted(own - set(plan.keep)))[:_MOST_NAMED],
        )

    def as_json(self) -> dict[str, object]:
        """In the form of reports."""
        return {name: getattr(self, name) for name in self.__slots__}

    def line(self) -> str:
        """For people."""
        counts = ("added", "changed", "moved", "unchanged", "gone", "removed", "failed", "held")
        told = [f"{getattr(self, name)} {name}" for name in counts if getattr(self, name)]
        asked = f"{counted(self.requests, 'request')}, {self.unmodified} not modified"
        line = f"{self.name}: {', '.join(told) or 'nothing'} ({asked})"
        return f"{line}; {self.problem}" if self.problem else line


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """The summary of one sync: what `Report` says, and each source."""

    report: Report
    sources: tuple[SourceReport, ...]
    skipped: tuple[Failure, ...] = ()

    def more_json(self) -> dict[str, object]:
        """What is said beyond the summary of every run."""
        return {
            "sources": [source.as_json() for source in self.sources],
            "skipped": [{"target": link.target, "error": link.error} for link in self.skipped],
        }

    def as_json(self) -> dict[str, object]:
        """The summary in the form that scripts know."""
        return {**self.report.as_json(), **self.more_json()}

    def lines(self) -> list[str]:
        """The summary for people, without the failures."""
        lines = [source.line() for source in self.sources]
        lines += self.report.lines()
        if self.skipped:
            verb = "leads" if len(self.skipped) == 1 else "lead"
            links = counted(len(self.skipped), "link")
            lines.append(f"{links} that {verb} nowhere or where we may not read")
        return lines
