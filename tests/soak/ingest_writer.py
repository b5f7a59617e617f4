"""The writer of the soak of ingestion: a process that forks for every run, which may be killed.

`python -m tests.soak.ingest_writer` reads one run as JSON a line; it answers with the process id of
the fork, and with how that ended. Everything is imported beforehand, chromadb too: a run is short.
"""

import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Self, TypedDict, cast

from tests.soak.ingest_corpus import settings_of
from tests.soak.ingest_trace import Tracer, Tracing

from aspire_ingest.bootstrap import build_parts, build_sync_parts
from aspire_ingest.index import AspireError
from aspire_ingest.index.check.verify import verify
from aspire_ingest.index.server.address import ServerAddress
from aspire_ingest.index.store.store import Partition
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.vectors import chroma_child
from aspire_ingest.index.vectors.chroma_process import ChromaFaultError
from aspire_ingest.pipeline.pipeline import RunRequest, ingest, remove
from aspire_ingest.sync.sync import SyncRequest, sync
from aspire_ingest.web.sources_file import read_sources


class Run(TypedDict):
    """One run: `turn` is `add`, `sync`, `remove` or `verify`, `documents` the folder."""

    home: str
    turn: str
    documents: str
    removed: list[str]
    tracing: Tracing
    database_url: str | None
    chroma_url: str | None


class Ended(TypedDict):
    """How a run ended: its exit status, what it said, and the points it passed."""

    status: int
    said: list[str]
    points: list[str]


class ForkedChroma:
    """Chroma's process as a fork of this one, which has imported chromadb; see `ChromaProcess`."""

    def __init__(self) -> None:
        commands, answers = os.pipe(), os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:  # one who outlives a killed writer has nobody to tell
                os.close(commands[1])  # so that it ends with the writer
                os.close(answers[0])
                chroma_child.serve(os.fdopen(commands[0]), os.fdopen(answers[1], "w"))
            finally:
                os._exit(1)
        os.close(commands[0])
        os.close(answers[1])
        self._commands: IO[str] = os.fdopen(commands[1], "w")
        self._answers: IO[str] = os.fdopen(answers[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._commands.close()
        self._answers.close()
        os.waitpid(self._pid, 0)

    def send_changes(
        self, folder: Path, *, after: int, removed: Mapping[Partition, list[str]]
    ) -> None:
        self._send("apply", folder, after, [(*one, ids) for one, ids in removed.items()])

    def send_probe(self, folder: Path, partitions: Sequence[Partition] | None = None) -> None:
        self._send("probe", folder, 0, [], partitions)

    def wait(self) -> list[str]:
        problems: list[str] = []
        for line in self._answers:
            answer = cast("dict[str, int | list[str]]", json.loads(line))
            problems = cast("list[str]", answer.get("problems", problems))
            if "status" in answer:
                if answer["status"] != 0:
                    raise ChromaFaultError(f"Chroma's fork ended with {answer['status']}")
                return problems
        raise ChromaFaultError("Chroma's process ended")

    def _send(
        self,
        verb: str,
        folder: Path,
        after: int,
        removed: list[object],
        partitions: Sequence[Partition] | None = None,
    ) -> None:
        command = {
            "verb": verb,
            "folder": str(folder),
            "after": after,
            "removed": removed,
            "partitions": partitions,
        }
        self._commands.write(json.dumps(command) + "\n")
        self._commands.flush()


def carry_out(run: Run) -> list[str]:
    """Do what is asked for; what failed, or what a check found wrong."""
    home, documents = Path(run["home"]), Path(run["documents"])
    server = None
    if run["chroma_url"] is not None and run["database_url"] is not None:
        server = ServerAddress(database_url=run["database_url"], chroma_url=run["chroma_url"])
    settings = settings_of(home, server)

    def silent(_step: str, _done: int, _total: int) -> None:
        return

    if run["turn"] == "sync":
        file = home.with_suffix(".yaml")
        source = f"sources: [{{name: notes, type: folder, folder: {json.dumps(str(documents))}}}]\n"
        file.write_text(source)
        request = SyncRequest(file=read_sources(file), prune=True, allow_large_prune=True)
        with build_sync_parts(settings, silent, open_chroma=ForkedChroma) as sync_parts:
            return [str(failure) for failure in sync(request, sync_parts).report.failures]
    with build_parts(settings, silent, open_chroma=ForkedChroma) as parts:
        if run["turn"] == "verify":
            check = verify(parts.home, shape=parts.shape, open_chroma=parts.open_chroma)
            return check.problems if check.is_sound else [*check.problems, "it is not sound"]
        if run["turn"] == "remove":
            report = remove(run["removed"], parts)
        else:
            targets = RunRequest(targets=[str(documents)], prune=True, allow_large_prune=True)
            report = ingest(targets, parts)
        return [str(failure) for failure in report.failures]


def _in_fork(run: Run, told: Path) -> None:
    tracer = Tracer(run["tracing"])
    tracer.install()
    try:
        said, status = carry_out(run), 0
    except AspireError as error:
        said, status = [str(error)], 1
    except BaseException as error:  # noqa: BLE001 - a traceback would reach a user: it is told apart
        said, status = [repr(error)], 2
    tracer.end()
    ended = {"said": said, "points": tracer.points}
    with told.open("w") as file:
        json.dump(ended, file)
    os._exit(status)


def serve() -> None:
    """Carry out runs until there are no more."""
    told = Path(tempfile.mkdtemp()) / "told.json"
    for language in ("en", "ja"):
        analyze("warm", language)  # dictionaries are read once, not in every fork
    _answer({"ready": True})
    for line in sys.stdin:
        run = cast("Run", json.loads(line))
        told.unlink(missing_ok=True)
        pid = os.fork()
        if pid == 0:
            _in_fork(run, told)
        _answer({"pid": pid})
        _, status = os.waitpid(pid, 0)
        ended: dict[str, list[str]] = {"said": [], "points": []}
        if told.exists():
            ended = json.loads(told.read_bytes())
        _answer({"status": os.waitstatus_to_exitcode(status), **ended})


def _answer(answer: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
