"""What a run did, for people and for scripts."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aspire_ingest.index.program import counted, one_line
from aspire_ingest.pipeline.plan import Failure, Held, Plan
from aspire_ingest.pipeline.review import Change, Named, Reviewed
from aspire_ingest.remarks import line_of, short_line

_MOST_REMARKED = 50
_MOST_NAMED = 50
_MOST_LISTED = 20
"""Documents that are named below what happened to them."""


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
    run: str | None = None
    """What `aspire-ingest history` knows the run by; None where nothing was kept of it."""

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
            "same_text": {name: list(ids) for name, ids in self.reviewed.same_text.items()},
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

    def lines(self, *, is_naming: bool = False, folder: Path | None = None) -> list[str]:
        """The summary for people, without the failures.

        Args:
            is_naming: with the documents' names.
            folder: where the index is, to be said with it.
        """
        would = "would be " if self.is_dry_run else ""
        differ = f" (`aspire-ingest history {self.run}` shows how they differ)" if self.run else ""
        groups = (
            (f"{would}added", self.added()),
            (f"{would}replaced{differ}", self.replaced()),
            (f"{would}moved", self.moved()),
            (f"{would}removed", self.plan.remove),
            ("gone from the targets and kept (--prune removes)", self.plan.gone),
            (f"{would}known to stand again", self.plan.unmark),
        )
        lines: list[str] = []
        for verb, ids in groups:
            if ids:
                lines.append(f"{len(ids)} {verb}")
                lines += self._name_lines(ids) if is_naming else ()
        if self.plan.keep or lines or self.is_complete:
            lines.append(f"{len(self.plan.keep)} unchanged")
            if not self.is_dry_run and self.index_version:
                where = f" ({folder})" if folder else ""
                said = f"{counted(self.passages, 'passage')} in index {self.index_version}{where}"
                lines.append(said)
            if self.failures:
                lines.append(f"{counted(len(self.failures), 'target')} failed")
        else:  # all that was asked for failed or is held: the index is no news
            lines.append("nothing was changed")
        if self.undo:
            lines.append(f"`aspire-ingest undo {self.undo}` brings back what was there before")
        return [*lines, *self._held_lines(), *self._remarked_lines(), *self._copy_lines()]

    def _name_lines(self, document_ids: Sequence[str]) -> list[str]:
        lines = [f"    {self._name(name)}" for name in document_ids[:_MOST_LISTED]]
        more = len(document_ids) - _MOST_LISTED
        return [*lines, f"    … and {more} more"] if more > 0 else lines

    def _name(self, document_id: str) -> str:
        """`Title <id>`; the id alone where no title is known."""
        name = self.reviewed.named.get(document_id)
        return f"{one_line(name.title)} <{document_id}>" if name else document_id

    def _copy_lines(self) -> list[str]:
        copies = [
            f"{self._name(one)} — same text as {', '.join(map(self._name, others))}"
            for one, others in self.reviewed.same_text.items()
            if one not in self.unstored
        ]
        more = len(copies) - _MOST_REMARKED
        copies = copies[:_MOST_REMARKED]
        return [*copies, f"… and {more} more of the same text as another"] if more > 0 else copies

    def _held_lines(self) -> list[str]:
        lines = [held.line for held in self.held]
        marked = [held.target for held in self.held if held.marks]
        if marked:
            file = shlex.quote(marked[0]) if len(marked) == 1 else "FILE"
            lines += [
                "What is marked is not taken in until staff say for whom it is:",
                f"    for staff alone: `aspire-ingest propose {file} --audience staff`, then "
                "`aspire-ingest accept` with what it names, and `aspire-ingest set ID "
                "audience=staff`, so that it stays so (Markdown, text and sources may say "
                "`audience: staff` themselves)",
                "    for everybody: `--accept-marks` or `marks: accepted` makes it public",
            ]
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
