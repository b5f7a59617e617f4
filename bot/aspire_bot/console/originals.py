"""The file that a document was read from, where it is at hand, and pictures of its pages.

A page is drawn by a process of its own: what a hostile file does to it does not hurt the console.
Office files are made into PDF by LibreOffice first, where it is installed.
"""

import subprocess
import sys
import tempfile
import threading
import weakref
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from shutil import copyfile, rmtree

from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.errors import AspireError
from aspire_ingest.index.libreoffice import convert, find_converter
from aspire_ingest.index.originals import KEPT, original_path

_TIMEOUT_S = 60.0
_MOST_BYTES = 200_000_000
_MOST_CONVERTED = 8
_AT_ONCE = threading.BoundedSemaphore(2)


class PictureError(AspireError):
    """A page of a file cannot be drawn."""


@dataclass(frozen=True)
class Pictures:
    """Draws pages of the files that documents were read from.

    `kept` is the folder of `index.originals`; None: only files that are still at their place count.
    """

    kept: Path | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def original_of(self, info: DocumentInfo) -> Path | None:
        """Give the file of a document, as it was kept or as it lies at its place; None: neither."""
        kept = original_path(self.kept, info.original) if self.kept and info.original else None
        found = kept or _at_its_place(info)
        if found is None or (_kind(found) != "pdf" and find_converter() is None):
            return None
        return found

    def draw(self, file: Path, number: int) -> bytes:
        """Draw a page, from 1, as PNG.

        Raises:
            PictureError: there is no such page, the file is none, or it takes too long.
        """
        out = _ask(self._pdf(file), str(number), file.name)
        if not out.startswith(b"\x89PNG"):
            raise PictureError(f"page {number} of {file.name} cannot be drawn")
        return out

    def count(self, file: Path) -> int:
        """Count the pages of a file.

        Raises:
            PictureError: it is none that can be drawn.
        """
        out = _ask(self._pdf(file), "count", file.name)
        if not out.isdigit():
            raise PictureError(f"the pages of {file.name} cannot be counted")
        return int(out)

    def _pdf(self, file: Path) -> Path:
        if _kind(file) == "pdf":
            return file
        with self._lock:  # one at a time: LibreOffice takes much memory
            return self._converted(file)

    def _converted(self, file: Path) -> Path:
        """The PDF of an office file, made when it is first asked for; the last few are kept."""
        program = find_converter()
        if program is None:
            raise PictureError(f"{file.name} cannot be drawn: LibreOffice is not installed")
        folder = self._made
        found = file.stat()
        done = folder / f"{abs(hash((str(file), found.st_mtime_ns, found.st_size))):x}.pdf"
        if done.is_file():
            done.touch()
            return done
        try:
            with tempfile.TemporaryDirectory(dir=folder) as work:
                source = Path(work) / f"file.{_kind(file)}"
                copyfile(file, source)
                convert(program, source, "pdf", Path(work)).replace(done)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PictureError(f"{file.name} cannot be drawn by LibreOffice") from error
        made = sorted(folder.glob("*.pdf"), key=lambda one: one.stat().st_mtime)
        for old in made[:-_MOST_CONVERTED]:
            old.unlink(missing_ok=True)
        return done

    @cached_property
    def _made(self) -> Path:
        folder = tempfile.mkdtemp(prefix="aspire-pages-")
        weakref.finalize(self, rmtree, folder, ignore_errors=True)
        return Path(folder)


def _at_its_place(info: DocumentInfo) -> Path | None:
    if info.source.startswith(("http://", "https://")):
        return None
    if info.override is not None and info.override.file:
        return None  # another file stands for the document than lies there
    file = Path(info.source)
    if _kind(file) not in KEPT or not file.is_absolute():
        return None
    try:
        return file if file.is_file() and file.stat().st_size <= _MOST_BYTES else None
    except OSError:
        return None


def _kind(file: Path) -> str:
    return file.suffix.lower().removeprefix(".")


def _ask(file: Path, what: str, name: str) -> bytes:
    program = [sys.executable, "-P", "-m", "aspire_bot.console.draw_page", str(file), what]
    with _AT_ONCE:
        try:
            ran = subprocess.run(  # noqa: S603  our own program; the file is one of the index
                program,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_TIMEOUT_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PictureError(f"{name} cannot be drawn") from error
    if ran.returncode:
        raise PictureError(f"{name} cannot be drawn")
    return ran.stdout
