"""How the index and its sources do: on stdout, alerts on stderr, and the exit code that fits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from rich.table import Table

from aspire_ingest.catalog import Fields
from aspire_ingest.cli.output import cell_text, print_json, print_text, warn
from aspire_ingest.index.check.verify import Check
from aspire_ingest.index.program import DONE, IN_PART, one_line, result_console
from aspire_ingest.sync.health import Alert, SourceHealth, shown

_MOST_DOUBTFUL = 20
_WIDTH = 100
"""Columns of the two tables: a longer value goes on in the next line."""

Fact = str | int | float | Mapping[str, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """All that `status` shows."""

    facts: Mapping[str, Fact]
    """What is true of the index as a whole, by name."""
    sources: Sequence[SourceHealth]
    alerts: Sequence[Alert]
    runs: Sequence[Mapping[str, object]] = ()
    """The latest runs, in short."""
    doubtful: Sequence[Fields] = ()
    """Documents of a quality below 1."""
    held: Sequence[Mapping[str, object]] = ()
    """Documents that are not indexed until staff say so."""
    failed: Sequence[Mapping[str, object]] = ()
    """What could not be read when its place was last looked at."""
    add_again: Sequence[Mapping[str, object]] = ()
    """Documents that an earlier version read, and whose files are not at hand to be read anew."""

    def as_json(self) -> dict[str, object]:
        """In the form of `status --json`."""
        return {
            **self.facts,
            "sources": [source.as_json() for source in self.sources],
            "runs": list(self.runs),
            "doubtful": list(self.doubtful),
            "held": list(self.held),
            "failed": list(self.failed),
            "add_again": list(self.add_again),
            "alerts": [alert.as_json() for alert in self.alerts],
        }


def print_status(status: StatusReport, *, as_json: bool) -> int:
    """The status for people or scripts; each alert on stderr. Gives the exit code."""
    for alert in status.alerts:
        warn(f"alert: {alert.text}")
    if as_json:
        print_json(status.as_json())
    else:
        console = result_console(is_plain=True)
        console.width = min(console.width, _WIDTH) if console.is_terminal else _WIDTH
        console.print(_fact_table(status.facts))
        console.print()
        console.print(source_table(status.sources))
        lines = (*_doubtful_lines(status.doubtful), *_held_lines(status.held))
        lines += (*_failed_lines(status.failed), *_add_again_lines(status.add_again))
        for line in lines:
            print_text(line)
    return IN_PART if status.alerts else DONE


def _fact_table(facts: Mapping[str, Fact]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, fact in facts.items():
        table.add_row(name, _count_text(fact) if isinstance(fact, Mapping) else cell_text(fact))
    return table


def _count_text(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _doubtful_lines(documents: Sequence[Fields]) -> Iterator[str]:
    for document in documents[:_MOST_DOUBTFUL]:
        warnings = "; ".join(cast("list[str]", document["warnings"]))
        line = f"quality {document['quality']}: {document['title']} <{document['document_id']}>"
        yield f"{line}: {warnings}" if warnings else line
    if len(documents) > _MOST_DOUBTFUL:
        yield f"… and {len(documents) - _MOST_DOUBTFUL} more below 1 (--json)"


def _held_lines(documents: Sequence[Mapping[str, object]]) -> Iterator[str]:
    for document in documents:
        yield f"held: {document['target']} ({document.get('reason') or document['mark']})"


def _failed_lines(failures: Sequence[Mapping[str, object]]) -> Iterator[str]:
    for failure in failures[:_MOST_DOUBTFUL]:
        yield f"failed: {failure['target']}: {failure['error']}"
    if len(failures) > _MOST_DOUBTFUL:
        yield f"… and {len(failures) - _MOST_DOUBTFUL} more that failed (--json)"


def print_check(check: Check, *, as_json: bool) -> int:
    """Each problem and each repair, then whether the index is sound. Gives the exit code."""
    if as_json:
        print_json({"ok": check.is_sound, "problems": check.problems, "repaired": check.repaired})
    else:
        lines = [f"problem: {problem}" for problem in check.problems]
        lines += [f"repaired: {repair}" for repair in check.repaired]
        lines.append("The index is sound." if check.is_sound else "The index is not sound.")
        print_text("\n".join(lines))
    return DONE if check.is_sound else IN_PART


def source_table(sources: Sequence[SourceHealth]) -> Table:
    """A row for each source, in the order given."""
    table = Table(box=None, pad_edge=False)
    for name in ("source", "type", "last success", "failures", "problem"):
        table.add_column(name, justify="right" if name == "failures" else "left", overflow="fold")
    for source in sources:
        table.add_row(
            source.name,
            source.type,
            _last_success(source),
            str(source.state.failures or ""),
            one_line(source.state.problem),
        )
    return table


def _last_success(source: SourceHealth) -> str:
    """`3 days ago (stale)`, or `never`."""
    has_only_failed = source.state.succeeded is None and source.state.failures
    # The age of a source that has only failed counts from its first try, which was no success.
    since = "never" if source.age is None or has_only_failed else f"{shown(source.age)} ago"
    return f"{since} (stale)" if source.is_stale else since


def _add_again_lines(documents: Sequence[Mapping[str, object]]) -> Iterator[str]:
    for document in documents[:_MOST_DOUBTFUL]:
        yield (
            f"add again: {document['target']} <{document['document_id']}> (an earlier version read "
            "it, and its file is not there)"
        )
    if len(documents) > _MOST_DOUBTFUL:
        yield f"… and {len(documents) - _MOST_DOUBTFUL} more to add again (--json)"
