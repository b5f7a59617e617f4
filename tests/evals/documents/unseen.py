"""Samples that hold text which no reader sees, pictures of text, and Japanese set downwards."""

from collections.abc import Callable, Sequence
from io import BytesIO

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.evals.documents.drawing import BODY, Face, flow, pdf, put
from tests.evals.documents.objects import code, line, stream, written
from tests.evals.documents.samples import Sample, Shown, Told
from tests.evals.documents.texts import english, japanese

_HIDDEN: Told = (("hidden", "page 1"),)


def _among(conceal: Callable[[Canvas, str], None], shown: Shown) -> bytes:
    """Text, with pieces that are concealed between the first paragraph and the second."""

    def page(canvas: Canvas) -> None:
        flow(canvas, shown.seen[:3], (60, 780), 470)
        for piece in shown.hidden:
            canvas.saveState()
            conceal(canvas, piece)
            canvas.restoreState()
        flow(canvas, shown.seen[3:], (60, 640), 470)

    return pdf(page)


def _white(canvas: Canvas, text: str) -> None:
    canvas.setFillGray(1)
    put(canvas, text, (60, 700))


def _tiny(canvas: Canvas, text: str) -> None:
    put(canvas, text, (60, 700), Face("Helvetica", 0.8, 1))


def _outside(canvas: Canvas, text: str) -> None:
    put(canvas, text, (60, -40))
    put(canvas, text, (A4[0] + 5, 500))


def _covered(canvas: Canvas, text: str) -> None:
    put(canvas, text, (60, 700))
    canvas.setFillGray(0.9)
    canvas.rect(50, 690, 480, 24, stroke=0, fill=1)


def _under_a_picture(canvas: Canvas, text: str) -> None:
    put(canvas, text, (60, 700))
    canvas.drawImage(ImageReader(Image.new("RGB", (96, 6), (240, 240, 200))), 50, 690, 480, 24)  # pyright: ignore[reportUnknownMemberType]


def _on_its_own_colour(canvas: Canvas, text: str) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(50, 690, 480, 24, stroke=0, fill=1)
    put(canvas, text, (60, 700))


def _with_state(state: str, shown: Shown, *more: str, mode: int = 0) -> bytes:
    """Lines in plain paint, hidden ones in a state of the graphics."""
    rows = [line(text, 60, 780 - 20 * at) for at, text in enumerate(shown.seen)]
    rows += [
        f"q /G1 gs {mode} Tr\n{line(text, 60, 600 - 20 * at)}0 Tr Q\n"
        for at, text in enumerate(shown.hidden)
    ]
    return written(["".join(rows)], f"/ExtGState<</G1<<{state}>>>>", *more)


def _masked(shown: Shown) -> bytes:
    """Hidden lines are painted through a mask that lets nothing through."""
    mask = stream(
        "0 g 0 0 595 842 re f",
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/CS/DeviceGray>>",
    )
    return _with_state("/SMask<</S/Luminosity/G 11 0 R>>", shown, "null", mask)


def _mask_that_shows(shown: Shown) -> bytes:
    """The last line is painted through a mask that lets all through."""
    mask = stream(
        "1 g 0 0 595 842 re f",
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/CS/DeviceGray>>",
    )
    rows = [line(text, 60, 780 - 20 * at) for at, text in enumerate(shown.seen[:-1])]
    rows.append(f"q /G1 gs\n{line(shown.seen[-1], 60, 640)}Q\n")
    state = "/ExtGState<</G1<</SMask<</S/Luminosity/G 11 0 R>>>>>>"
    return written(["".join(rows)], state, "null", mask)


def _layered(shown: Shown) -> bytes:
    """Two layers, of which the second is off when the file is opened."""
    rows = [line(text, 60, 780 - 20 * at) for at, text in enumerate(shown.seen[:-1])]
    rows.append(f"/OC /L1 BDC\n{line(shown.seen[-1], 60, 640)}EMC\n")
    rows += [
        f"/OC /L2 BDC\n{line(text, 60, 600 - 20 * at)}EMC\n" for at, text in enumerate(shown.hidden)
    ]
    layers = ("<</Type/OCG/Name(on)>>", "<</Type/OCG/Name(off)>>")
    return written(
        ["".join(rows)],
        "/Properties<</L1 11 0 R/L2 12 0 R>>",
        "null",
        *layers,
        catalog="/OCProperties<</OCGs[11 0 R 12 0 R]/D<</OFF[12 0 R]>>>>",
    )


