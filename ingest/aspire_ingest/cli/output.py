"""Results on stdout, failures on stderr, and the exit code that fits."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from rich.table import Table

from aspire_ingest.catalog import Catalog, Fields
from aspire_ingest.index import Hour, Occasion
from aspire_ingest.index.check.verify import Check
from aspire_ingest.index.program import DONE, IN_PART, one_line, result_console
from aspire_ingest.pages import SHOWN_CHARACTERS, page_lines
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.remarks import line_of
from aspire_ingest.sync.health import Alert, SourceHealth, shown
from aspire_ingest.sync.report import SyncReport

_TOLD_APART = ("occasions", "remarks", "warnings", "set_by_staff", "left_out_pages")
_MOST_DOUBTFUL = 20


def print_report(report: Report, *, as_json: bool) -> int:
    """The summary of a run; each failure is named on stderr."""
    for failure in report.failures:
        warn(f"{failure.target}: {failure.error}")
    if as_json:
        print_json(report.as_json())
    else:
        print_text("\n".join(report.lines()))
    return DONE if report.is_complete else IN_PART


def print_sync(report: SyncReport, *, as_json: bool) -> int:
    """The summary of a sync; each failure is named on stderr, what changed is shown."""
    for failure in report.report.failures:
        warn(f"{failure.target}: {failure.error}")
    if as_json:
        print_json(report.as_json())
    else:
        print_text("\n".join([*report.lines(), *told_in_full(report.report)]))
    return DONE if report.report.is_complete else IN_PART


def told_in_full(report: Report) -> list[str]:
    """What a run did to each document, and the difference of those that changed."""
    names, lines = report.reviewed.named, list[str]()
    groups = (
        ("added", report.added()),
        ("moved", report.moved()),
        ("removed", report.plan.remove),
        ("gone", report.plan.gone),
        ("standing again", report.plan.unmark),
    )
    for verb, ids in groups:
        for document_id in ids:
            name = names.get(document_id)
            reason = report.reviewed.reasons.get(document_id)
            if name and verb == "added":
                reason = name.dated
            elif verb == "moved":
                reason = f"was {report.reviewed.moved[document_id]}"
            said = f" ({reason})" if reason else ""
            lines.append(f"{verb}: {name.title} <{name.place}>{said}" if name else document_id)
    for change in report.changes():
        name = names.get(change.document_id)
        lines.append(f"changed: {name.title} <{name.place}>" if name else change.document_id)
        lines += [f"    {key}: {old} -> {new}" for key, (old, new) in change.fields.items()]
        lines += [f"    {line}" for line in change.text.lines]
    return ["", *lines] if lines else []


def print_listing(documents: Sequence[Fields], *, as_json: bool) -> None:
    """The documents of the index."""
    if as_json:
        print_json({"documents": list(documents)})
        return
    table = Table(box=None, pad_edge=False)
    names = ("document_id", "title", "published", "language", "kind", "passages", "quality")
    for name in names:
        table.add_column(name, overflow="fold")
    if any(document["set_by_staff"] for document in documents):
        table.add_column("set by staff")
        names = (*names, "set_by_staff")
    for document in documents:
        table.add_row(*(_cell(document[name]) for name in names))
    result_console(is_plain=True).print(table)


def print_document(
    catalog: Catalog,
    document_id: str,
    *,
    as_json: bool,
    by_page: bool = False,
    is_whole: bool = False,
) -> int:
    """One document and its text, page by page where that is asked for."""
    try:
        document = catalog.shown(document_id)
    except KeyError:
        warn(f"{document_id}: is not in the index; `aspire-ingest list` shows what is")
        return IN_PART
    pages = catalog.pages(document_id) if by_page else []
    if as_json:
        paged = {"pages": [page.as_json() for page in pages]} if by_page else {}
        print_json({**document, **paged})
        return DONE
    shown_text = str(document.pop("text"))
    occasions = [_occasion_line(one, shown_text) for one in catalog.occasions(document_id)]
    known = [
        f"{name}: {value}"
        for name, value in document.items()
        if value is not None and name not in _TOLD_APART
    ]
    known += _set_lines(document)
    remarks = [f"{one.kind}: {line_of(one)}" for one in catalog.remarks(document_id)]
    most = None if is_whole else SHOWN_CHARACTERS
    body = page_lines(pages, most=most) if by_page else [shown_text]
    print_text("\n".join((*known, *occasions, *remarks, "", *body)))
    return DONE


def _set_lines(document: Fields) -> list[str]:
    """What staff set of a document, where they did."""
    told = {"set by staff": document["set_by_staff"], "left out": document["left_out_pages"]}
    said = ((name, cast("list[str | int]", values)) for name, values in told.items())
    return [f"{name}: {', '.join(map(str, values))}" for name, values in said if values]


def _occasion_line(occasion: Occasion, text: str) -> str:
    days = " to ".join(dict.fromkeys((occasion.first, occasion.last)))
    said = text[occasion.start : occasion.end]
    year = "" if occasion.year_from == "date" else f"; year: {occasion.year_from}"
    ends = (("opens", occasion.opens), ("closes", occasion.closes))
    hours = "".join(f"; {name} at {_hour_written(hour)}" for name, hour in ends if hour)
    kinds = ", ".join(occasion.kinds)
    return f"occasion: {days} ({kinds}; {occasion.basis}: {said!r}{year}{hours})"


def _hour_written(hour: Hour) -> str:
    zone = f" {hour.zone}" if hour.zone else ""
    return f"{hour.minutes // 60:02d}:{hour.minutes % 60:02d}{zone}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLists:
    """What a status lists beside its facts: the latest runs, doubtful documents, held ones."""

    runs: Sequence[Mapping[str, object]] = ()
    doubtful: Sequence[Fields] = ()
    held: Sequence[Mapping[str, object]] = ()


def print_status(
    status: Mapping[str, str | int | float | Mapping[str, int] | None],
    sources: Sequence[SourceHealth],
    alerts: Sequence[Alert],
    lists: StatusLists,
    *,
    as_json: bool,
) -> int:
    """Which index there is, and how its sources do; alerts are named on stderr."""
    for alert in alerts:
        warn(f"alert: {alert.text}")
    if as_json:
        told: dict[str, object] = {
            "sources": [one.as_json() for one in sources],
            "runs": list(lists.runs),
            "doubtful": list(lists.doubtful),
            "held": list(lists.held),
        }
        print_json({**status, **told, "alerts": [alert.as_json() for alert in alerts]})
        return IN_PART if alerts else DONE
    console = result_console(is_plain=True)
    facts = Table(box=None, pad_edge=False, show_header=False)
    for name, value in status.items():
        facts.add_row(name, _counts(value) if isinstance(value, Mapping) else _cell(value))
    console.print(facts)
    console.print()
    console.print(_sources_table(sources))
    for line in _doubtful_lines(lists.doubtful):
        print_text(line)
    for one in lists.held:
        print_text(f"held: {one['target']} ({one.get('reason') or one['mark']})")
    return IN_PART if alerts else DONE


def _doubtful_lines(doubtful: Sequence[Fields]) -> Iterator[str]:
    for one in doubtful[:_MOST_DOUBTFUL]:
        warnings = "; ".join(cast("list[str]", one["warnings"]))
        told = f": {warnings}" if warnings else ""
        yield f"quality {one['quality']}: {one['title']} <{one['document_id']}>{told}"
    if len(doubtful) > _MOST_DOUBTFUL:
        yield f"… and {len(doubtful) - _MOST_DOUBTFUL} more below 1 (--json)"


def _sources_table(sources: Sequence[SourceHealth]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("source", "type", "last success", "failures", "problem"):
        justify = "right" if name == "failures" else "left"
        table.add_column(name, justify=justify, overflow="fold")
    for source in sources:
        since = "never" if source.age is None else f"{shown(source.age)} ago"
        if source.state.succeeded is None and source.state.failures:
            since = "never"
        table.add_row(
            source.name,
            source.type,
            f"{since} (stale)" if source.is_stale else since,
            str(source.state.failures or ""),
            one_line(source.state.problem),
        )
    return table


def tell_run(report: SyncReport) -> None:
    """One run of a watch, for its log: each failure, then each source in a line."""
    for failure in report.report.failures:
        warn(f"{failure.target}: {failure.error}")
    for line in report.lines():
        warn(line)


def print_check(check: Check, *, as_json: bool) -> int:
    """What a self-check found and repaired."""
    if as_json:
        print_json({"ok": check.is_sound, "problems": check.problems, "repaired": check.repaired})
    else:
        lines = [*(f"problem: {line}" for line in check.problems)]
        lines += [f"repaired: {line}" for line in check.repaired]
        lines.append("The index is sound." if check.is_sound else "The index is not sound.")
        print_text("\n".join(lines))
    return DONE if check.is_sound else IN_PART


def _cell(value: object) -> str:
    if isinstance(value, list):
        return one_line(", ".join(map(str, cast("list[object]", value))))
    return "" if value is None else one_line(str(value))


def _counts(value: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in value.items())


def print_json(value: object) -> None:
    """A result for scripts, on stdout."""
    print_text(json.dumps(value, ensure_ascii=False, indent=2))


def print_text(text: str) -> None:
    """A result for people, on stdout."""
    # Paths may hold bytes that no encoding knows, and a terminal may know less than UTF-8.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def warn(text: str) -> None:
    """A failure, on stderr."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
