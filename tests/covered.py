"""A short summary of what tests run: statements and branches, by folder, the least first.

python -m tests.covered build/coverage/branches.json
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_COUNTS = ("num_statements", "covered_lines", "num_branches", "covered_branches")


def summary(report: Mapping[str, Any]) -> str:
    """Give a table of the folders that were run at all, from coverage's own report as JSON."""
    folders: dict[str, Counter[str]] = {}
    for path, file in report["files"].items():
        folder = folders.setdefault(Path(path).parent.as_posix(), Counter())
        folder.update({name: file["summary"][name] for name in _COUNTS})
    whole = sum(folders.values(), Counter[str]())
    run = {folder: counts for folder, counts in folders.items() if counts["covered_lines"]}
    ordered = sorted(run.items(), key=lambda one: _share(one[1], "branches"))
    rows = [
        f"{_share(counts, 'lines'):>10.1%} {_share(counts, 'branches'):>9.1%}  {folder}"
        for folder, counts in [*ordered, ("in all, with what was not run", whole)]
    ]
    return "\n".join(["statements  branches", *rows, ""])


def _share(counts: Counter[str], of: str) -> float:
    there = counts["num_statements" if of == "lines" else "num_branches"]
    return counts[f"covered_{of}"] / there if there else 1.0


if __name__ == "__main__":
    sys.stdout.write(summary(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
