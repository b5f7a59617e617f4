"""Figures by week as plots: where each line, dot and label stands in an SVG. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aspire_bot.office.figures import WeekFigures

WIDTH, HEIGHT = 360, 190
"""Of the drawing, in its own units: as wide as a small phone, so that labels can be read there."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 12, 12, 26
_MOST_LABELS = 5
_LINES = 4
_WEEK = timedelta(days=7)

Value = Callable[[WeekFigures], float | None]


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
    """One drawing. `is_empty` where there is no value at all; `latest` is what is said of it."""

    name: str
    series: tuple[Series, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a plot shows: a name and a value for each line; `is_share` from 0 to 1."""

    name: str
    lines: tuple[tuple[str, Value], ...]
    is_share: bool = False


WANTED = (
    Wanted(name="answered", lines=(("answered", lambda one: one.answered),), is_share=True),
    Wanted(name="silent", lines=(("silent", lambda one: one.silent),), is_share=True),
    Wanted(name="hedged", lines=(("hedged", lambda one: one.hedged),), is_share=True),
    Wanted(name="votes", lines=(("up", lambda one: one.up), ("down", lambda one: one.down))),
    Wanted(name="reply_hours", lines=(("reply_hours", lambda one: one.reply_hours),)),
    Wanted(name="asked", lines=(("asked", lambda one: one.asked),)),
)


def plots(figures: Sequence[WeekFigures]) -> list[Plot]:
    """Give the plots of some weeks, the oldest first; none where nothing was asked."""
    return [_plot(one, figures) for one in WANTED] if figures else []


def _plot(wanted: Wanted, figures: Sequence[WeekFigures]) -> Plot:
    first, last = figures[0].week, figures[-1].week
    values = [value for _, of in wanted.lines for one in figures if (value := of(one)) is not None]
    top = 1.0 if wanted.is_share else _ceiling(max(values, default=0.0))
    return Plot(
        name=wanted.name,
        series=tuple(_series(name, of, figures, top) for name, of in wanted.lines),
        rows=tuple(
            Tick(at=_y(top * line / _LINES, top), label=_label(top * line / _LINES, wanted))
            for line in range(_LINES + 1)
        ),
        columns=tuple(
            Tick(at=_x(week, first, last), label=f"{week.month}/{week.day}")
            for week in _labelled(first, last)
        ),
        is_empty=not values,
    )


def _series(name: str, of: Value, figures: Sequence[WeekFigures], top: float) -> Series:
    """Draw a line; it is broken where a week has no value."""
    first, last = figures[0].week, figures[-1].week
    runs: list[list[tuple[float, float]]] = [[]]
    before: date | None = None
    for one in figures:
        value = of(one)
        if value is None:
            continue
        if before is not None and one.week - before > _WEEK:
            runs.append([])
        runs[-1].append((_x(one.week, first, last), _y(value, top)))
        before = one.week
    return Series(
        name=name,
        runs=tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(point for run in runs for point in run),
    )


def _x(week: date, first: date, last: date) -> float:
    span = (last - first).days
    share = (week - first).days / span if span else 0.5
    return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)


def _y(value: float, top: float) -> float:
    return round(HEIGHT - _BOTTOM - value / top * (HEIGHT - _TOP - _BOTTOM), 1)


def _ceiling(most: float) -> float:
    """Give a round number that is not below any value, and that four lines divide evenly."""
    step = 4.0
    while step < most:
        step *= 2.5 if str(int(step))[0] == "4" else 2
    return step


def _label(value: float, wanted: Wanted) -> str:
    return f"{value:.0%}" if wanted.is_share else f"{value:g}"


def _labelled(first: date, last: date) -> list[date]:
    """Weeks that are named below the axis: at most five, evenly apart, from the first on."""
    weeks = (last - first).days // 7
    step = -(-(weeks + 1) // _MOST_LABELS)
    return [first + _WEEK * number for number in range(0, weeks + 1, step)]
