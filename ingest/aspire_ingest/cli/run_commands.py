"""What runs did, for people and for scripts."""

from collections.abc import Mapping, Sequence
from typing import cast

from rich.table import Table

from aspire_ingest.cli.output import print_json, print_text, warn
from aspire_ingest.index.program import DONE, IN_PART, result_console
from aspire_ingest.pipeline.runs import Record

_COUNTED = ("added", "replaced", "moved", "removed", "gone", "failed", "held")


def print_runs(runs: Sequence[Record], *, as_json: bool) -> None:
    """All runs, the newest first."""
    if as_json:
        print_json({"runs": [in_short(run) for run in runs]})
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("run", no_wrap=True, overflow="fold")
    for name in ("outcome", *_COUNTED, "unchanged", "seconds", "index"):
        justify = "left" if name in ("outcome", "index") else "right"
        table.add_column(name, justify=justify, overflow="fold")
    for run in runs:
        short = in_short(run)
        table.add_row(*("" if value is None else str(value) for value in short.values()))
    result_console(is_plain=True).print(table)


def print_run(run: Record | None, name: str, *, as_json: bool) -> int:
    """One run in full."""
    if run is None:
        warn(f"{name}: there is no such run; `aspire-ingest history` shows them")
        return IN_PART
    if as_json:
        print_json(run)
    else:
        print_text("\n".join(_lines(run)))
    return DONE


def print_visits(history: Record, *, as_json: bool) -> None:
    """The visits of one source, the newest first, and what the last one changed."""
    if as_json:
        print_json(history)
        return
    for visit in cast("Sequence[Mapping[str, object]]", history["visits"]):
        counts = ", ".join(
            f"{value} {key}"
            for key, value in visit.items()
            if value and key not in ("run", "ended", "outcome", "problem")
        )
        problem = f"; {visit['problem']}" if visit.get("problem") else ""
        print_text(f"{visit['run']}: {counts or visit['outcome']}{problem}")
    last = cast("Record | None", history["last"])
    for group in ("added", "changed", "moved", "removed", "gone"):
        for one in cast("Sequence[Mapping[str, object]]", last[group] if last else ()):
            print_text(f"{group}: {one['title']} <{one['place']}>")
            for line in cast("Sequence[str]", one.get("difference", ())):
                print_text(f"    {line}")


def print_change(found: Record, *, as_json: bool) -> None:
    """What the latest run that changed a document changed in it."""
    change = cast("Mapping[str, object] | None", found["last"])
    if as_json:
        print_json(found)
    elif change is None:
        print_text("nothing is known of a change")
    else:
        print_text("\n".join([f"{change['run']}:", *_change_lines(change)]))


def in_short(run: Record) -> dict[str, object]:
    """A run as lists of runs tell it."""
    counts = {name: _count(run.get(name)) for name in _COUNTED}
    return {
        "run": run.get("run"),
        "outcome": run.get("outcome"),
        **counts,
        "unchanged": run.get("unchanged"),
        "seconds": run.get("seconds"),
        "index_version": run.get("index_version"),
    }


def _count(value: object) -> int | None:
    return len(cast("list[object]", value)) if isinstance(value, list) else None


def _lines(run: Record) -> list[str]:
    lines = [
        f"{key}: {run[key]}"
        for key in ("run", "outcome", "error", "ended", "seconds")
        if key in run
    ]
    documents = cast("Mapping[str, Mapping[str, str]]", run.get("documents", {}))
    because = cast("Mapping[str, str]", run.get("gone_because", {}))
    moved = cast("Mapping[str, str]", run.get("moved_from", {}))
    because = {**because, **{name: f"was {place}" for name, place in moved.items()}}
    for group in ("added", "moved", "removed", "gone", "standing_again"):
        for document_id in cast("Sequence[str]", run.get(group, ())):
            reason = f" ({because[document_id]})" if document_id in because else ""
            lines.append(f"{group.replace('_', ' ')}: {_name(documents, document_id)}{reason}")
    for change in cast("Sequence[Mapping[str, object]]", run.get("changes", ())):
        lines.append(f"changed: {_name(documents, str(change['document_id']))}")
        lines += _change_lines(change)
    for failure in cast("Sequence[Mapping[str, str]]", run.get("failed", ())):
        lines.append(f"failed: {failure['target']}: {failure['error']}")
    for held in cast("Sequence[Mapping[str, str]]", run.get("held", ())):
        lines.append(f"held: {held['target']} ({held.get('reason') or held['mark']})")
    for source in cast("Sequence[Mapping[str, object]]", run.get("sources", ())):
        told = ", ".join(
            f"{value} {key}" for key, value in source.items() if value and key != "name"
        )
        lines.append(f"source {source['name']}: {told}")
    if "unchanged" in run:
        lines.append(f"{run['unchanged']} unchanged")
    return lines


def _change_lines(change: Mapping[str, object]) -> list[str]:
    fields = cast("Mapping[str, Sequence[object]]", change["fields"])
    lines = [f"    {key}: {pair[0]} -> {pair[1]}" for key, pair in fields.items()]
    return lines + [f"    {line}" for line in cast("Sequence[str]", change["difference"])]


def _name(documents: Mapping[str, Mapping[str, str]], document_id: str) -> str:
    named = documents.get(document_id)
    return f"{named['title']} <{named['place']}>" if named else document_id
