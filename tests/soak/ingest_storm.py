"""Runs of ingestion that are killed or fail, while a reader asks; what is left is looked at."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self, cast

from tests.soak.ingest_corpus import (
    EMBEDDER,
    TURNS,
    Content,
    content_at,
    look,
    removed_in,
    settings_of,
    write_edition,
)
from tests.soak.ingest_trace import NOTHING, Tracing
from tests.soak.ingest_writer import Ended, Run

from aspire_ingest.index import IndexMissingError
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.open_index import CurrentIndex, open_reader
from aspire_ingest.index.server.address import ServerAddress

_ROOT = Path(__file__).parents[2]


class Writer:
    """The process that forks for every run."""

    def __init__(self) -> None:
        path = os.pathsep.join([str(_ROOT), *filter(None, sys.path)])
        threads = {"OPENBLAS_NUM_THREADS": "1", "ANONYMIZED_TELEMETRY": "False"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.ingest_writer"],
            cwd=_ROOT,
            env={**os.environ, **threads, "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.took_s = 0.0
        """How long the last run took."""
        self._answer()  # it has imported everything

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, run: Run, *, kill_after_s: float | None = None) -> Ended:
        """Carry out a run; kill it after a while."""
        stdin = cast("IO[str]", self._process.stdin)
        stdin.write(json.dumps(run) + "\n")
        stdin.flush()
        pid = cast("dict[str, int]", self._answer())["pid"]
        started = time.perf_counter()
        if kill_after_s is not None:
            time.sleep(kill_after_s)
            with suppress(ProcessLookupError):  # it was quicker
                os.kill(pid, signal.SIGKILL)
        ended = cast("Ended", self._answer())
        self.took_s = time.perf_counter() - started
        return ended

    def _answer(self) -> object:
        line = cast("IO[str]", self._process.stdout).readline()
        assert line, "the writer has ended"
        return json.loads(line)


@dataclass(slots=True)
class Findings:
    """What a storm did, and all that was not as it should be."""

    runs: int = 0
    killed: int = 0
    """Runs that did not come to their end."""
    published: int = 0
    """Runs that were cut after they had published."""
    asked: int = 0
    wrong: list[str] = field(default_factory=list[str])

    def add(self, other: "Findings") -> None:
        """Count another storm's with these."""
        self.runs += other.runs
        self.killed += other.killed
        self.published += other.published
        self.asked += other.asked
        self.wrong += other.wrong

    def __str__(self) -> str:
        told = (
            f"{self.runs} runs, {self.killed} of them killed, {self.published} had published; "
            f"asked {self.asked} times"
        )
        return "; ".join([told, *self.wrong[:5]])


