"""Bullets, icons and letters of sign fonts that say something: in every format that has them."""

import io

import openpyxl
import pptx
import pytest
from lxml import etree
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from pptx.util import Inches
from reportlab.pdfgen.canvas import Canvas
from tests.unit.ingest.load.packages import archive, numbered, p, r, word_file
from tests.unit.ingest.load.pdf_files import read, text_of, written

from aspire_ingest.load.html import document as pages
from aspire_ingest.load.opendocument import document as opendocument
from aspire_ingest.load.parse_result import Raw
from aspire_ingest.load.richtext import document as richtext
from aspire_ingest.load.sheets import document as sheets
from aspire_ingest.load.slides import document as slides
from aspire_ingest.load.word import document as word
from aspire_ingest.load.writing.bullet_signs import bullet_sign, saying_bullet
from aspire_ingest.load.writing.symbol_fonts import in_signs, name_of_symbol_font

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def raw(data: bytes) -> Raw:
    return Raw(name="x", data=data)


@pytest.mark.parametrize(
    ("written_as", "font", "sign"),
    [
        ("\uf0fc", "Wingdings", "✓"),
        ("\uf0fb", "", "✗"),
        ("ü", "Wingdings", "✓"),
        ("ü", "Arial", "ü"),
        ("O", "Wingdings 2", "✗"),
        ("8", "ZapfDingbats", "✘"),
        ("\uf0b7", "Symbol", "•"),
        ("Art.", "Wingdings", "Art."),
    ],
)
def test_a_bullet_is_the_sign_that_its_font_shows(written_as: str, font: str, sign: str) -> None:
    assert bullet_sign(written_as, font) == sign


@pytest.mark.parametrize(
    ("sign", "others", "said"),
    [
        ("✗", (), "✗"),
        ("×", (), "×"),
        ("☐", (), "☐"),
        ("•", (), ""),
        ("➢", (), ""),
        ("○", (), ""),
        ("○", ("○", "×"), "○"),
        ("△", ("×",), "△"),
        ("•", ("×",), ""),
    ],
)
def test_circles_say_something_only_beside_crosses(
    sign: str, others: tuple[str, ...], said: str
) -> None:
    assert saying_bullet(sign, others) == said


def test_letters_of_sign_fonts_are_signs_and_unknown_ones_are_counted() -> None:
    assert in_signs("ü x", "Wingdings") == ("✓ ☒", 0)
    assert in_signs("\uf0fc paid", "Arial") == ("✓ paid", 0)
    assert in_signs("\x81x", "Webdings") == ("", 2)
    assert in_signs("über", "Arial") == ("über", 0)


@pytest.mark.parametrize(
    ("font", "name"),
    [
        ("ABCDEF+Wingdings-Regular", "wingdings"),
        ("SymbolMT", "symbol"),
        ("Wingdings2", "wingdings 2"),
        ("ZapfDingbats", "zapfdingbats"),
        ("ABCDEF+Helvetica", None),
    ],
)
def test_pdf_files_name_sign_fonts_in_several_ways(font: str, name: str | None) -> None:
    assert name_of_symbol_font(font) == name


def test_word() -> None:
    def pattern(number: int, bullet: str, font: str) -> str:
        return (
            f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:numFmt '
            f'w:val="bullet"/><w:lvlText w:val="{bullet}"/><w:rPr><w:rFonts w:ascii="{font}"/>'
            "</w:rPr></w:lvl></w:abstractNum>"
        )

    signs = [("\uf0fc", "Wingdings"), ("×", "MS Mincho"), ("○", "MS Mincho"), ("o", "Courier New")]
    patterns = "".join(pattern(n, *sign) for n, sign in enumerate(signs, 1))
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, 5)
    )
    body = "".join(
        p(text, properties=numbered(n))
        for n, text in enumerate(("Travel", "Alcohol", "Books", "Plain"), 1)
    )
    data = word_file(body, numbering=patterns + lists)
    assert word.parse(raw(data)).text == "- ✓ Travel\n- × Alcohol\n- ○ Books\n- Plain"


def test_opendocument() -> None:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in (("office", "office"), ("text", "text"), ("style", "style"))
    )
    styles = "".join(
        f'<text:list-style style:name="{name}"><text:list-level-style-bullet text:level="1" '
        f'text:bullet-char="{sign}"/></text:list-style>'
        for name, sign in (("a", "✓"), ("b", "✗"), ("c", "•"))
    )
    body = "".join(
        f'<text:list text:style-name="{name}"><text:list-item><text:p>{text}</text:p>'
        "</text:list-item></text:list>"
        for name, text in (("a", "Travel"), ("b", "Alcohol"), ("c", "Plain"))
    )
    data = archive({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
    })  # fmt: skip
    assert opendocument.parse(raw(data)).text == "- ✓ Travel\n- ✗ Alcohol\n- Plain"


