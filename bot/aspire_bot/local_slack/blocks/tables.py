"""Tables: rows of cells, with settings for some of the columns.

From https://docs.slack.dev/reference/block-kit/blocks/table-block and `slack_sdk.models`.
"""

from collections.abc import Iterator

from aspire_bot.local_slack.blocks.shapes import (
    Check,
    Shape,
    boolean,
    by_type,
    number,
    one_of,
    several,
    string,
)
from aspire_bot.local_slack.wire import Json, as_list, as_object, objects

MAX_ROWS = 100
MAX_COLUMNS = 20
_MAX_CELL = 12_000


def table(rich_text: Check) -> Shape:
    """Give the shape of a table, whose cells may be rich text."""
    cells: dict[str, Check] = {
        "rich_text": rich_text,
        "raw_text": Shape(required={"text": string(_MAX_CELL)}),
        "raw_number": Shape(required={"text": string(_MAX_CELL), "value": number}),
    }
    return Shape(
        required={"rows": several(several(by_type(cells), 1, MAX_COLUMNS), 1, MAX_ROWS)},
        optional={
            "block_id": string(255),
            "column_settings": several(_column, 1, MAX_COLUMNS),
        },
    )


def _column(value: object) -> Iterator[str]:
    """Settings of a column; none where it is as usual."""
    if value is not None:
        yield from _SETTINGS(value)


_SETTINGS = Shape(optional={"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def table_texts(block: Json) -> Iterator[str]:
    """The texts of the cells, row by row."""
    for row in as_list(block.get("rows")) or ():
        for cell in objects(row):
            yield from _cell_texts(cell)


def _cell_texts(node: Json) -> Iterator[str]:
    if isinstance(node.get("text"), str):
        yield str(node["text"])
    for inner in as_list(node.get("elements")) or ():
        if (found := as_object(inner)) is not None:
            yield from _cell_texts(found)
