"""Measures against examples worked out by hand."""

from math import log2

import pytest
from tests.unit.bot.answering.made import evidence, info

from aspire_bot.answering.quotes.citations import cite
from aspire_bot.answering.types import Answer, Certainty, Outcome, Question, ScoredPassage
from aspire_bot.evaluation.cases import Case, QuotedText
from aspire_bot.evaluation.figures import figure
from aspire_bot.evaluation.measures import (
    Judged,
    confidences,
    is_right_and_cited,
    judge,
    outcome_values,
    ranking_measures,
    summarise,
)
from aspire_bot.evaluation.reliability import Confident


def _ranking(*documents: str) -> tuple[ScoredPassage, ...]:
    return tuple(
        ScoredPassage(
            passage=evidence("x", info(name)).passage.passage,
            document=info(name),
            score=1 / rank,
            rank=rank,
        )
        for rank, name in enumerate(documents, start=1)
    )


def _answer(
    text: str = "Yes. [1]",
    *cited: str,
    outcome: Outcome = "answered",
    confidence: float = 0.5,
    certainty: Certainty | None = None,
    ranking: tuple[ScoredPassage, ...] = (),
) -> Answer:
    return Answer(
        question=Question(text="?"),
        outcome=outcome,
        text=text,
        language="en",
        confidence=confidence,
        certainty=certainty,
        citations=tuple(cite(n, evidence("Yes.", info(d))) for n, d in enumerate(cited, start=1)),
        ranking=ranking,
    )


def _measures(ranking: tuple[ScoredPassage, ...], *gold: str) -> dict[str, float]:
    return dict(ranking_measures(ranking, Case(id="q", question="?", gold=gold)))


def test_hits_count_distinct_documents_by_first_appearance() -> None:
    ranking = _ranking("a", "a", "a", "b", "b", "c", "d", "e", "f")
    assert _measures(ranking, "a")["hit@1"] == 1
    assert _measures(ranking, "b")["hit@1"] == 0
    assert _measures(ranking, "e")["hit@5"] == 1  # the 5th document, though the 8th passage
    assert _measures(ranking, "f")["hit@5"] == 0


def test_ndcg_discounts_by_rank() -> None:
    ranking = _ranking("a", "b", "b", "c")
    assert _measures(ranking, "a")["nDCG@10"] == 1
    assert _measures(ranking, "b")["nDCG@10"] == pytest.approx(1 / log2(3))
    both = (1 + 1 / log2(4)) / (1 + 1 / log2(3))
    assert _measures(ranking, "a", "c")["nDCG@10"] == pytest.approx(both)
    assert _measures(ranking, "z")["nDCG@10"] == 0
    eleven = _ranking(*"abcdefghijk")
    assert _measures(eleven, "k")["nDCG@10"] == 0


def test_documents_are_known_by_id_or_file_name() -> None:
    case = Case(id="q", question="?", source_files=("goals.md",))
    assert dict(ranking_measures(_ranking("goals"), case))["hit@1"] == 1
    assert dict(ranking_measures(_ranking("aims"), case))["hit@1"] == 0


def test_no_known_document_no_measure_of_the_ranking() -> None:
    assert _measures(_ranking("a")) == {}


def test_a_figure_is_a_mean_with_an_interval_around_it() -> None:
    made = figure([1, 1, 1, 0])
    assert (made.value, made.n) == (0.75, 4)
    assert made.low < 0.75 < made.high <= 1
    assert figure([1, 1, 1, 0]) == made, "the same questions give the same interval"
    sure = figure([1.0] * 30)
    assert (sure.low, sure.high) == (1, 1)
    many = figure([1, 1, 1, 0] * 50)
    assert many.high - many.low < made.high - made.low


_CASE = Case(
    id="q",
    question="?",
    answerable=True,
    must_include=("30 ?percent", "five million"),
    source_files=("a.md", "b.md"),
)


@pytest.mark.parametrize(
    ("text", "cited", "is_right"),
    [
        ("30 Percent or five million yen [1]", ("a",), True),
        ("30 percent or five million yen [1]", ("c", "b"), True),
        ("30 percent or five million yen [1]", ("c",), False),
        ("30 percent [1]", ("a",), False),
        ("30 percent or five million yen [1]" + " and so on" * 100, ("a",), False),
    ],
)
def test_right_is_short_holds_the_words_and_cites_a_source(
    text: str, cited: tuple[str, ...], is_right: bool
) -> None:
    assert is_right_and_cited(_CASE, _answer(text, *cited)) == is_right


def test_all_sources_where_the_case_needs_all() -> None:
    case = _CASE.model_copy(update={"need_all": True})
    text = "30 percent or five million yen"
    assert not is_right_and_cited(case, _answer(text, "a"))
    assert is_right_and_cited(case, _answer(text, "b", "c", "a"))


