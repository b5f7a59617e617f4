# pyright: reportUnknownMemberType=false
"""PDF: letters: scripts, letters that fonts do not name, normal forms; forms; pictures."""

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.evals.documents import objects
from tests.unit.ingest.load.pdf_files import MINCHO, drawn, kinds, read, script, text_of, written

from aspire_ingest.errors import LoadError
from aspire_ingest.load.pdf.words.words import normalized


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([("It is 3 x 10", 0), ("6", 4), (" yen.", 0)], "It is 3 x 10^6 yen."),
        ([("It is 10", 0), ("-3", 4), (" m.", 0)], "It is 10^-3 m."),
        ([("At most 500", 0), ("1", 4), (" euros.", 0)], "At most 500 (note 1) euros."),
        ([("At most 500", 0), ("1)", 4), (" euros.", 0)], "At most 500 (note 1) euros."),
        ([("At most 500", 0), ("*1", 4), (" euros.", 0)], "At most 500 (*1) euros."),
        ([("At most 500", 0), ("a", 4), (" euros.", 0)], "At most 500 (note a) euros."),
        ([("At most 500", 0), ("1,2", 3), (".", 0)], "At most 500 (note 1,2)."),
        ([("fifteen years ago", 0), ("2", 4), (".", 0)], "fifteen years ago (note 2)."),
        ([("The 1", 0), ("st", 4), (" of May", 0)], "The 1st of May"),
        ([("Less CO", 0), ("2", -3), (" in the air", 0)], "Less CO2 in the air"),
        ([("A room of 20 m", 0), ("2", 4), (" is free", 0)], "A room of 20 m^2 is free"),
        ([("At most 10", 0), ("1", 2.5), (" euros.", 0)], "At most 10 (note 1) euros."),
    ],
)
def test_raised_and_lowered_letters(parts: list[tuple[str, float]], text: str) -> None:
    assert text_of(lambda canvas: script(canvas, 60, 700, *parts)) == text


def test_a_mark_after_ten_is_that_of_the_note_below() -> None:
    def page(canvas: Canvas) -> None:
        script(canvas, 60, 700, ("At most 10", 0), ("1", 4), (" trips a year.", 0))
        script(canvas, 60, 100, ("1", 4), (" Trips of one day are not counted.", 0))

    text = text_of(page)
    assert "At most 10 (note 1) trips a year." in text
    assert "1 Trips of one day are not counted." in text


def test_japanese_marks_of_notes_do_not_join_amounts() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 11)
        canvas.drawString(60, 700, "上限は500万円")
        x = 60 + canvas.stringWidth("上限は500万円", MINCHO, 11)
        canvas.setFont(MINCHO, 6)
        canvas.drawString(x, 705, "注1")
        x += canvas.stringWidth("注1", MINCHO, 6)
        canvas.setFont(MINCHO, 11)
        canvas.drawString(x, 700, "とする。")

    assert text_of(page) == "上限は500万円(注1)とする。"


def test_letters_are_what_a_reader_takes_them_for() -> None:
    assert normalized("⽇⽉⻑ ﬁ") == "日月長 fi"
    assert normalized("神﨑 ｶﾅ ①") == "神﨑 ｶﾅ ①"
    assert normalized("\uf0b7\uf0fe") == "•☑"
    assert normalized("\ue123\x01") == "\ufffd\ufffd"


def nameless(*lines: tuple[str, str]) -> bytes:
    """A page whose font F2 has no names for its letters; each line has its font and content."""
    content = "".join(
        f"BT /{font} 11 Tf 60 {770 - 20 * at} Td {text} Tj ET "
        for at, (font, text) in enumerate(lines)
    )
    return written(
        "<</Type/Catalog/Pages 2 0 R>>",
        content,
        "/Font<</F1 5 0 R/F2 6 0 R>>",
        "<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[7 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Own/FontDescriptor 8 0 R"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        "<</Type/FontDescriptor/FontName/Own/Flags 4/FontBBox[0 0 1000 1000]>>",
    )


