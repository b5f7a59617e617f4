"""Approved answers, asked for in other words, in the other language, and nearly."""

import json
import shutil
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from tests import knowledge
from tests.local_slack.scene import OPTIONS, Scene, run_bot, texts_of

from aspire_bot.answering.approved.same_question.judge import SameQuestion
from aspire_bot.answering.approved.sameness import ApprovedQuestion, Verdict
from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import build_same_question, open_assistant
from aspire_bot.index_publisher import IndexPublisher
from aspire_bot.settings import Settings
from aspire_bot.slack.render import buttons

OTHER_LANGUAGE, SHORT = "研究代表者の人件費は対象ですか。", "salary for PIs, allowed?"
"""Further wordings that staff write with the first."""
CASES = Path(__file__).parents[1] / "evals" / "approved-meaning.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An approved answer, and questions that ask the same and that nearly do."""

    question: str
    answer: str
    language: str
    same: Sequence[str]
    near: Sequence[str]


def _cases() -> list[Case]:
    return [Case(**json.loads(line)) for line in CASES.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> SameQuestion:
    found = build_same_question(Settings(home=tmp_path_factory.mktemp("judge")))
    assert found is not None
    return found


def _verdicts(judge: SameQuestion, kind: str) -> Counter[Verdict]:
    return Counter(
        ApprovedQuestion(wordings=(case.question,)).sameness(text, judge).verdict
        for case in _cases()
        for text in (case.same if kind == "same" else case.near)
    )


def test_the_same_in_other_words_is_given_or_offered_and_the_near_is_not(
    judge: SameQuestion,
) -> None:
    """The measured figures, as floors."""
    same, near = _verdicts(judge, "same"), _verdicts(judge, "near")
    assert near["same"] == 0
    assert near["similar"] == 0
    assert same["same"] >= 16
    assert same["same"] + same["similar"] >= 19


@pytest.fixture
def scene(home: Path, tmp_path: Path) -> Generator[Scene]:
    """The bot over an index of its own; staff's answers are published into it."""
    place = tmp_path / "home"
    shutil.copytree(home, place, ignore=shutil.ignore_patterns("readers", "*.lock"))
    settings = Settings(home=place, contact="office@example.org")
    with open_assistant(settings) as core:
        options = replace(
            OPTIONS,
            publisher=IndexPublisher.from_settings(settings),
            same_question=build_same_question(settings),
        )

        def answer(question: Question, *told: Any) -> Answer:
            return core.answer(question, *told)

        with run_bot(*[answer] * 20, options=options, library=core.documents("staff")) as scene:
            yield scene


def _asked(scene: Scene, question: str) -> str:
    asked = scene.alice.asks("C1", question)
    scene.settle()
    (reply,) = scene.alice.replies(asked)
    return "\n".join(texts_of(reply))


def test_what_staff_set_right_reaches_others_who_ask_it_and_nobody_else(
    scene: Scene,
) -> None:
    """From "that's wrong" to what others are told: given, or offered as to a similar question."""
    case = _cases()[0]
    asked = scene.alice.asks("C1", case.question)
    scene.settle()
    (reply,) = scene.alice.replies(asked)
    scene.alice.says("C1", "that's wrong", thread_ts=asked.ts)
    scene.settle()
    assert case.answer not in "\n".join(texts_of(scene.alice.replies(asked)[-1]))
    scene.sato.uses_shortcut(reply, buttons.SET_RIGHT_SHORTCUT)
    fields = {
        "question": f"{case.question}\n{OTHER_LANGUAGE}\n{SHORT}",
        "text": case.answer,
        "url": f"{knowledge.SITE}/en/about.html",
    }
    assert scene.sato.submits(scene.sato.waits_for_view(), fields).errors == {}
    scene.settle()
    draft = scene.sato.sees("G1")[-1]
    if "Before this approved answer" in "\n".join(texts_of(draft)):
        scene.sato.clicks(draft, buttons.PUBLISH_DRAFT)
        scene.settle()
    assert "published.*" in texts_of(scene.sato.sees("G1")[-1])[0]
    reached = [text for text in case.same if case.answer in _asked(scene, text)]
    wrong = [text for text in case.near if case.answer in _asked(scene, text)]
    assert case.same[0] in reached
    assert wrong == []
