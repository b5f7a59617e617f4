"""One run over a folder of hostile files: all are named, the good ones beside them are indexed.

The run is a program of its own under a limit of memory that its children inherit, as a server has.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.hostile_folder import BAD, write_folder

from aspire_ingest.load.types import LoadOptions

_MEMORY_BYTES = 6 * 1024**3
_MOST_RESIDENT_KIB = 1024**2
_LONGEST_S = 600
_RUN = """
import json, resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
program = "from aspire_ingest.cli.app import main; main()"
ran = subprocess.run(
    [sys.executable, "-c", program, "add", {folder!r}, "--json"], capture_output=True, text=True
)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([ran.returncode, ran.stdout, ran.stderr[-2000:], peak]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostileRun:
    folder: Path
    good: list[str]
    words: dict[str, str]
    code: int
    summary: dict[str, list[dict[str, str]]]
    errors: str
    peak_kib: int
    """Of the largest process of the run."""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> HostileRun:
    if not sys.platform.startswith("linux"):
        pytest.skip("limits of memory are set as on Linux")
    folder = tmp_path_factory.mktemp("hostile")
    home = tmp_path_factory.mktemp("home")
    good, words = write_folder(folder)
    environment = {
        "PYTHONPATH": ":".join(sys.path), "ASPIRE_HOME": str(home), "PATH": "/usr/bin:/bin",
        "ASPIRE_EMBEDDING": "hashing/64", "ASPIRE_CACHE": str(home / "cache"),
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", _RUN.format(memory=_MEMORY_BYTES, folder=str(folder))],
        capture_output=True, text=True, check=True, env=environment, timeout=_LONGEST_S, cwd=home,
    )  # fmt: skip
    code, out, err, peak = json.loads(done.stdout)
    return HostileRun(
        folder=folder, good=good, words=words, code=code, summary=json.loads(out), errors=err,
        peak_kib=peak,
    )  # fmt: skip


def test_the_folder_holds_fifty_hostile_files(ran: HostileRun) -> None:
    assert len(BAD) >= 50
    assert len(ran.good) >= 5


def test_every_good_file_is_indexed(ran: HostileRun) -> None:
    assert ran.code == 1  # done in part
    assert len(ran.summary["added"]) == len(ran.good), ran.errors


def test_every_hostile_file_is_named_with_its_reason(ran: HostileRun) -> None:
    failed = {
        str(Path(one["target"]).relative_to(ran.folder)): one["error"]
        for one in ran.summary["failed"]
    }
    assert sorted(failed) == sorted(ran.words)
    assert {n: failed[n] for n, word in ran.words.items() if word not in failed[n]} == {}


def test_no_file_takes_the_whole_time_of_a_parser(ran: HostileRun) -> None:
    limit = f"longer than {LoadOptions().parse_timeout_s:g} s"
    assert [one for one in ran.summary["failed"] if limit in one["error"]] == []


def test_memory_is_bounded(ran: HostileRun) -> None:
    assert ran.peak_kib < _MOST_RESIDENT_KIB
