"""The parent's side of the parser process: start, ask, give up in time, start again."""

import json
import os
import subprocess
import sys
import threading
import weakref
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from aspire_ingest.errors import LoadError
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.worker import read_frame, write_frame

_COMMAND = "from aspire_ingest.load.worker import main; main()"


class ParserProcess:
    """A child that parses files, started at the first file and again after a crash.

    It reads one file after the other: threads that share it wait for their turn, since an answer
    bears no name and one that two wait for would give a page the text of another.
    """

    def __init__(self) -> None:
        """Nothing is started yet."""
        self._child: subprocess.Popen[bytes] | None = None
        self._turn = threading.RLock()

    def close(self) -> None:
        """End the child, if there is one; a file that it still reads is read to its end."""
        with self._turn:
            if self._child is not None:
                _end(self._child)
                self._child = None

    def parse(self, kind: str, raw: Raw) -> Parsed:
        """Parse one file in the child.

        Raises:
            LoadError: the parser refused the file, crashed on it, or took too long.
        """
        with self._turn:
            answer = self._ask(kind, raw)
        try:
            reply: dict[str, object] = json.loads(answer)
            error = reply.get("error")
            if error is None:
                return _answers().validate_python(reply["parsed"])
        except (ValueError, KeyError, ValidationError) as broken:
            self.close()
            raise LoadError(
                raw.name, "the parser gave no usable answer; report the file"
            ) from broken
        raise LoadError(raw.name, str(error))

    def _ask(self, kind: str, raw: Raw) -> bytes:
        child = self._started()
        if child.stdin is None or child.stdout is None:
            raise LoadError(raw.name, "the parser process has no pipes")
        options = raw.options
        asked = {
            "max_markup_bytes": options.max_markup_bytes,
            "max_unpacked_bytes": options.max_unpacked_bytes,
            "max_pages": options.max_pages,
            "with_notes": options.with_notes,
            "with_ocr": options.with_ocr,
            "ocr_advice": options.ocr_advice,
            "ocr_page_timeout_s": options.ocr_page_timeout_s,
            "ocr_file_timeout_s": options.ocr_file_timeout_s,
        }
        header = {"kind": kind, "name": raw.name, "charset": raw.charset, "options": asked}
        overdue = threading.Event()

        def give_up() -> None:
            overdue.set()
            child.kill()

        watchdog = threading.Timer(options.timeout_s, give_up)
        watchdog.daemon = True
        watchdog.start()
        try:
            write_frame(child.stdin, json.dumps(header).encode())
            write_frame(child.stdin, raw.data)
            answer = read_frame(child.stdout)
        except OSError:
            answer = None
        finally:
            watchdog.cancel()
        if answer is not None:
            return answer
        self.close()
        if overdue.is_set():
            limit = f"{options.timeout_s:g}"
            raise LoadError(raw.name, f"took longer than {limit} s to parse; split the file")
        raise LoadError(
            raw.name, "crashed its parser; the file is damaged or hostile, save it again"
        )

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            child = subprocess.Popen(  # noqa: S603 - our own interpreter and a constant
                [sys.executable, "-P", "-c", _COMMAND],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(_import_path())},
            )
            self._child = child
            weakref.finalize(self, _end, child)
        return self._child


@cache
def _answers() -> TypeAdapter[Parsed]:
    """The check of what comes back; built when first needed, it takes a while."""
    return TypeAdapter(Parsed)


def _import_path() -> list[str]:
    """Where the parent imports from, without the working directory: it may hold a `docx.py`."""
    return [entry for entry in sys.path if entry and Path(entry).is_absolute()]


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # unsent bytes of a child that died
