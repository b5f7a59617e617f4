"""Results on stdout, failures on stderr, and the exit code that fits."""

import json
import sys
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from aspire_ingest.catalog import Catalog, Fields
from aspire_ingest.index.program import DONE, IN_PART
from aspire_ingest.index.verify import Check
from aspire_ingest.report import Report


def print_report(report: Report, *, as_json: bool) -> int:
    """The summary of a run; each failure is named on stderr."""
    for failure in report.failures:
        _warn(f"{failure.target}: {failure.error}")
    if as_json:
        _print_json(report.as_json())
    else:
        _print("\n".join(report.lines()))
    return DONE if report.is_complete else IN_PART


def print_listing(documents: Sequence[Fields], *, as_json: bool) -> None:
    """The documents of the index."""
    if as_json:
        _print_json({"documents": list(documents)})
        return
    table = Table(box=None, pad_edge=False)
    names = ("document_id", "title", "published", "language", "kind", "passages")
    for name in names:
        table.add_column(name, overflow="fold" if name == "document_id" else "ellipsis")
    for document in documents:
        table.add_row(*(_cell(document[name]) for name in names))
    Console(highlight=False, markup=False).print(table)


def print_document(catalog: Catalog, document_id: str, *, as_json: bool) -> int:
    """One document and its text."""
    try:
        document = catalog.shown(document_id)
    except KeyError:
        _warn(f"{document_id}: is not in the index; `aspire-ingest list` shows what is")
        return IN_PART
    if as_json:
        _print_json(document)
        return DONE
    text = document.pop("text")
    known = [f"{name}: {value}" for name, value in document.items() if value is not None]
    _print("\n".join((*known, "", str(text))))
    return DONE


def print_status(status: Mapping[str, str | int | Mapping[str, int]], *, as_json: bool) -> None:
    """Which index there is."""
    if as_json:
        _print_json(status)
        return
    for name, value in status.items():
        shown = _counts(value) if isinstance(value, Mapping) else value
        _print(f"{name}: {shown}")


def print_check(check: Check, *, as_json: bool) -> int:
    """What a self-check found and repaired."""
    if as_json:
        _print_json({"ok": check.is_sound, "problems": check.problems, "repaired": check.repaired})
    else:
        lines = [*(f"problem: {line}" for line in check.problems)]
        lines += [f"repaired: {line}" for line in check.repaired]
        lines.append("The index is sound." if check.is_sound else "The index is not sound.")
        _print("\n".join(lines))
    return DONE if check.is_sound else IN_PART


def _cell(value: str | int | None) -> str:
    return "" if value is None else str(value)


def _counts(value: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in value.items())


def _print_json(value: object) -> None:
    _print(json.dumps(value, ensure_ascii=False, indent=2))


def _print(text: str) -> None:
    # Paths may hold bytes that no encoding knows, and a terminal may know less than UTF-8.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _warn(text: str) -> None:
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
