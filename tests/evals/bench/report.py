"""`docs/benchmarks.md`, all figures of it from what the sections measured."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.evals.bench import words
from tests.evals.bench.floors import Verdict, verdicts
from tests.evals.bench.markdown import amount, joined, measured_table, shown, table
from tests.evals.bench.plot import draw
from tests.evals.bench.results import Section, Table, kept
from tests.evals.sets import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
PICTURE = ROOT / "docs" / "img" / "benchmarks.png"
SECTIONS = (
    "quality", "peers", "speed", "documents", "office", "verification", "safety", "pages",
    "generated",
)  # fmt: skip


def write_report(page: Path = PAGE, picture: Path = PICTURE) -> Path:
    """Write the page and its plot; sections that were never measured are named as missing."""
    sections = {name: found for name in SECTIONS if (found := kept(name)) is not None}
    parts = [words.OPENING, _machines(sections), *_missing(sections), _floors(sections)]
    if "peers" in sections:
        draw(sections["peers"], picture)
        shown_at = picture.relative_to(page.parent).as_posix()
        parts += [
            words.PEERS,
            f"![Ranking quality by system]({shown_at})",
            *_peers(sections["peers"]),
        ]
    if "quality" in sections:
        parts += _quality(sections["quality"])
    if "speed" in sections:
        parts += _speed(sections["speed"])
    for name, written in _MORE.items():
        if name in sections:
            parts += written(sections[name])
    page.write_text(joined(parts), encoding="utf-8")
    return page


def _machines(sections: Mapping[str, Section]) -> str:
    machines = {name: section.machine for name, section in sections.items()}
    rows = [
        (
            name,
            section.taken_at.strftime("%Y-%m-%d %H:%M"),
            f"{section.seconds / 60:.0f} min",
            f"{machines[name].processor}, {machines[name].cores} cores, "
            f"{machines[name].memory_gb:.0f} GB",
            f"{machines[name].system}, Python {machines[name].python}",
            f"{section.load:.1f}",
        )
        for name, section in sections.items()
    ]
    packages = {key: one for machine in machines.values() for key, one in machine.packages.items()}
    listed = ", ".join(f"{name} {version}" for name, version in packages.items())
    heads = ("section", "taken", "took", "machine", "system", "load before")
    dated = "Each part is of the programs as they were at its date."
    return f"{table(heads, rows)}\n\n{dated}\n\nPackages: {listed}."


def _missing(sections: Mapping[str, Section]) -> list[str]:
    missing = [name for name in SECTIONS if name not in sections]
    return [f"**Not measured yet: {', '.join(missing)}.**"] if missing else []


def _floors(sections: Mapping[str, Section]) -> str:
    found = verdicts(sections)
    met = sum(one.is_met is True for one in found)
    head = f"## Floors\n\n{met} of {len(found)} floors are met in these runs."
    return f"{head}\n\n{table(('floor', 'measured', ''), [_floor_row(one) for one in found])}"


def _floor_row(one: Verdict) -> Sequence[str]:
    asked = one.floor.asked
    if one.floor.above is not None and one.limit is not None:
        asked += f" ({amount(one.limit, one.floor.column)})"
    verdict = {True: "met", False: "**not met**", None: "not measured"}[one.is_met]
    return asked, shown(one.measured, one.floor.column) if one.measured else "–", verdict


def _peers(section: Section) -> list[str]:
    return [
        f"### {words.NAMES[name]}\n\n{measured_table('system', found, words.PEER_COLUMNS)}"
        for name, found in section.tables.items()
    ]


def _quality(section: Section) -> list[str]:
    tables = {
        name: {words.NAMES.get(row, row): figures for row, figures in found.items()}
        for name, found in section.tables.items()
    }
    return [
        words.QUALITY,
        measured_table("set", tables["answers"], words.ANSWER_COLUMNS),
        words.RANKING,
        measured_table("set", tables["ranking"], words.RANKING_COLUMNS),
        words.LANGUAGES,
        measured_table("", tables["cross-language"], words.RANKING_COLUMNS),
        words.TYPES,
        measured_table("", tables["by type"], words.TYPE_COLUMNS),
    ]


def _speed(section: Section) -> list[str]:
    parts = [words.SPEED]
    for name, text in words.SPEED_TABLES.items():
        rows = section.tables.get(name, {})  # a run before it was measured lacks it
        if not rows:
            continue
        columns = {column: column for row in rows.values() for column in row}
        parts += [text, measured_table("", rows, columns)]
    return parts


def _documents(section: Section) -> list[str]:
    tables = section.tables
    return [
        words.DOCUMENTS,
        measured_table("awkward files", tables["readers"], words.READER_COLUMNS),
        words.DOCUMENT_KINDS,
        measured_table(
            "files",
            tables["kinds"],
            {name: name for row in tables["kinds"].values() for name in row},
        ),
        words.DOCUMENTS_TOLD,
        measured_table("", tables["told"], words.TOLD_COLUMNS),
        *_rates(tables.get("rates", {})),  # a run before it was measured lacks it
    ]


def _rates(rates: Table) -> list[str]:
    return [words.DOCUMENT_RATES, measured_table("format", rates, words.RATE_COLUMNS)] * bool(rates)


def _verification(section: Section) -> list[str]:
    tables = section.tables
    return [
        words.VERIFICATION,
        words.LIES,
        measured_table("lie", tables["lies"], words.CHECKED_COLUMNS),
        words.TRUTHS,
        measured_table("truth", tables["truths"], words.CHECKED_COLUMNS),
        words.CHECK_TIMES,
        measured_table("", tables["times"], {"p50, ms": "p50, ms", "p95, ms": "p95, ms"}),
    ]


def _safety(section: Section) -> list[str]:
    return [
        words.SAFETY,
        measured_table("", section.tables["attacks"], words.SAFETY_COLUMNS),
        words.HARMLESS,
        measured_table("NotInject", section.tables["harmless"], words.HARMLESS_COLUMNS),
    ]


def _office(section: Section) -> list[str]:
    parts = [words.OFFICE]
    for name, rows in section.tables.items():
        parts += [f"### {name}", measured_table("", rows, words.OFFICE_COLUMNS)]
    return parts


def _pages(section: Section) -> list[str]:
    size = section.tables["size"]["kept"]
    counted = {name: f"{found.value:,.0f}" for name, found in size.items()}
    columns = {"p50, ms": "p50, ms", "p95, ms": "p95, ms"}
    return [words.PAGES.format(**counted), measured_table("", section.tables["pages"], columns)]


def _generated(section: Section) -> list[str]:
    parts = [words.GENERATED] if section.tables else []
    for name, rows in section.tables.items():
        parts += [f"### {words.NAMES[name]}", measured_table("", rows, words.GENERATED_COLUMNS)]
    return parts


_MORE = {
    "documents": _documents,
    "office": _office,
    "verification": _verification,
    "safety": _safety,
    "pages": _pages,
    "generated": _generated,
}
