"""What became of one source, visit by visit, or of one document, by the records of runs. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from aspire_ingest.pipeline.runs import Record

_MOST_SHOWN = 50
_COUNTS = ("added", "changed", "moved", "unchanged", "gone", "removed", "failed", "held")


def history_of(name: str, runs: Iterable[Record]) -> dict[str, object]:
    """Say how the visits of a source went, newest first, and what the last one changed.

    Args:
        name: of the source.
        runs: records of runs, newest first.
    """
    visits: list[dict[str, object]] = []
    last: dict[str, object] | None = None
    for run in runs:
        if run.get("outcome") == "failed":
            if run.get("command") == "sync":
                visits.append({**_named(run), "problem": run.get("error")})
            continue
        entry = _entry(name, run)
        if entry is None:
            continue
        counts = {key: entry.get(key, 0) for key in _COUNTS}
        visits.append({**_named(run), **counts, "problem": entry.get("problem") or None})
        last = last or _changes(run, cast("Sequence[str]", entry.get("documents", ())), name)
    return {"source": name, "visits": visits, "last": last}


def last_change_of(document_id: str, runs: Iterable[Record]) -> dict[str, object]:
    """Say what the latest run that changed the text or the facts of a document changed.

    Args:
        document_id: of the document.
        runs: records of runs, newest first.
    """
    changed = (
        {**_named(run), "index_version": run.get("index_version"), **one}
        for run in runs
        for one in cast("Sequence[Mapping[str, object]]", run.get("changes", ()))
        if one["document_id"] == document_id
    )
    return {"document": document_id, "last": next(changed, None)}


def _named(run: Record) -> dict[str, object]:
    return {key: run.get(key) for key in ("run", "ended", "outcome")}


def _entry(name: str, run: Record) -> Mapping[str, object] | None:
    entries = cast("Sequence[Mapping[str, object]]", run.get("sources", ()))
    return next((one for one in entries if one.get("name") == name), None)


def _changes(run: Record, documents: Sequence[str], name: str) -> dict[str, object]:
    """What a visit did to the documents of the source, each by its title and place."""
    own = set(documents)
    named = cast("Mapping[str, Mapping[str, str]]", run.get("documents", {}))
    groups = {
        group: [
            {"document_id": one, **named.get(one, {"title": one, "place": ""})}
            for one in cast("Sequence[str]", run.get(group, ()))
            if one in own
        ][:_MOST_SHOWN]
        for group in ("added", "moved", "removed", "gone")
    }
    changes = cast("Sequence[Mapping[str, object]]", run.get("changes", ()))
    changed = [
        {**named.get(str(one["document_id"]), {"title": "", "place": ""}), **one}
        for one in changes
        if one["document_id"] in own
    ]
    held = cast("Sequence[Mapping[str, object]]", run.get("held", ()))
    failed = cast("Sequence[Mapping[str, object]]", run.get("failed", ()))
    return {
        **_named(run),
        **groups,
        "changed": changed[:_MOST_SHOWN],
        "held": [one for one in held if one.get("source") == name][:_MOST_SHOWN],
        "failed": list(failed)[:_MOST_SHOWN],
    }
