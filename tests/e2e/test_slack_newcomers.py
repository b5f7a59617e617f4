"""Home, suggested prompts and the tour, through the real Bolt app."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.local_slack.answers import ABSTAINED, ENGLISH_ANSWER, GOALS, JAPANESE_ANSWER
from tests.local_slack.scene import OPTIONS, Scene, Scripted, ScriptedCore, run_bot, texts_of

from aspire_bot.local_slack.blocks.limits import block_elements, message_texts
from aspire_bot.local_slack.model import Message, User
from aspire_bot.slack.onboarding.content import shipped_content
from aspire_bot.suggestions.check import SuggestionCheck, checking


def _buttons(message: Message) -> list[str]:
    elements = [one for block in message.blocks for one in block_elements(block)]
    return [str(one["action_id"]) for one in elements if one.get("type") == "button"]


def _last(scene: Scene, channel: str) -> Message:
    return scene.said(channel)[-1]


def test_home_shows_the_index_and_offers_questions_that_are_answered() -> None:
    with run_bot(ENGLISH_ANSWER, library=(GOALS,)) as scene:
        scene.alice.opens_home()
        home = scene.alice.waits_for_home()
        shown = "\n".join(message_texts(home.content["blocks"]))  # pyright: ignore[reportArgumentType]  blocks
        assert "21 November 2026" in shown
        assert "<https://www.example.org/en/goals.html|Goals of the programme>" in shown
        scene.alice.clicks(home, "aspire:ask:1")
        text, *_ = texts_of(_last(scene, "D1"))[1:]
        assert "goals" in text
        assert scene.core.questions[0].text


def test_the_conversation_with_the_app_offers_prompts() -> None:
    with run_bot() as scene:
        scene.ken.opens_home(tab="messages")
        scene.slack.wait_for_calls("assistant.threads.setSuggestedPrompts", 1)


@pytest.mark.parametrize("is_socket", [False, True], ids=["http", "socket"])
def test_a_newcomer_is_welcomed_once_and_taken_round_step_by_step(is_socket: bool) -> None:
    script: list[Scripted] = [ENGLISH_ANSWER] * 20
    with run_bot(*script, is_socket=is_socket) as scene:
        scene.slack.workspace.add_user(User(user_id="U7", name="nova", real_name="Nova"))
        nova = scene.people["U7"]
        nova.joins_workspace()
        for channel in ("C1", "C2"):
            nova.joins(channel)
        (welcome,) = scene.said(nova.dm)
        nova.clicks(welcome, "aspire:tour:go")
        first = _last(scene, nova.dm)
        assert "1/" in "\n".join(texts_of(first))
        for _ in range(12):
            go = [one for one in _buttons(_last(scene, nova.dm)) if one == "aspire:tour:go"]
            if not go:
                break
            nova.clicks(_last(scene, nova.dm), go[0])
        said = scene.said(nova.dm)
        assert len(said) >= 8  # the welcome and at least seven steps
        steps = ["\n".join(texts_of(m)) for m in said[1:]]
        assert len(set(steps)) == len(steps)


def test_what_the_documents_do_not_answer_is_left_out_and_shown_to_staff() -> None:
    script: list[Scripted] = [ABSTAINED, *[JAPANESE_ANSWER] * 20]
    with run_bot(*script) as scene:
        scene.ken.runs("/aspire", "onboarding")
        scene.settle()
        assert "共同研究" in "\n".join(texts_of(_last(scene, "D2")))
        (gap,) = scene.state.gaps.open(10)
        assert gap.origin == "onboarding"


CONTENT = shipped_content()
JAPANESE = CONTENT.guide("ja")


@contextmanager
def _asked(path: Path, *unanswered: str) -> Generator[SuggestionCheck]:
    """Ask an index that answers all that is proposed, but for these questions."""
    core = ScriptedCore((), unanswered=frozenset(unanswered))
    check = SuggestionCheck(core, CONTENT.proposals(), path=path / "s.json", answering="as now")
    with checking(check):
        yield check


@pytest.mark.parametrize("lost", [0, -1], ids=["first", "last"])
def test_a_step_that_the_index_does_not_answer_is_never_counted(tmp_path: Path, lost: int) -> None:
    step = JAPANESE.steps[lost]
    script: list[Scripted] = [JAPANESE_ANSWER] * 20
    with _asked(tmp_path, *step.questions) as check:
        options = replace(OPTIONS, offered=check)
        with run_bot(*script, options=options) as scene:
            scene.ken.joins_workspace()
            while "aspire:tour:go" in _buttons(_last(scene, "D2")):
                scene.ken.clicks(_last(scene, "D2"), "aspire:tour:go")
            told = ["\n".join(texts_of(message)) for message in scene.said("D2")[1:]]
            gaps = {gap.question for gap in scene.state.gaps.open(9)}
    total = len(JAPANESE.steps) - 1
    counted = [re.findall(r"^\d+/\d+$", text, re.MULTILINE) for text in told]
    assert counted == [[f"{number}/{total}"] for number in range(1, total + 1)]
    assert step.questions[0] not in "\n".join(told)
    assert JAPANESE.closing.split()[0] in told[-1]
    assert gaps == set(step.questions)  # staff see which document is missing


def test_what_is_not_answered_surely_is_neither_on_the_home_nor_a_prompt(tmp_path: Path) -> None:
    first, second, *_ = JAPANESE.suggested
    with _asked(tmp_path, first.question) as check:
        options = replace(OPTIONS, offered=check)
        with run_bot(JAPANESE_ANSWER, options=options, library=(GOALS,)) as scene:
            scene.ken.opens_home()
            scene.ken.opens_home(tab="messages")
            scene.slack.wait_for_calls("assistant.threads.setSuggestedPrompts", 1)
            scene.settle()
            home = scene.ken.waits_for_home()
            (shown,) = scene.slack.workspace.prompts.values()
            scene.ken.clicks(home, "aspire:ask:1")
            scene.settle()
            assert scene.core.questions[0].text == second.question
    assert first.question not in repr(shown)
    assert second.question in repr(shown)
