"""Rows of tables as Markdown writes them, and the line of headers that a row is kept with."""

import re
from collections.abc import Sequence

_BETWEEN = " | "
_WRONG = re.compile(
    r"誤り?|誤記(?:載)?|(?:訂正|変更|修正|改定|改訂)前|旧"
    r"|wrong|incorrect|errors?|erroneous|old|before"
    r"|(?:as )?(?:printed|published|stated|announced|given)"
    r"|(?:before|previous|former|original)\b.*",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"正(?:しい\w*)?|(?:訂正|変更|修正|改定|改訂)後|新|(?:correct|right|new|now|after)\b.*"
    r"|corrected\b.*|corrections?|should (?:be|read)|read|amended\b.*",
    re.IGNORECASE,
)


def row_cells(row: str) -> list[str]:
    """Give the cells of a table row as Markdown writes it, pipes and spaces left out."""
    bare = row.strip()
    if bare.startswith("|"):
        bare = bare[1:].removesuffix("|")
    return [" ".join(cell.split()) for cell in bare.split("|")]


def header_line(row: str) -> str:
    """Give the headers of a table in one line; an empty one, as of a corner, keeps its place.

    Empty where no cell says anything.
    """
    cells = row_cells(row)
    return _BETWEEN.join(cells) if any(cells) else ""


def headers_of(line: str) -> list[str]:
    """Give the headers that `header_line` wrote, one for each cell of a row."""
    return line.split(_BETWEEN)


def headers_above(lead: str) -> list[str]:
    """Give the headers of a row out of its lead, whose last line they are; see `Sentence.lead`."""
    return headers_of(lead.rpartition("\n")[2])


def column_of_wrong(headers: Sequence[str]) -> int | None:
    """Give the column of what was wrong, or holds no more: 誤 beside 正, "Old" beside "New"."""
    if not any(_RIGHT.fullmatch(header) for header in headers):
        return None
    return next((at for at, header in enumerate(headers) if _WRONG.fullmatch(header)), None)
