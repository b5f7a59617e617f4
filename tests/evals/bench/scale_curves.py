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


MEASURES = (
    Measure(
        table="ingest", column="ratio", shown="adding, as a multiple of embedding",
        most=1.25, is_everywhere=True, is_carried=False,
    ),
    Measure(table="answers", column="p50, ms", shown="warm answer, p50 ms"),
    Measure(table="answers", column="p95, ms", shown="warm answer, p95 ms", most=100.0),
    Measure(table="answers", column="en p95, ms", shown="the same in English", most=100.0),
    Measure(table="answers", column="ja p95, ms", shown="the same in Japanese", most=100.0),
    Measure(table="parts", column="vector search, p50 ms", shown="vector search of it, p50 ms"),
    Measure(table="parts", column="word search, p50 ms", shown="word search of it, p50 ms"),
    Measure(table="answers", column="first, ms", shown="first answer of a process, ms"),
    Measure(table="answers", column="cold start, s", shown="cold start, s"),
    Measure(table="memory", column="resident, MB", shown="memory of the bot, MB", most=_GIB_MB),
    Measure(table="memory", column="peak, MB", shown="its peak, MB", most=_GIB_MB),
    Measure(
        table="memory", column="without mapped files, MB", shown="memory without mapped files, MB"
    ),
    Measure(table="disk", column="all", shown="one generation on the disk, MB"),
    Measure(
        table="change", column="add to answer, s",
        shown="from `add` of one document to an answer from it, s", most=5.0,
    ),
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
    ]
