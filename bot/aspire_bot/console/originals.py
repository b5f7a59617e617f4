"""The file that a document was read from, where it is at hand, and pictures of its pages.

A page is drawn by a process of its own: what a hostile file does to it does not hurt the console.
"""

import subprocess
import sys
import threading
from pathlib import Path

from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.errors import AspireError

_TIMEOUT_S = 20.0
_MOST_BYTES = 200_000_000
_AT_ONCE = threading.BoundedSemaphore(2)


class PictureError(AspireError):
    """A page of a file cannot be drawn."""


def original_of(info: DocumentInfo) -> Path | None:
    """Give the PDF that a document was read from; None where it is elsewhere, or no PDF."""
    if info.source.startswith(("http://", "https://")):
        return None
    file = Path(info.source)
    if file.suffix.lower() != ".pdf" or not file.is_absolute():
        return None
    try:
        return file if file.is_file() and file.stat().st_size <= _MOST_BYTES else None
    except OSError:
        return None


def draw_page(file: Path, number: int) -> bytes:
    """Draw a page, from 1, as PNG.

    Raises:
        PictureError: there is no such page, the file is none, or it takes too long.
    """
    with _AT_ONCE:
        try:
            ran = subprocess.run(  # noqa: S603  our own program; the file is one of the index
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "aspire_bot.console.draw_page",
                    str(file),
                    str(number),
                ],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_TIMEOUT_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PictureError(f"page {number} of {file.name} cannot be drawn") from error
    if ran.returncode or not ran.stdout.startswith(b"\x89PNG"):
        raise PictureError(f"page {number} of {file.name} cannot be drawn")
    return ran.stdout
