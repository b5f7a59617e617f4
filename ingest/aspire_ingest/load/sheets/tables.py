"""The captions, tables and notes on a sheet, found by where its cells stand."""

from collections.abc import Iterator, Sequence

from aspire_ingest.load.sheets.cells import SheetGrid
from aspire_ingest.load.sheets.values import Cell, Place
from aspire_ingest.load.writing.blocks import BlockWriter
from aspire_ingest.load.writing.labelled_rows import write_block

Row = dict[int, Cell]


def write_tables(writer: BlockWriter, grid: SheetGrid) -> int:
    """Write all that a sheet shows; return how many cells that takes, empty ones of tables too."""
    size = 0
    for region in _regions(grid):
        block, captions = _without_captions(region)
        block, notes = _without_notes(block)
        for caption in captions:
            writer.paragraph(caption)
        for part in _side_by_side(block):
            size += _write_stacked(writer, part)
        for note in notes:
            writer.paragraph(note)
        size += len(captions) + len(notes)
    return size


def _regions(grid: SheetGrid) -> Iterator[list[Row]]:
    """Runs of rows; an empty row that a reader sees parts two of them."""
    block: list[Row] = []
    before = 0
    for number in sorted(grid.rows):
        if block and grid.is_gap(before, number):
            yield _without_empty(block)
            block = []
        block.append(grid.rows[number])
        before = number
    yield _without_empty(block)


def _without_empty(rows: Sequence[Row]) -> list[Row]:
    """A missing value keeps its place beside a label: `Total` without its number is no caption."""
    shown = [{at: cell for at, cell in row.items() if cell.text or cell.missing} for row in rows]
    return [row for row in shown if any(cell.text for cell in row.values())]


def _origins(row: Row) -> set[Place]:
    return {cell.origin for cell in row.values()}


def _lone_text(row: Row) -> str | None:
    """The text of a row that shows one value only, however wide it is merged."""
    return next(iter(row.values())).text if len(_origins(row)) == 1 else None


def _without_captions(block: Sequence[Row]) -> tuple[Sequence[Row], list[str]]:
    """Part the lead rows of one value from the rest."""
    captions: list[str] = []
    for row in block:
        text = _lone_text(row)
        if text is None:
            break
        captions.append(text)
    return block[len(captions) :], captions


def _without_notes(block: Sequence[Row]) -> tuple[Sequence[Row], list[str]]:
    """Part the notes under a table from it."""
    end = len(block)
    while end and _lone_text(block[end - 1]) is not None:
        end -= 1
    longest: dict[int, int] = {}
    for row in block[:end]:
        for column, cell in row.items():
            longest[column] = max(longest.get(column, 0), len(cell.text))
    notes = len(block)
    while notes > end and _is_note(block[notes - 1], longest):
        notes -= 1
    return block[:notes], [_lone_text(row) or "" for row in block[notes:]]


def _is_note(row: Row, longest: dict[int, int]) -> bool:
    """Whether a lone row under a table is a note, not the label of a row without values.

    A note is merged over columns, longer than all in its column, ends as a sentence does, or begins
    with a mark (`*`, `※`, `(1)`).
    """
    column = min(row)
    cell = row[column]
    is_wide = len(row) > 1 and len(row) >= len(longest) / 2
    is_marked = not cell.text[0].isalnum() or cell.text.endswith((".", "。"))
    is_long = len(cell.text) > 1.5 * longest.get(column, 0)
    return not cell.is_number and (is_wide or is_marked or is_long)


def _columns(block: Sequence[Row]) -> list[int]:
    return sorted({column for row in block for column in row})


def _side_by_side(block: Sequence[Row]) -> Iterator[list[Row]]:
    """Part a block at empty columns where both sides are tables of their own."""
    columns = _columns(block)
    start = 0
    for index in range(1, len(columns)):
        if columns[index] - columns[index - 1] > 1:
            left = _cut(block, columns[start], columns[index - 1])
            right = _cut(block, columns[index], columns[-1])
            if _are_apart(left, right):
                yield left
                start = index
    if columns:
        yield _cut(block, columns[start], columns[-1])


def _cut(block: Sequence[Row], first: int, last: int) -> list[Row]:
    rows = ({c: cell for c, cell in row.items() if first <= c <= last} for row in block)
    return [row for row in rows if row]


def _are_apart(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether two sides of an empty column are two tables, not one with a gap in it.

    They are where each has its own caption, or the right one its own labels in its first column.
    """
    if len(_columns(left)) < 2 or len(_columns(right)) < 2 or min(len(left), len(right)) < 2:
        return False
    heads = [[cell.text for _, cell in sorted(side[0].items())] for side in (left, right)]
    if heads[0] == heads[1] or (len(heads[0]) == len(heads[1]) == 1):
        return True
    first = min(_columns(right))
    labels = [row[first] for row in right[1:] if first in row]
    has_labels = 2 * sum(not cell.is_number for cell in labels) > len(right) - 1
    values = [cell for row in right[1:] for column, cell in row.items() if column > first]
    return has_labels and any(cell.is_number for cell in values)


def _write_stacked(writer: BlockWriter, block: Sequence[Row]) -> int:
    """Write tables that stand below each other without an empty row between them."""
    size = 0
    start = 0
    for index in range(1, len(block) - 1):
        if index > start + 1 and _begins_table(block, start, index):
            size += _write(writer, block[start:index])
            start = index
    return size + _write(writer, block[start:])


def _begins_table(block: Sequence[Row], start: int, index: int) -> bool:
    """Whether a lone row is the caption of a further table.

    Its head then repeats the one above, or is all text where the rows above have numbers.
    """
    if _lone_text(block[index]) is None or len(block[index + 1]) < 2:
        return False
    head = block[index + 1]
    above = block[start] if _lone_text(block[start]) is None else block[start + 1]
    if [c.text for c in head.values()] == [c.text for c in above.values()]:
        return True
    before = block[index - 1]
    numeric = {column for column, cell in before.items() if cell.is_number}
    is_head = bool(numeric) and not any(cell.is_number for cell in head.values())
    return is_head and numeric <= head.keys() and index + 2 < len(block)


def _write(writer: BlockWriter, block: Sequence[Row]) -> int:
    """Write lead rows of one value as captions, the rest as a table under one head row."""
    block, captions = _without_captions(block)
    for caption in captions:
        writer.paragraph(caption)
    if len(block) > 2 and _is_caption_line(block):
        for cell in dict.fromkeys(cell.text for _, cell in sorted(block[0].items())):
            writer.paragraph(cell)
        block = block[1:]
    if not block:
        return 0
    columns = _columns(block)
    write_block(writer, [_texts(row, columns) for row in block])
    return len(columns) * len(block) + len(captions)


def _texts(row: Row, columns: Sequence[int]) -> list[str]:
    """The texts of a row; a label over the whole width, or without its values, stands once."""
    row = {column: cell for column, cell in row.items() if cell.text}
    if len(row) > 1 and _lone_text(row) is not None:
        row = {min(row): row[min(row)]}
    return [row[column].text if column in row else "" for column in columns]


def _is_caption_line(block: Sequence[Row]) -> bool:
    """A few texts, a caption and a unit, above a full row of heads."""
    first, second = block[0], block[1]
    width = len(_columns(block))
    if any(cell.is_number for cell in (*first.values(), *second.values())):
        return False
    is_full = len(second) == width and len(_origins(second)) == width
    return width >= 4 and is_full and len(_origins(first)) == len(first) <= width / 2
