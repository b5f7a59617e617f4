"""Samples whose text stands side by side."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas
from tests.evals.documents.drawing import (
    BODY,
    BODY_JA,
    GOTHIC,
    Face,
    flow,
    grid,
    lines_of,
    pdf,
    put,
)
from tests.evals.documents.objects import line, written
from tests.evals.documents.samples import Sample, Shown
from tests.evals.documents.texts import english, japanese

_WIDE = Face("Helvetica-Bold", 13, 18)


def _side_by_side(
    canvas: Canvas,
    parts: Sequence[Sequence[str]],
    lefts: Sequence[float],
    top: float,
    width: float | Sequence[float],
    face: Face = BODY,
) -> float:
    """Draw each part as a column; the lowest baseline."""
    widths = [width] * len(parts) if isinstance(width, int | float) else width
    return min(
        flow(canvas, part, (left, top), wide, face)
        for part, left, wide in zip(parts, lefts, widths, strict=True)
    )


def _cut(seen: Sequence[str], count: int) -> list[Sequence[str]]:
    size = -(-len(seen) // count)
    return [seen[at : at + size] for at in range(0, len(seen), size)]


def _columns(count: int, face: Face, shown: Shown) -> bytes:
    width, gap = (495 - 18 * (count - 1)) / count, 18

    def page(canvas: Canvas) -> None:
        lefts = [50 + at * (width + gap) for at in range(count)]
        _side_by_side(canvas, _cut(shown.seen, count), lefts, 780, width, face)

    return pdf(page)


def _headed(face: Face, head: Face, shown: Shown) -> bytes:
    """A head over both columns, then columns, a head between, columns, a line under all."""
    body = shown.seen[1:-1]
    middle = len(body) // 2
    first, second = body[:middle], body[middle + 1 :]

    def page(canvas: Canvas) -> None:
        put(canvas, shown.seen[0], (50, 790), head)
        y = _side_by_side(canvas, _cut(first, 2), (50, 310), 760, 235, face) - 20
        put(canvas, body[middle], (50, y), head)
        y = _side_by_side(canvas, _cut(second, 2), (50, 310), y - 26, 235, face) - 20
        flow(canvas, shown.seen[-1:], (50, y), 495, face)

    return pdf(page)


def _with_box(shown: Shown) -> bytes:
    """A framed box in the right column, below its text."""

    def page(canvas: Canvas) -> None:
        flow(canvas, shown.seen[:6], (50, 740), 235)
        y = flow(canvas, shown.seen[6:9], (310, 740), 235) - 16
        end = flow(canvas, shown.seen[9:], (318, y - 8), 219)
        canvas.rect(310, end + 4, 235, y - end + 6)

    return pdf(page, size=LETTER)


def _with_side_note(shown: Shown) -> bytes:
    """Short lines in the margin beside the second paragraph."""

    def page(canvas: Canvas) -> None:
        y = flow(canvas, shown.seen[:3], (50, 780), 350) - 10
        flow(canvas, shown.seen[-1:], (430, y), 110, Face("Helvetica-Oblique", 8, 10))
        flow(canvas, shown.seen[3:-1], (50, y), 350)

    return pdf(page)


def _with_table(shown: Shown) -> bytes:
    """Two columns, a table across both, two columns."""
    above, cells, below = shown.seen[:6], shown.seen[6:15], shown.seen[15:]

    def page(canvas: Canvas) -> None:
        y = _side_by_side(canvas, _cut(above, 2), (50, 310), 780, 235) - 10
        rows = [cells[at : at + 3] for at in range(0, len(cells), 3)]
        y = grid(canvas, rows, (50, y), (165, 165, 165))
        _side_by_side(canvas, _cut(below, 2), (50, 310), y - 14, 235)

    return pdf(page)


def _unequal(shown: Shown) -> bytes:
    def page(canvas: Canvas) -> None:
        parts = (shown.seen[:3], shown.seen[3:])
        _side_by_side(canvas, parts, (50, 215), 780, (145, 330))

    return pdf(page)


def _over_pages(shown: Shown) -> bytes:
    """Two pages of two columns; sentences go on across columns and pages."""
    quarter = len(shown.seen) // 4

    def page(start: int, canvas: Canvas) -> None:
        parts = _cut(shown.seen[start : start + 2 * quarter], 2)
        _side_by_side(canvas, parts, (50, 310), 780, 235)

    return pdf(lambda canvas: page(0, canvas), lambda canvas: page(2 * quarter, canvas), size=A4)


def _interleaved(shown: Shown) -> bytes:
    """Two columns whose lines a program wrote from the left to the right, row by row."""
    left, right = (lines_of(part, 230, BODY) for part in _cut(shown.seen, 2))
    rows: list[str] = []
    for at in range(max(len(left), len(right))):
        for lines, x in ((left, 50), (right, 310)):
            rows += [line(lines[at], x, 780 - 14 * at)] if at < len(lines) else []
    return written(["".join(rows)])


def _pairs(shown: Shown) -> bytes:
    """Addresses in two columns of short lines, that belong together from top to bottom."""
    half = len(shown.seen) // 2

    def page(canvas: Canvas) -> None:
        y = flow(canvas, shown.seen[:1], (50, 780), 495) - 20
        for part, x in ((shown.seen[1 : half + 1], 50), (shown.seen[half + 1 :], 310)):
            for at, text in enumerate(part):
                put(canvas, text, (x, y - 14 * at))

    return pdf(page)


_OFFICES = (
    "Contact in Sendai:", "Ruddock office, room 402", "2-1 Katahira, Aoba Ward",
    "Telephone 022-555-0142", "Contact in Kobe:", "Ruddock branch, second floor",
    "7-1 Minatojima, Chuo Ward", "Telephone 078-555-0199",
)  # fmt: skip
_CELLS = (
    "Country", "Stays", "Longest stay", "Norway", "14", "18 months", "Chile", "9", "6 months",
)  # fmt: skip

COLUMNS: tuple[Sample, ...] = (
    Sample("two-en", "columns", "reportlab", Shown(english(0, 10)), lambda s: _columns(2, BODY, s)),
    Sample(
        "two-ja", "columns", "reportlab", Shown(japanese(0, 12)),
        lambda s: _columns(2, BODY_JA, s),
    ),
    Sample(
        "three-en", "columns", "reportlab", Shown(english(12, 12)),
        lambda s: _columns(3, Face("Times-Roman", 9, 11), s),
    ),
    Sample(
        "three-ja", "columns", "reportlab", Shown(japanese(10, 12)),
        lambda s: _columns(3, Face(GOTHIC, 9, 14), s),
    ),
    Sample(
        "heads-en", "columns", "reportlab",
        Shown((
            "Rules for stays abroad", *english(6, 4), "Rules for meetings of all of the projects",
            *english(18, 4), *english(30, 1),
        )),
        lambda s: _headed(BODY, _WIDE, s),
    ),
    Sample(
        "heads-ja", "columns", "reportlab",
        Shown((
            "海外滞在に関する規則", *japanese(3, 4), "合同会議に関する規則", *japanese(12, 4),
            *japanese(20, 1),
        )),
        lambda s: _headed(BODY_JA, Face(GOTHIC, 13, 20), s),
    ),
    Sample("box", "columns", "reportlab", Shown(english(8, 11)), _with_box),
    Sample("side-note", "columns", "reportlab", Shown(english(16, 8)), _with_side_note),
    Sample(
        "table-across", "columns", "reportlab",
        Shown((*english(4, 6), *_CELLS, *english(24, 6))), _with_table,
    ),
    Sample("unequal", "columns", "reportlab", Shown(english(2, 9)), _unequal),
    Sample("over-pages", "columns", "reportlab", Shown(english(10, 16)), _over_pages),
    Sample("interleaved", "columns", "operators", Shown(english(21, 10)), _interleaved),
    Sample(
        "offices", "columns", "reportlab", Shown((*english(18, 1), *_OFFICES)), _pairs
    ),
)  # fmt: skip
