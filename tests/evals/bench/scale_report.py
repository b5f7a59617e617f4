"""`docs/scale.md`: the part between its marks is written out of what was measured."""

from collections.abc import Sequence
from pathlib import Path

from tests.evals.bench.markdown import joined, measured_table, number, table
from tests.evals.bench.results import Section
from tests.evals.bench.scale_curves import FURTHER, Curve, curves
from tests.evals.bench.scale_plot import draw
from tests.evals.sets import ROOT

PAGE = ROOT / "docs" / "scale.md"
PICTURE = ROOT / "docs" / "img" / "scale.svg"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_TITLES = {
    "ingest": "Adding. *Load* is the machine's when adding began: other work beside it.",
    "disk": "One published generation on the disk, by part, in MB, and the cache beside it.",
    "start": "`aspire-bot ask`, from start to end.",
    "answers": "Answers of a bot that stays",
    "parts": "The searches of one answer, over all languages",
    "memory": "The bot's memory after warm questions",
    "change": "One document is added while the bot runs",
}
_BACKENDS = {
    "exact": "every vector is scored",
    "chroma": "Chroma searches vectors, as `serve` does",
}


def write_scale(section: Section, page: Path = PAGE, picture: Path = PICTURE) -> Path:
    """Draw the plot and write the measured part of the page; the rest stays as it is.

    Raises:
        ValueError: the page has lost its marks.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} has no part between {BEGIN} and {END}")
    draw(section, picture)
    shown_at = picture.relative_to(page.parent).as_posix()
    measured = joined(_parts(section, f"![What grows with the index]({shown_at})"))
    page.write_text(f"{before}{BEGIN}\n\n{measured}\n{END}{after}", encoding="utf-8")
    return page


def _parts(section: Section, picture: str) -> list[str]:
    found = curves(section)
    parts = [_machine(section), picture, "### Bounds", _bounds(found)]
    parts += ["### Carried on", _further(found), "### All figures"]
    for name, rows in section.tables.items():
        subject, _, backend = name.partition(", ")
        title = _TITLES[subject]
        if backend:
            title = f"{title}; {_BACKENDS[backend]}."
        columns = {column: column for row in rows.values() for column in row}
        parts += [title, measured_table("passages", rows, columns)]
    return parts


def _machine(section: Section) -> str:
    machine = section.machine
    loads = [row["load"].value for row in section.tables["ingest"].values()]
    busy = (
        f" **The machine was busy with other work** (load {min(loads):.1f} to {max(loads):.1f} on "
        f"{machine.cores} cores): times are several times those of an idle one, and uneven. Sizes "
        "and memory hold."
    )
    return (
        f"Taken {section.taken_at:%Y-%m-%d %H:%M} in {section.seconds / 60:.0f} minutes on "
        f"{machine.processor}, {machine.cores} cores, {machine.memory_gb:.0f} GB, "
        f"{machine.system}, Python {machine.python}; load before it {section.load:.1f}."
        f"{busy if min(loads) > machine.cores else ''}"
    )


def _bounds(found: Sequence[Curve]) -> str:
    rows: list[tuple[str, str, str, str]] = []
    for one in found:
        most, measure = one.measure.most, one.measure
        if most is None:
            continue
        values = one.values if measure.is_everywhere else one.values[-1:]
        where = "at every size" if measure.is_everywhere else f"at {one.passages[-1]:,}"
        verdict = "met" if one.is_met else "**not met**"
        rows.append((f"{measure.shown}, {where}", number(most), number(max(values)), verdict))
    return table(("bound", "at most", "measured", ""), rows)


def _further(found: Sequence[Curve]) -> str:
    last = found[0].passages[-1]
    further = [size for size in FURTHER if size > last]
    rows = [
        (
            one.measure.shown,
            number(one.values[-1]),
            *(number(one.at(size)) for size in further),
            _reached(one),
        )
        for one in found
        if one.measure.is_carried
    ]
    heads = ("", f"{last:,}, measured", *(f"{size:,}" for size in further), "bound reached at")
    return table(heads, rows)


def _reached(curve: Curve) -> str:
    if curve.measure.most is None:
        return ""
    if not curve.is_met:
        return "already"
    reached = curve.reaches
    return "–" if reached is None else f"{float(f'{reached:.1e}'):,.0f}"