def _unpainted(shown: Shown) -> bytes:
    return _with_state("/ca 1", shown, mode=3)


def _struck(shown: Shown) -> bytes:
    """Two deadlines, the first of them struck."""

    def page(canvas: Canvas) -> None:
        flow(canvas, shown.seen[:3], (60, 780), 470)
        x = put(canvas, f"{shown.seen[3]} ", (60, 700))
        end = put(canvas, shown.hidden[0], (x, 700))
        canvas.line(x, 703.5, end, 703.5)
        put(canvas, f" {shown.seen[4]}", (end, 700))

    return pdf(page)


def _encrypted(shown: Shown) -> bytes:
    def page(canvas: Canvas) -> None:
        flow(canvas, shown.seen, (60, 780), 470)

    return pdf(page, owner_password="owner")  # noqa: S106 - the file opens without it


def _seen(start: int) -> tuple[str, ...]:
    return english(start, 6)


def _secret(start: int) -> tuple[str, ...]:
    return (f"Reserve of {start},750,000 yen for projects that the panel prefers.",)


UNSEEN: tuple[Sample, ...] = (
    *(
        Sample(
            name, "unseen text", "reportlab",
            Shown(_seen(start), _secret(start), _HIDDEN),
            lambda s, conceal=conceal: _among(conceal, s),
        )
        for start, (name, conceal) in enumerate((
            ("white", _white), ("tiny", _tiny), ("outside", _outside), ("covered", _covered),
            ("under-a-picture", _under_a_picture), ("own-colour", _on_its_own_colour),
        ), start=3)
    ),
    Sample(
        "unpainted", "unseen text", "operators", Shown(_seen(10), _secret(10), _HIDDEN), _unpainted
    ),
    Sample(
        "transparent", "unseen text", "operators", Shown(_seen(11), _secret(11), _HIDDEN),
        lambda s: _with_state("/ca 0", s),
    ),
    Sample(
        "transparent-outline", "unseen text", "operators",
        Shown(_seen(12), _secret(12), _HIDDEN), lambda s: _with_state("/CA 0", s, mode=1),
    ),
    Sample("masked", "unseen text", "operators", Shown(_seen(13), _secret(13), _HIDDEN), _masked),
    Sample("mask-that-shows", "unseen text", "operators", Shown(_seen(14)), _mask_that_shows),
    Sample(
        "layer-off", "unseen text", "operators", Shown(_seen(15), _secret(15), _HIDDEN), _layered
    ),
    Sample(
        "struck", "unseen text", "reportlab",
        Shown((*english(2, 3), "The deadline is", "15 June 2026."), ("1 May 2026",), _HIDDEN),
        _struck,
    ),
    Sample("encrypted", "unseen text", "reportlab", Shown(english(21, 6)), _encrypted),
)  # fmt: skip


def _scan(sentences: Sequence[str]) -> ImageReader:
    """A picture of a page of text."""
    picture = Image.new("L", (595, 842), 255)
    pen = ImageDraw.Draw(picture)
    for at, text in enumerate(sentences):
        pen.text((60, 60 + 24 * at), text, fill=0)
    data = BytesIO()
    picture.save(data, "PNG")
    data.seek(0)
    return ImageReader(data)


def _half_scanned(shown: Shown) -> bytes:
    """The second of three pages is a picture."""
    half = len(shown.seen) // 2

    def scanned(canvas: Canvas) -> None:
        canvas.drawImage(_scan(english(0, 8)), 0, 0, *A4)  # pyright: ignore[reportUnknownMemberType]

    return pdf(
        lambda canvas: _page_of(canvas, shown.seen[:half]),
        scanned,
        lambda canvas: _page_of(canvas, shown.seen[half:]),
    )


def _page_of(canvas: Canvas, sentences: Sequence[str]) -> None:
    flow(canvas, sentences, (60, 780), 470)


