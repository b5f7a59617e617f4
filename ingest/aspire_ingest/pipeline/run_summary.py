"""What a run did, for people and for scripts."""

from dataclasses import dataclass, field

from aspire_ingest.pipeline.plan import Failure, Held, Plan
from aspire_ingest.pipeline.review import Change, Named, Reviewed
from aspire_ingest.remarks import line_of, short_line

_MOST_REMARKED = 50
_MOST_NAMED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The summary of one run. `passages` and `index_version` are of the index after it."""

    plan: Plan
    failures: tuple[Failure, ...]
    passages: int
    seconds: float
    index_version: str | None
    is_dry_run: bool = False
    held: tuple[Held, ...] = ()
    """Documents that can be read and are not indexed, or are as they were indexed before."""
    unstored: frozenset[str] = frozenset()
    """Documents that were planned and could not be stored."""
    reviewed: Reviewed = field(default_factory=Reviewed)
    """What the documents are called, what changed in them, and why those gone are."""
    undo: str | None = None
    """What `aspire-ingest undo` knows the run by; None where it cannot be undone."""

    @property
    def is_complete(self) -> bool:
        """Whether everything asked for was done."""
        return not (self.failures or self.held or self.doubtful())

    def added(self) -> list[str]:
        """Ids of documents that are new."""
        return [document_id for document_id in self.plan.add if document_id not in self.unstored]

    def replaced(self) -> list[str]:
        """Ids of documents that changed."""
        left_out = {*self.unstored, *self.reviewed.moved}
        return [document_id for document_id in self.plan.replace if document_id not in left_out]

    def moved(self) -> list[str]:
        """Ids of documents that say the same, and whose file is elsewhere now."""
        return [
            document_id for document_id in self.reviewed.moved if document_id not in self.unstored
        ]

    def as_json(self) -> dict[str, object]:
        """The summary in the form that scripts know."""
        return {
            "added": self.added(),
            "replaced": self.replaced(),
            "removed": list(self.plan.remove),
            "moved": self.moved(),
            "unchanged": len(self.plan.keep),
            "failed": [
                {"target": failure.target, "error": failure.error} for failure in self.failures
            ],
            "passages": self.passages,
            "seconds": round(self.seconds, 3),
            "index_version": self.index_version,
            "gone": list(self.plan.gone),
            "dry_run": self.is_dry_run,
            "changes": [change.as_json() for change in self.changes()],
            "gone_since": dict(self.reviewed.gone_since),
            "gone_because": dict(self.reviewed.reasons),
            "moved_from": dict(self.reviewed.moved),
            "standing_again": list(self.plan.unmark),
            "dates": self._dates(),
            "undo": self.undo,
            "named": self._names(),
            "held": [held.as_json() for held in self.held],
            "doubtful": self.doubtful(),
            "remarked": [
                {
                    "target": name.place,
                    "title": name.title,
                    "remarks": [line_of(remark) for remark in name.remarks],
                }
                for _, name in self.remarked()[:_MOST_REMARKED]
            ],
        }

    def remarked(self) -> list[tuple[str, Named]]:
        """Documents added or replaced now whose files have remarks, by id."""
        names = self.reviewed.named
        return [
            (document_id, names[document_id])
            for document_id in (*self.added(), *self.replaced())
            if document_id in names and names[document_id].remarks
        ]

    def doubtful(self) -> list[dict[str, object]]:
        """Those of them whose text may be wrong, with what is said of it."""
        documents: list[dict[str, object]] = []
        for _, name in self.remarked():
            warnings = [line_of(remark) for remark in name.remarks if remark.kind == "doubtful"]
            if warnings:
                documents.append({"target": name.place, "warnings": warnings})
        return documents

    def _names(self) -> dict[str, dict[str, str]]:
        """Title and place of what was added, replaced or removed, by id; the first of many."""
        names = self.reviewed.named
        names_json: dict[str, dict[str, str]] = {}
        for group in (self.added(), self.replaced(), self.plan.remove):
            for document_id in group[:_MOST_NAMED]:
                if document_id in names:
                    name = names[document_id]
                    names_json[document_id] = {"title": name.title, "place": name.place}
        return names_json

    def _dates(self) -> dict[str, dict[str, str | None]]:
        """When what was added or replaced was published, and where that comes from, by id."""
        names = self.reviewed.named
        return {
            document_id: {
                "published": names[document_id].published,
                "published_from": names[document_id].published_from,
            }
            for document_id in (*self.added(), *self.replaced(), *self.moved())
            if document_id in names
        }

    def changes(self) -> list[Change]:
        """What changed in the documents that were replaced."""
        return [
            change
            for change in self.reviewed.changes
            if change.document_id not in self.unstored
            and (change.document_id not in self.reviewed.moved or change.fields.keys() - {"source"})
        ]

    def lines(self) -> list[str]:
        """The summary for people, without the failures."""
        would = "would be " if self.is_dry_run else ""
        groups = (
            ("added", self.added()),
            ("replaced", self.replaced()),
            ("moved", self.moved()),
            ("removed", self.plan.remove),
        )
        lines = [f"{len(ids)} {would}{verb}" for verb, ids in groups if ids]
        lines.append(f"{len(self.plan.keep)} unchanged")
        if self.plan.gone:
            lines.append(f"{len(self.plan.gone)} gone from the targets and kept (--prune removes)")
        if self.plan.unmark:
            lines.append(f"{len(self.plan.unmark)} {would}known to stand again")
        if not self.is_dry_run and self.index_version:
            noun = "passage" if self.passages == 1 else "passages"
            lines.append(f"{self.passages} {noun} in index {self.index_version}")
        if self.undo:
            lines.append(f"`aspire-ingest undo {self.undo}` brings back what was there before")
        return [*lines, *self._held_lines(), *self._remarked_lines()]

    def _held_lines(self) -> list[str]:
        lines = [held.line for held in self.held]
        if any(held.marks for held in self.held):
            lines.append(
                "What is marked is not indexed: state `audience: staff`, or accept the marks with "
                "`--accept-marks` or `marks: accepted`"
            )
        if any(not held.marks for held in self.held):
            lines.append(
                "What was not read well enough is not indexed: give a better file, or ask for less "
                "with `--min-quality` or `min_quality`"
            )
        return lines

    def _remarked_lines(self) -> list[str]:
        names = [name for _, name in self.remarked()]
        lines = [f"{name.title} — {short_line(name.remarks)}" for name in names[:_MOST_REMARKED]]
        if len(names) > _MOST_REMARKED:
            lines.append(f"… and {len(names) - _MOST_REMARKED} more with remarks")
        return lines
