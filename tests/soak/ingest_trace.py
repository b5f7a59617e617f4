"""Dying, or failing, at a named point of a run: what reaches the disk is traced from outside."""

import errno
import functools
import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypedDict

from aspire_ingest.index.generations import rebuild, write
from aspire_ingest.index.words.tantivy_words import WordIndexWriter

Mode = Literal["record", "kill", "fail"]


class Tracing(TypedDict):
    """What happens at the point `at`, counted from 0: the process is killed, or `error` raised."""

    mode: Mode
    at: int
    error: int
    largest: int
    """Most bytes a file may have; 0 for no bound. Beyond it writing fails, as on a full disk."""


NOTHING: Tracing = {"mode": "record", "at": -1, "error": 0, "largest": 0}

_TRACED = (
    (os, "fsync"),
    (os, "replace"),
    (os, "rename"),
    (os, "unlink"),
    (os, "mkdir"),
    (shutil, "copytree"),
    (rebuild, "write_matrices"),
    (rebuild, "derive_words"),
    (write, "write_manifest"),
    (write, "derive"),
    (WordIndexWriter, "commit"),
)


@dataclass(slots=True)
class Tracer:
    """Counts the points that this process passes: each traced call, before and after it."""

    tracing: Tracing
    points: list[str] = field(default_factory=list[str])

    def install(self) -> None:
        """Trace this process from now on; it ends with it."""
        if self.tracing["largest"]:
            bound = (self.tracing["largest"], resource.RLIM_INFINITY)
            resource.setrlimit(resource.RLIMIT_FSIZE, bound)
        for place, name in _TRACED:
            setattr(place, name, self._traced(getattr(place, name), name))
        tracer = self

        class Traced(sqlite3.Connection):
            def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
                if sql != "COMMIT":
                    return super().execute(sql, parameters)
                tracer.pass_point("before COMMIT", is_sqlite=True)
                cursor = super().execute(sql, parameters)
                tracer.pass_point("after COMMIT", is_sqlite=True)
                return cursor

        sqlite3.connect = functools.partial(sqlite3.connect, factory=Traced)

    def end(self) -> None:
        """Let everything pass again: the run is over."""
        self.tracing["at"] = -1
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def pass_point(self, name: str, *, is_sqlite: bool = False) -> None:
        """Note the point, and die or fail if it is the one."""
        is_here = len(self.points) == self.tracing["at"]
        self.points.append(name)
        if is_here and self.tracing["mode"] == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if is_here and self.tracing["mode"] == "fail":
            if is_sqlite and self.tracing["error"] == errno.ENOSPC:
                raise sqlite3.OperationalError("database or disk is full")
            if is_sqlite:
                raise sqlite3.OperationalError("disk I/O error")
            raise OSError(self.tracing["error"], os.strerror(self.tracing["error"]))

    def _traced(self, step: Callable[..., object], name: str) -> Callable[..., object]:
        @functools.wraps(step)
        def traced(*args: object, **options: object) -> object:
            what = f"{name} {_told(args[0])}" if args else name
            self.pass_point(f"before {what}")
            result = step(*args, **options)
            self.pass_point(f"after {what}")
            return result

        return traced


def _told(argument: object) -> str:
    """The name of a file or folder, without what differs from run to run."""
    if isinstance(argument, int):
        argument = Path(f"/proc/self/fd/{argument}").readlink()
    if not isinstance(argument, str | Path):
        return ""
    path = Path(argument)
    return path.suffix if len(path.stem) > 30 else path.name
