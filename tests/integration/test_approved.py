"""Approved answers over a real index: they answer their own questions and no others."""

from collections.abc import Generator
from datetime import UTC, date, datetime, time
from typing import cast

import pytest
from tests import knowledge
from tests.evals.measure_approved import Pair, read_pairs, write_pairs

from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.cli.json_lines import answer_json
from aspire_bot.settings import Settings

RESERVE = "approved-reserve"
FILES = {
    "lessons.md": """---
document_id: approved-lessons
title: Does ASPIRE pay for Japanese lessons of foreign postdocs?
also_asked: ["外国人ポスドクの日本語レッスンの費用をASPIREで支払えますか?"]
url: https://example.org/aspire/en/about.html
kind: faq
language: en
date: 2026-10-01
approved_by: Sato
approved_on: 2026-10-01
valid_until: 2026-12-31
---

Q. Does ASPIRE pay for Japanese lessons of foreign postdocs?

A. Yes, up to 100,000 yen a year for each postdoc. The lessons must begin in the first year.
""",
    "reserve.md": f"""---
document_id: {RESERVE}
title: Who may see the list of reviewers?
kind: faq
language: en
audience: staff
approved_by: Sato
approved_on: 2026-10-01
---

Q. Who may see the list of reviewers?

A. Only the secretariat may see it.
""",
}
QUESTION = "Does ASPIRE pay for Japanese lessons of foreign postdocs?"
SAID = "Yes, up to 100,000 yen a year for each postdoc. The lessons must begin in the first year."


def _other_pairs() -> list[Pair]:
    """Those of the measurement that ask for something else than what is approved above."""
    return [pair for pair in read_pairs() if QUESTION not in pair.questions["question"]]


class Calendar:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.today = date(2026, 11, 22)

    def __call__(self) -> datetime:
        return datetime.combine(self.today, time(12), UTC)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture(scope="module")
def approving(tmp_path_factory: pytest.TempPathFactory, calendar: Calendar) -> Generator[Assistant]:
    root = tmp_path_factory.mktemp("approved")
    knowledge.write(root / "documents")
    (root / "approved").mkdir()
    for name, text in FILES.items():
        (root / "approved" / name).write_text(text, encoding="utf-8")
    write_pairs(_other_pairs(), root / "approved")
    knowledge.add(root / "home", root / "documents", root / "approved")
    settings = Settings(home=root / "home", contact="office@example.org")
    with open_assistant(settings, now=calendar) as assistant:
        yield assistant


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "Are Japanese lessons for postdocs from abroad paid by ASPIRE?",
        "外国人ポスドクの日本語レッスンの費用をASPIREで支払えますか?",
    ],
)
def test_its_question_is_answered_whole_and_says_who_approved_it(
    approving: Assistant, question: str
) -> None:
    answer = approving.answer(Question(text=question))
    assert answer.outcome == "answered"
    (citation,) = answer.citations
    assert citation.quote == SAID
    assert citation.document.document_id == "approved-lessons"
    assert answer.ranking[0].document.document_id == "approved-lessons"
    assert [entry.rank for entry in answer.ranking] == list(range(1, len(answer.ranking) + 1))
    note = "(Satoが 2026年10月1日 に承認)" if answer.language == "ja" else " on 2026-10-01)"
    assert note in answer.text
    (shown,) = cast("list[dict[str, object]]", answer_json(answer)["citations"])
    assert shown["approved_by"] == "Sato"
    assert shown["approved_on"] == "2026-10-01"
    assert shown["valid_until"] == "2026-12-31"
    assert shown["deep_link"] == "https://example.org/aspire/en/about.html"


def test_it_has_an_id_of_its_own_beside_its_source(approving: Assistant) -> None:
    urls = [d.url for d in approving.documents("public")]
    assert urls.count("https://example.org/aspire/en/about.html") == 2


@pytest.mark.parametrize(
    "question",
    [
        "Does ASPIRE pay the salary of foreign postdocs?",
        "外国人ポスドクの家賃をASPIREで支払えますか?",
        "What is the telephone number of the AMED ASPIRE office?",
        "Can patent filing fees be charged to the indirect costs?",
    ],
)
def test_a_near_question_is_not_answered_with_it_but_may_name_it(
    approving: Assistant, question: str
) -> None:
    answer = approving.answer(Question(text=question))
    assert not [c for c in answer.citations if c.document.document_id.startswith("approved")]


def test_other_questions_are_answered_as_without_them(
    approving: Assistant, assistant: Assistant
) -> None:
    for text in (
        "What are the goals of ASPIRE?",
        "Who moderated the field meeting?",
        "How much may be carried over without approval?",
        "研究代表者の人件費は直接経費から支出できますか?",
        "What is the capital of France?",
    ):
        with_them, without = (one.answer(Question(text=text)) for one in (approving, assistant))
        assert with_them.text == without.text
        assert [d.title for d in with_them.nearest] == [d.title for d in without.nearest]


def test_one_for_staff_is_never_given_to_the_public(approving: Assistant) -> None:
    question = "Who may see the list of reviewers?"
    public = approving.answer(Question(text=question))
    assert public.outcome == "abstained"
    named = [*public.nearest, *(entry.document for entry in public.ranking)]
    assert RESERVE not in [document.document_id for document in named]
    assert RESERVE not in [document.document_id for document in approving.documents("public")]
    staff = approving.answer(Question(text=question, audience="staff"))
    assert staff.text == "Only the secretariat may see it. (approved by Sato on 2026-10-01) [1]"


def test_an_ended_one_is_as_if_it_were_not_there(approving: Assistant, calendar: Calendar) -> None:
    calendar.today = date(2026, 12, 31)
    assert approving.answer(Question(text=QUESTION)).outcome == "answered"
    calendar.today = date(2027, 1, 1)
    try:
        answer = approving.answer(Question(text=QUESTION))
        assert answer.outcome == "abstained"
        shown = [*answer.nearest, *(entry.document for entry in answer.ranking)]
        retrieved = [e.document for e in approving.retrieve(Question(text=QUESTION))]
        for documents in (shown, retrieved, approving.documents("staff")):
            assert "approved-lessons" not in [d.document_id for d in documents]
    finally:
        calendar.today = date(2026, 11, 22)


def test_wordings_and_near_questions_are_told_apart(approving: Assistant) -> None:
    """The measured figures, as floors, of every second pair: see `measure_approved.py`."""
    pairs = _other_pairs()[::2]
    asked = {
        kind: [
            approving.answer(Question(text=text)).citations
            for pair in pairs
            for text in pair.questions[kind]
        ]
        for kind in ("same", "near", "far")
    }
    whole = [
        bool(found) and found[0].document.document_id.startswith("approved")
        for found in asked["same"]
    ]
    assert sum(whole) >= 0.6 * len(whole)
    wrong = [
        found[0].quote
        for kind in ("near", "far")
        for found in asked[kind]
        if found and found[0].document.document_id.startswith("approved")
    ]
    assert wrong == []


def test_files_may_state_their_id(approving: Assistant) -> None:
    with approving.reader() as index:
        info = index.documents()["approved-lessons"]
    assert "document_id" not in info.extra
    assert info.url == "https://example.org/aspire/en/about.html"
