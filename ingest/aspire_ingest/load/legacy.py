"""DOC, PPT, XLS: made into today's formats by LibreOffice where it is installed, then read."""

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from aspire_ingest.errors import LoadError
from aspire_ingest.load.kinds import OLE_STREAMS
from aspire_ingest.load.parsed import Parsed, Parser, Raw

TIMEOUT_S = 90.0
_PROGRAMS = ("soffice", "libreoffice")
_TARGETS = {
    "doc": ("docx", "aspire_ingest.load.word.document"),
    "ppt": ("pptx", "aspire_ingest.load.slides.document"),
    "xls": ("xlsx", "aspire_ingest.load.sheets.document"),
}


def find_converter() -> str | None:
    """Where LibreOffice is on this machine; None where it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def old_office_kind(data: bytes) -> str | None:
    """Which old Office file these bytes are, by the streams that it names; None for others."""
    return next((kind for stream, kind in OLE_STREAMS.items() if has_stream(data, stream)), None)


def has_stream(data: bytes, stream: str) -> bool:
    """Tell whether an OLE file names a stream; it keeps names in UTF-16."""
    return stream.encode("utf-16-le") in data


def parse(raw: Raw) -> Parsed:
    """Convert one old Office file and read the result.

    Raises:
        LoadError: LibreOffice is missing, fails or takes too long, or the result cannot be read.
    """
    kind = old_office_kind(raw.data)
    program = find_converter()
    if kind is None or program is None:
        raise LoadError(raw.name, "is an old Office file; save it anew, or install LibreOffice")
    target, module = _TARGETS[kind]
    with tempfile.TemporaryDirectory(prefix="convert-") as folder:
        data = _convert(raw, Path(folder), program, kind, target)
    read: Parser = import_module(module).parse
    return read(replace(raw, data=data))


def _convert(raw: Raw, folder: Path, program: str, kind: str, target: str) -> bytes:
    source = folder / f"file.{kind}"
    source.write_bytes(raw.data)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        target,
        "--outdir",
        str(folder),
        str(source),
    ]
    try:
        _run(command)
        result = source.with_suffix(f".{target}")
        if result.stat().st_size > raw.options.max_bytes:
            raise LoadError(raw.name, "becomes too large when converted; save it anew and split it")
        return result.read_bytes()
    except subprocess.TimeoutExpired as error:
        reason = f"took LibreOffice longer than {TIMEOUT_S:g} s; save it as {target.upper()}"
        raise LoadError(raw.name, reason) from error
    except OSError as error:
        reason = f"cannot be converted by LibreOffice; save it as {target.upper()}"
        raise LoadError(raw.name, reason) from error


def _run(command: list[str]) -> None:
    """Run the program with all that it starts, and end all of it when time is up."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 - a program of this machine, our own file name
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as child:
        try:
            child.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            raise
