"""The charts of the report, as SVG. Colours come from the page's style sheet."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from aspire_ingest.report.markup import element

_WIDTH, _HEIGHT = 720.0, 220.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 8.0, 16.0, 26.0
_LABEL_WIDTH = 56.0
"""Room that the label of a column needs: where columns are narrower, some go without."""
_LINES = 4


def columns(counts: Mapping[str, int], *, title: str, description: str) -> Element:
    """Draw a column for each count, in order, over labelled lines."""
    greatest = max(1, *counts.values()) if counts else 1
    step = _step(greatest)
    most = -(-greatest // step) * step
    parts: list[Element] = [element("title", title), element("desc", description)]
    for value in range(0, most + 1, step):
        parts += _line(_height(value, most), str(value))
    width = (_WIDTH - _LEFT - _RIGHT) / max(len(counts), 1)
    every = max(1, -int(-_LABEL_WIDTH // width))
    for number, (name, count) in enumerate(counts.items()):
        left = _LEFT + number * width
        parts.append(_column(left, width, _height(count, most), f"{name}: {count}"))
        if number % every == 0:
            parts.append(_label(left + width / 2, _HEIGHT - 8, name, "middle"))
    box = f"0 0 {_WIDTH:g} {_HEIGHT:g}"
    return element("svg", *parts, css="columns", attributes={"viewBox": box, "role": "img"})


def bar(count: int, most: int) -> Element:
    """Draw a bar as long as a count's share of the greatest; the number stands beside it."""
    share = 100.0 * count / most if most else 0.0
    full = {"x": 0, "y": 0, "height": 8}
    return element(
        "svg",
        element("rect", css="track", attributes={**full, "width": 100}),
        element("rect", css="bar", attributes={**full, "width": max(share, 1.5)}),
        css="share",
        attributes={"viewBox": "0 0 100 8", "preserveAspectRatio": "none", "aria-hidden": "true"},
    )


def _step(most: int) -> int:
    """The distance of the lines: 1, 2, 5, 10, 20, … so that few of them reach the greatest."""
    size = 1
    while True:
        for step in (size, size * 2, size * 5):
            if step * _LINES >= most:
                return step
        size *= 10


def _height(value: int, most: int) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - value / most)


def _line(y: float, text: str) -> list[Element]:
    ends = {"x1": _LEFT, "x2": _WIDTH - _RIGHT, "y1": y, "y2": y}
    return [
        element("line", css="grid", attributes=ends),
        _label(_LEFT - 6, y + 4, text, "end"),
    ]


def _column(left: float, width: float, top: float, said: str) -> Element:
    gap = min(4.0, width * 0.2)
    place = {"x": left + gap / 2, "width": width - gap, "y": top, "rx": min(2.0, width / 4)}
    return element(
        "rect",
        element("title", said),
        css="bar",
        attributes={**place, "height": _HEIGHT - _BOTTOM - top},
    )


def _label(x: float, y: float, text: str, anchor: str) -> Element:
    return element("text", text, attributes={"x": x, "y": y, "text-anchor": anchor})