def test_lines_in_nameless_letters_are_lost_and_told() -> None:
    good = ("F1", "(The grant is 500,000 yen for every project.)")
    parsed = read(nameless(good, ("F2", "<000300040005000600070008>"), good))
    assert "cid" not in parsed.text
    assert "\ufffd" not in parsed.text
    assert parsed.text.count("500,000 yen") == 2
    assert kinds(parsed) == [("lost", "page 1")]


def test_a_file_in_nameless_letters_is_refused() -> None:
    with pytest.raises(LoadError, match="fonts do not name"):
        read(nameless(("F2", "<000300040005000600070008>")))


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 60, 60, 400, 600)  # pyright: ignore[reportUnknownMemberType]


def test_pages_that_are_pictures_are_told_together() -> None:
    def words(canvas: Canvas) -> None:
        canvas.drawString(
            60, 700, "The pages behind this cover are a scan of the signed letter, as it is."
        )

    parsed = read(drawn(words, picture, picture, words, picture))
    assert [(r.kind, r.what, r.where) for r in parsed.remarks] == [
        ("lost", "a page that is a picture; to have it read: set ASPIRE_OCR=auto", "pages 2-3, 5")
    ]


def test_values_and_ticks_of_a_form_stand_beside_their_labels() -> None:
    def page(canvas: Canvas) -> None:
        form = canvas.acroForm
        canvas.drawString(60, 770, "Amount granted (yen):")
        form.textfield(name="amount", x=220, y=764, width=120, height=18, value="2,340,000")
        canvas.drawString(60, 740, "Country:")
        form.choice(
            name="land",
            x=220,
            y=734,
            width=120,
            height=18,
            options=["Japan", "Norway"],
            value="Norway",
        )
        for name, y, ticked in (("Travel", 700, False), ("Equipment", 680, True)):
            canvas.drawString(85, y, f"{name} is covered")
            form.checkbox(name=name, x=60, y=y - 5, size=16, checked=ticked)
        canvas.drawString(60, 640, "Secret:")
        form.textfield(
            name="hidden",
            x=220,
            y=634,
            width=120,
            height=18,
            value="7,000",
            annotationFlags="hidden",
        )

    parsed = read(drawn(page))
    assert parsed.text.split("\n\n") == [
        "Amount granted (yen): 2,340,000",
        "Country: Norway",
        "☐ Travel is covered",
        "☑ Equipment is covered",
        "Secret:",
    ]
    assert kinds(parsed) == [("hidden", "page 1")]


@pytest.mark.parametrize("flag", ["hidden", "noview"])
def test_only_filled_fields_are_told_as_hidden(flag: str) -> None:
    def page(canvas: Canvas, *, is_filled: bool) -> None:
        form = canvas.acroForm
        canvas.drawString(60, 700, "Amount granted (yen):")
        value = "7,000" if is_filled else ""
        form.textfield(name="amount", x=220, y=694, value=value, annotationFlags=flag)
        form.checkbox(name="box", x=60, y=640, checked=is_filled, annotationFlags=flag)

    filled = read(drawn(lambda canvas: page(canvas, is_filled=True)))
    assert filled.text == "Amount granted (yen):"
    assert [remark.what for remark in filled.remarks] == ["filled fields that are not shown: 2"]
    assert read(drawn(lambda canvas: page(canvas, is_filled=False))).remarks == ()


def test_passwords_and_push_buttons_are_no_text() -> None:
    def page(canvas: Canvas) -> None:
        form = canvas.acroForm
        canvas.drawString(60, 700, "Word:")
        form.textfield(name="word", x=120, y=694, value="opensesame", fieldFlags="password")
        form.checkbox(name="send", x=60, y=640, checked=True, fieldFlags="pushButton")

    assert text_of(page) == "Word:"


