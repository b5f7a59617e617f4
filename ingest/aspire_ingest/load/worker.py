"""The parser process: reads framed requests on stdin, answers on stdout, one at a time.

Whatever a file does to a parser (a hang, a crash of native code, gigabytes of memory) ends this
process and not the ingestion. Frames are a four-byte length and that many bytes; a request is a
JSON header and the raw file, an answer is JSON. Nothing is pickled.
"""

import json
import os
import struct
import sys
from dataclasses import asdict
from typing import IO

from aspire_ingest.errors import LoadError
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.registry import contained_parser
from aspire_ingest.load.types import LoadOptions

MEMORY_LIMIT_BYTES = 3 * 1024**3
"""Address space of the process, where the platform can limit it."""
_LENGTH = struct.Struct(">I")


def write_frame(stream: IO[bytes], payload: bytes) -> None:
    """Write one frame and flush."""
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Read one frame; None at the end of the stream, also in the middle of a frame."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    payload = stream.read(length)
    return payload if len(payload) == length else None


def main() -> None:
    """Serve until stdin closes."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, sys.stdout.fileno())  # a library that prints must not break the frames
    os.dup2(quiet, sys.stderr.fileno())
    _limit_memory()
    requests = sys.stdin.buffer
    while (header := read_frame(requests)) is not None:
        data = read_frame(requests)
        if data is None:
            return
        write_frame(answers, json.dumps(_answer(json.loads(header), data)).encode())


def _answer(header: dict[str, object], data: bytes) -> dict[str, object]:
    name = str(header["name"])
    asked = header["options"]
    charset = header["charset"]
    options = LoadOptions(**asked) if isinstance(asked, dict) else LoadOptions()  # pyright: ignore[reportUnknownArgumentType] - our own JSON
    raw = Raw(
        name=name,
        data=data,
        charset=charset if isinstance(charset, str) else None,
        options=options,
    )
    try:
        return {"parsed": asdict(_parse(str(header["kind"]), raw))}
    except LoadError as error:
        return {"error": error.reason}
    except RecursionError:
        return {"error": "nests too deep to be read; simplify the file"}
    except MemoryError:
        return {"error": "needs too much memory to be read; split the file"}
    except Exception as error:  # noqa: BLE001 - the boundary of the process: libraries raise anything
        return {"error": f"cannot be parsed ({type(error).__name__}: {error}); save it again"}


def _parse(kind: str, raw: Raw) -> Parsed:
    return contained_parser(kind)(raw)


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT_BYTES if hard == resource.RLIM_INFINITY else min(hard, MEMORY_LIMIT_BYTES)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
