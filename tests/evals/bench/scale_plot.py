"""The plot of `docs/scale.md`: what grows with the index."""

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.evals.bench.results import Section

Line = tuple[str, str, str]
"""A table of the section, a column of it, and what the line is called."""


def _both(table: str, column: str, shown: str) -> tuple[Line, Line]:
    return (
        (f"{table}, exact", column, f"{shown}, exact"),
        (f"{table}, chroma", column, f"{shown}, Chroma"),
    )


_PANELS: Sequence[tuple[str, Sequence[Line], float | None]] = (
    ("adding ÷ embedding", (("ingest", "ratio", "ratio"),), 1.25),
    (
        "warm answer, ms",
        (*_both("answers", "p50, ms", "p50"), *_both("answers", "p95, ms", "p95")),
        100.0,
    ),
    (
        "searches of an answer, p50 ms",
        (
            *_both("parts", "vector search, p50 ms", "vectors"),
            ("parts, exact", "word search, p50 ms", "words"),
        ),
        None,
    ),
    (
        "memory of the bot, MB",
        (
            *_both("memory", "resident, MB", "resident"),
            *_both("memory", "without mapped files, MB", "own"),
        ),
        1074.0,
    ),
    (
        "on the disk, MB",
        tuple(("disk", p, p) for p in ("all", "index.sqlite", "chroma", "vectors", "words")),
        None,
    ),
    ("from a change to an answer, s", _both("change", "add to answer, s", "one document"), 5.0),
)
_COLOURS = ("#c2410c", "#1d4ed8", "#64748b", "#0f766e", "#a16207")


def draw(section: Section, path: Path) -> None:
    """Draw a panel for each subject, over the passages, both scales logarithmic but one."""
    matplotlib: Any = importlib.import_module("matplotlib")  # typed in part only
    matplotlib.use("Agg")
    pyplot: Any = importlib.import_module("matplotlib.pyplot")
    sizes = list(section.tables["ingest"])
    passages = [section.tables["ingest"][size]["passages"].value for size in sizes]
    # The same figures give the same file: no random ids, no date.
    with matplotlib.rc_context({"svg.hashsalt": "aspire", "font.size": 8}):
        figure, grid = pyplot.subplots(2, 3, figsize=(9.6, 5.2), layout="constrained")
        for axes, panel in zip(grid.flat, _PANELS, strict=True):
            _panel(axes, section, passages, panel)
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.patch.set_facecolor("white")
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
        pyplot.close(figure)


def _panel(
    axes: Any,
    section: Section,
    passages: Sequence[float],
    panel: tuple[str, Sequence[Line], float | None],
) -> None:
    title, lines, most = panel
    for number, (table, column, shown) in enumerate(lines):
        if table not in section.tables:
            continue
        values = [row[column].value for row in section.tables[table].values()]
        axes.plot(passages, values, marker="o", ms=3, lw=1.2, color=_COLOURS[number], label=shown)
    if most is not None:
        axes.axhline(most, color="#111827", lw=0.8, ls="--", label="bound")
    axes.set_xscale("log")
    if lines[0][0] == "disk":
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
    axes.set_title(title, loc="left", fontsize=9)
    axes.set_xlabel("passages")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=6.5)