def test_answers_of_public_sets_are_looked_for_plainly() -> None:
    case = Case(id="q", question="?", answers=("Tokyo  Station", "Ueno"), gold=("d1",))
    assert is_right_and_cited(case, _answer("It is tokyo\nstation. [1]", "d1"))
    assert not is_right_and_cited(case, _answer("It is Tokyo. [1]", "d1"))


def test_an_answerable_question() -> None:
    right = judge(_CASE, _answer("30 percent, five million [1]", "a"), quotes_valid=True)
    assert right.values["right_and_cited"] == 1
    assert right.values["false_refusal"] == 0
    assert right.values["quotes_valid"] == 1
    assert "abstained" not in right.values
    refused = judge(_CASE, _answer("No.", outcome="abstained"), quotes_valid=True)
    assert refused.values["false_refusal"] == 1
    assert refused.values["right_and_cited"] == 0
    assert "quotes_valid" not in refused.values
    assert judge(_CASE, _answer("x [1]", "a"), quotes_valid=False).values["quotes_valid"] == 0


def test_an_unanswerable_question_and_one_nobody_judged() -> None:
    nothing = Case(id="q", question="?", answerable=False)
    assert judge(nothing, _answer("x", "a"), quotes_valid=True).values["abstained"] == 0
    for outcome in ("abstained", "clarify"):
        judged = judge(nothing, _answer(outcome=outcome), quotes_valid=True)
        assert judged.values == {
            "silent": 1,
            "abstained": 1,
            "silent_or_hedged": 1,
            "sure_and_wrong": 0,
        }
    unjudged = Case(id="q", question="?", gold=("a",))
    judged = judge(unjudged, _answer(outcome="abstained", ranking=_ranking("a")), quotes_valid=True)
    assert set(judged.values) == {"hit@1", "hit@5", "nDCG@10"}


_RIGHT, _WRONG = "30 percent, five million [1]", "no idea [1]"
_UNANSWERABLE = Case(id="u", question="?", answerable=False)


@pytest.mark.parametrize(
    ("text", "outcome", "certainty", "counted"),
    [
        (_RIGHT, "answered", "sure", {"right_and_cited"}),
        (_RIGHT, "answered", "hedged", {"right_and_cited", "hedged"}),
        (_WRONG, "answered", "sure", {"sure_and_wrong"}),
        (_WRONG, "answered", "hedged", {"hedged"}),
        (_WRONG, "answered", None, {"sure_and_wrong"}),  # said without a hedge
        (_RIGHT, "abstained", None, {"false_refusal"}),
        (_RIGHT, "clarify", "hedged", {"false_refusal"}),
    ],
)
def test_what_an_answer_to_an_answerable_question_counts_as(
    text: str, outcome: Outcome, certainty: Certainty | None, counted: set[str]
) -> None:
    values = dict(outcome_values(_CASE, _answer(text, "a", outcome=outcome, certainty=certainty)))
    assert set(values) == {"right_and_cited", "sure_and_wrong", "false_refusal", "hedged"}
    assert {name for name, value in values.items() if value} == counted


@pytest.mark.parametrize(
    ("outcome", "certainty", "silent", "silent_or_hedged", "sure_and_wrong"),
    [
        ("answered", "sure", 0, 0, 1),
        ("answered", None, 0, 0, 1),
        ("answered", "hedged", 0, 1, 0),
        ("abstained", None, 1, 1, 0),
        ("clarify", None, 1, 1, 0),
    ],
)
def test_what_an_answer_to_an_unanswerable_question_counts_as(
    outcome: Outcome,
    certainty: Certainty | None,
    silent: float,
    silent_or_hedged: float,
    sure_and_wrong: float,
) -> None:
    answer = _answer("x [1]", "a", outcome=outcome, certainty=certainty)
    assert dict(outcome_values(_UNANSWERABLE, answer)) == {
        "silent": silent,
        "abstained": silent,
        "silent_or_hedged": silent_or_hedged,
        "sure_and_wrong": sure_and_wrong,
    }


def test_where_nobody_knows_what_is_right_nothing_is_called_wrong() -> None:
    free = Case(id="q", question="?", answerable=True, gold=("a",))
    values = dict(outcome_values(free, _answer("x [1]", "b", certainty="sure")))
    assert values == {"false_refusal": 0, "hedged": 0}


def _quoted(*quotes: tuple[str, str], also: tuple[tuple[str, str], ...] = ()) -> Case:
    return Case(
        id="q",
        question="?",
        answerable=True,
        quotes=tuple(QuotedText(doc_id=d, quote=q) for d, q in quotes),
        also=tuple(QuotedText(doc_id=d, quote=q) for d, q in also),
    )


