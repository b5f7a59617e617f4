"""Bytes that are costly to make, kept in a folder that several processes share."""

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

_logger = logging.getLogger(__name__)
_DIGEST_SIZE = hashlib.sha256().digest_size
_PATIENCE_S = 120.0


def cached_bytes(path: Path, build: Callable[[], bytes]) -> bytes:
    """Give the content kept at `path`, or build it and keep it.

    The file begins with the SHA-256 of the rest: a damaged one is built anew. Among processes that
    start at once, one builds while the others wait; a reader never sees half a file. Where the
    folder cannot be written, the content is built each time, and the log says so.
    """
    content = _read(path)
    if content is not None:
        return content
    # Here, not above: it imports asyncio (0.07 s), and is needed at the very first start only.
    from filelock import FileLock, Timeout  # noqa: PLC0415

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(path.name + ".lock"), timeout=_PATIENCE_S):
            content = _read(path)  # another process may have built it while this one waited
            if content is None:
                content = build()
                _write(path, content)
            return content
    except (OSError, Timeout) as error:
        _logger.warning("%s cannot be kept, each start will take longer: %s", path, error)
        return content if content is not None else build()


def _read(path: Path) -> bytes | None:
    """Give the content if the file is there and whole."""
    try:
        stored = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        _logger.warning("%s cannot be read: %s", path, error)
        return None
    digest, content = stored[:_DIGEST_SIZE], stored[_DIGEST_SIZE:]
    if hashlib.sha256(content).digest() == digest:
        return content
    _logger.warning("%s is damaged and is made anew", path)
    return None


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(content).digest())
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
