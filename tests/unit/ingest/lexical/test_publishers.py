"""A document is found, and named, by the agency that publishes it, though its text names none."""

from pathlib import Path

import pytest
from tests.memory_words import query_terms

from aspire_ingest.index.text.annotate import annotate, title_terms
from aspire_ingest.index.types import Document, DocumentInfo, Passage, Sentence
from aspire_ingest.index.words.tantivy_words import WordIndex, WordIndexWriter
from aspire_ingest.index.words.types import entries_of

TEXTS = {
    "North Coast Science Fund (NCSF)": "A team gets two million yen a year.",
    "東都科学基金（TTKF）": "チームには年200万円を支給します。",
    "Southern Board of Science": "A team gets three million yen a year.",
    None: "A team gets four million yen a year.",
}


def _info(publisher: str | None) -> DocumentInfo:
    language = "en" if (publisher or "a").isascii() else "ja"
    return DocumentInfo(
        document_id=publisher or "none",
        source="",
        title="Team grants",
        language=language,
        publisher=publisher,
    )


def _passage(info: DocumentInfo, text: str) -> Passage:
    whole = Sentence(start=0, end=len(text))
    return Passage(
        passage_id=info.document_id,
        document_id=info.document_id,
        start=0,
        end=len(text),
        text=text,
        sentences=(whole,),
    )


@pytest.mark.parametrize(
    ("asked", "language", "publisher"),
    [
        ("team grants of NCSF", "en", "North Coast Science Fund (NCSF)"),
        ("TTKFのチームの支給額", "ja", "東都科学基金（TTKF）"),
    ],
)
def test_it_is_found_by_the_acronym_of_its_publisher(
    asked: str, language: str, publisher: str, tmp_path: Path
) -> None:
    with WordIndexWriter(tmp_path) as writer:
        for by, text in TEXTS.items():
            info = _info(by)
            writer.add(entries_of(info, [_passage(info, text)]))
        writer.commit()
    with WordIndex(tmp_path) as index:
        found = index.search(query_terms(asked, language), audiences=("public",), k=4)
    assert found[0].passage_id == publisher


def test_its_passages_name_the_acronym_and_no_other_word_of_its_publisher() -> None:
    info = _info("North Coast Science Fund (NCSF)")
    text = TEXTS[info.publisher]
    (passage,) = annotate(Document(info=info, text=text), [_passage(info, text)])
    assert "ncsf" in passage.context_terms
    assert not {"north", "coast", "scienc"} & passage.context_terms


def test_what_the_title_names_is_named_once() -> None:
    info = DocumentInfo(
        document_id="d", source="", title="NCSF grants", language="en", publisher="NCSF"
    )
    assert title_terms(info).count("ncsf") == 1
