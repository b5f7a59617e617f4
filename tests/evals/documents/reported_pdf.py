"""Samples of the kinds of fault that people report, of other programs, languages and units."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from tests.evals.documents.drawing import Face, flow, pdf, put
from tests.evals.documents.objects import code, line, literal, stream, written
from tests.evals.documents.samples import Sample, Shown
from tests.evals.documents.texts import english, japanese

_SERIF = Face("Times-Roman", 11, 15)
_HEAD = Face("Times-Bold", 15, 22)

_FRENCH = (
    "Le fonds Noisette paie le voyage et le logement des jeunes chercheurs.",
    "Un séjour dure de trente à cent vingt jours et peut être partagé en deux.",
    "Le dossier est envoyé par la poste avant le 9 mai 2029, à midi.",
    "L’indemnité est de 1 280 euros par mois, hors frais de visa.",
    "Trois lecteurs lisent chaque dossier sans connaître son auteur.",
    "Le laboratoire d’accueil signe une convention avant le départ.",
    "Le rapport final compte dix pages et paraît en anglais ou en français.",
    "Les billets de train de première classe ne sont pas remboursés.",
)
_KOREAN = (
    "개암 재단은 젊은 연구자의 해외 체류 비용을 지원합니다.",
    "체류 기간은 삼십 일 이상 백이십 일 이하로 합니다.",
    "신청서는 이천이십구 년 오월 구일 정오까지 제출해야 합니다.",
    "매월 백이십팔만 원을 지급하며 비자 비용은 포함하지 않습니다.",
    "심사 위원 세 명이 신청자의 이름을 모른 채 신청서를 읽습니다.",
    "초청 기관은 출발 전에 협약서에 서명해야 합니다.",
    "최종 보고서는 열 쪽 이내로 작성하여 공개합니다.",
    "일등석 기차표는 환급하지 않으니 주의하시기 바랍니다.",
)


def _two_columns(face: Face, shown: Shown) -> bytes:
    half = len(shown.seen) // 2

    def page(canvas: Canvas) -> None:
        for part, left in ((shown.seen[:half], 55), (shown.seen[half:], 315)):
            flow(canvas, part, (left, 770), 225, face)

    return pdf(page)


def _two_columns_ko(shown: Shown) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("HYGothic-Medium"))  # pyright: ignore[reportUnknownMemberType]
    face = Face("HYGothic-Medium", 10, 15)
    half = len(shown.seen) // 2

    def page(canvas: Canvas) -> None:
        for part, left in ((shown.seen[:half], 55), (shown.seen[half:], 315)):
            y = 770.0
            row = ""
            for word in " ".join(part).split():
                longer = f"{row} {word}".strip()
                if canvas.stringWidth(longer, face.font, face.size) > 225:
                    put(canvas, row, (left, y), face)
                    y -= face.pitch
                    longer = word
                row = longer
            put(canvas, row, (left, y), face)

    return pdf(page)


def _raised(lines: Sequence[Sequence[tuple[str, float]]], _: Shown) -> bytes:
    """Lines of pieces, each raised by so many points and then smaller."""

    def page(canvas: Canvas) -> None:
        for at, pieces in enumerate(lines):
            x = 55.0
            for text, rise in pieces:
                face = Face("Times-Roman", 7 if rise else 11, 15)
                x = put(canvas, text, (x, 770 - 24 * at + rise), face)

    return pdf(page)


def _drawn_thrice(shown: Shown) -> bytes:
    """Numbers of equal figures, drawn three times each, a quarter of a point apart."""

    def page(canvas: Canvas) -> None:
        for at, text in enumerate(shown.seen):
            for shift in (0, 0.25, 0.5):
                put(canvas, text, (55 + shift, 770 - 24 * at), _SERIF)

    return pdf(page)


def _heads_of_pages(shown: Shown) -> bytes:
    """Each page begins with a heading that differs in one letter and one amount; pages count."""

    def page(at: int, canvas: Canvas) -> None:
        put(canvas, shown.seen[at], (55, 800), _HEAD)
        flow(canvas, shown.seen[at + 1 : at + 3], (55, 760), 480, _SERIF)
        put(canvas, f"{at // 3 + 1}/3", (290, 28), Face("Times-Roman", 8, 10))

    return pdf(*(partial(page, at) for at in (0, 3, 6)))


def _sideways(shown: Shown) -> bytes:
    """A table whose words run down the page, on a page that is not turned."""
    columns = [shown.seen[at : at + 3] for at in range(0, len(shown.seen), 3)]
    rows: list[str] = []
    for at, cells in enumerate(columns):
        for number, text in enumerate(cells):
            x, y = 500 - 30 * at, 780 - 170 * number
            rows.append(f"BT /F1 11 Tf 0 -1 1 0 {x} {y} Tm {literal(text)} Tj ET\n")
    return written(["".join(rows)])


def _two_tiers(shown: Shown) -> bytes:
    """Vertical Japanese in two tiers: the upper one is read to its left end first."""
    half = len(shown.seen) // 2
    rows: list[str] = []
    for part, top in ((shown.seen[:half], 800.0), (shown.seen[half:], 400.0)):
        for at, letter in enumerate("".join(part)):
            x, y = 520 - 24 * (at // 25), top - 13 * (at % 25)
            rows.append(f"BT /F2 12 Tf {x} {y} Td {code(letter)} Tj ET\n")
    return written(["".join(rows)])


def _choices(shown: Shown) -> bytes:
    """Radio buttons, of which the second is chosen, and a list of which two lines are."""
    content = "".join(
        line(text.removeprefix("☑ ").removeprefix("☐ "), 80, 780 - 24 * at)
        for at, text in enumerate(shown.seen[:-1])
    )
    seen = shown.seen
    kids = [
        f"<</Type/Annot/Subtype/Widget/Parent 10 0 R/F 4/AS/{state}/Rect[60 {y} 72 {y + 12}]"
        f"/AP<</N<</{name} 14 0 R/Off 15 0 R>>>>>>"
        for name, state, y in (("a", "Off", 754), ("b", "b", 730), ("c", "Off", 706))
    ]
    field = "<</FT/Btn/Ff 49152/T(fare)/V/b/Kids[11 0 R 12 0 R 13 0 R]>>"
    picture = stream("", "/Type/XObject/Subtype/Form/BBox[0 0 12 12]")
    combo = (
        f"<</Type/Annot/Subtype/Widget/FT/Ch/Ff 131072/T(town)/F 4/Rect[200 676 400 694]"
        f"/Opt[[(1)(Lugano)][(2){literal(seen[-1])}]]/V(2)>>"
    )
    return written(
        [content], "", field, *kids, picture, picture, combo,
        page="/MediaBox[0 0 595 842]/Annots[11 0 R 12 0 R 13 0 R 16 0 R]",
        catalog="/AcroForm<</Fields[10 0 R 16 0 R]/NeedAppearances true/DA(/F1 10 Tf 0 g)>>",
    )  # fmt: skip


def _cut_away(shown: Shown) -> bytes:
    """Text outside the crop box, outside a clip, made tiny by the matrix, and of a white form."""
    seen = "".join(line(text, 60, 700 - 20 * at) for at, text in enumerate(shown.seen))
    first, second, third, fourth = shown.hidden
    content = (
        seen
        + line(first, 60, 815)
        + f"q 60 500 10 4 re W n\n{line(second, 200, 500)}Q\n"
        + f"q 0.05 0 0 0.05 60 450 cm\n{line(third, 0, 0)}Q\n"
        + "/X1 Do\n"
    )
    form = stream(
        f"1 1 1 rg\n{line(fourth, 60, 400)}",
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>",
    )
    return written(
        [content], "/XObject<</X1 11 0 R>>", "null", form,
        page="/MediaBox[0 0 595 842]/CropBox[0 40 595 800]",
    )  # fmt: skip


def _scan_first(shown: Shown) -> bytes:
    """The first and the last of four pages are pictures."""
    picture = Image.new("L", (595, 842), 255)
    pen = ImageDraw.Draw(picture)
    for at, text in enumerate(english(40, 6)):
        pen.text((60, 80 + 30 * at), text, fill=0)
    data = BytesIO()
    picture.save(data, "PNG")

    def scanned(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(BytesIO(data.getvalue())), 0, 0, *A4)  # pyright: ignore[reportUnknownMemberType]

    def page(start: int, canvas: Canvas) -> None:
        flow(canvas, shown.seen[start : start + 4], (55, 770), 480, _SERIF)

    return pdf(scanned, partial(page, 0), partial(page, 4), scanned)


def _drawn_glyphs(shown: Shown) -> bytes:
    """Lines in a font whose letters are drawings with numbers for names, between others."""
    box = stream("600 0 0 0 500 700 d1 0 0 500 700 re f")
    names = "/".join(f"g{number}" for number in range(1, 27))
    font = (
        f"<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[.001 0 0 .001 0 0]"
        f"/CharProcs<<{''.join(f'/g{number} 11 0 R' for number in range(1, 27))}>>"
        f"/Encoding<</Type/Encoding/Differences[1/{names}]>>/FirstChar 1/LastChar 26"
        f"/Widths[{' '.join(['600'] * 26)}]>>"
    )
    codes = "".join(f"{at % 26 + 1:02x}" for at in range(40))
    rows = [line(text, 55, 770 - 20 * at) for at, text in enumerate(shown.seen)]
    rows += [f"BT /F4 11 Tf 55 {600 - 20 * at} Td <{codes}> Tj ET\n" for at in range(3)]
    return written(["".join(rows)], "", font, box)


def _offices(shown: Shown) -> bytes:
    """Three addresses side by side on one grid, each to be read from top to bottom."""
    rows = (len(shown.seen) - 2) // 3

    def page(canvas: Canvas) -> None:
        put(canvas, shown.seen[0], (55, 780), _SERIF)
        for column in range(3):
            for at, text in enumerate(shown.seen[1 + rows * column : 1 + rows * (column + 1)]):
                put(canvas, text, (55 + 170 * column, 750 - 15 * at), _SERIF)
        put(canvas, shown.seen[-1], (55, 640), _SERIF)

    return pdf(page)


_RAISED = (
    (("Der Zuschuss beträgt 8.000 €", 0), ("2", 4), (" im Jahr.", 0)),
    (("Die Probe hat 5 × 10", 0), ("−3", 4), (" mol je m", 0), ("3", 4), (".", 0)),
    (("Paid on the 3", 0), ("rd", 4), (" of each month.", 0)),
)
_CATEGORIES = tuple(
    text
    for letter, amount, start in (("A", "15,000", 30), ("B", "25,000", 33), ("C", "40,000", 36))
    for text in (f"Category {letter}: up to {amount} francs", *english(start, 2))
)

REPORTED: tuple[Sample, ...] = (
    Sample("two-fr", "columns", "reportlab", Shown(_FRENCH), partial(_two_columns, _SERIF)),
    Sample("two-ko", "columns", "reportlab", Shown(_KOREAN), _two_columns_ko),
    Sample(
        "raised-de", "letters", "reportlab",
        Shown((
            "Der Zuschuss beträgt 8.000 € (note 2) im Jahr.",
            "Die Probe hat 5 × 10^−3 mol je m^3.",
            "Paid on the 3rd of each month.",
        )),
        partial(_raised, _RAISED),
    ),
    Sample(
        "thrice", "letters", "reportlab",
        Shown((
            "Plafond 2029 : 11 111 francs par an.", "Le numéro 0033 44 55 66 répond de 8 h à 11 h.",
            "Le taux est de 22,22 %.",
        )),
        _drawn_thrice,
    ),
    Sample("categories", "margins", "reportlab", Shown(_CATEGORIES), _heads_of_pages),
    Sample(
        "sideways", "turned pages", "operators",
        Shown((
            "Ort", "Nächte", "Franken", "Bern", "12", "1,140", "Lugano", "8", "760", "Chur", "5",
            "425",
        )),
        _sideways,
    ),
    Sample(
        "two-tiers", "vertical Japanese", "operators",
        Shown(japanese(2, 12), told=(("doubtful", "page 1"),)), _two_tiers,
    ),
    Sample(
        "choices", "forms", "operators",
        Shown(("Choose your fare:", "☐ First class", "☑ Second class", "☐ Night coach",
               "Town of arrival:", "Bellinzona")),
        _choices,
    ),
    Sample(
        "cut-away", "unseen text", "operators",
        Shown(
            english(41, 5),
            tuple(f"Panel remark {name}: rank 7 of 31." for name in ("I", "II", "III", "IV")),
            (("hidden", "page 1"),),
        ),
        _cut_away,
    ),
    Sample(
        "scan-first", "pictures", "reportlab",
        Shown(english(12, 8), told=(("lost", "pages 1, 4"),)), _scan_first,
    ),
    Sample(
        "drawn-glyphs", "letters", "operators",
        Shown(english(44, 5), told=(("lost", "page 1"),)), _drawn_glyphs,
    ),
    Sample(
        "three-offices", "columns", "reportlab",
        Shown((
            "Our offices are open from Monday to Thursday:", "Bern office", "Laupenstrasse 9",
            "Tel. 031 555 01 42", "bern@example.org", "Lugano office", "Via Nassa 3",
            "Tel. 091 555 01 77", "lugano@example.org", "Chur office", "Postplatz 5",
            "Tel. 081 555 01 08", "chur@example.org", "All of them close in August.",
        )),
        _offices,
    ),
)  # fmt: skip
