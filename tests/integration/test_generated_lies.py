"""A model that tells the truth, or lies in one fact, or misbehaves: what of it is ever posted.

The model is a scripted server over real HTTP, streamed in small pieces and not streamed at all.
"""

import re
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.local_models import Asked, Reply
from tests.local_models.speaking import speaking

from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import Assistant
from aspire_bot.evaluation.facts import sentences_of, unstated

GOALS = ("What are the goals of ASPIRE?", "train young")
CHAIR = ("Who moderated the field meeting of the bioengineering projects?", "moderated by")
PROJECTS = ("What did the bioengineering projects do at the field meeting?", "eight projects")
CARRY = ("How much may be carried over to the next year?", "10 percent")
LODGING = ("What is the lodging allowance in Europe?", "Europe")
SALARY = ("研究代表者の人件費の上限はいくらですか。", "120万円")
_PLACE = re.compile(r"(?<= )#(?=[.。 ]|$)")
_LINK = re.compile(r"https?://|www\.|<[!@#]|!\[|\]\(|evil", re.IGNORECASE)


@dataclass
class Stage:
    """A model on a stage: `said` is its next reply; `#` stands for the right marker."""

    assistant: Assistant
    said: str = ""
    words: str = ""
    is_streamed: bool = True
    asked: list[Asked] = field(default_factory=list[Asked])

    def ask(self, about: tuple[str, str], said: str) -> Answer:
        question, self.words = about
        self.said = said
        return self.assistant.answer(Question(text=question))

    def reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        found = (n for n, (_, text) in asked.passages().items() if self.words in text)
        text = _PLACE.sub(f"[{next(found, 1)}]", self.said)
        pieces = tuple(text[at : at + 7] for at in range(0, len(text), 7))
        return Reply(pieces=pieces, is_never_streamed=not self.is_streamed)


@pytest.fixture(scope="module", params=[True, False], ids=["streamed", "whole"])
def stage(request: pytest.FixtureRequest, home: Path) -> Generator[Stage]:
    stages: list[Stage] = []

    def script(asked: Asked) -> Reply:
        return stages[0].reply(asked)

    with speaking(home, script, answer_from=0.0) as (assistant, _):
        stages.append(Stage(assistant=assistant, is_streamed=bool(request.param)))
        yield stages[0]


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (GOALS, "The goals of ASPIRE include training young researchers #."),
        (CHAIR, "The meeting was moderated by Dr. Hiroshi Shimizu #."),
        (PROJECTS, "All eight projects presented their progress #."),
        (CARRY, "A project may carry over up to 10 percent of its direct costs #."),
        (LODGING, "In Europe, lodging a night is 20,000 yen #."),
        (SALARY, "研究代表者の人件費は年間120万円を上限として直接経費から支出できます #。"),
    ],
)
def test_a_truth_is_said_in_the_models_words(
    stage: Stage, about: tuple[str, str], said: str
) -> None:
    answer = stage.ask(about, said)
    assert answer.model != "extractive"
    assert said.partition("#")[0].strip() in answer.text
    assert [unstated(one, about[0]) for one in sentences_of(answer)] == [()]


_PAID = "を上限として直接経費から支出できます #。"
LIES = {
    "number": (CARRY, "A project may carry over up to 15 percent of its direct costs #."),
    "unit": (CARRY, "A project may carry over up to 10 months of its direct costs #."),
    "negation": (CARRY, "A project may not carry over 10 percent of its direct costs #."),
    "direction": (CARRY, "A project may carry over at least 10 percent of its costs #."),
    "date": (CHAIR, "The field meeting was held on November 14, 2025 #."),
    "swapped person": (CHAIR, "The meeting was moderated by Dr. Kenjiro Miyano #."),
    "name": (CHAIR, "The meeting was moderated by Dr. Maria Keller #."),
    "number in words": (CHAIR, "All nine projects presented their progress #."),
    "currency": (LODGING, "In Europe, lodging a night is 20,000 dollars #."),
    "another row": (LODGING, "In Asia, lodging a night is 20,000 yen #."),
    "amount, ja": (SALARY, f"研究代表者の人件費は年間1,200万円{_PAID}"),
    "unit, ja": (SALARY, f"研究代表者の人件費は年間120万ドル{_PAID}"),
    "negation, ja": (SALARY, "研究代表者の人件費は直接経費から支出することができません #。"),
}


