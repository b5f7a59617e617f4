"""Samples whose letters are drawn, coded or placed in ways of their own."""

from collections.abc import Mapping, Sequence

from reportlab.pdfgen.canvas import Canvas
from tests.evals.documents.drawing import BODY, MINCHO, Face, embedded, flow, lines_of, pdf, put
from tests.evals.documents.objects import JAPANESE, glyphs_of, line, literal, to_unicode, written
from tests.evals.documents.samples import Sample, Shown
from tests.evals.documents.texts import english, japanese

_SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def _drawn_again(shifts: Sequence[tuple[float, float]], face: Face, shown: Shown) -> bytes:
    """The first line is drawn once for each shift: bold or a shadow."""

    def page(canvas: Canvas) -> None:
        for x, y in shifts:
            put(canvas, shown.seen[0], (50 + x, 780 + y), Face(face.font, 13, 18))
        flow(canvas, shown.seen[1:], (50, 750), 490, face)

    return pdf(page)


def _outlined(shown: Shown) -> bytes:
    rows = [f"2 Tr 0.4 w\n{line(shown.seen[0], 50, 780, 13)}0 Tr\n"]
    rows += [line(text, 50, 760 - 16 * at) for at, text in enumerate(shown.seen[1:])]
    return written(["".join(rows)])


def _marks(lines: Sequence[Sequence[tuple[str, float]]], notes: Sequence[str], _: Shown) -> bytes:
    """Lines of pieces with their rises; notes in small print at the foot."""

    def page(canvas: Canvas) -> None:
        for at, pieces in enumerate(lines):
            x = 50.0
            for text, rise in pieces:
                face = Face(BODY.font, 6.5 if rise else 10.5, 14)
                x = put(canvas, text, (x, 780 - 22 * at + rise), face)
        for at, note in enumerate(notes):
            number, text = note.split(" ", 1)
            x = put(canvas, number, (50, 103 - 12 * at), Face(BODY.font, 5.5, 7))
            put(canvas, text, (x + 2, 100 - 12 * at), Face(BODY.font, 8, 10))

    return pdf(page)


def _broken(lines: Sequence[str], _: Shown) -> bytes:
    """Lines as they were broken, with hyphens at their ends."""

    def page(canvas: Canvas) -> None:
        for at, text in enumerate(lines):
            put(canvas, text, (50, 780 - 14 * at))

    return pdf(page)


def _ligatures(shown: Shown) -> bytes:
    font = embedded(_SANS, "Helvetica")
    signs = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))

    def page(canvas: Canvas) -> None:
        for at, text in enumerate(shown.seen):
            coded = text
            for plain, sign in signs if font != "Helvetica" else ():
                coded = coded.replace(plain, sign)
            put(canvas, coded, (50, 780 - 18 * at), Face(font, 10, 18))

    return pdf(page)


def _named_otherwise(other: Mapping[str, str], shown: Shown) -> bytes:
    """Letters, by their glyphs, whose font names them by another code point that looks the same."""
    letters = sorted(set("".join(shown.seen)))
    glyphs = dict(zip(letters, glyphs_of(letters), strict=True))
    rows = [
        line("".join(glyphs[letter] for letter in text), 50, 780 - 20 * at, 11, "F4")
        for at, text in enumerate(shown.seen)
    ]
    names = to_unicode({glyphs[letter]: other.get(letter, letter) for letter in letters})
    font = JAPANESE.format(encoding="Identity-H").replace("<<", "<</ToUnicode 11 0 R", 1)
    return written(["".join(rows)], "", font, names)


def _named_by_code(shown: Shown) -> bytes:
    """Letters by their codes, which the font names by the same codes."""
    rows = [line(text, 50, 780 - 20 * at, 11, "F4") for at, text in enumerate(shown.seen)]
    letters = sorted(set("".join(shown.seen)))
    font = JAPANESE.format(encoding="UniJIS-UCS2-H").replace("<<", "<</ToUnicode 11 0 R", 1)
    return written(["".join(rows)], "", font, to_unicode(dict(zip(letters, letters, strict=True))))


def _nameless(shown: Shown) -> bytes:
    """One line in a font that says nothing of its letters, between others."""
    codes = "".join(f"{at + 3:04x}" for at in range(24))
    rows = [line(text, 50, 780 - 20 * at) for at, text in enumerate(shown.seen)]
    rows.insert(2, f"BT /F4 11 Tf 50 650 Td <{codes}> Tj ET\n")
    font = "<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[11 0 R]>>"
    descendant = (
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Own/CIDSystemInfo<</Registry(Adobe)"
        "/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/Own"
        "/Flags 4/FontBBox[0 0 1000 1000]>>>>"
    )
    return written(["".join(rows)], "", font, descendant)


def _spaced(shown: Shown) -> bytes:
    """Lines whose letters are spread, by a little more on each line."""
    rows = [
        f"BT /F1 10 Tf {0.2 * at} Tc 50 {780 - 20 * at} Td {literal(text)} Tj ET\n"
        for at, text in enumerate(shown.seen)
    ]
    return written(["".join(rows)])


