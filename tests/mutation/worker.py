"""Runs tests in a copy of the repository that another process changes; a program of its own.

Programs start slowly here, so the libraries that tests use are imported once, and each run is a
fork of this process, which imports nothing of the repository itself. Says "ready", then reads a
request a line, as JSON: the tests, and how many seconds of the processor they may take. It answers
each by a line: the test that failed first, the one that ran when time was up, the files that ran.

python -P worker.py FOLDER, in the copy, with a PYTHONPATH into it
"""

import importlib
import json
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

WAITS = 6
"""So many times the processor's time may pass by the clock: tests wait, machines are shared."""


def main() -> None:
    """Answer requests until there are no more."""
    folder = Path(sys.argv[1])
    for name in _libraries(folder / "modules.json"):
        with suppress(Exception):  # what only its own package may import
            importlib.import_module(name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line), folder)) + "\n")
        sys.stdout.flush()


def _libraries(found: Path) -> Sequence[str]:
    """Name what tests import from elsewhere: a fork imports it, so that nothing of ours stays."""
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module("tests.conftest")
        finally:
            places = {name: getattr(one, "__file__", None) for name, one in sys.modules.items()}
            found.write_text(json.dumps(places), encoding="utf-8")
            os._exit(0)
    os.waitpid(child, 0)
    here = str(Path.cwd())
    places = json.loads(found.read_text(encoding="utf-8"))
    return [name for name, place in places.items() if place and not place.startswith(here)]


def _answer(request: dict[str, Any], folder: Path) -> dict[str, Any]:
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    shutil.rmtree(folder / "tmp", ignore_errors=True)
    until = time.monotonic() + request["limit_s"] * (WAITS + 1)
    child = os.fork()
    if child == 0:
        _run(request, folder)
    is_late = not _ends(child, until)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if is_late:
        os.waitpid(child, 0)
    told: dict[str, Any] = json.loads(report.read_text("utf-8")) if report.exists() else {}
    if not told and is_late:
        told = {"running": request["tests"][0], "files": [], "seconds": request["limit_s"]}
    elif not told:
        said = (folder / "output.txt").read_text(encoding="utf-8", errors="replace").split("\n")
        why = next((line for line in reversed(said) if line.strip()), "it ended")
        told = {"failed": f"(the run itself: {why[:100]})", "files": [], "seconds": 0.0}
    return {"failed": None, "running": None, **told, "is_late": is_late}


def _ends(child: int, until: float) -> bool:
    while time.monotonic() < until:
        if os.waitpid(child, os.WNOHANG)[0]:
            return True
        time.sleep(0.02)
    return False


def _run(request: dict[str, Any], folder: Path) -> None:
    """Run tests in this process, a fork, and end it."""
    try:
        os.setsid()
        output = os.open(folder / "output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream in (1, 2):
            os.dup2(output, stream)
        # Plugins would have what is imported already be imported by pytest, and warn.
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        watch = _Watch(folder / "report.json", request["limit_s"])
        options: Sequence[str] = (
            "-x", "-q", "-p", "no:cacheprovider", "--import-mode=importlib",
            "--rootdir", ".", "--basetemp", str(folder / "tmp"),
            "-p", "_hypothesis_pytestplugin", "--hypothesis-profile", "ci",  # no chance, no clock
        )  # fmt: skip
        pytest.main([*options, *request["tests"]], plugins=[watch])
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        os._exit(0)


class _Watch:
    """Writes down what a run comes to, and ends it when its time is up."""

    def __init__(self, report: Path, limit_s: float) -> None:
        self._report = report
        self._limit_s = limit_s
        self._began_s = _used_s()
        self._clock_s = time.monotonic()
        self._files: list[str] = []
        self._failed: str | None = None
        self._running: str | None = None

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._failed = self._failed or report.nodeid or "(collecting)"
            self._tell()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._running = nodeid
        name = nodeid.partition("::")[0]
        if name not in self._files:
            self._files.append(name)
        self._tell()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed = self._failed or report.nodeid
            self._tell()

    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        waited_s = (time.monotonic() - self._clock_s) / WAITS
        if max(_used_s() - self._began_s, waited_s) > self._limit_s:
            item.session.shouldstop = "time is up"

    def pytest_sessionfinish(self) -> None:
        self._running = None
        self._tell()

    def _tell(self) -> None:
        said = {
            "failed": self._failed,
            "running": self._running,
            "files": self._files,
            "seconds": round(_used_s() - self._began_s, 1),
        }
        self._report.write_text(json.dumps(said), encoding="utf-8")


def _used_s() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    main()
