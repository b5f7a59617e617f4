"""A sum or a name in a question finds passages that write it in another way."""

from itertools import permutations

import pytest
from tests.memory_index import MemoryIndex
from tests.unit.bot.answering.made import index, info

from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.message.query.rewrite import Rewriter
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_bot.answering.types import Question
from aspire_ingest.index.text.analysis import analyze

REWRITER = Rewriter(load_glossary(None, analyze), Spelling())
SUMS = (
    (
        "一億二千万円",
        "1億2,000万円",
        "120百万円",
        "JPY 120 million",
        "120 million yen",
        "１．２億円",
    ),
    ("EUR 1.5 million", "1,500,000 euros", "150万ユーロ", "€1.5M", "1.500.000 EUR"),
    ("3,500千円", "350万円", "3.5 million yen", "三百五十万円", "¥3,500,000"),
    ("7,400万", "74 million", "74,000,000"),
)
OTHERS = (
    ("萩助成の総額は一億三千万円である。", "hagi"),
    ("蘭助成の総額は12億円である。", "ran"),
    ("梅助成の総額は35万円である。", "ume"),
    ("楡助成の総額は1,500,000円である。", "nire"),
)


def _held(text: str, language: str = "ja") -> MemoryIndex:
    others = [(one, info(name, language="ja", title=name)) for one, name in OTHERS]
    return index(*others, (text, info("wanted", language=language, title="Camellia")))


def _first(question: str, held: MemoryIndex, language: str = "ja") -> tuple[Query, str]:
    """The query, and the document that its words find first."""
    query = REWRITER.rewrite(Question(text=question), held)
    found = held.search_words(
        query.terms[language], language=language, audiences=frozenset(("public",)), k=10
    )
    return query, held.document_ids([found[0].passage_id])[0] if found else ""


@pytest.mark.parametrize(
    ("asked", "stored"), [pair for ways in SUMS for pair in permutations(ways, 2)]
)
def test_a_sum_is_a_need_that_any_writing_meets(asked: str, stored: str) -> None:
    held = _held(f"椿助成の総額は{stored}である。")
    query, first = _first(f"総額が{asked}の助成はどれですか", held)
    assert first == "wanted"
    query_terms = [query_term for query_term in query.query_terms if query_term.is_strict]
    assert len(query_terms) == 1
    assert query_terms[0].is_met(frozenset(analyze(f"総額は{stored}である", "ja")), "ja")
    for other, _ in OTHERS:
        assert not query_terms[0].is_met(frozenset(analyze(other, "ja")), "ja"), other


@pytest.mark.parametrize("stored", SUMS[0])
@pytest.mark.parametrize("asked", ["¥120,000,000", "120 million yen", "JPY 120M"])
def test_a_sum_is_found_across_languages(asked: str, stored: str) -> None:
    query, first = _first(f"Which grant totals {asked}?", _held(f"総額は{stored}である。"))
    assert first == "wanted"
    assert all(query_term.surface == "" for query_term in query.query_terms if query_term.is_strict)


def test_a_sum_without_its_currency_is_met_by_one_with_it_and_the_other_way() -> None:
    held = _held("The grant totals 120 million yen.", "en")
    for asked, stored in (("1億2,000万", "120 million yen"), ("120 million yen", "1億2千万")):
        query, first = _first(f"What is the grant of {asked}?", held, "en")
        assert first == "wanted"
        (query_term,) = [query_term for query_term in query.query_terms if query_term.is_strict]
        assert query_term.is_met(frozenset(analyze(f"It totals {stored}.", "en")), "en")
    query, _ = _first("What is the grant of 120 million yen?", held)
    (query_term,) = [query_term for query_term in query.query_terms if query_term.is_strict]
    assert not query_term.is_met(frozenset(analyze("It totals 120 million dollars.", "en")), "en")


@pytest.mark.parametrize(
    ("question", "word"),
    [("Are 30 percent paid?", "30"), ("Is it 5 days?", "5"), ("課題4は？", "4")],
)
def test_other_numbers_stay_words(question: str, word: str) -> None:
    query, _ = _first(question, _held("30 percent of 5 days, theme 4.", "en"))
    assert any(query_term.surface == word for query_term in query.query_terms)


@pytest.mark.parametrize(
    ("asked", "stored", "is_met"),
    [
        ("斉藤", "斎藤", True),
        ("齊藤", "齋藤", True),
        ("斎木", "齊木", True),
        ("山碕", "山﨑", True),
        ("髙橋", "高橋", True),
        ("渡部", "渡辺", False),
        ("椙山", "杉山", False),
    ],
)
def test_a_name_that_no_document_has_is_tried_in_its_other_spelling(
    asked: str, stored: str, *, is_met: bool
) -> None:
    text = f"会計の担当は{stored}である。"
    query, _ = _first(f"{asked}の担当は何ですか", _held(text))
    terms = frozenset(analyze(text, "ja"))
    (name,) = analyze(asked, "ja")
    (query_term,) = [one for one in query.query_terms if frozenset((name,)) in one.names["ja"]]
    assert query_term.is_met(terms, "ja") is is_met


def test_a_name_that_a_document_has_is_not_taken_for_another() -> None:
    held = _held("広報の担当は斉藤、会計の担当は斎藤である。")
    query, _ = _first("斉藤の担当は何ですか", held)
    (query_term,) = [one for one in query.query_terms if frozenset(("斉藤",)) in one.names["ja"]]
    assert query_term.names["ja"] == (frozenset(("斉藤",)),)
