"""Answers out of a real index: ingested from files, embedded by the default model."""

import re
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import knowledge
from tests.unmet import UNMET

from aspire_bot.answering.quotes.citations import markers
from aspire_bot.answering.types import Answer, Question, Turn
from aspire_bot.bootstrap import Assistant

Audience = Literal["public", "staff"]


def _ask(assistant: Assistant, text: str, *history: str, audience: Audience = "public") -> Answer:
    turns = tuple(Turn(role="user", text=earlier) for earlier in history)
    return assistant.answer(Question(text=text, history=turns, audience=audience))


def _sources(answer: Answer) -> set[str]:
    return {citation.document.source.rpartition("/")[2] for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "words", "source"),
    [
        ("What are the goals of ASPIRE?", "link top researchers", "about-en.md"),
        ("Who moderated the bioengineering field meeting?", "Hiroshi Shimizu", "report-en.md"),
        ("When was the bioengineering field meeting held?", "November 4, 2025", "report-en.md"),
        ("How many projects presented at the field meeting?", "eight", "report-en.md"),
        ("What did the field meeting conclude?", "synthetic biology with AI", "report-en.md"),
        ("What is expected of the flexibility of the funding?", "drive", "report-en.md"),
        ("How much can a project carry over without approval?", "10 percent", None),
        ("What is the daily allowance in Europe?", "6,200 yen", None),
        ("領域会議はいつ開催されましたか", "2025年11月4日", "report-ja.md"),
        ("領域会議の司会は誰でしたか", "清水", "report-ja.md"),
    ],
)
def test_questions_are_answered_with_a_quote(
    assistant: Assistant, question: str, words: str, source: str | None
) -> None:
    answer = _ask(assistant, question)
    assert answer.outcome == "answered", answer.text
    assert words in answer.text
    assert source is None or source in _sources(answer)


@pytest.mark.parametrize(
    ("question", "words", "language"),
    [
        ("ASPIREの目標は何ですか", "link top researchers", "ja"),
        pytest.param(
            "How much of the PI's salary can be paid from direct costs?",
            "120万円",
            "en",
            marks=UNMET,
        ),
    ],
)
def test_a_source_in_another_language_is_quoted_in_a_frame(
    assistant: Assistant, question: str, words: str, language: str
) -> None:
    answer = _ask(assistant, question)
    assert answer.outcome == "answered", answer.text
    assert answer.language == language
    assert words in answer.text
    frame = {"ja": "資料には次のように", "en": "The source says, in its own language"}[language]
    assert answer.text.startswith(frame)


def test_a_list_is_given_as_one(assistant: Assistant) -> None:
    answer = _ask(assistant, "Which fields does ASPIRE support?")
    assert answer.outcome == "answered"
    for field in ("Energy", "Materials", "Quantum technology", "Semiconductors"):
        assert re.search(rf"^- {field} \[\d\]$", answer.text, re.MULTILINE), answer.text


def test_a_follow_up_is_read_with_what_was_asked(assistant: Assistant) -> None:
    answer = _ask(assistant, "And who moderated it?", "When was the field meeting held?")
    assert answer.outcome == "answered"
    assert "Shimizu" in answer.text
    assert _ask(assistant, "And who moderated it?").confidence < answer.confidence


def test_a_translation_is_not_said_twice(assistant: Assistant) -> None:
    answer = _ask(assistant, "Who moderated the bioengineering field meeting?")
    assert not {"report-en.md", "report-ja.md"} <= _sources(answer)


def test_the_newest_edition_answers_and_says_so(assistant: Assistant) -> None:
    answer = _ask(assistant, "How much can a project carry over without approval?")
    assert _sources(answer) == {"handbook-fy2026-en.md"}
    assert "10 percent" in answer.text
    assert "FY2026" in answer.text
    assert " 5 percent" not in answer.text


def test_an_edition_is_chosen_by_its_year(assistant: Assistant) -> None:
    answer = _ask(assistant, "On which form was a larger carry-over approved in FY2025?")
    assert answer.outcome == "answered", answer.text
    assert answer.citations[0].document.edition == "FY2025"
    assert "Form 4" in answer.text
    assert "FY2025" in answer.text


@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("What is the telephone number of the Osaka branch?", "en", "The documents do not say."),
        ("Can I bring my dog to the field meeting?", "en", "The documents do not say."),
        ("大阪支所の電話番号は何番ですか", "ja", "資料には記載が見つかりませんでした。"),
    ],
)
def test_what_the_documents_do_not_say_is_declined(
    assistant: Assistant, question: str, language: str, words: str
) -> None:
    answer = _ask(assistant, question)
    assert answer.outcome == "abstained", answer.text
    assert answer.text.startswith(words)
    assert answer.language == language
    assert answer.citations == ()
    assert "office@example.org" in answer.text
    assert answer.nearest
    assert all(info.title in answer.text for info in answer.nearest)
    assert [entry.rank for entry in answer.ranking] == list(range(1, len(answer.ranking) + 1))