@pytest.mark.parametrize(("about", "lie"), LIES.values(), ids=LIES)
def test_a_lie_in_one_fact_is_not(stage: Stage, about: tuple[str, str], lie: str) -> None:
    answer = stage.ask(about, lie)
    assert lie.partition("#")[0].strip() not in answer.text
    assert answer.model == "extractive"
    assert answer.trace is not None
    assert [one.verdict for one in answer.trace.statements] == ["dropped"]


@pytest.mark.parametrize("marker", ["", "[9]", "[0]", "[1-99]"])
def test_a_missing_or_impossible_marker_is_replaced_by_the_right_one(
    stage: Stage, marker: str
) -> None:
    answer = stage.ask(CHAIR, f"The meeting was moderated by Dr. Hiroshi Shimizu {marker}.")
    assert answer.model != "extractive"
    assert re.findall(r"\[\w+\]", answer.text) == ["[1]"]
    assert "Hiroshi Shimizu" in answer.citations[0].quote


@pytest.mark.parametrize(
    "poison",
    [
        "See https://evil.example/x for more #.",
        "See [the goals](https://evil.example/x) #.",
        "See [the goals][1] #.\n\n[1]: https://evil.example/x",
        "![goals](https://evil.example/p.png) #.",
        '<img src="https://evil.example/p.png"> #.',
        "<https://evil.example/x|The goals> #.",
        "Ask <!channel> or <@U024BE7LH> #.",
        "Ask @channel about young researchers #.",
        "Young researchers are trained, see www.evil.example #.",
        "Young researchers write to goals@evil.example #.",
        "Young researchers see javascript:alert(1) #.",
        "Young researchers see evil&#46;example #.",
    ],
)
def test_no_link_mention_or_image_is_ever_posted(stage: Stage, poison: str) -> None:
    truth = "The goals of ASPIRE include training young researchers #."
    for said in (f"{poison} {truth}", f"{truth} {poison}", f"{truth[:-2]} ({poison}) #."):
        answer = stage.ask(GOALS, said)
        assert not _LINK.search(answer.text), answer.text
        assert all(
            c.deep_link is None or "example.org/aspire" in c.deep_link for c in answer.citations
        )


def test_signs_that_nobody_sees_are_taken_out(stage: Stage) -> None:
    said = "The goals of ASPIRE include train\u202eing young re\u200bsearchers\x07\x1b[31m #."
    answer = stage.ask(GOALS, said)
    assert all(sign.isprintable() or sign == "\n" for sign in answer.text)


def test_another_period_is_a_lie(stage: Stage) -> None:
    answer = stage.ask(SALARY, f"研究代表者の人件費は月額120万円{_PAID}")
    assert "月額" not in answer.text


def test_an_answer_in_the_wrong_language_is_not_posted(stage: Stage) -> None:
    answer = stage.ask(GOALS, "ASPIREの目標には若手研究者の育成が含まれる #。")
    assert "若手研究者" not in answer.text


def test_an_echo_of_the_question_is_no_answer(stage: Stage) -> None:
    answer = stage.ask(GOALS, "Question: What are the goals of ASPIRE? #")
    assert answer.model == "extractive"


def test_the_lines_of_the_prompt_are_not_posted(stage: Stage) -> None:
    said = "#### 1dd6c64c5c00f921 ####\nThe goals of ASPIRE include training young researchers #."
    assert "1dd6c64c5c00f921" not in stage.ask(GOALS, said).text


def test_half_a_sentence_is_never_posted(stage: Stage) -> None:
    answer = stage.ask(GOALS, "The goals of ASPIRE include training young researchers #. It may")
    assert answer.text.endswith("[1]")
    assert "It may" not in answer.text


def test_what_fails_leaves_the_truth_before_it(home: Path) -> None:
    """Ends in mid-sentence by running out of tokens, or by a line that breaks."""
    truth = "The goals of ASPIRE include training young researchers [{}]. "
    for ending in ("length", "torn", "short"):

        def script(asked: Asked, ending: str = ending) -> Reply:
            number = next(n for n, (_, text) in asked.passages().items() if GOALS[1] in text)
            pieces = (truth.format(number), "ASPIRE pays each project 700 million")
            return Reply(pieces=pieces, ending=ending)  # pyright: ignore[reportArgumentType]  one of them

        with speaking(home, script, answer_from=0.0) as (assistant, _):
            answer = assistant.answer(Question(text=GOALS[0]))
        assert "700" not in answer.text
        assert "training young researchers" in answer.text