class Storm:
    """An index, and what it must be after each turn; several may begin one after another."""

    def __init__(self, writer: Writer, folder: Path) -> None:
        """Carry out every turn once without a fault, elsewhere, to know how it must end."""
        self.writer = writer
        self.server: ServerAddress | None = None
        self.documents = folder / "documents"
        self.expected: list[Content] = []
        self.took_s: list[float] = []
        self.turn = 0
        self.home = clean = folder / "clean"
        self.findings = Findings()
        for _ in TURNS:
            ended = writer.run(self._run(clean))
            self.took_s.append(writer.took_s)
            assert ended["status"] == 0, ended["said"]
            content = content_at(clean)
            assert content is not None
            self.expected.append(content)
            self.turn += 1

    def begin(self, home: Path, turn: int = 0, server: ServerAddress | None = None) -> Self:
        """Begin anew with an index to which `turn` turns were done, 0: that is not there yet."""
        self.server = server
        self.home, self.turn, self.findings = home, turn, Findings()
        return self

    def cut_at_random(self, chance: random.Random) -> None:
        """The next turn, killed at any moment; then again, to its end."""
        if chance.random() < 0.3:  # what is embedded is known otherwise, and runs are shorter
            (self.home / "cache.sqlite").unlink(missing_ok=True)
        longest = self.took_s[self.turn % len(TURNS)] * 1.1
        self._cut(NOTHING, kill_after_s=chance.uniform(0, longest))

    def cut(self, tracing: Tracing) -> Ended:
        """The next turn, killed or failing at a point; then again, to its end."""
        return self._cut(tracing)

    def clean(self) -> None:
        """The next turn without a fault."""
        ended = self.writer.run(self._run(self.home))
        self._note(ended["status"] == 0, f"a clean run failed: {ended['said']}")
        self._note(
            content_at(self._place(self.home)) == self.expected[self.turn % len(TURNS)],
            "other content at the end",
        )
        self.turn += 1

    def points(self) -> list[str]:
        """The points that the next turn passes, found out on a copy."""
        copy = self.home.with_name("copy")
        if self.home.exists():
            shutil.copytree(self.home, copy)
        points = self.writer.run(self._run(copy))["points"]
        shutil.rmtree(copy)
        return points

    @contextmanager
    def asked(self, *others: Path) -> Generator[None]:
        """A reader asks until the block ends; of a shared index, one at each of these homes."""
        is_over = threading.Event()
        threads = [
            threading.Thread(target=self._ask, args=(is_over, home)) for home in others or (None,)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            is_over.set()
            for thread in threads:
                thread.join()

    def _cut(self, tracing: Tracing, *, kill_after_s: float | None = None) -> Ended:
        before = content_at(self._place(self.home))
        after = self.expected[self.turn % len(TURNS)]
        what = f"{TURNS[self.turn % len(TURNS)]}, turn {self.turn}, {tracing}, {kill_after_s}"
        ended = self.writer.run(self._run(self.home, tracing), kill_after_s=kill_after_s)
        self.findings.runs += 1
        left = content_at(self._place(self.home))
        self._note(left in (before, after), f"half a generation after {what}")
        self.findings.killed += ended["status"] < 0
        self.findings.published += left == after
        if left is not None or self._place(self.home).numbers():
            problems = self.writer.run(self._run(self.home, turn="verify"))
            said = [one for one in problems["said"] if "current.json is missing" not in one]
            self._note(not said and problems["status"] == 0, f"verify after {what}: {said}")
        again = self.writer.run(self._run(self.home))
        self._note(again["status"] == 0, f"the next run after {what}: {again['said']}")
        self._note(
            content_at(self._place(self.home)) == after, f"other content in the end after {what}"
        )
        if list(self._place(self.home).work.iterdir()):
            # a killed writer's child was at work until now: what it leaves goes with the next run
            self.writer.run(self._run(self.home, turn="verify"))
        left_over = list(self._place(self.home).work.iterdir())
        self._note(not left_over, f"{left_over} is left after {what}")
        self.turn += 1
        return ended

    def _note(self, is_good: bool, problem: str) -> None:
        if not is_good:
            self.findings.wrong.append(problem)

    def _run(self, home: Path, tracing: Tracing = NOTHING, turn: str = "") -> Run:
        edition = self.turn % len(TURNS)
        write_edition(self.documents, edition)
        return {
            "home": str(home),
            "turn": turn or TURNS[edition],
            "documents": str(self.documents),
            "removed": removed_in(edition - 1),
            "tracing": tracing,
            "database_url": self.server.database_url if self.server else None,
            "chroma_url": self.server.chroma_url if self.server else None,
        }

    def _place(self, home: Path) -> Home:
        return settings_of(home, self.server).index_home

    def _ask(self, is_over: threading.Event, reads_at: Path | None) -> None:
        place = self._place(self.home if reads_at is None else reads_at)
        index = CurrentIndex(place, embedder_name=EMBEDDER.name)
        was_there = False
        while not is_over.is_set():
            began = time.perf_counter()
            try:
                with index.reader() as reader:
                    self.findings.wrong += look(reader, self.expected)
                with open_reader(place, embedder_name=EMBEDDER.name) as reader:
                    self.findings.wrong += look(reader, self.expected)
                was_there = True
            except IndexMissingError as error:
                self._note(not was_there, f"a reader lost the index: {error}")
            except Exception as error:  # noqa: BLE001 - whatever it is, a reader has failed
                self.findings.wrong.append(f"a reader failed: {error!r}")
            self.findings.asked += 1
            time.sleep(time.perf_counter() - began)  # it shares the machine with the runs
        index.close()