@pytest.mark.parametrize(
    "question",
    [
        "How much can a FOREST project carry over without approval?",
        "Who moderated the field meeting of the Moonshot programme?",
        "How long does an ASPIRE League project last?",
    ],
)
def test_rules_of_this_programme_do_not_answer_for_another(
    assistant: Assistant, question: str
) -> None:
    assert _ask(assistant, question).outcome == "abstained"


def test_rules_of_this_programme_are_no_sure_answer_for_another(assistant: Assistant) -> None:
    asked = "How much can a FOREST project carry over without approval?"
    assert _ask(assistant, asked).certainty != "sure"


def test_rules_of_another_programme_do_not_answer_for_this_one(assistant: Assistant) -> None:
    answer = _ask(assistant, "How much money does an ASPIRE team receive?")
    assert "crest-en.md" not in _sources(answer)
    assert "300 million" not in answer.text


def test_staff_are_answered_from_staff_documents(assistant: Assistant) -> None:
    question = "How large is the reserve of the programme for unforeseen costs?"
    answer = _ask(assistant, question, audience="staff")
    assert knowledge.RESERVE in answer.text
    public = _ask(assistant, question)
    assert public.outcome == "abstained"
    assert knowledge.RESERVE not in public.text
    assert "Reserve of the programme" not in public.text


_WORDS = sorted(
    {word for text in knowledge.FILES.values() for word in re.findall(r"\w+", text)}
    | {"reserve", "steering group", "予備費"}
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6),
    history=st.lists(st.sampled_from(["reserve of the programme", "When?"]), max_size=2),
)
def test_no_question_of_the_public_brings_up_a_staff_document(
    assistant: Assistant, words: list[str], history: list[str]
) -> None:
    answer = _ask(assistant, " ".join(words), *history)
    documents = [entry.document for entry in answer.ranking]
    documents += [citation.document for citation in answer.citations]
    documents += answer.nearest
    assert all(info.audience == "public" for info in documents)
    ranking = assistant.retrieve(answer.question)
    assert all(entry.document.audience == "public" for entry in ranking)
    assert "steering group" not in answer.text
    assert knowledge.RESERVE not in answer.text


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6))
def test_all_that_is_quoted_stands_in_its_document(assistant: Assistant, words: list[str]) -> None:
    answer = _ask(assistant, " ".join(words), audience="staff")
    assert sorted(set(markers(answer.text))) == [c.marker for c in answer.citations]
    assert (answer.outcome == "answered") == bool(answer.citations)
    assert 0 <= answer.confidence <= 1
    with assistant.reader() as index:
        for citation in answer.citations:
            document = index.document(citation.document.document_id)
            assert document.text[citation.start : citation.end] == citation.quote != ""
            assert citation.document == document.info
        ids = {entry.passage.passage_id for entry in answer.ranking}
        assert all(citation.passage_id in ids for citation in answer.citations)


def test_an_answer_says_what_it_was_made_from(assistant: Assistant) -> None:
    answer = _ask(assistant, "What are the goals of ASPIRE?")
    manifest = assistant.manifest()
    assert answer.as_of == manifest.published_at
    assert answer.index_version == manifest.index_version
    assert answer.model == "extractive"
    steps = {"rewrite", "retrieve", "read", "generate", "verify", "total"}
    assert set(answer.timings_ms) == steps
    assert all(value >= 0 for value in answer.timings_ms.values())


def test_a_marker_like_text_in_a_document_is_no_marker(assistant: Assistant) -> None:
    answer = _ask(assistant, "What is expected of the flexibility of the funding?")
    assert any("[7]" in citation.quote for citation in answer.citations)
    assert 7 not in markers(answer.text)
    assert "(7)" in answer.text


def test_an_answer_is_short(assistant: Assistant) -> None:
    for question in ("What was said about ASPIRE?", "領域会議について教えてください"):
        answer = _ask(assistant, question)
        assert len(answer.citations) <= 3
        assert sum(len(citation.quote) for citation in answer.citations) <= 600


def test_the_ranking_holds_ten_documents_where_there_are_ten(assistant: Assistant) -> None:
    ranking = assistant.retrieve(Question(text="ASPIRE", audience="staff"))
    assert len({entry.document.document_id for entry in ranking}) == len(knowledge.FILES)
    scores = [entry.score for entry in ranking]
    assert scores == sorted(scores, reverse=True)
