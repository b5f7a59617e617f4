"""What the reader is given."""

from aspire_bot.answering.reader.encode import (
    ReaderText,
    digest_text,
    passage_text,
    question_text,
)
from aspire_ingest.index import Document, DocumentInfo
from aspire_ingest.index.text.table_rows import row_cells
from aspire_ingest.split import split_document

_TABLE = """# Rates

Table 1. Daily rates

| Kind | Rate |
|---|---|
| Student | 100 |
| Guest | |

Fields are:

- energy
- bio
"""


def _read(text: str, **known: str) -> list[ReaderText]:
    info = DocumentInfo(document_id="d", source="d.md", title="Guide", language="en", **known)  # pyright: ignore[reportArgumentType]
    document = Document(info=info, text=text)
    return [passage_text(info, passage) for passage in split_document(document)]


def _sentences(read: ReaderText) -> list[str]:
    return [read.text[start:end] for start, end in read.spans]


def test_a_row_is_read_with_its_headers_and_empty_cells_left_out() -> None:
    said = [sentence for read in _read(_TABLE) for sentence in _sentences(read)]
    assert "Kind: Student; Rate: 100" in said
    assert "Kind: Guest" in said


def test_a_row_under_an_empty_corner_is_read_with_its_headers() -> None:
    (read,) = _read("| | Short | Long |\n|---|---|---|\n| Tokyo | 9 | 8 |\n")
    assert _sentences(read)[-1] == "Tokyo; Short: 9; Long: 8"


def test_title_headings_date_and_edition_stand_before_the_text() -> None:
    (read,) = _read("## Travel\n\nPaid.", published="2025-04-01", edition="FY2025")
    assert read.text == "passage: Guide · Travel · 2025-04-01 · FY2025\nPaid."
    assert _sentences(read) == ["Paid."]


def test_years_are_those_of_the_calendar_in_the_question_and_in_what_is_read() -> None:
    assert question_text("25年度の締切は", ["R8の上限は"]).text.endswith(
        "2026年度の上限は / 2025年度の締切は"
    )
    text = "## 令和7年度\n\n令和7年4月1日から。\n\n"
    text += "| 令和7年度 | 締切 |\n|---|---|\n| 令和8年度 | R8.6.1 |\n"
    (read,) = _read(text)
    assert "2025年度" in read.text.split("\n")[0]
    assert _sentences(read)[0] == "2025年4月1日から。"
    assert _sentences(read)[-1] == "2025年度: 2026年度; 締切: 2026.6.1"


def test_sentences_of_several_passages_stand_under_short_titles() -> None:
    info = DocumentInfo(
        document_id="d", source="d.md", title="Guide " * 40, language="en", edition="FY2025"
    )
    text = "## Travel\n\nPaid. Not by air. Up to 100 euros."
    (passage,) = split_document(Document(info=info, text=text))
    old = DocumentInfo(document_id="e", source="e.md", title="Old guide", language="en")
    read = digest_text([(info, passage, [0, 2]), (old, passage, [1])])
    assert _sentences(read) == ["Paid.", "Up to 100 euros.", "Not by air."]
    first, second = read.text.split("\n\n")
    assert first.startswith("passage: Guide Guide")
    assert first.endswith("· Travel · FY2025\nPaid.\nUp to 100 euros.")
    assert len(first) < 160
    assert second == "Old guide · Travel\nNot by air."


def test_eight_long_sentences_of_either_language_are_cut_to_be_read() -> None:
    for letter, most in (("x", 300), ("長", 150)):
        info = DocumentInfo(document_id="d", source="d.md", title="Guide", language="en")
        (passage,) = split_document(Document(info=info, text=letter * 400))
        assert set(map(len, _sentences(digest_text([(info, passage, [0])])))) == {most}


def test_every_sentence_has_its_place() -> None:
    text = "First one.  Second\none. " * 3
    for read in _read(text):
        assert set(_sentences(read)) == {"First one.", "Second one."}


def test_the_conversation_stands_before_the_question_and_is_cut_first() -> None:
    read = question_text("And  in\n2026?", ["Who won?", " ", "When?"])
    assert read.text == "query: Who won? / When? / And in 2026?"
    assert read.spans == ()
    long = question_text("x" * 5000 + " why?", ["y" * 900])
    assert long.text.endswith(" why?")
    assert long.text.count("y") == 1 + 200 + 1  # of "query", and of "why"


def test_cells_of_a_row() -> None:
    assert row_cells("| a | b c |") == ["a", "b c"]
    assert row_cells("a | b") == ["a", "b"]
    assert row_cells("| a | |") == ["a", ""]
