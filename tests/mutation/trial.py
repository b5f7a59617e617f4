"""One change at a time in a copy of the repository, and the tests that should notice it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypedDict

from tests.mutation.imports import Imports
from tests.mutation.mutants import Mutant

_LEFT_BEHIND = ("*.git", ".venv*", "__pycache__", "build", "dist", ".eval", ".hypothesis",
                ".pytest_cache", ".ruff_cache", ".training", ".demo")  # fmt: skip
_FILES_AT_A_TIME = 8
_WORKER = Path(__file__).with_name("worker.py")

State = Literal["noticed", "survived", "untested", "unsure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a change.

    Attributes:
        state: `noticed`; `survived`; `untested` where no test leads to the module; `unsure` where
            the test that failed fails without the change, too.
        by: The test that failed or did not end; where none did, how many files of tests ran.
        seconds: Of the processor.
    """

    state: State
    by: str
    seconds: float


class _Run(TypedDict):
    failed: str | None
    running: str | None
    files: list[str]
    seconds: float
    is_late: bool


class Bench:
    """A copy of a repository, where changes are tried one after the other.

    Args:
        root: The repository.
        folder: Where the copy is made; best in memory.
        sources: Folders, relative to the repository, where names of modules begin.
        imports: Which tests run what.
        limit_s: Time of the processor that the tests of one change may take.
    """

    def __init__(
        self, root: Path, folder: Path, sources: Sequence[str], imports: Imports, limit_s: float
    ) -> None:
        self._copy = folder / "tree"
        self._imports = imports
        self._limit_s = limit_s
        self._sound: dict[str, bool] = {}
        shutil.copytree(root, self._copy, ignore=shutil.ignore_patterns(*_LEFT_BEHIND))
        path = os.pathsep.join(str(self._copy / source) for source in sources)
        self._worker = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-P", str(_WORKER), str(folder)],
            cwd=self._copy,
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._hear()  # it is ready, and has nothing of what will change

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._worker:
            self._worker.terminate()

    def try_out(self, mutant: Mutant) -> Outcome:
        """Make a change, run the tests that lead to its module, and take the change back."""
        tests = self._imports.tests_of(mutant.path)
        if not tests:
            return Outcome(state="untested", by="no test", seconds=0.0)
        file = self._copy / mutant.path
        sound = file.read_text(encoding="utf-8")
        try:
            _write(file, mutant.edit.apply(sound))
            run = self._run_until_noticed(tests)
        finally:
            _write(file, sound)
        suspect = run["failed"] or (run["running"] if run["is_late"] else None)
        if suspect is None:
            return Outcome(
                state="survived", by=f"{len(run['files'])} files", seconds=run["seconds"]
            )
        if self._is_sound(suspect if "::" in suspect else tests[0]):
            return Outcome(state="noticed", by=suspect, seconds=run["seconds"])
        state: State = "unsure" if run["failed"] else "survived"
        return Outcome(state=state, by=suspect, seconds=run["seconds"])

    def _run_until_noticed(self, tests: Sequence[str]) -> _Run:
        """Run some files at a time: to read them all takes longer than to run the first."""
        files: list[str] = []
        spent_s = 0.0
        run: _Run | None = None
        for at in range(0, len(tests), _FILES_AT_A_TIME):
            run = self._run(tests[at : at + _FILES_AT_A_TIME], self._limit_s - spent_s)
            files += run["files"]
            spent_s += run["seconds"]
            if run["failed"] or run["is_late"] or spent_s >= self._limit_s:
                break
        assert run is not None
        return {**run, "files": files, "seconds": round(spent_s, 1)}

    def _is_sound(self, test: str) -> bool:
        """Whether a test passes within the time, or a file is read, where nothing is changed."""
        if test not in self._sound:
            read = ["--collect-only"] if "::" not in test else []
            run = self._run([*read, test], self._limit_s)
            self._sound[test] = run["failed"] is None and not run["is_late"]
        return self._sound[test]

    def _run(self, tests: Sequence[str], limit_s: float) -> _Run:
        asked = {"tests": tests, "limit_s": limit_s}
        assert self._worker.stdin is not None
        self._worker.stdin.write(json.dumps(asked) + "\n")
        self._worker.stdin.flush()
        return json.loads(self._hear())

    def _hear(self) -> str:
        assert self._worker.stdout is not None
        line = self._worker.stdout.readline()
        if not line:
            raise RuntimeError("the process that runs tests has ended; its error stands above")
        return line


def _write(file: Path, text: str) -> None:
    """Write a module, and forget what was compiled of it: the clock is too coarse to tell."""
    file.write_text(text, encoding="utf-8")
    Path(cache_from_source(str(file))).unlink(missing_ok=True)
