"""Samples that are read line after line."""

from reportlab.lib.pagesizes import A3, A4, A5, B5, LETTER, landscape
from reportlab.pdfgen.canvas import Canvas
from tests.evals.documents.drawing import (
    BODY,
    BODY_JA,
    GOTHIC,
    MINCHO,
    Face,
    embedded,
    flow,
    grid,
    pdf,
    put,
)
from tests.evals.documents.objects import line, literal, written
from tests.evals.documents.samples import Sample, Shown
from tests.evals.documents.texts import english, japanese

_SERIF = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
_HEAD, _HEAD_JA = Face("Helvetica-Bold", 15, 26), Face(GOTHIC, 15, 28)


def _paragraphs(size: tuple[float, float], face: Face, shown: Shown) -> bytes:
    def page(canvas: Canvas) -> None:
        y = size[1] - 60
        for start in range(0, len(shown.seen), 3):
            part = shown.seen[start : start + 3]
            y = flow(canvas, part, (50, y), size[0] - 100, face) - face.pitch

    return pdf(page, size=size)


def _embedded_serif(shown: Shown) -> bytes:
    face = Face(embedded(_SERIF, "Times-Roman"), 10, 15)
    return _paragraphs(landscape(A4), face, shown)


def _headed(head: Face, face: Face, shown: Shown) -> bytes:
    """A heading before each two sentences."""

    def page(canvas: Canvas) -> None:
        y = 780.0
        for at in range(0, len(shown.seen), 3):
            put(canvas, shown.seen[at], (50, y), head)
            y = flow(canvas, shown.seen[at + 1 : at + 3], (50, y - head.pitch), 490, face) - 24

    return pdf(page)


def _listed(face: Face, shown: Shown) -> bytes:
    """A sentence, then items whose sign stands before them."""

    def page(canvas: Canvas) -> None:
        y = flow(canvas, shown.seen[:1], (50, 780), 490, face) - 6
        for item in shown.seen[1:]:
            sign, text = item.split(" ", 1)
            put(canvas, sign, (60, y), face)
            y = flow(canvas, text, (84, y), 300, face) - 4

    return pdf(page)


def _ruled(face: Face, shown: Shown) -> bytes:
    """A sentence, a table of three columns, a sentence."""

    def page(canvas: Canvas) -> None:
        y = flow(canvas, shown.seen[:1], (50, 780), 490, face) - 10
        cells = shown.seen[1:-1]
        rows = [cells[at : at + 3] for at in range(0, len(cells), 3)]
        y = grid(canvas, rows, (50, y), (160, 120, 120), face)
        flow(canvas, shown.seen[-1:], (50, y - 10), 490, face)

    return pdf(page)


def _two_pages(shown: Shown) -> bytes:
    half = len(shown.seen) // 2

    def page(start: int, canvas: Canvas) -> None:
        flow(canvas, shown.seen[start : start + half], (50, 780), 490, BODY)

    return pdf(lambda canvas: page(0, canvas), lambda canvas: page(half, canvas))


def _kerned(shown: Shown) -> bytes:
    """Letters and gaps in arrays, as typesetting programs write them; no space is a letter."""

    def array(text: str) -> str:
        parts = [f"{literal(word)} -278" for word in text.split()]
        return f"[{' '.join(parts)}] TJ"

    content = "".join(
        f"BT /F1 10 Tf 50 {780 - 16 * at} Td {array(text)} ET\n"
        for at, text in enumerate(shown.seen)
    )
    return written([content])


def _one_a_line(font: str, shown: Shown) -> bytes:
    return written(
        ["".join(line(text, 50, 780 - 20 * at, 11, font) for at, text in enumerate(shown.seen))]
    )


def _headings(heads: tuple[str, ...], sentences: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        text for at, head in enumerate(heads) for text in (head, *sentences[2 * at : 2 * at + 2])
    )


