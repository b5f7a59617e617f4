"""What of a question a text names."""

from tests.unit.bot.answering.made import evidence, query, query_term

from aspire_bot.answering.coverage import names_unmet
from aspire_bot.answering.search.search import lacks_name
from aspire_ingest.index import Document
from aspire_ingest.index.text.analysis import analyze

_FOREST = query_term("FOREST", is_strict=True, surface="FOREST")
_YEAR = query_term("2025", is_strict=True, surface="2025")
_BEFORE = query_term("CREST", is_strict=True, surface="CREST", inherited=True)


def _terms(text: str) -> frozenset[str]:
    return frozenset(analyze(text, "en"))


def test_names_of_the_question_that_a_text_does_not_name() -> None:
    query_terms = (_FOREST, _YEAR, _BEFORE, query_term("carry over"))
    assert names_unmet(query_terms, _terms("CREST carries over."), "en") == ("forest",)
    assert names_unmet(query_terms, _terms("FOREST carries over."), "en") == ()


def test_numbers_and_what_was_said_before_are_no_names_of_the_question() -> None:
    assert names_unmet((_YEAR, _BEFORE, query_term("carry")), _terms("Nothing."), "en") == ()


def test_a_name_may_stand_in_the_passage_or_anywhere_in_its_document() -> None:
    best = evidence("Ten percent may be carried over.")
    asked = query("How much may FOREST carry over?", _FOREST)

    def document(text: str) -> Document:
        return Document(info=best.passage.document, text=text)

    assert lacks_name(asked, best, lambda _: document("Rules of CREST. Ten percent."))
    assert not lacks_name(asked, best, lambda _: document("Rules of FOREST. Ten percent."))


def test_the_document_is_read_only_for_a_name_that_the_passage_lacks() -> None:
    best = evidence("FOREST may carry over ten percent.")

    def never(name: str) -> Document:
        raise AssertionError(name)

    assert not lacks_name(query("And FOREST?", _FOREST), best, never)
