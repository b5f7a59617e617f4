"""Curves of growth: what was measured, and the same carried on to larger indexes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.evals.bench.results import Section

FURTHER = (300_000, 1_000_000, 3_000_000, 10_000_000)
_GIB_MB = 2**30 / 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A column of the section, under what it is shown, and what it may be at the largest size."""

    table: str
    column: str
    shown: str
    most: float | None = None
    """A bound that must hold; at every size where `is_everywhere`, else up to 100,000."""
    is_everywhere: bool = False
    is_carried: bool = True


_NAMED = {"exact": "exact", "chroma": "Chroma"}


def _of_a_bot(vectors: str) -> tuple[Measure, ...]:
    """What is measured of a bot that searches vectors in one way."""

    def measure(table: str, column: str, shown: str, most: float | None = None) -> Measure:
        shown = f"{_NAMED[vectors]}: {shown}"
        return Measure(table=f"{table}, {vectors}", column=column, shown=shown, most=most)

    return (
        measure("answers", "p50, ms", "warm answer, p50 ms"),
        measure("answers", "p95, ms", "warm answer, p95 ms", 100.0),
        measure("answers", "en p95, ms", "the same in English", 100.0),
        measure("answers", "ja p95, ms", "the same in Japanese", 100.0),
        measure("parts", "vector search, p50 ms", "vector search of it, p50 ms"),
        measure("parts", "word search, p50 ms", "word search of it, p50 ms"),
        measure("answers", "first, ms", "first answer of a process, ms"),
        measure("memory", "resident, MB", "memory of the bot, MB", _GIB_MB),
        measure("memory", "peak, MB", "its peak, MB", _GIB_MB),
        measure("memory", "without mapped files, MB", "memory without mapped files, MB"),
        measure("change", "add to answer, s", "`add` of one document to an answer from it, s"),
        measure("change", "of that after publishing, s", "of that after publishing, s", 5.0),
    )


MEASURES = (
    Measure(
        table="ingest", column="ratio", shown="adding, as a multiple of embedding",
        most=1.25, is_everywhere=True, is_carried=False,
    ),
    *_of_a_bot("exact"),
    *_of_a_bot("chroma"),
    Measure(table="start", column="cold start, s", shown="cold start, s"),
    Measure(table="disk", column="all", shown="one generation on the disk, MB"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A measure at all sizes, by the number of passages there were, ascending."""

    measure: Measure
    passages: Sequence[int]
    values: Sequence[float]

    @property
    def slope(self) -> float:
        """What one more passage adds, between the two largest sizes; nothing where it fell."""
        if len(self.passages) < 2:
            return 0.0
        step = self.passages[-1] - self.passages[-2]
        return max(0.0, (self.values[-1] - self.values[-2]) / step)

    def at(self, passages: int) -> float:
        """The curve carried on in a straight line from the largest size."""
        return self.values[-1] + self.slope * (passages - self.passages[-1])

    @property
    def reaches(self) -> float | None:
        """The passages at which the bound is reached; None where there is none, or it never is."""
        most = self.measure.most
        if most is None or self.slope == 0.0:
            return None
        return self.passages[-1] + (most - self.values[-1]) / self.slope

    @property
    def is_met(self) -> bool | None:
        """Whether the bound holds at what was measured; None without one."""
        if self.measure.most is None:
            return None
        among = self.values if self.measure.is_everywhere else self.values[-1:]
        return max(among) <= self.measure.most


def curves(section: Section) -> list[Curve]:
    """Give the curves of all measures that the section has."""
    sizes = list(section.tables["ingest"])
    passages = [round(section.tables["ingest"][size]["passages"].value) for size in sizes]
    return [
        Curve(
            measure=one,
            passages=passages,
            values=[section.tables[one.table][size][one.column].value for size in sizes],
        )
        for one in MEASURES
        if all(one.column in row for row in section.tables.get(one.table, {"": {}}).values())
    ]