_RATES = (
    "Kind", "Ceiling", "Receipt", "Train", "42,000 yen", "needed", "Hotel", "11,500 yen", "needed",
    "Meals", "3,100 yen", "not needed",
)  # fmt: skip
_RATES_JA = (
    "費目", "上限", "領収書", "鉄道", "42,000円", "必要", "宿泊", "11,500円", "必要", "食事",
    "3,100円", "不要",
)  # fmt: skip

PLAIN: tuple[Sample, ...] = (
    Sample(
        "en-a4", "plain", "reportlab", Shown(english(0, 9)), lambda s: _paragraphs(A4, BODY, s)
    ),
    Sample(
        "en-letter-times", "plain", "reportlab", Shown(english(5, 9)),
        lambda s: _paragraphs(LETTER, Face("Times-Roman", 12, 15), s),
    ),
    Sample(
        "en-a5-courier", "plain", "reportlab", Shown(english(11, 6)),
        lambda s: _paragraphs(A5, Face("Courier", 9, 12), s),
    ),
    Sample("en-landscape-serif", "plain", "reportlab", Shown(english(3, 9)), _embedded_serif),
    Sample(
        "en-a3-large", "plain", "reportlab", Shown(english(20, 9)),
        lambda s: _paragraphs(A3, Face("Helvetica", 16, 22), s),
    ),
    Sample(
        "ja-a4-mincho", "plain", "reportlab", Shown(japanese(0, 9)),
        lambda s: _paragraphs(A4, BODY_JA, s),
    ),
    Sample(
        "ja-b5-gothic", "plain", "reportlab", Shown(japanese(8, 9)),
        lambda s: _paragraphs(B5, Face(GOTHIC, 9, 15), s),
    ),
    Sample(
        "en-headings", "plain", "reportlab",
        Shown(_headings(("1. Who may apply", "2. Costs", "3. Reports"), english(14, 6))),
        lambda s: _headed(_HEAD, BODY, s),
    ),
    Sample(
        "ja-headings", "plain", "reportlab",
        Shown(_headings(("第1章 応募資格", "第2章 経費", "第3章 報告"), japanese(14, 6))),
        lambda s: _headed(_HEAD_JA, BODY_JA, s),
    ),
    Sample(
        "en-bullets", "plain", "reportlab",
        Shown((*english(22, 1), *(f"\u2022 {text}" for text in english(23, 5)))),
        lambda s: _listed(BODY, s),
    ),
    Sample(
        "ja-numbers", "plain", "reportlab",
        Shown((
            *japanese(18, 1),
            *(f"{sign} {text}" for sign, text in zip("①②③④⑤", japanese(19, 5), strict=True)),
        )),
        lambda s: _listed(BODY_JA, s),
    ),
    Sample(
        "en-table", "plain", "reportlab", Shown((*english(30, 1), *_RATES, *english(31, 1))),
        lambda s: _ruled(BODY, s),
    ),
    Sample(
        "ja-table", "plain", "reportlab", Shown((*japanese(1, 1), *_RATES_JA, *japanese(2, 1))),
        lambda s: _ruled(Face(MINCHO, 10, 16), s),
    ),
    Sample("en-two-pages", "plain", "reportlab", Shown(english(9, 12)), _two_pages),
    Sample(
        "en-slide", "plain", "reportlab", Shown(english(26, 4)),
        lambda s: _paragraphs((720, 405), Face("Helvetica", 20, 28), s),
    ),
    Sample(
        "ja-and-en", "plain", "reportlab",
        Shown((
            "本事業（Ruddock Fund）は2026年度に始まります。",
            "申請書はPDF形式で、ファイル名をapplication_2026.pdfとしてください。",
            "詳細はhttps://ruddock.example.org/applyをご覧ください。",
        )),
        lambda s: _paragraphs(A4, BODY_JA, s),
    ),
    Sample("en-kerned", "plain", "operators", Shown(english(17, 8)), _kerned),
    Sample(
        "en-lines", "plain", "operators", Shown(english(1, 7)), lambda s: _one_a_line("F1", s)
    ),
    Sample(
        "ja-lines", "plain", "operators", Shown(japanese(4, 7)), lambda s: _one_a_line("F2", s)
    ),
)  # fmt: skip
