"""Charts as tables: a row for each category, a column for each series, numbers as shown."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from aspire_ingest.load.elements import Element, attribute, child, children, is_on, local_name
from aspire_ingest.load.number_format.format import GENERAL, show_number
from aspire_ingest.load.openxml.drawing_text import read_paragraphs
from aspire_ingest.load.writing.blocks import BlockWriter

_PIES = frozenset({"pieChart", "pie3DChart", "doughnutChart", "ofPieChart"})
MAX_POINTS = 20_000
"""Of one series; a chart with more cannot be read by eye."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series: its name, and a label and a value for each of its points."""

    name: str
    labels: tuple[str, ...]
    values: tuple[str, ...]


def write_chart(writer: BlockWriter, chart_space: Element) -> bool:
    """Write the title of a chart and its values; say whether it had any."""
    chart = child(chart_space, "chart")
    plot = child(chart, "plotArea")
    is_1904 = child(chart_space, "date1904")
    from_1904 = is_1904 is not None and is_on(attribute(is_1904, "val") or "1")
    series = list(_all_series(plot, is_1904=from_1904)) if plot is not None else []
    series = [one for one in series if any(one.values)]
    title = _title(child(chart, "title"))
    if not title and len(series) == 1 and not _is_untitled(chart):
        title = series[0].name
    writer.paragraph(title)
    across, along = _axis_titles(plot) if plot is not None else ("", "")
    for group in _by_labels(series):
        names = [" ".join(filter(None, (along, one.name))) for one in group]
        columns = [group[0].labels, *(one.values for one in group)]
        height = max(map(len, columns))
        padded = [[*column, *[""] * (height - len(column))] for column in columns]
        writer.table([[across, *names], *map(list, zip(*padded, strict=True))])
    return bool(series)


def _is_untitled(chart: Element | None) -> bool:
    """Whether the title that a chart of one series takes from it was taken away."""
    deleted = child(chart, "autoTitleDeleted")
    return deleted is not None and is_on(attribute(deleted, "val") or "1")


def _title(element: Element | None) -> str:
    if element is None:
        return ""
    lines = [part.text for part in read_paragraphs(child(element, "tx", "rich"))]
    return " ".join(lines) or _first_cached(child(element, "tx", "strRef"))


def _first_cached(reference: Element | None) -> str:
    return next(iter(_points(child(reference, "strCache")).values()), "")


def _axis_titles(plot: Element) -> tuple[str, str]:
    """The title of the axis of categories, and of that of values where there is one such axis."""
    across = [_title(child(axis, "title")) for axis in children(plot, "catAx", "dateAx")]
    along = [_title(child(axis, "title")) for axis in children(plot, "valAx")]
    if not across and len(along) == 2:  # both axes of a scatter chart have numbers
        across, along = along[:1], along[1:]
    shown = [title for title in along if title]
    return next(iter(across), ""), shown[0] if len(shown) == len(along) == 1 else ""


def _all_series(plot: Element, *, is_1904: bool) -> Iterator[Series]:
    for kind in plot:
        labels_code = _code(child(kind, "dLbls"))
        for element in children(kind, "ser"):
            name = child(element, "tx", "v")
            values = next(children(element, "val", "yVal"), None)
            labels = next(children(element, "cat", "xVal"), None)
            code = _code(child(element, "dLbls")) or labels_code
            shown = _shown(values, code, is_1904=is_1904)
            if local_name(kind) in _PIES:
                own, common = child(element, "dLbls"), child(kind, "dLbls")
                shown = _with_shares(shown, values, own if own is not None else common)
            named = _shown(labels, None, is_1904=is_1904)
            end = min(max((*shown, *named), default=-1) + 1, MAX_POINTS)
            yield Series(
                name=(name.text or "") if name is not None else _series_name(element),
                labels=tuple(named.get(index, "") for index in range(end)),
                values=tuple(shown.get(index, "") for index in range(end)),
            )


