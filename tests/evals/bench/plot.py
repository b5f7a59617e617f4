"""The plot of `docs/benchmarks.md`: ranking quality by system, with its intervals."""

import importlib
from pathlib import Path
from typing import Any

from tests.evals.bench.results import Row, Section
from tests.evals.bench.words import NAMES

MEASURE = "nDCG@10"
_COLOURS = ("#c2410c", "#64748b", "#94a3b8", "#a8a29e", "#cbd5e1")


def draw(section: Section, path: Path) -> None:
    """Draw nDCG@10 of every system on every set."""
    matplotlib: Any = importlib.import_module("matplotlib")  # typed in part only
    matplotlib.use("Agg")
    pyplot: Any = importlib.import_module("matplotlib.pyplot")
    sets = list(section.tables)
    systems = list(section.tables[sets[0]])
    figure, axes = pyplot.subplots(figsize=(8.4, 3.4), dpi=110)
    width = 0.8 / len(systems)
    for number, system in enumerate(systems):
        rows = [section.tables[name][system] for name in sets]
        axes.bar(
            [at + (number - (len(systems) - 1) / 2) * width for at in range(len(sets))],
            [row[MEASURE].value for row in rows],
            width=width * 0.92,
            yerr=_reaches(rows),
            error_kw={"elinewidth": 0.8, "ecolor": "#334155"},
            color=_COLOURS[number % len(_COLOURS)],
            label=system,
        )
    axes.set_xticks(
        range(len(sets)),
        [f"{NAMES[name]}\n(n={section.tables[name][systems[0]][MEASURE].n})" for name in sets],
    )
    axes.set_ylabel(f"{MEASURE}, by documents")
    axes.set_ylim(0.0, 1.0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.22), ncols=3, frameon=False, fontsize=8)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Without the date and version that matplotlib writes, the same figures give the same file.
    figure.savefig(path, bbox_inches="tight", metadata={"Software": None})
    pyplot.close(figure)


def _reaches(rows: list[Row]) -> list[list[float]]:
    """How far the intervals reach below and above."""
    found = [row[MEASURE] for row in rows]
    below = [one.value - (one.low if one.low is not None else one.value) for one in found]
    above = [(one.high if one.high is not None else one.value) - one.value for one in found]
    return [below, above]
