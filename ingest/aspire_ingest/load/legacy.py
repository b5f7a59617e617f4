"""DOC, PPT, XLS: made into today's formats by LibreOffice where it is installed, then read."""

import subprocess
import tempfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from aspire_ingest.errors import LoadError
from aspire_ingest.index.libreoffice import TIMEOUT_S, convert, find_converter
from aspire_ingest.load.kinds import OLE_STREAMS
from aspire_ingest.load.parse_result import Parsed, Parser, Raw

_TARGETS = {
    "doc": ("docx", "aspire_ingest.load.word.document"),
    "ppt": ("pptx", "aspire_ingest.load.slides.document"),
    "xls": ("xlsx", "aspire_ingest.load.sheets.document"),
}


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
    try:
        result = convert(program, source, target, folder)
        if result.stat().st_size > raw.options.max_bytes:
            raise LoadError(raw.name, "becomes too large when converted; save it anew and split it")
        return result.read_bytes()
    except subprocess.TimeoutExpired as error:
        reason = f"took LibreOffice longer than {TIMEOUT_S:g} s; save it as {target.upper()}"
        raise LoadError(raw.name, reason) from error
    except OSError as error:
        reason = f"cannot be converted by LibreOffice; save it as {target.upper()}"
        raise LoadError(raw.name, reason) from error