def _read_scan(shown: Shown) -> bytes:
    """A picture of a page, with the text that was recognised in it laid over it unpainted."""

    def page(canvas: Canvas) -> None:
        canvas.drawImage(_scan(shown.seen), 0, 0, *A4)  # pyright: ignore[reportUnknownMemberType]
        for at, text in enumerate(shown.seen):
            words = canvas.beginText(60, 842 - 70 - 24 * at)
            words.setFont(BODY.font, 9)
            words.setTextRenderMode(3)
            words.textLine(text)
            canvas.drawText(words)

    return pdf(page)


def _figure(shown: Shown) -> bytes:
    """A picture among the text, with a caption."""

    def page(canvas: Canvas) -> None:
        y = flow(canvas, shown.seen[:3], (60, 780), 470)
        picture = ImageReader(Image.new("RGB", (40, 20), (90, 120, 90)))
        canvas.drawImage(picture, 60, y - 160, 300, 150)  # pyright: ignore[reportUnknownMemberType]
        put(canvas, shown.seen[3], (60, y - 176), Face("Helvetica-Oblique", 9, 11))
        flow(canvas, shown.seen[4:], (60, y - 206), 470)

    return pdf(page)


PICTURES: tuple[Sample, ...] = (
    Sample(
        "half-scanned", "pictures", "reportlab",
        Shown(english(11, 8), told=(("lost", "page 2"),)), _half_scanned,
    ),
    Sample(
        "read-scan", "pictures", "reportlab",
        Shown(english(19, 8), told=(("doubtful", "page 1"),)), _read_scan,
    ),
    Sample(
        "figure", "pictures", "reportlab",
        Shown((*english(26, 3), "Figure 1: Stays by country, 2025.", *english(31, 3))), _figure,
    ),
)  # fmt: skip


def _downwards(shown: Shown) -> bytes:
    """One sentence a column, in a font that writes downwards."""
    return written([
        "".join(line(text, 540 - 22 * at, 790, 12, "F3") for at, text in enumerate(shown.seen))
    ])  # fmt: skip


def _placed(shown: Shown) -> bytes:
    """Each letter is placed by itself; columns of 24 letters, right to left."""
    letters = "".join(shown.seen)
    rows = [
        f"BT /F2 12 Tf {530 - 22 * (at // 24)} {780 - 13 * (at % 24)} Td {code(letter)} Tj ET\n"
        for at, letter in enumerate(letters)
    ]
    return written(["".join(rows)])


def _with_level_title(shown: Shown) -> bytes:
    """A level title over columns, and numbers of two digits side by side in them."""
    rows = [line(shown.seen[0], 200, 800, 16, "F2")]
    for at, text in enumerate(shown.seen[1:]):
        y, x, step = 760.0, 530 - 24 * at, 0
        while step < len(text):
            if text[step : step + 2].isascii() and text[step : step + 2].isdigit():
                rows.append(f"BT /F1 11 Tf {x} {y} Td ({text[step : step + 2]}) Tj ET\n")
                step += 2
            else:
                rows.append(f"BT /F2 12 Tf {x} {y} Td {code(text[step])} Tj ET\n")
                step += 1
            y -= 13
    return written(["".join(rows)])


_DOUBTFUL: Told = (("doubtful", "page 1"),)

VERTICAL: tuple[Sample, ...] = (
    Sample(
        "downwards", "vertical Japanese", "operators", Shown(japanese(0, 9), told=_DOUBTFUL),
        _downwards,
    ),
    Sample(
        "placed", "vertical Japanese", "operators", Shown(japanese(11, 9), told=_DOUBTFUL), _placed
    ),
    Sample(
        "level-title", "vertical Japanese", "operators",
        Shown(
            (
                "海外派遣の手引", "申請の受付は三月24日から五月17日までです。",
                "滞在は18か月以下とし、二回に分けられます。",
                "宿泊費は一泊あたり上限まで支給されます。",
                "面接は質疑を含めて40分とします。", "報告書は10頁以内で公開されます。",
            ),
            told=_DOUBTFUL,
        ),
        _with_level_title,
    ),
)  # fmt: skip
