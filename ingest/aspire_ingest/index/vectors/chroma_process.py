"""Work on Chroma directories from outside, where its faults cannot reach this process."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Protocol, TypeAlias, cast

from aspire_ingest.index.closeable import Closeable
from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.store.store import Partition

# Half of a small run's time beside embedding is the import of chromadb. Collecting garbage while
# thousands of modules are made is 15 % of it; httpx's command line, which httpx itself does
# without where it cannot be imported, is another 12 %.
# The import takes what the embedding model leaves: measured, 0.8 s less for 500 documents on two
# cores. The commands do not: the writer waits for them, and beside other programs they would wait
# for those. Linux ranks each thread by itself, so that the import has a thread of its own; it has
# ended when the process forks.
_LAUNCH = """
import gc, os, sys, threading
def load():
    if hasattr(os, "nice"):
        os.nice(10)
    gc.disable()
    sys.modules["httpx._main"] = None
    from aspire_ingest.index.vectors import chroma
    chroma.import_ahead()
    gc.freeze()
    gc.enable()
loading = threading.Thread(target=load)
loading.start()
loading.join()
from aspire_ingest.index.vectors import chroma_child
chroma_child.serve(sys.stdin, sys.stdout)
"""


class ChromaFaultError(IndexAccessError):
    """Chroma failed on a directory, or ended its process: the directory must be made anew."""


class ChromaWork(Protocol):
    """Keeps Chroma directories in line with stores: commands are sent, then waited for."""

    def send_changes(
        self, folder: Path, *, after: int, removed: Mapping[Partition, list[str]]
    ) -> None:
        """Ask to bring the Chroma directory of a generation in line with its store."""
        ...

    def send_probe(self, folder: Path, partitions: Sequence[Partition] | None = None) -> None:
        """Ask what is wrong with the Chroma directory of a generation.

        Collections are compared passage by passage: those of `partitions`, all where None.
        """
        ...

    def wait(self) -> list[str]:
        """Wait for one command; what a probe found wrong.

        Raises:
            ChromaFaultError: Chroma raised, or its process ended.
        """
        ...


OpenChroma: TypeAlias = Callable[[], AbstractContextManager[ChromaWork]]
"""Starts what works on Chroma directories; leaving the block ends it."""


class NoChroma(Closeable):
    """No embedded Chroma: a server has the vectors of a shared index."""

    def close(self) -> None:
        """Do nothing."""

    def send_changes(
        self, folder: Path, *, after: int, removed: Mapping[Partition, list[str]]
    ) -> None:
        """Do nothing."""

    def send_probe(self, folder: Path, partitions: Sequence[Partition] | None = None) -> None:
        """Do nothing."""

    def wait(self) -> list[str]:
        """Nothing is wrong with what is not there."""
        return []


class ChromaProcess(Closeable):
    """A child process that imports chromadb while this one does other things.

    See `ChromaWork`.
    """

    def __init__(self) -> None:
        """Start the child; nothing is waited for."""
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._child = subprocess.Popen(  # noqa: S603 - our own module, no input
            # -P: a file in the current folder must not pass for a module.
            [sys.executable, "-P", "-c", _LAUNCH],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            # One thread of linear algebra is enough, and no threads is what makes forks safe.
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "ANONYMIZED_TELEMETRY": "False"},
        )

    def close(self) -> None:
        """End the child and wait until it is gone."""
        self._child.kill()
        self._child.communicate()
        self._stderr.close()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    def send_changes(
        self, folder: Path, *, after: int, removed: Mapping[Partition, list[str]]
    ) -> None:
        """Ask to bring the Chroma directory of a generation in line with its store."""
        self._send("apply", folder, after, removed)

    def send_probe(self, folder: Path, partitions: Sequence[Partition] | None = None) -> None:
        """Ask what is wrong with the Chroma directory of a generation."""
        self._send("probe", folder, 0, {}, partitions)

    def wait(self) -> list[str]:
        """Wait for one command; what a probe found wrong.

        Raises:
            ChromaFaultError: Chroma raised, or its process ended.
        """
        stdout = cast("IO[bytes]", self._child.stdout)  # a pipe, see above
        problems: list[str] = []
        while line := stdout.readline():
            answer = cast("dict[str, int | list[str]]", json.loads(line))
            problems = cast("list[str]", answer.get("problems", problems))
            status = answer.get("status")
            if status is not None:
                if status != 0:
                    raise ChromaFaultError(self._why(cast("int", status)))
                return problems
        raise ChromaFaultError(self._why(self._child.wait()))

    def _send(
        self,
        verb: str,
        folder: Path,
        after: int,
        removed: Mapping[Partition, list[str]],
        partitions: Sequence[Partition] | None = None,
    ) -> None:
        command = {
            "verb": verb,
            "folder": str(folder),
            "after": after,
            "removed": [(*partition, ids) for partition, ids in removed.items()],
            "partitions": partitions,
        }
        stdin = cast("IO[bytes]", self._child.stdin)  # a pipe, see above
        try:
            stdin.write(json.dumps(command).encode() + b"\n")
            stdin.flush()
        except BrokenPipeError:  # `wait` says why
            return

    def _why(self, status: int) -> str:
        how = f"signal {-status}" if status < 0 else f"status {status}"
        self._stderr.seek(0)
        lines = self._stderr.read().decode(errors="replace").strip().splitlines()
        said = f": {lines[-1]}" if lines else ""
        return f"Chroma's process ended with {how}{said}"
