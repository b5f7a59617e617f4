"""Changes rules one at a time and says which changes no test notices.

python -m tests.mutation [--count 300] [--seed 1] [--kind table] [--module answering/message]
"""

import argparse
import os
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.memory_folder import use_memory
from tests.mutation.imports import Imports
from tests.mutation.mutants import KINDS, Mutant, chosen, modules_in, mutants_of
from tests.mutation.results import Results, line_of, shares, survivors
from tests.mutation.trial import Bench, Outcome

_ROOT = Path(__file__).parents[2]


def main(argv: Sequence[str] | None = None) -> int:
    """Try the changes that are asked for, print survivors and shares, write the table."""
    asked = _arguments(argv)
    scope = tomllib.loads((asked.root / asked.scope).read_text(encoding="utf-8"))
    paths = modules_in(asked.root, scope["folders"], scope["left_out"])
    wanted = [path for path in paths if asked.module in path]
    if not wanted:
        sys.stderr.write(f"No module of {asked.scope} has {asked.module!r} in its path.\n")
        return 2
    mutants = chosen(_all(asked.root, wanted, asked.kind), asked.count, asked.seed)
    results = Results(asked.root / asked.results / "results.jsonl")
    waiting = [one for one in mutants if _is_open(results.get(one), asked)]
    if waiting:
        imports = Imports(asked.root, scope["sources"], scope["tests"])
        _try_all(waiting, imports, results, scope["sources"], asked)
    tried = {one: outcome for one in mutants if (outcome := results.get(one))}
    report = "\n".join(["Not noticed:", *survivors(tried), "", *shares(tried), ""])
    sys.stdout.write(report)
    (asked.root / asked.results / "table.md").write_text(report, encoding="utf-8")
    if len(tried) < len(mutants):
        left = len(mutants) - len(tried)
        sys.stdout.write(f"{left} are left; the same command takes it up again.\n")
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument(
        "--count", type=int, default=300, help="changes to try; of each kind a third"
    )
    parser.add_argument("--seed", type=int, default=1, help="another one chooses others")
    parser.add_argument("--kind", choices=KINDS, help="only changes of this kind")
    parser.add_argument("--module", default="", help="only modules with this in their path")
    parser.add_argument("--again", action="store_true", help="try again what was not noticed")
    parser.add_argument("--minutes", type=float, default=60, help="no change begins after these")
    parser.add_argument("--limit", type=float, default=40, help="processor seconds for one change")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--root", type=Path, default=_ROOT, help="the repository")
    parser.add_argument("--scope", default="tests/mutation/scope.toml", help="where rules are")
    parser.add_argument("--results", default="build/mutation", help="the folder of what came out")
    return parser.parse_args(argv)


def _all(root: Path, paths: Sequence[str], kind: str | None) -> Iterator[Mutant]:
    for path in paths:
        found = mutants_of(path, (root / path).read_text(encoding="utf-8"))
        yield from (one for one in found if kind in {None, one.kind})


def _is_open(known: Outcome | None, asked: argparse.Namespace) -> bool:
    return known is None or (asked.again and known.state != "noticed")


def _try_all(
    waiting: list[Mutant],
    imports: Imports,
    results: Results,
    sources: Sequence[str],
    asked: argparse.Namespace,
) -> None:
    """Try changes on as many copies as there are workers, until all are tried or time is up."""
    use_memory()
    until = time.monotonic() + asked.minutes * 60
    queue = iter(waiting)
    lock = threading.Lock()

    def work() -> None:
        with (
            tempfile.TemporaryDirectory(prefix="mutation-", ignore_cleanup_errors=True) as folder,
            Bench(asked.root, Path(folder), sources, imports, asked.limit) as bench,
        ):
            while time.monotonic() < until:
                with lock:
                    mutant = next(queue, None)
                if mutant is None:
                    return
                outcome = bench.try_out(mutant)
                results.add(mutant, outcome)
                sys.stderr.write(f"{outcome.state}: {line_of(mutant, outcome)}\n")

    threads = [threading.Thread(target=work, daemon=True) for _ in range(asked.workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
