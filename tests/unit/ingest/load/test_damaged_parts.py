"""What is wrong in one place of an Office file costs that place, not the file."""

import pytest
from tests.evals.documents import sheets as books
from tests.evals.documents import slides as decks
from tests.evals.documents import word as texts
from tests.evals.documents.xml_parts import OFFICE, package, relations

from aspire_ingest.load.encoding.encoding import decode
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.sheets import document as sheets
from aspire_ingest.load.slides import document as slides
from aspire_ingest.load.word import document as word
from aspire_ingest.load.writing.limits import MAX_COLUMNS

_GOOD = (
    f'<row r="1">{books.inline("A1", "Town")}{books.inline("B1", "Yen")}</row>'
    f'<row r="2">{books.inline("A2", "Arles")}<c r="B2"><v>640</v></c></row>'
)


def remarks(parsed: Parsed) -> list[tuple[str, str]]:
    return [(one.kind, one.what) for one in parsed.remarks]


def read_book(rows: str, after: str = "") -> Parsed:
    return sheets.parse(Raw(name="x", data=books.by_hand(rows, after=after)))


@pytest.mark.parametrize("reference", ["", "B", "A0:", "1A:2B", "Data!A1:B2", "A1:B2:C3"])
def test_a_merged_range_that_names_no_cells_is_told(reference: str) -> None:
    after = f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    parsed = read_book(_GOOD, after)
    assert "| Arles | 640 |" in parsed.text
    assert ("doubtful", "1 merged range that cannot be read") in remarks(parsed)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="??"><v>1</v></c>',
        '<c r="C2" t="s"><v>12</v></c>',
        '<c r="C2"><v>12..5</v></c>',
        '<c r="C2" t="s"><v>one</v></c>',
    ],
)
def test_a_cell_that_is_not_what_it_says_is_told(cell: str) -> None:
    parsed = read_book(_GOOD.replace("</row>", f"{cell}</row>").replace("C2", "C1", 1))
    assert "| Arles | 640 |" in parsed.text
    assert remarks(parsed) == [("lost", "2 cells that cannot be read")]


def test_rows_and_columns_of_no_number_are_told() -> None:
    row = f'<row r="-3">{books.inline("A3", "Nimes")}<c r="B3"><v>7</v></c></row>'
    parsed = read_book(_GOOD + row, '<cols><col min="x" max="2" hidden="1"/></cols>')
    assert "| Nimes | 7 |" in parsed.text
    assert remarks(parsed) == [
        ("doubtful", "1 row whose number cannot be read"),
        ("doubtful", "1 column setting that cannot be read"),
    ]


def _with_chunk(target: str, data: str | bytes) -> Parsed:
    body = texts.p("Before.") + '<w:altChunk r:id="c"/>' + texts.p("After.")
    spaces = (
        f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}"'
    )
    data = package(
        {
            "_rels/.rels": relations({"a": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations({"c": ("aFChunk", target)}),
            f"word/{target}": data,
        }
    )
    return word.parse(Raw(name="x", data=data))


def test_files_that_a_document_takes_in_stand_at_their_place() -> None:
    rtf = _with_chunk("a.rtf", r"{\rtf1 Rail {\strike 9} 12 yen.\par}")
    assert rtf.text == "Before.\n\nRail 12 yen.\n\nAfter."
    assert remarks(rtf) == [("hidden", "1 struck passage")]
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/html\r\n\r\n<html><body><p>Hosts sign in May.</p></body></html>\r\n"
        "--b--\r\n"
    )
    assert _with_chunk("a.mht", archive).text == "Before.\n\nHosts sign in May.\n\nAfter."


@pytest.mark.parametrize(
    ("target", "data"),
    [
        ("a.html", ""),
        ("a.html", "<html><body></body></html>"),
        ("a.docx", b"PK\x03\x04 cut off"),
        ("a.bin", b"\x00\x01\x02" * 50),
        ("a.xlsx", books.by_hand(_GOOD)),
    ],
)
def test_files_taken_in_that_cannot_be_read_are_lost_and_told(
    target: str, data: str | bytes
) -> None:
    parsed = _with_chunk(target, data)
    assert parsed.text == "Before.\n\nAfter."
    assert remarks(parsed) == [("lost", "1 embedded file")]


def test_a_file_in_a_file_in_a_file_is_not_looked_into() -> None:
    body = texts.p("Middle.") + '<w:altChunk r:id="c"/>'
    middle = texts.by_hand(body)
    parsed = _with_chunk("a.docx", middle)
    assert parsed.text == "Before.\n\nMiddle.\n\nAfter."
    assert remarks(parsed) == [("lost", "1 embedded file")]


def test_a_word_table_is_cut_at_the_limit_and_that_is_told() -> None:
    wide = texts.table(texts.row(*[f"c{number}" for number in range(MAX_COLUMNS + 3)], "z"))
    parsed = word.parse(Raw(name="x", data=texts.by_hand(wide + texts.p("End."))))
    assert f"c{MAX_COLUMNS - 1} |" in parsed.text
    assert f"c{MAX_COLUMNS}" not in parsed.text
    assert remarks(parsed) == [("lost", "4 cells too far right")]


def read_deck(case_name: str) -> Parsed:
    case = next(case for case in decks.CASES if case.name == case_name)
    return slides.parse(Raw(name="x", data=case.make()))


def test_white_text_is_left_out_only_where_white_lies_behind_it() -> None:
    pale = read_deck("pale.pptx")
    assert "ignored white words" not in pale.text
    assert remarks(pale) == [("hidden", "1 text too faint or small to see")]
    for name in ("over-dark.pptx", "dark-deck.pptx", "dark-theme.pptx", "layout-bar.pptx"):
        assert remarks(read_deck(name)) == [], name


@pytest.mark.parametrize(
    "text",
    [
        "He wrote “yes” twice.",
        "It’s the host’s part.",
        "Fällig am 3. Mai: 20 € für Übernachtung",
        "Le séjour dure à peine un mois",
        "Don’t apply before you’ve read this.",
    ],
)
def test_short_western_texts_of_windows_are_read(text: str) -> None:
    assert decode(text.encode("cp1252"), "x") == text


@pytest.mark.parametrize(
    "text", ["都年", "東京都の年度計画", "A社は都内、B社は同年", "募集 (年2回)"]
)
def test_short_japanese_texts_stay_japanese(text: str) -> None:
    assert decode(text.encode("cp932"), "x") == text
