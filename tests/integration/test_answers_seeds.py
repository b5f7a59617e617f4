"""Goals, a meeting's outcome and the flexibility of funding, asked of real articles.

Once of two public articles as plain text files, with no front matter, where they are on this
machine; once of the sample knowledge that is shipped.
"""

import re
from collections.abc import Generator
from pathlib import Path

import pytest
from tests.evals.sets import shared_folder
from tests.knowledge import add
from tests.unmet import UNMET

from aspire_bot.answering.types import Answer, Question, Turn
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.settings import Settings

DEBRIEFING, BIOENGINEERING = "Debriefing Session", "From Bioengineering to Integration"


@pytest.fixture(scope="module")
def of_articles(tmp_path_factory: pytest.TempPathFactory) -> Generator[Assistant]:
    shared = shared_folder()
    articles = shared / "corpus" / "seeds" if shared else None
    if articles is None or not articles.is_dir():
        pytest.skip("the two articles (corpus/seeds of the shared folder) are not here")
    home = tmp_path_factory.mktemp("seeds")
    add(home, *sorted(articles.glob("*.txt")))
    with open_assistant(Settings(home=home)) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def of_sample(sample_home: Path) -> Generator[Assistant]:
    with open_assistant(Settings(home=sample_home)) as assistant:
        yield assistant


CONCERN = (
    "What concern was expressed at the January 2026 debriefing session?",
    r"ambition",
    DEBRIEFING,
)
ASKED = (
    ("What are the goals of ASPIRE?", r"network|international community", None),
    (
        "What kind of center does ASPIRE want to become?",
        r"international center of excellence",
        DEBRIEFING,
    ),
    CONCERN,
    (
        "What will be essential for Japan to become an international hub in bioengineering?",
        r"synthetic biology (and|with) AI",
        BIOENGINEERING,
    ),
    (
        "How is the flexibility of ASPIRE funding expected to help?",
        r"flexibility of (the )?ASPIRE",
        BIOENGINEERING,
    ),
    ("Who moderated the bioengineering field meeting?", r"Hiroshi Shimizu", BIOENGINEERING),
    ("When was the bioengineering field meeting held?", r"November 4, 2025", BIOENGINEERING),
)


def _ask(assistant: Assistant, text: str, *history: str) -> Answer:
    turns = tuple(Turn(role="user", text=earlier) for earlier in history)
    return assistant.answer(Question(text=text, history=turns))


def _check(assistant: Assistant, question: str, words: str, title: str | None) -> None:
    answer = _ask(assistant, question)
    assert answer.outcome == "answered", answer.text
    assert re.search(words, answer.text), answer.text
    if title:
        assert answer.citations[0].document.title.find(title) >= 0, answer.text
    with assistant.reader() as index:
        for citation in answer.citations:
            text = index.document(citation.document.document_id).text
            assert text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("question", "words", "title"),
    [pytest.param(*one, marks=UNMET) if one is CONCERN else one for one in ASKED],
)
def test_the_articles_answer(
    of_articles: Assistant, question: str, words: str, title: str | None
) -> None:
    _check(of_articles, question, words, title)


@pytest.mark.parametrize(("question", "words", "title"), ASKED)
def test_the_sample_answers(
    of_sample: Assistant, question: str, words: str, title: str | None
) -> None:
    _check(of_sample, question, words, title)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who is the PD?", ("Miyano|宮野",)),
        ("PDは誰ですか", ("Miyano|宮野",)),
        # one sentence that asks several things
        ("エネルギー分野のキックオフはいつで、何課題が発表しましたか？", ("1月14日", "4課題")),
        ("deadline & eligibility for the NSERC call?", ("June 11, 2024",)),
    ],
)
def test_the_sample_tells_all_that_is_asked(
    of_sample: Assistant, question: str, words: tuple[str, ...]
) -> None:
    text = _ask(of_sample, question).text
    assert all(re.search(one, text) for one in words), text


@pytest.mark.parametrize("name", ["of_articles", "of_sample"])
def test_both_take_follow_ups_and_decline(name: str, request: pytest.FixtureRequest) -> None:
    assistant = request.getfixturevalue(name)
    first = "When did the bioengineering field meeting take place?"
    assert "Shimizu" in _ask(assistant, "And who moderated it?", first).text
    declined = _ask(assistant, "What is the daily allowance for travel to Brazil?")
    assert declined.outcome == "abstained", declined.text


def test_what_the_articles_say_of_themselves_is_found(of_articles: Assistant) -> None:
    with of_articles.reader() as index:
        known = {info.title.partition(" ")[0]: info for info in index.documents().values()}
    assert set(known) == {"ASPIRE", "From"}
    for info in known.values():
        assert info.language == "en"
        assert info.url is None or info.url.startswith("https://www.jst.go.jp/")
        assert info.audience == "public"


def test_the_sample_answers_in_japanese(of_sample: Assistant) -> None:
    answer = _ask(of_sample, "バイオ分野の領域会議はいつ開かれましたか?")
    assert answer.outcome == "answered", answer.text
    assert "2025年11月4日" in answer.text
    assert answer.language == "ja"
