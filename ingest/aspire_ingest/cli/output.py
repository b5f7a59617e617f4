"""Where the program writes: results on stdout, as text or as JSON, and failures on stderr."""

import json
import sys
from typing import TextIO, cast

from aspire_ingest.index.program import one_line


def print_json(value: object) -> None:
    """A result for scripts, on stdout."""
    print_text(json.dumps(value, ensure_ascii=False, indent=2))


def print_text(text: str) -> None:
    """A result for people, on stdout."""
    _write_line(sys.stdout, text)


def warn(text: str) -> None:
    """A failure, on stderr."""
    _write_line(sys.stderr, text)


def _write_line(stream: TextIO, text: str) -> None:
    # Paths may hold bytes that no encoding knows, and a terminal may know less than UTF-8.
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def cell_text(value: object) -> str:
    """The value in one line: the items of a list with commas between them, nothing for None."""
    if isinstance(value, list):
        return one_line(", ".join(map(str, cast("list[object]", value))))
    return "" if value is None else one_line(str(value))
