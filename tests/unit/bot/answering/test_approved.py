"""Approved answers: read, in force or over, said in their own words."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.bot.answering.made import evidence, info, need, query

from aspire_bot.answering.approved.approval import Approval, approval_of, ended, wordings_of
from aspire_bot.answering.approved.match import Agreement, Comparison, compare
from aspire_bot.answering.approved.say import (
    approval_note,
    approved_citation,
    put_first,
    say_approved,
)
from aspire_bot.answering.quotes.citations import cite, holds, markers
from aspire_bot.answering.quotes.translations import same_story
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index import Document, DocumentInfo
from aspire_ingest.index.text.analysis import canonical_terms
from aspire_ingest.index.text.language import detect_language
from aspire_ingest.split import split_document

TODAY = date(2026, 11, 22)
EXTRA = {"approved_by": "Sato", "approved_on": "2026-11-20", "valid_until": "2026-11-22"}


def _info(extra: dict[str, str] | None = None, **known: str) -> DocumentInfo:
    base = info("approved-1", language="en", title="May I pay for childcare?")
    return replace(base, kind="faq", extra=EXTRA if extra is None else extra, **known)  # pyright: ignore[reportArgumentType]  fields of text


def _document(answer: str, language: str = "en") -> Document:
    text = f"Q. May I pay for childcare?\n\nA. {answer}\n"
    return Document(info=_info(language=language, url="https://example.org/guide"), text=text)


def _values_of(text: str) -> frozenset[str]:
    return frozenset(canonical_terms(text))


def test_an_approval_says_who_when_and_until_when() -> None:
    assert approval_of(_info()) == Approval(
        by="Sato", on=date(2026, 11, 20), valid_until=date(2026, 11, 22)
    )
    assert approval_of(info()) is None
    assert approval_of(replace(_info(), kind="news")) is None
    assert approval_of(_info({"approved_by": "  "})) is None


@pytest.mark.parametrize(
    ("valid_until", "is_over"),
    [("2026-11-22", False), ("2026-11-21", True), ("soon", True), ("", False), (None, False)],
)
def test_it_holds_through_its_last_day(valid_until: str | None, is_over: bool) -> None:
    extra = {"approved_by": "Sato"} | ({"valid_until": valid_until} if valid_until else {})
    assert ended([_info(extra), info()], TODAY) == ({"approved-1"} if is_over else frozenset())


def test_a_name_cannot_pass_for_a_marker() -> None:
    noted = approval_note(_info({"approved_by": "[1]\n[23] Sato", "approved_on": "?"}), "en")
    assert noted == "approved by (1) (23) Sato"


def test_further_wordings_are_read_as_far_as_they_can_be() -> None:
    title = "May I pay for childcare?"
    assert wordings_of(_info({"also_asked": '["保育費は?", "保育費は?"]'})) == (title, "保育費は?")
    assert wordings_of(_info({"also_asked": "Is childcare paid?"})) == (title, "Is childcare paid?")
    assert wordings_of(_info({"also_asked": "{}"})) == (title,)


def test_the_answer_is_said_in_its_own_words() -> None:
    document = _document("Yes, up to 10,000 yen [2] a day.\n\n- Keep receipts.\n- Ask first.")
    citation = approved_citation(document, split_document(document))
    assert citation is not None
    assert holds(citation, document)
    assert citation.quote == "Yes, up to 10,000 yen [2] a day.\n\n- Keep receipts.\n- Ask first."
    assert citation.deep_link == "https://example.org/guide"
    said = say_approved(citation, "en")
    assert said == (
        "Yes, up to 10,000 yen (2) a day.\n- Keep receipts.\n- Ask first. "
        "(approved by Sato on 2026-11-20) [1]"
    )
    assert markers(said) == [1]


def test_a_japanese_asker_gets_an_english_answer_in_a_japanese_frame() -> None:
    document = _document("Yes, up to 10,000 yen a day.")
    citation = approved_citation(document, split_document(document))
    assert citation is not None
    assert say_approved(citation, "ja") == (
        "資料には次のように書かれています(原文のまま)。\n"
        "Yes, up to 10,000 yen a day.(Satoが 2026年11月20日 に承認) [1]"
    )


def test_of_a_long_answer_the_first_sentences_are_said() -> None:
    sentence = "This is the sentence that is told again and again until nobody hears it."
    document = _document(" ".join([sentence] * 12))
    citation = approved_citation(document, split_document(document))
    assert citation is not None
    assert citation.quote == " ".join([sentence] * 8)
    assert holds(citation, document)
    long = _document("x" * 700 + ". " + sentence)
    whole = approved_citation(long, split_document(long))
    assert whole is not None
    assert whole.quote == "x" * 700 + "."


def test_an_approved_answer_leads_the_ranking() -> None:
    other = evidence("Some text.").passage
    document = _document("Yes.")
    ranking = put_first(document.info, split_document(document), (other,))
    assert [(e.document.document_id, e.rank) for e in ranking] == [("approved-1", 1), ("goals", 2)]
    assert ranking[0].score >= ranking[1].score
    assert put_first(document.info, split_document(document), ())[0].rank == 1


def test_it_is_no_translation_of_its_source_and_links_to_no_words_of_it() -> None:
    source = info("source", url="https://example.org/en/guide", language="ja")
    approved = replace(_info(), url="https://example.org/guide")
    plain = replace(approved, extra={})
    assert same_story(plain, source)
    assert not same_story(approved, source)
    assert cite(1, evidence("Yes.", approved)).deep_link == "https://example.org/guide"
    assert ":~:text=" in str(cite(1, evidence("Yes.", plain)).deep_link)


WORDS = Comparison(covered=0.8, strict=1.0, is_own_language=True, is_pair=False)
ACROSS = replace(WORDS, covered=0.1, is_own_language=False)
SAME = Agreement(words=WORDS, cosine=0.975, gap=0.0, lacks_value=False)


@pytest.mark.parametrize(
    ("agreement", "is_same"),
    [
        (SAME, True),
        (replace(SAME, cosine=0.96), False),
        (replace(SAME, lacks_value=True), False),
        (replace(SAME, words=replace(WORDS, strict=0.5)), False),
        (replace(SAME, words=replace(WORDS, is_pair=True)), False),
        (replace(SAME, words=replace(WORDS, covered=0.4), cosine=0.999), False),
        (replace(SAME, words=ACROSS, cosine=0.92, gap=0.04), True),
        (replace(SAME, words=ACROSS, cosine=0.92, gap=0.02), False),
        (replace(SAME, words=ACROSS, cosine=0.89, gap=0.2), False),
        (replace(SAME, words=replace(ACROSS, covered=0.5), cosine=0.896), True),
        (replace(SAME, words=replace(ACROSS, covered=0.5), cosine=0.88, gap=0.2), False),
        (replace(SAME, words=replace(ACROSS, covered=1.0), cosine=0.88), True),
    ],
)
def test_only_the_same_question_is_answered(agreement: Agreement, is_same: bool) -> None:
    assert agreement.is_same is is_same


def test_the_ranking_entry_is_bare_like_all_others() -> None:
    document = _document("Yes, it is paid.")
    (entry,) = put_first(document.info, split_document(document), ())
    assert isinstance(entry, ScoredPassage)
    assert entry.passage.sentences == ()


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("What did theme 3 say?", "What did theme 3 say?", True),
        ("What did theme 3 say?", "What did theme 4 say?", False),
        ("テーマ３は何ですか?", "What did theme 3 say?", True),
        ("テーマ3は何ですか?", "What did theme 4 say?", False),
        ("500万円を超えますか?", "Is it above 5 million yen?", True),
        ("1000万円を超えますか?", "Is it above 5 million yen?", False),
        ("令和8年度の公募は?", "What of the FY2026 call?", True),
        ("令和7年度の公募は?", "What of the FY2026 call?", False),
    ],
)
def test_numbers_must_be_the_same_however_they_are_written(
    one: str, other: str, is_same: bool
) -> None:
    asked, approved = (
        replace(query(text, language=detect_language(text)), known_terms=_values_of(text))
        for text in (one, other)
    )
    assert compare(asked, approved).strict == float(is_same)


def test_words_count_both_ways_and_a_pair_is_seen() -> None:
    travel, childcare, cost = need("travel"), need("childcare"), need("cost")
    one = query("Are travel costs paid?", travel, cost)
    other = query("Are childcare costs paid?", childcare, cost)
    found = compare(one, other)
    assert (found.covered, found.is_pair, found.is_own_language) == (0.5, True, True)
    wider = query("Are costs paid for travel and childcare?", travel, childcare, cost)
    assert compare(one, wider).covered == pytest.approx(2 / 3)  # pyright: ignore[reportUnknownMemberType]  untyped in pytest
    assert compare(one, one).covered == 1
    assert not compare(one, one).is_pair


def test_a_name_of_the_question_must_stand_in_the_other() -> None:
    asked = query("Does CREST pay?", need("crest", is_strict=True, surface="CREST"))
    approved = query("Does ASPIRE pay?", need("aspire", is_strict=True, surface="ASPIRE"))
    assert compare(asked, approved).strict == 0
    assert compare(asked, asked).strict == 1
