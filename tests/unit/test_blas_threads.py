"""NumPy works in the thread that asks it to, whichever package is imported first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_TASKS = Path("/proc/self/task")
_CODE = (
    "import {package}, numpy, pathlib\n"
    "square = numpy.ones((600, 600), numpy.float32)\n"
    "square @ square\n"
    "print(len(list(pathlib.Path('/proc/self/task').iterdir())))\n"
)

pytestmark = pytest.mark.skipif(not _TASKS.is_dir(), reason="threads are counted in /proc")


def _threads(package: str, **environment: str) -> int:
    kept = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(  # noqa: S603  this interpreter and our own code
        [sys.executable, "-c", _CODE.format(package=package)],
        env={**kept, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


@pytest.mark.parametrize(
    "package",
    [
        "aspire_ingest",
        "aspire_bot",
        "aspire_bot.cli",
        "aspire_ingest.cli",
        "aspire_training.calibrate",
        "tests.evals.bench.__main__",
    ],
)
def test_a_product_of_matrices_starts_no_threads(package: str) -> None:
    assert _threads(package) == 1


def test_a_number_that_the_environment_sets_is_kept() -> None:
    processors = os.cpu_count() or 1  # there are never more threads than these
    assert _threads("aspire_bot", OPENBLAS_NUM_THREADS="2") == min(2, processors)