def test_rich_text() -> None:
    body = (
        r"{\rtf1\ansi{\fonttbl{\f0 Times;}{\f1\fcharset2 Wingdings;}{\f2\fcharset2 Symbol;}}"
        r"{\pard{\listtext\f1\'fc\tab}\ls1 Travel\par}{\pard{\pntext\f1\'fb\tab}Alcohol\par}"
        r"{\pard{\listtext\f2\'b7\tab}\ls3 Plain\par}}"
    )
    assert richtext.parse(raw(body.encode())).text == "- ✓ Travel\n- ✗ Alcohol\n- Plain"


def test_slides() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1))
    body = box.text_frame._txBody  # pyright: ignore[reportPrivateUsage] - no public name
    for paragraph in body.findall(f"{{{_A}}}p"):
        body.remove(paragraph)
    wingdings = '<a:buFont typeface="Wingdings"/><a:buChar char="{}"/>'
    paragraphs = (
        (wingdings.format("ü"), "Travel"),
        (wingdings.format("û"), "Alcohol"),
        ('<a:buChar char="•"/>', "Plain"),
        ("<a:buNone/><a:defRPr/>", "No bullet"),
    )
    inner = "".join(
        f"<a:p><a:pPr>{look}</a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>" for look, text in paragraphs
    )
    inner += (
        '<a:p><a:r><a:rPr><a:latin typeface="Wingdings"/></a:rPr><a:t>û</a:t></a:r>'
        "<a:r><a:t> Gifts</a:t></a:r></a:p>"
    )
    body.extend(etree.fromstring(f'<x xmlns:a="{_A}">{inner}</x>'))
    buffer = io.BytesIO()
    deck.save(buffer)
    text = slides.parse(raw(buffer.getvalue())).text
    assert text.endswith("- ✓ Travel\n- ✗ Alcohol\n- Plain\n- No bullet\n- ✗ Gifts")


def test_sheets() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    for row in (("Item", "Paid"), ("Travel", "ü"), ("Alcohol", "û"), ("Müll", "x")):
        page.append(list(row))
    for place in ("B2", "B3"):
        page[place].font = Font(name="Wingdings")
    page["B4"].font = Font(name="Webdings")
    buffer = io.BytesIO()
    book.save(buffer)
    parsed = sheets.parse(raw(buffer.getvalue()))
    assert "| Travel | ✓ |\n| Alcohol | ✗ |\n| Müll |" in parsed.text
    assert [(one.kind, one.what) for one in parsed.remarks] == [
        ("lost", "1 sign of a font that is not known")
    ]


@pytest.mark.parametrize(
    ("head", "list_of"),
    [
        ("<style>.no li::before{content:'✗ '}</style>", "<ul class=no><li>Alcohol</ul>"),
        ("<style>.no li:before{content:'\\2717'}</style>", "<ul class=no><li> Alcohol</ul>"),
        ("<style>.no li::marker{content:'✗ '}</style>", "<ul class=no><li>Alcohol</ul>"),
        ("", "<ul style=\"list-style-type:'✗ '\"><li>Alcohol</ul>"),
        ("", "<ul style=\"list-style:'✗' outside\"><li><p>Alcohol</p></ul>"),
        ("", "<ul><li><i class='fa fa-times' aria-hidden=true></i> Alcohol</ul>"),
    ],
)
def test_pages(head: str, list_of: str) -> None:
    filler = "<p>The office answers questions by mail and keeps the forms for all visits.</p>"
    source = f"<html><head>{head}</head><body><main>{filler}{list_of}</main></body></html>"
    assert pages.parse(raw(source.encode())).text.endswith("- ✗ Alcohol")


def test_pages_of_pdf() -> None:
    data = written(
        "<</Type/Catalog/Pages 2 0 R>>",
        "BT /Z 11 Tf 60 700 Td (4) Tj /F 11 Tf 16 0 Td (Travel costs) Tj /Z 11 Tf -16 -16 Td (8) Tj"
        " /F 11 Tf 16 0 Td (Alcohol) Tj /S 11 Tf 0 -16 Td (ab) Tj ET",
        "/Font<</F 5 0 R/Z 6 0 R/S 7 0 R>>",
        "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>",
    )
    text = read(data).text
    assert "✔ Travel costs" in text
    assert "✘ Alcohol" in text
    assert "αβ" in text


def test_circles_and_crosses_at_lines_of_a_pdf_are_kept() -> None:
    def page(canvas: Canvas, signs: tuple[str, ...]) -> None:
        for line, (sign, text) in enumerate(zip(signs, ("旅費", "酒代", "図書費"), strict=True)):
            canvas.setFont("HeiseiMin-W3", 11)
            canvas.drawString(60, 700 - 16 * line, f"{sign} {text}")

    rated = text_of(lambda canvas: page(canvas, ("○", "×", "○")))
    assert [line for line in rated.split("\n") if line] == ["- ○ 旅費", "× 酒代", "- ○ 図書費"]
    plain = text_of(lambda canvas: page(canvas, ("○", "○", "○")))
    assert plain == "- 旅費\n- 酒代\n- 図書費"


def test_a_run_in_a_sign_font_of_word_needs_no_symbol_element() -> None:
    font = '<w:rFonts w:ascii="Wingdings"/>'
    assert word.parse(raw(word_file(p(r("û", font) + r(" Alcohol"))))).text == "✗ Alcohol"
