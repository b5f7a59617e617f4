"""What a section measured, as it is kept between runs."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from tests.evals.bench.machine import Machine
from tests.evals.sets import KEPT

from aspire_bot.evaluation.figures import Figure, figure

FOLDER = KEPT / "bench"


class Measured(BaseModel):
    """A number with what it was worked out from; low and high bound the 95 % bootstrap interval."""

    model_config = ConfigDict(frozen=True)

    value: float
    n: int
    low: float | None = None
    high: float | None = None


Row = dict[str, Measured]
Table = dict[str, Row]


class Section(BaseModel):
    """One section of the benchmark: tables of rows of measured numbers."""

    name: str
    machine: Machine
    taken_at: datetime
    seconds: float
    load: float
    """The machine's load average (one minute) when the section began: other work beside it."""
    tables: dict[str, Table]


def measured(found: Figure) -> Measured:
    """Take over a mean with its interval."""
    return Measured(value=found.value, n=found.n, low=found.low, high=found.high)


def mean_of(values: Sequence[float]) -> Measured:
    """Give the mean of values and its bootstrap interval."""
    return measured(figure(values))


def plain(value: float, n: int = 1) -> Measured:
    """Give a number that has no interval."""
    return Measured(value=value, n=n)


def keep(section: Section, folder: Path = FOLDER) -> None:
    """Write a section to the place where `kept` finds it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{section.name}.json"
    path.write_text(section.model_dump_json(indent=1) + "\n", encoding="utf-8")


def kept(name: str, folder: Path = FOLDER) -> Section | None:
    """Read what a section measured last; None where it has not been run."""
    path = folder / f"{name}.json"
    if not path.is_file():
        return None
    return Section.model_validate_json(path.read_text(encoding="utf-8"))
