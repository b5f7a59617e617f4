"""Samples with running heads, feet, stamps, and with forms that are filled in."""

from collections.abc import Callable, Sequence
from functools import partial

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from tests.evals.documents.drawing import BODY, BODY_JA, Face, flow, pdf, put
from tests.evals.documents.objects import line, literal, stream, written
from tests.evals.documents.samples import Sample, Shown
from tests.evals.documents.texts import english, japanese

_SMALL = Face("Helvetica", 8, 10)
_HEAD = Face("Helvetica-Bold", 16, 24)


def _furnished(pages: int, marks: Callable[[Canvas, int], None], shown: Shown) -> bytes:
    """Pages of text, each with its own margins."""
    share = len(shown.seen) // pages

    def page(number: int, canvas: Canvas) -> None:
        marks(canvas, number)
        part = shown.seen[(number - 1) * share : number * share]
        flow(canvas, part, (60, 740), 470, BODY_JA if ord(part[0][0]) > 0x3000 else BODY)

    return pdf(*(partial(page, n) for n in range(1, pages + 1)))


def _running(canvas: Canvas, number: int) -> None:
    put(canvas, "Ruddock fund: rules of 2026", (60, 805), _SMALL)
    put(canvas, f"Page {number} of 4", (290, 30), _SMALL)


def _alternating(canvas: Canvas, number: int) -> None:
    left, right = ("Ruddock fund", "Chapter 2") if number % 2 else ("Chapter 2", "Ruddock fund")
    put(canvas, left, (60, 805), _SMALL)
    put(canvas, right, (480, 805), _SMALL)
    put(canvas, str(number + 6), (60 if number % 2 else 530, 30), _SMALL)


def _japanese_feet(canvas: Canvas, number: int) -> None:
    put(canvas, "海外派遣規程", (60, 805), Face(BODY_JA.font, 8, 10))
    put(canvas, f"- {number} -", (290, 30), _SMALL)


def _years(shown: Shown) -> bytes:
    """A heading at the top of each page, that differs from the others in its year alone."""

    def page(at: int, canvas: Canvas) -> None:
        put(canvas, shown.seen[at], (60, 790), _HEAD)
        flow(canvas, shown.seen[at + 1 : at + 4], (60, 750), 470)

    return pdf(*(partial(page, at) for at in range(0, len(shown.seen), 4)))


def _lone_numbers(shown: Shown) -> bytes:
    """A figure that stands alone at the foot of each page, and counts nothing."""

    def page(at: int, canvas: Canvas) -> None:
        flow(canvas, shown.seen[at : at + 3], (60, 740), 470)
        put(canvas, shown.seen[at + 3], (60, 40), Face("Helvetica-Bold", 18, 20))

    return pdf(*(partial(page, at) for at in range(0, len(shown.seen), 4)))


def _stamped(shown: Shown) -> bytes:
    def page(canvas: Canvas) -> None:
        flow(canvas, shown.seen, (60, 740), 470)
        canvas.translate(200, 300)
        canvas.rotate(35)
        canvas.setFillGray(0.7)
        put(canvas, "DRAFT", (0, 0), Face("Helvetica-Bold", 60, 60))

    return pdf(page)


MARGINS: tuple[Sample, ...] = (
    Sample(
        "running-heads", "margins", "reportlab", Shown(english(0, 12)),
        lambda s: _furnished(4, _running, s),
    ),
    Sample(
        "left-and-right", "margins", "reportlab", Shown(english(14, 12)),
        lambda s: _furnished(6, _alternating, s),
    ),
    Sample(
        "feet-ja", "margins", "reportlab", Shown(japanese(2, 12)),
        lambda s: _furnished(4, _japanese_feet, s),
    ),
    Sample(
        "years", "margins", "reportlab",
        Shown((
            "Call of 2024", *english(5, 3), "Call of 2025", *english(9, 3), "Call of 2026",
            *english(26, 3),
        )),
        _years,
    ),
    Sample(
        "lone-numbers", "margins", "reportlab",
        Shown((
            *english(3, 2), "The sum for 2025 is, in thousands of yen:", "12,400",
            *english(6, 2), "The sum for 2026 is, in thousands of yen:", "31,750",
        )),
        _lone_numbers,
    ),
    Sample(
        "stamp", "margins", "reportlab", Shown(english(29, 6), told=(("lost", "page 1"),)),
        _stamped,
    ),
)  # fmt: skip


def _fields(shown: Shown) -> bytes:
    """Labels and values by turns: a text, a list, two boxes, a text of two lines."""
    label = shown.seen

    def page(canvas: Canvas) -> None:
        form = canvas.acroForm
        flow(canvas, label[:1], (60, 790), 470)
        put(canvas, label[1], (60, 750))
        form.textfield(name="a", x=220, y=744, width=200, height=18, value=label[2])  # pyright: ignore[reportUnknownMemberType]
        put(canvas, label[3], (60, 720))
        form.choice(  # pyright: ignore[reportUnknownMemberType]
            name="b", x=220, y=714, width=200, height=18, value=label[4],
            options=[label[4], "Chile"],
        )  # fmt: skip
        for at, is_ticked in ((5, True), (6, False)):
            form.checkbox(name=f"c{at}", x=60, y=840 - 30 * at, size=14, checked=is_ticked)  # pyright: ignore[reportUnknownMemberType]
            put(canvas, label[at].removeprefix("☑ ").removeprefix("☐ "), (84, 843 - 30 * at))

    return pdf(page)


