"""The head of a table whose first row has merged cells: its rows become one. Pure.

Merged cells come repeated in each place that they cover. `Limit | Limit` over `Inland | Abroad`
heads the columns `Limit Inland` and `Limit Abroad`, so that a row can be read alone.
"""

from collections.abc import Sequence

from aspire_ingest.load.writing.cell_values import kind_of_value

Rows = Sequence[Sequence[str]]
_MOST_HEAD_ROWS = 4
_LOOKED_AT = 50
"""Rows below a head in which values are looked for."""


def titles_of(rows: Rows) -> list[str]:
    """The lead rows that say one thing over the whole width: lines above the table, no heads."""
    titles: list[str] = []
    for row in rows[:-1]:
        if len(row) < 2 or not row[0] or set(row) != {row[0]}:
            break
        titles.append(row[0])
    return titles if len(rows) - len(titles) > 1 else []


def with_one_head(rows: Rows) -> list[list[str]]:
    """The rows, those of the head joined; all have as many cells as the first."""
    depth = _head_rows(rows)
    if depth < 2:
        return [list(row) for row in rows]
    head = [joined_head(column) for column in zip(*rows[:depth], strict=True)]
    return [head, *(list(row) for row in rows[depth:])]


def joined_head(column: Sequence[str]) -> str:
    """The heads above one column, outermost first; one that reaches down is said once."""
    return " ".join(dict.fromkeys(filter(None, column)))


def _head_rows(rows: Rows) -> int:
    depth = 1
    while depth < min(_MOST_HEAD_ROWS, len(rows) - 1) and _is_below_head(rows, depth):
        depth += 1
    return depth


def _is_below_head(rows: Rows, at: int) -> bool:
    """Whether a row names the parts of merged cells of the head above it.

    It holds no values, and something says that it is no row of names: a cell of the head reaches
    down beside it, its corner is empty, or values stand below its names.
    """
    above, row = rows[at - 1], rows[at]
    under = [
        column
        for column, text in enumerate(above)
        if text and text in (*above[max(0, column - 1) : column], *above[column + 1 : column + 2])
    ]
    beside = [column for column in range(len(row)) if column not in under]
    named = [column for column in under if row[column] and row[column] != above[column]]
    if not named or any(map(kind_of_value, row)):
        return False
    is_beside_head = any(row[column] in ("", above[column]) for column in beside)
    below = rows[at + 1 : at + 1 + _LOOKED_AT]
    return is_beside_head or any(kind_of_value(one[column]) for one in below for column in named)
