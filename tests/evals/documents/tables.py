"""Samples of tables, and of pages that are turned."""

from reportlab.pdfgen.canvas import Canvas
from tests.evals.documents.drawing import (
    BODY,
    BODY_JA,
    MINCHO,
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


def _rows(shown: Shown, wide: int) -> list[tuple[str, ...]]:
    cells = shown.seen[1:]
    return [cells[at : at + wide] for at in range(0, len(cells), wide)]


def _unruled(face: Face, wide: int, shown: Shown) -> bytes:
    def page(canvas: Canvas) -> None:
        y = flow(canvas, shown.seen[:1], (50, 780), 490, face) - 8
        widths = (150,) * wide
        grid(canvas, _rows(shown, wide), (50, y), widths, face, is_ruled=False)

    return pdf(page)


def _over_pages(shown: Shown) -> bytes:
    rows = _rows(shown, 3)
    half = len(rows) // 2

    def first(canvas: Canvas) -> None:
        y = flow(canvas, shown.seen[:1], (50, 180), 490) - 8
        grid(canvas, rows[:half], (50, y), (160, 120, 120))

    def second(canvas: Canvas) -> None:
        grid(canvas, rows[half:], (50, 790), (160, 120, 120))

    return pdf(first, second)


def _wrapped_cells(shown: Shown) -> bytes:
    """Cells of several lines: labels left, sentences right."""

    def page(canvas: Canvas) -> None:
        y = flow(canvas, shown.seen[:1], (50, 780), 490) - 10
        edges = [y]
        for label, text in _rows(shown, 2):
            put(canvas, label, (54, y - 14))
            y = flow(canvas, text, (164, y - 14), 240) - 2
            edges.append(y + 6)
            y += 6
        canvas.grid([50, 160, 420], edges)  # pyright: ignore[reportUnknownMemberType]

    return pdf(page)


def _spanned(shown: Shown) -> bytes:
    """A head over two of three columns."""
    seen = shown.seen

    def page(canvas: Canvas) -> None:
        canvas.rect(50, 700, 360, 60)
        for y in (720, 740):
            canvas.line(50 if y == 720 else 170, y, 410, y)
        canvas.line(170, 700, 170, 760)
        canvas.line(290, 700, 290, 740)
        for text, x, y in zip(
            seen,
            (54, 174, 174, 294, 54, 174, 294),
            (746, 746, 726, 726, 706, 706, 706),
            strict=True,
        ):
            put(canvas, text, (x, y))

    return pdf(page)


def _sideways(shown: Shown) -> bytes:
    """A table that is drawn on its side on an upright page."""

    def page(canvas: Canvas) -> None:
        canvas.translate(480, 120)
        canvas.rotate(90)
        flow(canvas, shown.seen[:1], (0, 40), 560)
        grid(canvas, _rows(shown, 3), (0, 10), (180, 140, 140))

    return pdf(page)


def _turned(angle: int, face: Face, shown: Shown) -> bytes:
    """A page that is shown turned, its text drawn so that it stands upright then."""
    upright = (842, 595) if angle in (90, 270) else (595, 842)
    move = {
        90: "0 1 -1 0 595 0 cm\n",
        180: "-1 0 0 -1 595 842 cm\n",
        270: "0 -1 1 0 0 842 cm\n",
    }[angle]
    lines = lines_of(shown.seen, upright[0] - 100, face)
    font = "F2" if face.font == MINCHO else "F1"
    rows = [
        line(text, 50, upright[1] - 60 - face.pitch * at, face.size, font)
        for at, text in enumerate(lines)
    ]
    return written([move + "".join(rows)], page=f"/MediaBox[0 0 595 842]/Rotate {angle}")


def _turned_columns(shown: Shown) -> bytes:
    """Two columns on a page that is shown turned to the right."""
    half = len(shown.seen) // 2
    rows = ["0 1 -1 0 595 0 cm\n"]
    for part, x in ((shown.seen[:half], 50), (shown.seen[half:], 440)):
        lines = lines_of(part, 350, BODY)
        rows += [line(text, x, 530 - 14 * at) for at, text in enumerate(lines)]
    return written(["".join(rows)], page="/MediaBox[0 0 595 842]/Rotate 90")


def _cropped(shown: Shown) -> bytes:
    """A page of which a part is shown, from a corner that is not (0, 0)."""
    rows = [line(text, 100, 700 - 20 * at, 8) for at, text in enumerate(shown.seen)]
    rows += [line(text, 100, 900, 8) for text in shown.hidden]
    box = "/MediaBox[-20 -30 700 1000]/CropBox[60 300 560 760]"
    return written(["".join(rows)], page=box)


_STAYS = (
    "Country", "Stays", "Longest stay", "Norway", "14", "18 months", "Chile", "9", "6 months",
    "Kenya", "3", "12 months", "Latvia", "21", "7 months", "Fiji", "2", "5 months",
)  # fmt: skip
_FEES = (
    "種別", "上限額", "備考", "旅費", "42,000円", "実費", "宿泊費", "11,500円", "一泊あたり",
)  # fmt: skip

TABLES: tuple[Sample, ...] = (
    Sample(
        "unruled-en", "tables", "reportlab", Shown((*english(5, 1), *_STAYS)),
        lambda s: _unruled(BODY, 3, s),
    ),
    Sample(
        "unruled-ja", "tables", "reportlab", Shown((*japanese(5, 1), *_FEES)),
        lambda s: _unruled(BODY_JA, 3, s),
    ),
    Sample(
        "over-pages-table", "tables", "reportlab", Shown((*english(7, 1), *_STAYS)), _over_pages
    ),
    Sample(
        "wrapped-cells", "tables", "reportlab",
        Shown((
            *english(0, 1), "Stays", *english(1, 1), "Deadline", *english(2, 1), "Audits",
            *english(31, 1), "Reports", *english(12, 1),
        )),
        _wrapped_cells,
    ),
    Sample(
        "spanned-head", "tables", "reportlab",
        Shown(("Kind", "Ceiling in yen", "domestic", "abroad", "Hotel", "11,500", "19,800")),
        _spanned,
    ),
    Sample(
        "sideways-table", "tables", "reportlab", Shown((*english(9, 1), *_STAYS)), _sideways
    ),
)  # fmt: skip

TURNED: tuple[Sample, ...] = (
    Sample(
        "turned-90", "turned pages", "operators", Shown(english(13, 8)),
        lambda s: _turned(90, BODY, s),
    ),
    Sample(
        "turned-180-ja", "turned pages", "operators", Shown(japanese(7, 8)),
        lambda s: _turned(180, BODY_JA, s),
    ),
    Sample(
        "turned-270", "turned pages", "operators", Shown(english(23, 8)),
        lambda s: _turned(270, BODY, s),
    ),
    Sample("turned-columns", "turned pages", "operators", Shown(english(3, 12)), _turned_columns),
    Sample(
        "cropped", "turned pages", "operators",
        Shown(english(27, 5), hidden=english(33, 1), told=(("hidden", "page 1"),)), _cropped,
    ),
)  # fmt: skip
