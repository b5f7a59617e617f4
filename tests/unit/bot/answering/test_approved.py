"""Approved answers: read, in force or over, said in their own words."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.bot.answering.made import evidence, info

from aspire_bot.answering.approved.approval import (
    Approval,
    approval_of,
    ended,
    not_wordings_of,
    wordings_of,
)
from aspire_bot.answering.approved.same_question.facts import (
    FACT_NAMES,
    difference,
    read_facts,
)
from aspire_bot.answering.approved.sameness import ApprovedQuestion, Levels, Verdict
from aspire_bot.answering.approved.say import (
    approval_note,
    approved_citation,
    offer_first,
    put_first,
    say_approved,
)
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.quotes.citations import cite, holds, markers
from aspire_bot.answering.quotes.translations import is_translation
from aspire_bot.answering.types import Answer, Question, ScoredPassage
from aspire_ingest.index import Document, DocumentInfo
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.split import split_document

TODAY = date(2026, 11, 22)
EXTRA = {"approved_by": "Sato", "approved_on": "2026-11-20", "valid_until": "2026-11-22"}


def _info(extra: dict[str, str] | None = None, **known: str) -> DocumentInfo:
    base = info("approved-1", language="en", title="May I pay for childcare?")
    return replace(base, kind="faq", extra=EXTRA if extra is None else extra, **known)  # pyright: ignore[reportArgumentType]  fields of text


def _document(answer: str, language: str = "en") -> Document:
    text = f"Q. May I pay for childcare?\n\nA. {answer}\n"
    return Document(info=_info(language=language, url="https://example.org/guide"), text=text)


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
    assert is_translation(plain, source)
    assert not is_translation(approved, source)
    assert cite(1, evidence("Yes.", approved)).deep_link == "https://example.org/guide"
    assert ":~:text=" in str(cite(1, evidence("Yes.", plain)).deep_link)


SALARY = "Can the salary of a PI be paid?"
EXCLUDED = "Can the bonus of a PI be paid?"


class Judge:
    """Knows the log-odds of some questions; asked for another, it fails."""

    def __init__(self, **log_odds: float) -> None:
        self.known = log_odds

    def log_odds(self, approved: str, asked: str) -> tuple[float, Levels]:
        if approved == EXCLUDED:
            return 1.5, Levels(same=2.0, similar=1.0)
        return self.known[asked], Levels(same=2.0, similar=1.0)


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [("a", "same"), ("b", "similar"), ("c", "other"), (" can the Salary of a PI be paid", "same")],
)
def test_the_same_is_given_the_similar_offered_and_the_rest_left(
    asked: str, verdict: Verdict
) -> None:
    question = ApprovedQuestion(wordings=(SALARY,))
    found = question.sameness(asked, Judge(a=2.0, b=1.0, c=0.9))
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [(EXCLUDED.upper(), "other"), ("a", "other"), ("b", "same"), (SALARY, "same")],
)
def test_what_staff_excluded_and_what_is_nearer_to_it_is_not_answered(
    asked: str, verdict: Verdict
) -> None:
    question = ApprovedQuestion(wordings=(SALARY,), not_wordings=(EXCLUDED,))
    assert question.sameness(asked, Judge(a=1.4, b=2.5)).verdict == verdict


def test_without_weights_only_its_own_words_are_the_same() -> None:
    question = ApprovedQuestion(wordings=(SALARY, "PIの給与は払えますか"))
    asked = ("can the salary of a PI be paid", "PIの給与は払えますか。", "Is PI salary paid?")
    verdicts = [question.sameness(text, None).verdict for text in asked]
    assert verdicts == ["same", "same", "other"]


def test_excluded_questions_are_read_as_further_wordings_are() -> None:
    assert not_wordings_of(_info({"not_asked": '["Bonus?", "賞与は?"]'})) == ("Bonus?", "賞与は?")
    assert not_wordings_of(_info({})) == ()


def test_a_similar_one_is_offered_before_the_answer_and_markers_move_up() -> None:
    document = _document("Yes, with receipts.")
    passages = tuple(split_document(document))
    citation = approved_citation(document, passages)
    assert citation is not None
    own = cite(1, evidence("Some text."))
    said = Answer(
        question=Question(text="?"),
        outcome="answered",
        text="Some text. [1]",
        language="en",
        confidence=0.9,
        certainty="sure",
        citations=(own,),
    )
    offered = offer_first(citation, passages, said)
    assert offered.text == (
        "Staff have answered a similar question: “May I pay for childcare?”\n"
        "Yes, with receipts. (approved by Sato on 2026-11-20) [1]\n\nSome text. [2]"
    )
    assert [(c.marker, c.document.document_id) for c in offered.citations] == [
        (1, "approved-1"),
        (2, "goals"),
    ]
    assert (offered.outcome, offered.certainty) == ("answered", "sure")
    nothing = replace(said, outcome="abstained", text="No.", citations=(), certainty=None)
    assert (offer_first(citation, passages, nothing).certainty) == "hedged"
    back = replace(said, outcome="clarify")
    assert offer_first(citation, passages, back) == back


def test_the_ranking_entry_is_bare_like_all_others() -> None:
    document = _document("Yes, it is paid.")
    (entry,) = put_first(document.info, split_document(document), ())
    assert isinstance(entry, ScoredPassage)
    assert entry.passage.sentences == ()


def _told(one: str, other: str) -> dict[str, float]:
    """How two questions differ, by the names of the figures; the order must not matter."""
    glossary = load_glossary(None, analyze)
    left, right = read_facts(one, glossary), read_facts(other, glossary)
    assert difference(left, right) == difference(right, left)
    return dict(zip(FACT_NAMES, difference(left, right), strict=True))


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
def test_numbers_are_told_apart_however_they_are_written(
    one: str, other: str, is_same: bool
) -> None:
    told = _told(one, other)
    assert (told["values_differ"] + told["numbers_differ"] > 0) is not is_same


def test_words_count_both_ways_and_a_pair_is_seen() -> None:
    told = _told("Are travel costs paid?", "Are childcare costs paid?")
    assert (told["is_pair"], told["within_en"]) == (1, 1)
    assert 0 < told["covered_least"] < 1
    assert told["concepts_shared"] > 0
    wider = _told("Are childcare costs paid?", "Are costs paid for travel and childcare?")
    assert wider["covered_most"] == 1
    same = _told("Are travel costs paid?", "Are travel costs paid?")
    assert (same["covered_least"], same["is_pair"]) == (1, 0)


def test_names_and_kinds_of_questions_are_told_apart() -> None:
    assert _told("Does CREST pay?", "Does ASPIRE pay?")["names_differ"] == 1
    assert _told("Does CREST pay?", "Does CREST pay?")["names_differ"] == 0
    told = _told("When is the symposium?", "Where is the symposium?")
    assert (told["kinds_differ"], told["kind_date"], told["kind_place"]) == (1, 1, 1)
    assert _told("PIの給与は?", "Is the PI salary paid?")["across"] == 1
