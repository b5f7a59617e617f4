"""Figures by week as plots: where each line, dot and label stands in an SVG. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aspire_bot.office.figures import WeekFigures

WIDTH, HEIGHT = 360, 190
"""Of the drawing, in its own units: as wide as a small phone, so that labels can be read there."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 12, 12, 26
_MOST_LABELS = 5
_GRID_LINES = 4
_WEEK = timedelta(days=7)

ValueOf = Callable[[WeekFigures], float | None]
"""Reads one figure of a week; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A label beside an axis; `at` is its place along it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A line: `runs` are the points that follow each other week by week, as SVG writes them."""

    name: str
    runs: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One drawing: its lines, and the labels beside its rows and columns.

    `is_empty` where there is no value at all.
    """

    name: str
    series: tuple[Series, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotSpec:
    """What a plot shows: a name and a value for each line; `is_share` from 0 to 1."""

    name: str
    lines: tuple[tuple[str, ValueOf], ...]
    is_share: bool = False


PLOTS = (
    PlotSpec(name="answered", lines=(("answered", lambda week: week.answered),), is_share=True),
    PlotSpec(name="silent", lines=(("silent", lambda week: week.silent),), is_share=True),
    PlotSpec(name="hedged", lines=(("hedged", lambda week: week.hedged),), is_share=True),
    PlotSpec(name="votes", lines=(("up", lambda week: week.up), ("down", lambda week: week.down))),
    PlotSpec(name="reply_hours", lines=(("reply_hours", lambda week: week.reply_hours),)),
    PlotSpec(name="asked", lines=(("asked", lambda week: week.asked),)),
)


def plots(figures: Sequence[WeekFigures]) -> list[Plot]:
    """Give the plots of some weeks, the oldest first; none where nothing was asked."""
    return [_plot(spec, figures) for spec in PLOTS] if figures else []


def _plot(spec: PlotSpec, figures: Sequence[WeekFigures]) -> Plot:
    first, last = figures[0].week, figures[-1].week
    values = [
        value
        for _, value_of in spec.lines
        for week in figures
        if (value := value_of(week)) is not None
    ]
    highest = 1.0 if spec.is_share else _ceiling(max(values, default=0.0))
    return Plot(
        name=spec.name,
        series=tuple(_series(name, value_of, figures, highest) for name, value_of in spec.lines),
        rows=tuple(
            Tick(at=_y(value, highest), label=_label(value, spec))
            for value in (highest * line / _GRID_LINES for line in range(_GRID_LINES + 1))
        ),
        columns=tuple(
            Tick(at=_x(week, first, last), label=f"{week.month}/{week.day}")
            for week in _labelled(first, last)
        ),
        is_empty=not values,
    )


def _series(name: str, value_of: ValueOf, figures: Sequence[WeekFigures], highest: float) -> Series:
    """Draw a line; it is broken where a week has no value."""
    first, last = figures[0].week, figures[-1].week
    runs: list[list[tuple[float, float]]] = [[]]
    previous: date | None = None
    for week_figures in figures:
        value, week = value_of(week_figures), week_figures.week
        if value is None:
            continue
        if previous is not None and week - previous > _WEEK:
            runs.append([])
        runs[-1].append((_x(week, first, last), _y(value, highest)))
        previous = week
    return Series(
        name=name,
        runs=tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(point for run in runs for point in run),
    )


def _x(week: date, first: date, last: date) -> float:
    span = (last - first).days
    share = (week - first).days / span if span else 0.5
    return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)


def _y(value: float, highest: float) -> float:
    return round(HEIGHT - _BOTTOM - value / highest * (HEIGHT - _TOP - _BOTTOM), 1)


def _ceiling(most: float) -> float:
    """Give a round number that is not below any value, and that four lines divide evenly."""
    step = 4.0
    while step < most:
        step *= 2.5 if str(int(step))[0] == "4" else 2
    return step


def _label(value: float, spec: PlotSpec) -> str:
    return f"{value:.0%}" if spec.is_share else f"{value:g}"


def _labelled(first: date, last: date) -> list[date]:
    """Weeks that are named below the axis: at most five, evenly apart, from the first on."""
    weeks = (last - first).days // 7
    step = -(-(weeks + 1) // _MOST_LABELS)
    return [first + _WEEK * number for number in range(0, weeks + 1, step)]