def _letter_by_letter(shown: Shown) -> bytes:
    """Each letter is placed by itself, and words in no order."""
    words: list[tuple[str, float, float]] = []

    def page(canvas: Canvas) -> None:
        for at, text in enumerate(shown.seen):
            x = 50.0
            for word in text.split():
                words.append((word, x, 780 - 18 * at))
                x += canvas.stringWidth(f"{word} ", BODY.font, BODY.size)
        for word, left, y in sorted(words):
            x = left
            for letter in word:
                x = put(canvas, letter, (x, y))

    return pdf(page)


def _drop_cap(shown: Shown) -> bytes:
    """The first letter of the text stands over two lines."""
    text = " ".join(shown.seen)

    def page(canvas: Canvas) -> None:
        put(canvas, text[0], (50, 764), Face("Times-Bold", 33, 28))
        face = Face("Times-Roman", 11, 16)
        beside = lines_of(text[1:], 440, face)[:2]
        for at, row in enumerate(beside):
            put(canvas, row, (76, 780 - 16 * at), face)
        flow(canvas, text[1:].removeprefix(" ".join(beside)).strip(), (50, 748), 466, face)

    return pdf(page)


_NOTES = (
    (("The ceiling is 500,000 yen", 0), ("1", 4), (" for each of the stays.", 0)),
    (
        ("A sample holds 3 × 10", 0), ("6", 4), (" cells and less CO", 0), ("2", -2.5),
        (" than air.", 0),
    ),
    (("Rooms of 20 m", 0), ("2", 4), (" are free of charge", 0), ("2", 4), (".", 0)),
)  # fmt: skip
_FOOT = ("1 Without the costs of insurance.", "2 From May to October.")
_RADICALS = dict(zip("日月水火木金土人大小山高長", "⽇⽉⽔⽕⽊⾦⼟⼈⼤⼩⼭⾼⾧", strict=True))

LETTERS: tuple[Sample, ...] = (
    Sample(
        "fake-bold", "letters", "reportlab", Shown(("Stays abroad in detail", *english(1, 5))),
        lambda s: _drawn_again(((0, 0), (0.3, 0), (0, 0.3), (0.3, 0.3)), BODY, s),
    ),
    Sample(
        "fake-bold-ja", "letters", "reportlab", Shown(("海外滞在の詳細", *japanese(1, 5))),
        lambda s: _drawn_again(((0, 0), (0.4, 0), (0.2, 0.2)), Face(MINCHO, 10.5, 17), s),
    ),
    Sample(
        "shadow", "letters", "reportlab", Shown(("Meetings and committees", *english(16, 5))),
        lambda s: _drawn_again(((1.5, -1.5), (0, 0)), BODY, s),
    ),
    Sample("outlined", "letters", "operators", Shown(english(24, 5)), _outlined),
    Sample(
        "marks-and-notes", "letters", "reportlab",
        Shown((
            "The ceiling is 500,000 yen (note 1) for each of the stays.",
            "A sample holds 3 × 10^6 cells and less CO2 than air.",
            "Rooms of 20 m^2 are free of charge (note 2).",
            *_FOOT,
        )),
        lambda s: _marks(_NOTES, _FOOT, s),
    ),
    Sample(
        "hyphens", "letters", "reportlab",
        Shown((
            "The international cooperation of laboratories needs an agreement.",
            "Long-term stays need cooperation and a long-term plan.",
            "Every laboratory signs before the well-known deadline in May.",
        )),
        lambda s: _broken((
            "The international cooperation of labora-", "tories needs an agreement. Long-term",
            "stays need cooperation and a long-", "term plan. Every laboratory signs before",
            "the well-known deadline in May.",
        ), s),
    ),
    Sample(
        "soft-hyphens", "letters", "operators",
        Shown((
            "A reimbursement of accommodation needs the receipts of all travellers.",
            "The reimbursement follows within a month.",
        )),
        lambda s: written([
            line("A reimburse\u00ad", 50, 780) + line("ment of accommo\u00ad", 50, 766)
            + line("dation needs the receipts of all trav\u00ad", 50, 752)
            + line("ellers. The reimbursement follows", 50, 738) + line("within a month.", 50, 724)
        ]),
    ),
    Sample(
        "ligatures", "letters", "reportlab",
        Shown((
            "The office finds efficient and affluent partners.",
            "Five final offers of staff are filed by the first official.",
            "A flat fee of fifty euros is sufficient for different fields.",
        )),
        _ligatures,
    ),
    Sample(
        "kangxi-forms", "letters", "operators",
        Shown((
            "三月四日に山と川と水の会議を行う。",
            "火曜日と金曜日は長い会議です。",
            "人と土と木の年、大小の高山。",
        )),
        lambda s: _named_otherwise(_RADICALS, s),
    ),
    Sample(
        "named-by-code", "letters", "operators", Shown(japanese(14, 5)), _named_by_code
    ),
    Sample(
        "nameless-line", "letters", "operators",
        Shown(english(3, 5), told=(("lost", "page 1"),)), _nameless,
    ),
    Sample("spread-letters", "letters", "operators", Shown(english(25, 5)), _spaced),
    Sample("letter-by-letter", "letters", "reportlab", Shown(english(19, 5)), _letter_by_letter),
    Sample("drop-cap", "letters", "reportlab", Shown(english(2, 5)), _drop_cap),
)  # fmt: skip
