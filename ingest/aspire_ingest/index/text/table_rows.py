"""Rows of tables as Markdown writes them, and the line of headers that a row is kept with."""

_BETWEEN = " | "


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