def test_with_quotes_a_citation_of_one_is_right_and_of_all_complete() -> None:
    case = _quoted(("a", "Yes."), ("b", "Yes."))
    part = dict(outcome_values(case, _answer("no words of it [1]", "a")))
    assert (part["right_and_cited"], part["complete"], part["complete_tight"]) == (1, 0, 0)
    whole = dict(outcome_values(case, _answer("x [1][2]", "a", "b")))
    assert (whole["right_and_cited"], whole["complete"], whole["complete_tight"]) == (1, 1, 1)
    neither = dict(outcome_values(case, _answer("Yes. [1]", "c")))
    assert (neither["right_and_cited"], neither["complete"]) == (0, 0)
    assert neither["sure_and_wrong"] == 1


def test_a_complete_answer_with_two_other_quotes_is_not_tight() -> None:
    case = _quoted(("a", "Yes."))
    one_more = dict(outcome_values(case, _answer("x", "a", "c")))
    assert (one_more["complete"], one_more["complete_tight"]) == (1, 1)
    two_more = dict(outcome_values(case, _answer("x", "a", "c", "d")))
    assert (two_more["complete"], two_more["complete_tight"]) == (1, 0)


def test_what_is_not_answered_is_not_complete() -> None:
    refused = dict(outcome_values(_quoted(("a", "Yes.")), _answer("x", "a", outcome="clarify")))
    assert (refused["complete"], refused["complete_tight"], refused["right_and_cited"]) == (0, 0, 0)


def test_cases_without_quotes_have_no_completeness() -> None:
    assert "complete" not in judge(_CASE, _answer(_RIGHT, "a"), quotes_valid=True).values


def test_the_place_of_a_quote_is_looked_for_in_the_texts_given() -> None:
    case = _quoted(("a", "s. More"))  # overlaps the citation "Yes." without holding it
    answer = _answer("x", "a")
    assert judge(case, answer, quotes_valid=True).values["right_and_cited"] == 0
    texts = {"a": "Yes. More."}
    assert judge(case, answer, quotes_valid=True, texts=texts).values["complete"] == 1


def test_what_is_known_of_each_confidence() -> None:
    def one(case: Case, text: str, confidence: float) -> Judged:
        return judge(case, _answer(text, "a", confidence=confidence), quotes_valid=True)

    free = Case(id="f", question="?", answerable=True)
    judged = [
        one(_CASE, _RIGHT, 0.9),
        one(_CASE, _WRONG, 0.8),
        one(free, _RIGHT, 0.7),
        one(_UNANSWERABLE, _RIGHT, 0.6),
        one(Case(id="n", question="?"), _RIGHT, 0.5),  # nobody knows: left out
    ]
    assert confidences(judged) == [
        Confident(confidence=0.9, is_answerable=True, is_wrong=False),
        Confident(confidence=0.8, is_answerable=True, is_wrong=True),
        Confident(confidence=0.7, is_answerable=True, is_wrong=None),
        Confident(confidence=0.6, is_answerable=False, is_wrong=True),
    ]


def test_figures_by_type_language_and_set() -> None:
    def one(kind: str, lang: str, is_right: bool, confidence: float) -> Judged:
        case = _CASE.model_copy(update={"type": kind, "lang": lang, "set_name": f"{lang}.jsonl"})
        text = "30 percent, five million [1]" if is_right else "no idea [1]"
        return judge(case, _answer(text, "a", confidence=confidence), quotes_valid=True)

    unanswerable = Case(id="u", question="?", answerable=False, type="trap", lang="en")
    judged = [
        one("money", "en", is_right=True, confidence=0.9),
        one("money", "ja", is_right=False, confidence=0.2),
        judge(
            unanswerable,
            _answer(outcome="abstained", ranking=(), confidence=0.4),
            quotes_valid=True,
        ),
    ]
    by = summarise(judged)
    assert set(by) == {"all", "money", "trap", "en", "ja", "en.jsonl", "ja.jsonl"}
    assert (by["ja.jsonl"]["right_and_cited"].n, by["all"]["sure_and_wrong"].n) == (1, 3)
    assert by["all"]["sure_and_wrong"].value == pytest.approx(1 / 3)
    assert by["all"]["risk_at_60"].value == 0.5  # the two most confident: one right, one trap
    assert (by["all"]["right_and_cited"].value, by["all"]["right_and_cited"].n) == (0.5, 2)
    assert (by["en"]["right_and_cited"].value, by["ja"]["right_and_cited"].value) == (1, 0)
    assert (by["all"]["abstained"].value, by["all"]["abstained"].n) == (1, 1)
    assert (by["all"]["AUROC"].value, by["all"]["AUROC"].n) == (0.5, 3)
    assert by["en"]["AUROC"].value == 1
    assert "AUROC" not in by["money"]
