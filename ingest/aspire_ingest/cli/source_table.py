"""The sources of the index in a table: when each was last read, and what is wrong with it."""

from collections.abc import Sequence

from rich.table import Table

from aspire_ingest.index.program import one_line
from aspire_ingest.sync.health import SourceHealth, shown


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
