"""The child process that works on Chroma directories; `chroma_process` starts it.

Reads one JSON command a line, answers with one JSON line of its result where it has one and one of
its exit status. Importing chromadb takes seconds and happens once, early; each command then runs
in a fork of its own, so that a fault in Chroma ends the fork alone, and a probe opens the
directory as a new process would. Ends with its standard input, that is with the writer.
"""

import json
import os
import sys
from pathlib import Path
from typing import TextIO, TypedDict

from aspire_ingest.index.generations.home import CHROMA_NAME
from aspire_ingest.index.store.store import STORE_NAME, Partition, Store
from aspire_ingest.index.types import Audience
from aspire_ingest.index.vectors import chroma


class Command(TypedDict):
    """What to do with the Chroma directory of the generation in `folder`."""

    verb: str
    folder: str
    after: int
    removed: list[tuple[str, Audience, list[str]]]
    partitions: list[tuple[str, Audience]] | None
    """Whose collections a probe compares passage by passage: all where None."""


def run(command: Command) -> dict[str, list[str]]:
    """Carry out one command; the result lists the problems that a probe found."""
    folder = Path(command["folder"])
    store = Store(folder / STORE_NAME)
    try:
        if command["verb"] == "probe":
            return {"problems": chroma.probe(folder / CHROMA_NAME, store, _chosen(command))}
        removed = {
            Partition(language, audience): passage_ids
            for language, audience, passage_ids in command["removed"]
        }
        chroma.apply_changes(folder / CHROMA_NAME, store, after=command["after"], removed=removed)
        return {"problems": []}
    finally:
        store.close()


def _chosen(command: Command) -> list[Partition] | None:
    named = command["partitions"]
    return None if named is None else [Partition(*one) for one in named]


def serve(commands: TextIO, answers: TextIO) -> None:
    """Carry out commands until there are no more."""
    for line in commands:
        command: Command = json.loads(line)
        status = _run_apart(command, answers)
        answers.write(json.dumps({"status": status}) + "\n")
        answers.flush()


def _run_apart(command: Command, answers: TextIO) -> int:
    if sys.platform == "win32":  # no fork there: a fault ends this process, which the writer sees
        answers.write(json.dumps(run(command)) + "\n")
        return 0
    pid = os.fork()
    if pid == 0:
        # An error leaves through the top of the process, as status 1 with its trace on stderr.
        answers.write(json.dumps(run(command)) + "\n")
        answers.flush()
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)
