"""Temporary files in memory: tests commit and sync tens of thousands of times.

On a disk each of these waits some milliseconds for it: most of the time of tests of state.
"""

import os
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108  made for this; each test has a folder of its own in it
_LEAST_BYTES = 8 * 2**30
"""A whole run leaves some 2 GB, should nothing be removed meanwhile."""


def use_memory() -> None:
    """Let this process and its children put temporary files in memory.

    Not where `TMPDIR` says where they go, nor where there is little room, or no program may run.
    """
    if "TMPDIR" not in os.environ and _MEMORY.is_dir() and _is_fit():
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None  # it may have been asked for already


def _is_fit() -> bool:
    status = os.statvfs(_MEMORY)
    may_run = not status.f_flag & os.ST_NOEXEC
    is_roomy = status.f_bavail * status.f_frsize >= _LEAST_BYTES
    return may_run and is_roomy and os.access(_MEMORY, os.W_OK | os.X_OK)
