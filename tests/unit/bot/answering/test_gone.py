"""Pages that are gone from their site, and pages that name their translation."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import EMBEDDER, index, info, query

from aspire_bot.answering.quotes.translations import is_translation
from aspire_bot.answering.search.sentences import SentenceQuery, sentences_of
from aspire_bot.answering.types import ScoredPassage


def test_a_page_names_its_translation_wherever_that_is() -> None:
    english = replace(
        info("a", url="https://example.org/news/17"),
        translations=("https://example.org/oshirase/4",),
    )
    japanese = info("b", url="https://example.org/oshirase/4", language="ja")
    assert is_translation(english, japanese)
    assert is_translation(japanese, english)
    assert not is_translation(replace(english, translations=()), japanese)
    assert not is_translation(english, replace(japanese, language="en"))


def test_documents_of_one_file_are_no_translations_for_that() -> None:
    stay = info("stay-rules", source="data/all.jsonl")
    fees = info("hiyou", source="data/all.jsonl", language="ja")
    assert not is_translation(stay, fees)
    assert is_translation(stay, replace(fees, document_id="stay-rules-ja"))
    assert is_translation(stay, replace(fees, source="data/all_ja.jsonl"))


@pytest.mark.parametrize("gone", ["a", "b"])
def test_what_stands_answers_before_what_is_gone(gone: str) -> None:
    texts = {"a": "Travel is paid up to 30 percent of the budget.",
             "b": "Travel is paid up to 45 percent of the budget."}  # fmt: skip
    made = index(
        *(
            (text, replace(info(name), gone_since="2026-03-01" if name == gone else None))
            for name, text in texts.items()
        )
    )
    ranking = [
        ScoredPassage(passage=passage, document=document, score=1.0, rank=rank)
        for rank, document in enumerate(made.documents().values(), start=1)
        for passage in made.passages_of(document.document_id)
    ]
    vector = EMBEDDER.embed_query("travel")
    sentence_query = SentenceQuery(query=query("What share is paid?"), vector=vector, outdated={})
    current = {
        one.passage.document.document_id: one.signals.is_current
        for one in sentences_of(sentence_query, ranking, made)
    }
    assert current == {"a": 1.0, "b": 1.0, gone: 0.0}
