"""What people ask first and how they ask it, of the sample knowledge that is shipped."""

from collections.abc import Generator
from pathlib import Path

import pytest

from aspire_bot.answering.types import Answer, Question, Turn
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.settings import Settings


@pytest.fixture(scope="module")
def sample(sample_home: Path) -> Generator[Assistant]:
    with open_assistant(Settings(home=sample_home)) as assistant:
        yield assistant


def _ask(sample: Assistant, text: str) -> Answer:
    return sample.answer(Question(text=text))


@pytest.mark.parametrize("text", ["What does ASPIRE stand for?", "ASPIREは何の略ですか"])
def test_an_acronym_stands_for_what_most_pages_say(sample: Assistant, text: str) -> None:
    answer = _ask(sample, text)
    assert "Adopting Sustainable Partnerships for Innovative Research Ecosystem" in answer.text
    assert "Accelerating" not in answer.text
    assert "FOREST" not in answer.text
    assert "14 projects" not in answer.text


def test_a_page_that_spells_it_otherwise_is_quoted_to_who_asks_for_it(sample: Assistant) -> None:
    answer = _ask(sample, "How does the French page spell out ASPIRE?")
    assert "Accelerating Science" in answer.text


def test_a_name_alone_is_looked_for(sample: Assistant) -> None:
    assert "YoshiChika Otani" in _ask(sample, "Otani").text
    assert _ask(sample, "Hello").act == "greeting"


def test_what_is_put_right_in_the_same_breath_is_answered(sample: Assistant) -> None:
    asked = "who's the PO for semiconductors, no wait, bioengineering"
    answer = _ask(sample, asked)
    assert "Shimizu" in answer.text
    assert "Amano" not in answer.text


def test_what_is_to_be_translated_is_said_in_that_language(sample: Assistant) -> None:
    answer = _ask(sample, "translate the goals of ASPIRE into Japanese please")
    assert answer.outcome == "answered"
    assert "人材の育成" in answer.text


def test_a_summary_is_an_overview(sample: Assistant) -> None:
    answer = _ask(sample, "give me a short summary of ASPIRE for a slide")
    assert answer.outcome == "answered"
    assert "network" in answer.text


def test_the_last_of_several_things_is_asked_of_the_event_that_was_named(sample: Assistant) -> None:
    asked = "Where was the neutral atom symposium, who organised it and how many people came?"
    answer = _ask(sample, asked)
    assert "how many people came to the neutral atom symposium?" in answer.questions
    assert "one hundred" not in answer.text


def test_what_is_said_of_other_years_is_no_sure_answer(sample: Assistant) -> None:
    answer = _ask(sample, "2025年度の採択件数は?")
    assert answer.certainty != "sure"


def test_the_case_behind_a_question_is_a_part_of_it(sample: Assistant) -> None:
    asked = Question(text="PIの人件費は出せますか？B型です")
    assert sample.pipeline.read(asked).whole == "B型です。PIの人件費は出せますか？"


def test_a_follow_up_that_says_all_again_stands_by_itself(sample: Assistant) -> None:
    before = Turn(role="user", text="令和8年度B型の研究費上限は")
    text = "去年のB型の上限額いくらでしたっけ"
    assert sample.answer(Question(text=text, history=(before,))).questions == (text,)


def test_a_page_in_english_is_found_by_countries_written_short(sample: Assistant) -> None:
    assert "Prejbeanu" in _ask(sample, "日仏プロジェクトの代表は誰").text
