"""Table rows as a person reads them: each cell with the header it stands under. Pure."""

import re

from aspire_ingest.index import Sentence
from aspire_ingest.index.text.table_rows import headers_of, row_cells

_MARKER_LIKE = re.compile(r"\[(\d{1,3})\]")


def row_as_read(sentence: Sentence, row: str) -> str:
    """Give a row as "first cell — header: cell; header: cell", its caption in front."""
    lines = sentence.lead.split("\n") if sentence.lead else []
    headers = headers_of(lines[-1]) if lines else []
    caption = " ".join(" ".join(lines[:-1]).split()).rstrip(":：")
    cells = row_cells(row)
    if len(headers) == len(cells) and len(cells) > 1:
        pairs = zip(headers[1:], cells[1:], strict=True)
        rest = "; ".join(f"{header}: {cell}" if header else cell for header, cell in pairs if cell)
        said = f"{cells[0]} — {rest}" if rest else cells[0]
    else:
        said = " | ".join(cell for cell in cells if cell)
    full = f"{caption}: {said}" if caption else said
    return _MARKER_LIKE.sub(r"(\1)", full)