def test_struck_words_are_left_out_and_told() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "The ceiling is 2,000,000 3,500,000 yen.")
        x = 60 + canvas.stringWidth("The ceiling is ", "Helvetica", 11)
        canvas.line(x, 703, x + canvas.stringWidth("2,000,000", "Helvetica", 11), 703)

    parsed = read(drawn(page))
    assert parsed.text == "The ceiling is 3,500,000 yen."
    assert kinds(parsed) == [("hidden", "page 1")]


def test_rules_and_underlines_strike_nothing() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "The ceiling is 3,500,000 yen.")
        canvas.line(60, 698.5, 120, 698.5)
        canvas.line(40, 703, 500, 703)
        canvas.line(60, 712, 200, 712)

    assert text_of(page) == "The ceiling is 3,500,000 yen."


def test_a_typed_note_is_read_and_a_broken_field_is_passed_over() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Name:")
        canvas.freeTextAnnotation("Mariko Example", "/Helv 11 Tf", Rect=[120, 694, 260, 712])

    data = drawn(page)
    assert read(data).text == "Name: Mariko Example"
    assert read(data.replace(b"/Rect", b"/Rekt")).text == "Name:"


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier-Bold"])
def test_the_euro_sign_of_a_standard_font_is_as_wide_as_it_is_drawn(font: str) -> None:
    """Else a mark after it would seem to stand apart from it, or in it."""

    def page(canvas: Canvas) -> None:
        x = 60.0
        for text, size, rise in (("€" * 20, 11, 0), ("2", 5, 4), (" a year.", 11, 0)):
            canvas.setFont(font, size)
            canvas.drawString(x, 700 + rise, text)
            x += canvas.stringWidth(text, font, size)

    assert text_of(page) == f"{'€' * 20} (note 2) a year."


def test_a_font_that_says_how_wide_its_letters_are_is_believed() -> None:
    font = (
        "<</Type/Font/Subtype/TrueType/BaseFont/Own/Encoding/WinAnsiEncoding/FirstChar 128"
        "/LastChar 128/Widths[1000]/FontDescriptor<</Type/FontDescriptor/FontName/Own/Flags 32"
        "/FontBBox[0 0 1000 1000]/MissingWidth 500>>>>"
    )
    content = "BT /F4 10 Tf 60 700 Td <80808080808080808080> Tj /F1 5 Tf 100 4 Td (2) Tj ET"
    assert read(objects.written([content], "", font)).text == f"{'€' * 10} (note 2)"


@pytest.mark.parametrize(
    ("entries", "shown"),
    [
        ("/V(2)/Opt[[(1)(Lugano)][(2)(Chur)]]", "Chur"),
        ("/V[(1)(2)]/Opt[[(1)(Lugano)][(2)(Chur)]]", "Lugano, Chur"),
        ("/V(Chur)/Opt[(Lugano)(Chur)]", "Chur"),
        ("/V(other)/Opt[[(1)(Lugano)][(2)]]", "other"),
        ("/V(2)/Opt[[(2)(Chur)]]/FT/Tx", "2"),
        ("/V(2)/Opt[3[(2)(Chur)]]", "Chur"),
        ("/V(2)/Opt 7", "2"),
        ("/V(2)", "2"),
        ("/V(2)/Parent<</Opt[[(2)(Chur)]]>>", "Chur"),
    ],
)
def test_a_list_shows_what_it_calls_its_values(entries: str, shown: str) -> None:
    kind = "" if "/FT" in entries else "/FT/Ch"
    field = f"<</Type/Annot/Subtype/Widget/T(a)/F 4{kind}/Rect[60 640 300 658]{entries}>>"
    data = objects.written(
        [objects.line("Town of arrival", 60, 700)], "", field,
        page="/MediaBox[0 0 595 842]/Annots[10 0 R]", catalog="/AcroForm<</Fields[10 0 R]>>",
    )  # fmt: skip
    assert read(data).text == f"Town of arrival\n\n{shown}"
