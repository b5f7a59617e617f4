"""How many of the programs' files one question enters: `python -m tests.evals.files_entered`.

Indexes the sample knowledge, then runs `aspire-bot ask` in this process under a profiler. A file is
entered where one of its functions, methods or comprehensions of its own runs for the question; what
runs while a module is being imported does not count, nor do files that hold but types. Prints the
files and their number; ends with 1 above the bound.
"""

import inspect
import os
import sys
import tempfile
import threading
from pathlib import Path
from types import CodeType, FrameType

from tests.product_code import PACKAGES, ROOT

MOST = 40
"""The number to keep to; docs/architecture.md tells where it stands."""
QUESTION = "What are the goals of the ASPIRE programme?"
_SAMPLE = ROOT / "ingest" / "aspire_ingest" / "sample"
_OURS = tuple(f"{package}/" for package in PACKAGES)


class Entered:
    """A profiler for `sys.setprofile` that keeps which functions of ours were called."""

    def __init__(self) -> None:
        """Nothing was called yet."""
        self.codes: set[CodeType] = set()

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        """Keep a function that is called, unless a module is being imported."""
        code = frame.f_code
        if event != "call" or code in self.codes or not code.co_filename.startswith(_OURS):
            return
        is_function = code.co_flags & inspect.CO_OPTIMIZED  # not the body of a module or a class
        if is_function and not _is_importing(frame):
            self.codes.add(code)

    @property
    def files(self) -> list[str]:
        """The files of the functions, from the root of the repository."""
        return sorted({str(Path(one.co_filename).relative_to(ROOT)) for one in self.codes})


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name == "<module>" and frame.f_code.co_filename.startswith(_OURS):
            return True
        frame = frame.f_back
    return False


def count_entered(home: Path, question: str) -> Entered:
    """Ask a question of an index, as the program does, and tell what ran."""
    os.environ["ASPIRE_HOME"] = str(home)
    from aspire_bot.cli.app import app  # noqa: PLC0415 - the settings are read after the home is set

    entered = Entered()
    threading.setprofile(entered)
    sys.setprofile(entered)
    try:
        app(["ask", question], standalone_mode=False)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return entered


def main() -> int:
    """Index the sample, ask, print."""
    from aspire_ingest.cli.app import app  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="aspire-entered-") as home:
        os.environ["ASPIRE_HOME"] = home
        app(["add", str(_SAMPLE)], standalone_mode=False)
        entered = count_entered(Path(home), QUESTION)
    for file in entered.files:
        sys.stdout.write(f"{file}\n")
    sys.stdout.write(f"{len(entered.files)} files, {len(entered.codes)} functions\n")
    return int(len(entered.files) > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
