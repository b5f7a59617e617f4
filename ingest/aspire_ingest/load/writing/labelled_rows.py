"""Rows of a label and a value, which have no head: `Last revised | 2026/10/20`. Pure.

A head over values names what they are; a value where the head would stand says that there is none.
"""

from collections.abc import Sequence

from aspire_ingest.load.writing.blocks import BlockWriter, flat
from aspire_ingest.load.writing.cell_values import kind_of_value
from aspire_ingest.load.writing.clean import is_cjk

Rows = Sequence[Sequence[str]]


def write_block(writer: BlockWriter, rows: Rows) -> None:
    """Write a block of a sheet: rows of label and value as a list, all else as a table.

    The rows are equally long; the first of a table is its head.
    """
    start, end = _around_table(rows)
    _write_labelled(writer, rows[:start])
    if start < end:
        writer.table(rows[start:end])
    _write_labelled(writer, rows[end:])


def _around_table(rows: Rows) -> tuple[int, int]:
    """Where the table of a block begins, and where it ends."""
    if not rows or len(rows[0]) < 2:
        return 0, len(rows)
    if len(rows[0]) == 2:
        return (len(rows), len(rows)) if _is_headless(rows) else (0, len(rows))
    start = 0
    while start < len(rows) and _kind_of_pair(rows[start]):
        start += 1
    if len(rows) - start < 2 or sum(map(bool, rows[start])) < 3:
        start = 0
    known = {kind_of_value(row[1]) for row in rows[start + 1 :] if sum(map(bool, row)) > 2} - {""}
    end = len(rows)
    # a number may be one of the column whose neighbours are empty
    while known and end > start + 2 and _kind_of_pair(rows[end - 1]) not in {"", "number", *known}:
        end -= 1
    return start, end


def _is_headless(rows: Rows) -> bool:
    """Whether two columns begin with a label and its value, as rows below do."""
    others = [kind_of_value(value) for _, value in rows[1:] if value]
    return bool(_kind_of_pair(rows[0])) and (not others or any(others))


def _kind_of_pair(row: Sequence[str]) -> str:
    """The kind of value of a row that says a label and a value alone, in its first cells."""
    is_pair = bool(row[0] and row[1]) and not any(row[2:]) and not kind_of_value(row[0])
    return kind_of_value(row[1]) if is_pair else ""


def _write_labelled(writer: BlockWriter, rows: Rows) -> None:
    for row in rows:
        label, value = flat(row[0]).rstrip(" :："), flat(row[1])
        colon = "：" if label and is_cjk(label[-1]) else ": "
        writer.item(f"{label}{colon}{value}" if label and value else label or value)
    if rows:
        writer.end_list()