def _with_shares(
    shown: dict[int, str], values: Element | None, labels: Element | None
) -> dict[int, str]:
    """The values of a pie with the shares that its labels show, or the shares alone."""
    if not _shows(labels, "showPercent"):
        return shown
    holder = next(values.iter("{*}numCache", "{*}numLit"), None) if values is not None else None
    try:
        sizes = (
            {i: abs(float(text)) for i, (text, _) in _cached(holder).items()}
            if (holder is not None)
            else {}
        )
    except ValueError:
        return shown
    total = sum(sizes.values())
    if not total or not math.isfinite(total):
        return shown
    form = child(labels, "numFmt")
    code = form.get("formatCode") if form is not None else None
    is_percent = code is not None and "%" in code and not _shows(labels, "showVal")
    shares = {
        i: show_number(size / total, (is_percent and code) or "0%") for i, size in sizes.items()
    }
    if not _shows(labels, "showVal"):
        return {index: share or "" for index, share in shares.items()}
    return {i: f"{text} ({shares[i]})" if i in shares else text for i, text in shown.items()}


def _shows(labels: Element | None, name: str) -> bool:
    found = child(labels, name)
    return found is not None and is_on(attribute(found, "val") or "1")


def _series_name(element: Element) -> str:
    points = _points(child(element, "tx", "strRef", "strCache"))
    return " ".join(points.values())


def _code(labels: Element | None) -> str | None:
    """The number format of the values written beside the points."""
    form = child(labels, "numFmt")
    if form is None or is_on(form.get("sourceLinked")):
        return None
    return form.get("formatCode") if _shows(labels, "showVal") else None


def _shown(data: Element | None, code: str | None, *, is_1904: bool) -> dict[int, str]:
    """The points of a series by their place, numbers as their format shows them."""
    if data is None:
        return {}
    for holder in data.iter():
        name = local_name(holder)
        if name in ("strCache", "strLit"):
            return _points(holder)
        if name == "multiLvlStrCache":
            return _levels(holder)
        if name in ("numCache", "numLit"):
            found = child(holder, "formatCode")
            general = (found.text if found is not None else None) or GENERAL
            return {
                index: _number(written, code or own or general, is_1904=is_1904)
                for index, (written, own) in _cached(holder).items()
            }
    return {}


def _number(written: str, code: str, *, is_1904: bool) -> str:
    try:
        return (show_number(float(written), code, is_1904=is_1904) or "").strip()
    except ValueError:
        return ""


def _cached(holder: Element) -> dict[int, tuple[str, str | None]]:
    """What the points are by their place, and the number formats of their own."""
    points: dict[int, tuple[str, str | None]] = {}
    for point in children(holder, "pt"):
        index, value = point.get("idx") or "", child(point, "v")
        if index.isdecimal() and len(index) <= 6 and value is not None and value.text:
            points[int(index)] = (value.text, point.get("formatCode"))
    return points


def _points(holder: Element | None) -> dict[int, str]:
    cached = _cached(holder) if holder is not None else {}
    return {index: text for index, (text, _) in cached.items()}


def _levels(holder: Element) -> dict[int, str]:
    """Labels of several levels, outermost first; an outer one holds until the next."""
    levels = [_points(level) for level in children(holder, "lvl")]
    if not levels:
        return {}
    inner, *outer = levels
    shown: dict[int, str] = {}
    current = [""] * len(outer)
    for index in sorted(set[int]().union(*levels)):
        current = [level.get(index, held) for level, held in zip(outer, current, strict=True)]
        shown[index] = " ".join(filter(None, (*reversed(current), inner.get(index, ""))))
    return shown


def _by_labels(series: list[Series]) -> Iterator[list[Series]]:
    """Series that share their labels make one table; one without labels takes those before it."""
    group: list[Series] = []
    for one in series:
        if group and any(one.labels) and one.labels != group[0].labels:
            yield group
            group = []
        group.append(one)
    if group:
        yield group
