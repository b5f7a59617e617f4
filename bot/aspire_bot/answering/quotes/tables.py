"""Table rows as a person reads them: each cell with the header it stands under. Pure."""

import re

from aspire_ingest.index import Sentence
from aspire_ingest.index.text.table_rows import column_of_wrong, headers_above, row_cells

_MARKER_LIKE = re.compile(r"\[(\d{1,3})\]")


def caption_of(row: Sentence) -> str:
    """Give the caption of the table that a row stands in; empty where it has none."""
    return " ".join(row.lead.rpartition("\n")[0].split())


def row_as_read(sentence: Sentence, row: str, *, is_in_list: bool = False) -> str:
    """Give a row as "first cell — header: cell; header: cell", its caption in front.

    Of several rows in a list (`is_in_list`) the caption stands before the list. In a table of
    corrections no cell stands without its header, and "the following applies" is said of neither.
    """
    headers = headers_above(sentence.lead) if sentence.lead else []
    wrong = column_of_wrong(headers)
    caption = "" if is_in_list or wrong is not None else caption_of(sentence).rstrip(":：")
    cells = row_cells(row)
    if wrong == 0 and len(headers) == len(cells):
        pairs = zip(headers, cells, strict=True)
        said = "; ".join(f"{header}: {cell}" for header, cell in pairs if cell)
    elif len(headers) == len(cells) and len(cells) > 1:
        pairs = zip(headers[1:], cells[1:], strict=True)
        rest = "; ".join(f"{header}: {cell}" if header else cell for header, cell in pairs if cell)
        said = f"{cells[0]} — {rest}" if rest else cells[0]
    else:
        said = " | ".join(cell for cell in cells if cell)
    full = f"{caption}: {said}" if caption else said
    return _MARKER_LIKE.sub(r"(\1)", full)