def _own_fields(resources: Sequence[str], content: str, page: str = "") -> bytes:
    """A form by its objects, numbered from 10 on."""
    kids = " ".join(f"{10 + at} 0 R" for at in range(len(resources)))
    return written(
        [content],
        "",
        *resources,
        page=f"/MediaBox[0 0 {A4[0]:.0f} {A4[1]:.0f}]{page}/Annots[{kids}]",
        catalog=f"/AcroForm<</Fields[{kids}]/NeedAppearances true/DA(/F1 10 Tf 0 g)>>",
    )


def _field(value: str, corner: tuple[int, int], size: tuple[int, int], more: str = "") -> str:
    x, y = corner
    code = f"<feff{value.encode('utf-16-be').hex()}>"
    return (
        f"<</Type/Annot/Subtype/Widget/FT/Tx/T(f{x}.{y})/V{code}"
        f"/Rect[{x} {y} {x + size[0]} {y + size[1]}]{more or '/F 4'}>>"
    )


def _lines_of_a_field(shown: Shown) -> bytes:
    seen = shown.seen
    text = "\n".join(seen[2:4])
    content = line(seen[0], 60, 780) + line(seen[1], 60, 740) + line(seen[4], 60, 620)
    fields = [_field(text, (60, 660), (400, 60), "/F 4/Ff 4096")]
    return _own_fields(fields, content)


def _hidden_field(shown: Shown) -> bytes:
    content = "".join(line(text, 60, 780 - 20 * at) for at, text in enumerate(shown.seen[:-1]))
    fields = [
        _field(shown.seen[-1], (60, 640), (300, 18)),
        _field(shown.hidden[0], (60, 600), (300, 18), "/F 2"),
    ]
    return _own_fields(fields, content)


def _downwards(shown: Shown) -> bytes:
    """Japanese in columns, and a field under a label below them."""
    content = "".join(
        line(text, 540 - 22 * at, 790, 12, "F3") for at, text in enumerate(shown.seen[:-2])
    )
    content += line(shown.seen[-2], 60, 120, 10.5, "F2")
    return _own_fields([_field(shown.seen[-1], (140, 114), (260, 18))], content)


def _turned_form(shown: Shown) -> bytes:
    """A form on a page that is shown turned to the right."""
    move = "0 1 -1 0 595 0 cm\n"
    content = move + line(shown.seen[0], 60, 520) + line(shown.seen[1], 60, 480)
    field = _field(shown.seen[2], (105, 220), (18, 260), "/F 4/MK<</R 90>>")
    return _own_fields([field], content, "/Rotate 90")


def _typed_on(shown: Shown) -> bytes:
    """A note that was typed upon the page, with its own picture of it."""
    content = "".join(line(text, 60, 780 - 20 * at) for at, text in enumerate(shown.seen[:-1]))
    picture = stream(
        f"BT /F1 10 Tf 2 5 Td {literal(shown.seen[-1])} Tj ET",
        "/Type/XObject/Subtype/Form/BBox[0 0 400 18]/Resources<</Font<</F1 3 0 R>>>>",
    )
    note = (
        f"<</Type/Annot/Subtype/FreeText/Contents{literal(shown.seen[-1])}/F 4/DA(/F1 10 Tf)"
        "/Rect[60 640 460 658]/AP<</N 11 0 R>>>>"
    )
    return written([content], "", note, picture, page="/MediaBox[0 0 595 842]/Annots[10 0 R]")


FORMS: tuple[Sample, ...] = (
    Sample(
        "fields", "forms", "reportlab",
        Shown((
            *english(2, 1), "Amount in yen:", "2,340,000", "Country:", "Norway",
            "☑ The supervisor agrees.", "☐ Animals are used.",
        )),
        _fields,
    ),
    Sample(
        "lines-of-a-field", "forms", "operators",
        Shown((
            *english(4, 1), "Reasons:", "The laboratory has the only beam of its kind.",
            "Its manager has agreed to it.", *english(7, 1),
        )),
        _lines_of_a_field,
    ),
    Sample(
        "hidden-field", "forms", "operators",
        Shown(
            (*english(10, 3), "Granted on 3 June 2026"),
            hidden=("Rank 17 of 40, for the panel alone",), told=(("hidden", "page 1"),),
        ),
        _hidden_field,
    ),
    Sample(
        "field-beside-columns-ja", "forms", "operators",
        Shown(
            (*japanese(6, 5), "申請者の氏名", "鴨川みどり"),
            told=(("doubtful", "page 1"),),
        ),
        _downwards,
    ),
    Sample(
        "turned-form", "forms", "operators",
        Shown((*english(8, 1), "Reference number:", "RF-2026-0417")), _turned_form,
    ),
    Sample(
        "typed-note", "forms", "operators",
        Shown((*english(20, 3), "Received on 14 May 2026, complete.")), _typed_on,
    ),
)  # fmt: skip
