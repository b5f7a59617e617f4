"""What a run did: the summary on stdout, each failure on stderr, and the exit code that fits."""

from collections.abc import Iterator
from pathlib import Path

from aspire_ingest.cli.output import print_json, print_text, warn
from aspire_ingest.index.program import DONE, IN_PART
from aspire_ingest.pipeline.review import Change, Named
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.sync.report import SyncReport


def print_report(report: Report, folder: Path, *, as_json: bool) -> int:
    """The summary of a run, and in which folder the index is. Gives the exit code."""
    _warn_of_failures(report)
    if as_json:
        print_json(report.as_json())
    else:
        print_text("\n".join(report.lines(is_naming=True, folder=folder)))
    return _exit_code(report)


def print_sync(sync: SyncReport, *, as_json: bool) -> int:
    """The summary of a sync, and for people what it did to each document. Gives the exit code."""
    _warn_of_failures(sync.report)
    if as_json:
        print_json(sync.as_json())
    else:
        print_text("\n".join([*sync.lines(), *_document_lines(sync.report)]))
    return _exit_code(sync.report)


def log_sync(sync: SyncReport) -> None:
    """One run of a watch, all on stderr: each failure, then the summary."""
    _warn_of_failures(sync.report)
    for line in sync.lines():
        warn(line)


def _warn_of_failures(report: Report) -> None:
    for failure in report.failures:
        warn(f"{failure.target}: {failure.error}")


def _exit_code(report: Report) -> int:
    return DONE if report.is_complete else IN_PART


def _document_lines(report: Report) -> list[str]:
    """What a run did to each document, below an empty line; nothing where it did nothing."""
    lines = [*_outcome_lines(report)]
    for change in report.changes():
        lines += _change_lines(change, report.reviewed.named.get(change.document_id))
    return ["", *lines] if lines else []


def _outcome_lines(report: Report) -> Iterator[str]:
    """A line for each document that came, moved or went: `gone: Title <place> (reason)`."""
    ids_by_outcome = (
        ("added", report.added()),
        ("moved", report.moved()),
        ("removed", report.plan.remove),
        ("gone", report.plan.gone),
        ("standing again", report.plan.unmark),
    )
    for outcome, ids in ids_by_outcome:
        for document_id in ids:
            name = report.reviewed.named.get(document_id)
            if name is None:
                yield document_id
                continue
            reason = _reason(report, outcome, document_id, name)
            yield f"{outcome}: {_title_and_place(name)}" + (f" ({reason})" if reason else "")


def _reason(report: Report, outcome: str, document_id: str, name: Named) -> str | None:
    if outcome == "added":
        return name.dated
    if outcome == "moved":
        return f"was {report.reviewed.moved[document_id]}"
    return report.reviewed.reasons.get(document_id)


def _change_lines(change: Change, name: Named | None) -> Iterator[str]:
    """A document that was replaced: its fields before and after, and how its text differs."""
    yield f"changed: {_title_and_place(name)}" if name else change.document_id
    for field, (before, after) in change.fields.items():
        yield f"    {field}: {before} -> {after}"
    for line in change.text.lines:
        yield f"    {line}"


def _title_and_place(name: Named) -> str:
    return f"{name.title} <{name.place}>"
