"""Values of any type as the one line that a cell of a table holds."""

from typing import cast

from aspire_ingest.index.program import one_line


def cell_text(value: object) -> str:
    """The value in one line: the items of a list with commas between them, nothing for None."""
    if isinstance(value, list):
        return one_line(", ".join(map(str, cast("list[object]", value))))
    return "" if value is None else one_line(str(value))
