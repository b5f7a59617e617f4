"""DOCX, PPTX and XLSX."""

import io
from dataclasses import replace

import docx
import openpyxl
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from tests.hostile import entity_bomb, lying_zip_bomb, sheet, slides, word, zip_bomb
from tests.unit.ingest.load.packages import archive

from aspire_ingest.errors import LoadError
from aspire_ingest.load.archive import MAX_PARTS, check_package
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.sheets import document as sheets_module
from aspire_ingest.load.slides import document as slides_module
from aspire_ingest.load.types import LoadOptions
from aspire_ingest.load.word import document as word_module


def _append(paragraph: Paragraph, xml: str) -> None:
    """Put XML into a paragraph that python-docx has no call for."""
    paragraph._p.append(parse_xml(xml))  # pyright: ignore[reportPrivateUsage] - no public name


def raw(data: bytes, options: LoadOptions | None = None) -> Raw:
    return Raw(name="x", data=data, options=options or LoadOptions())


def read_word(document: WordDocument) -> Parsed:
    buffer = io.BytesIO()
    document.save(buffer)
    return word_module.parse(raw(buffer.getvalue()))


def test_word_blocks_become_markdown_blocks() -> None:
    parsed = word_module.parse(raw(word("A sentence.")))
    assert parsed.stated.title == "Programme guide"
    assert parsed.text == (
        "# Programme guide\n\n## Goals\n\nA sentence.\n\n- first\n- second\n\n"
        "| Field | Officer |\n| --- | --- |\n| Energy | Mariko |"
    )


def test_numbered_lists_and_merged_cells() -> None:
    document = docx.Document()
    for text in ("one", "two"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(rows=3, cols=2)
    for row, texts in enumerate((("A", "B"), ("x", "1"), ("", "2"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    text = read_word(document).text
    assert text.endswith("| A | B |\n| --- | --- |\n| x | 1 |\n| x | 2 |")
    assert "one" in text.split("\n")[0]


def test_links_and_insertions_are_text_and_deletions_are_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    _append(paragraph, f"<w:hyperlink {nsdecls('w')}><w:r><w:t>the page</w:t></w:r></w:hyperlink>")
    _append(paragraph, f"<w:del {nsdecls('w')}><w:r><w:t>gone</w:t></w:r></w:del>")
    _append(paragraph, f"<w:ins {nsdecls('w')}><w:r><w:t> now</w:t></w:r></w:ins>")
    assert read_word(document).text == "See the page now"


def test_footnotes_follow_their_paragraph() -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415
    from docx.opc.packuri import PackURI  # noqa: PLC0415
    from docx.opc.part import Part  # noqa: PLC0415

    document = docx.Document()
    paragraph = document.add_paragraph("A rule.")
    _append(paragraph, f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>')
    document.add_paragraph("Next.")
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>An exception.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert read_word(document).text == "A rule.*1\n\n*1 An exception.\n\nNext."


def test_slides_give_titles_lists_notes_and_pages() -> None:
    parsed = slides_module.parse(
        replace(raw(slides("A sentence.")), options=LoadOptions(with_notes=True))
    )
    assert parsed.text == "## Goals\n\n- A sentence.\n- second\n\nSay this slowly."
    assert (parsed.page_starts, parsed.stated.title) == ((0,), "Goals")


def test_sheets_give_captions_tables_and_plain_numbers() -> None:
    text = sheets_module.parse(raw(sheet("Yes."))).text
    assert text == (
        "## Ceilings\n\nTable 1. Ceilings\n\n| Type | Ceiling | Remark |\n| --- | --- | --- |\n"
        "| Top | 450 | Yes. |"
    )


def test_an_empty_sheet_is_an_error() -> None:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    with pytest.raises(LoadError, match="no values"):
        sheets_module.parse(raw(buffer.getvalue()))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zip_bomb(24 * 2**20), "zip bomb"),
        (lying_zip_bomb(), "damaged"),
        (entity_bomb(), "entities"),
        (word()[:2000], "damaged"),
        (b"", "damaged"),
    ],
)
def test_bombs_and_damage_are_refused_before_parsing(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        check_package(raw(data))


def test_entities_in_wide_letters_and_too_many_parts_are_refused() -> None:
    wide = archive({"a.xml": "<!DOCTYPE x><x/>".encode("utf-16")})
    with pytest.raises(LoadError, match="entities"):
        check_package(raw(wide))
    with pytest.raises(LoadError, match="parts, over the limit"):
        check_package(raw(archive({str(number): "" for number in range(MAX_PARTS + 1)})))


def test_the_unpacked_size_is_limited() -> None:
    check_package(raw(word()))
    with pytest.raises(LoadError, match="over the limit"):
        check_package(raw(word(), LoadOptions(max_unpacked_bytes=10_000)))
