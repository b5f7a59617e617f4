"""Marking what is in use, so that the mark vanishes with the process that made it."""

import os
import sys
from pathlib import Path

if sys.platform == "win32":  # an open file cannot be moved or removed there: no mark is needed

    def _shared(descriptor: int) -> bool:
        return descriptor >= 0

    def _exclusive(descriptor: int) -> bool:
        return descriptor >= 0

else:
    import fcntl

    def _lock(descriptor: int, kind: int) -> bool:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _shared(descriptor: int) -> bool:
        return _lock(descriptor, fcntl.LOCK_SH)

    def _exclusive(descriptor: int) -> bool:
        return _lock(descriptor, fcntl.LOCK_EX)


class Hold:
    """A mark on a file: the file and its folder stay while anyone holds it."""

    def __init__(self, descriptor: int) -> None:
        """Own an open file that is marked."""
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Take the mark away; a second time does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)  # the lock goes with the last descriptor
            self._descriptor = None


def try_hold(path: Path) -> Hold | None:
    """Mark a file as in use; None where it is not there, or is going away."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    if _shared(descriptor) and _is_still_there(path, descriptor):
        return Hold(descriptor)
    os.close(descriptor)
    return None


def is_held(path: Path) -> bool:
    """Whether any process holds the file; a file that is not there is not held."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not _exclusive(descriptor)
    finally:
        os.close(descriptor)


def try_claim(path: Path) -> Hold | None:
    """Mark a file so that nobody can mark it too; None where anyone has. It is made if missing."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    except FileNotFoundError:  # its folder is gone
        return None
    if _exclusive(descriptor):
        return Hold(descriptor)
    os.close(descriptor)
    return None


def _is_still_there(path: Path, descriptor: int) -> bool:
    # Between opening and marking, a writer may have moved the folder away.
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
