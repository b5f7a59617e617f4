"""The shipped tour and the suggested questions, asked of the sample knowledge that is shipped."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest
from tests.unit.bot.slack.onboarding_scene import button_values, open_scene

from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.local_slack.blocks.limits import message_texts
from aspire_bot.settings import Settings
from aspire_bot.slack.onboarding.content import read_content
from aspire_bot.slack.onboarding.messages import LATER

CONTENT = read_content(None, programme="ASPIRE")
LINK = re.compile(r"<https://[^|<>]+\|\[\d+\]>")


@pytest.fixture(scope="module")
def sample(sample_home: Path) -> Generator[Assistant]:
    with open_assistant(Settings(home=sample_home)) as assistant:
        yield assistant


@pytest.mark.parametrize(("user", "language"), [("U1", "en"), ("U2", "ja")])
def test_at_least_six_steps_are_answered_with_citations(
    sample: Assistant, tmp_path: Path, user: str, language: str
) -> None:
    channel = f"D{user[1:]}"
    guide = CONTENT.guide(language)
    with open_scene(tmp_path, core=sample, content_=CONTENT) as scene:
        scene.joins(user, "C1")
        scene.work()
        value = guide.steps[0].step_id
        ways = {step.step_id for step in guide.steps} | {LATER}
        while value:
            scene.presses(value, user=user)
            scene.work()
            offered = button_values(scene.messages(channel)[-1]).values()
            # an answer that is not sure offers the office beside them
            value = next((one for one in reversed(offered) if one in ways), "")
        welcome, *steps = scene.messages(channel)
        gaps = {gap.question for gap in scene.state.gaps.open(99)}
    assert guide.welcome.split()[0] in message_texts(welcome.blocks)[0]
    shown = [step for step in steps if re.match(r"\d+/\d+ ", step.text)]
    assert len(shown) >= 6
    assert len({step.text.partition(" ")[2] for step in shown}) == len(shown)
    for step in shown:
        texts = "\n".join(message_texts(step.blocks))
        assert LINK.search(texts), texts
    titles = {step.text.partition(" ")[2] for step in shown}
    for step in guide.steps:  # what is left out is known to staff
        assert step.title in titles or set(step.questions) <= gaps
    assert "".join(guide.closing.split()) in "".join(
        "".join(message_texts(steps[-1].blocks)).replace("’", "'").split()
    )


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_suggested_is_answered(sample: Assistant, language: str) -> None:
    for one in CONTENT.guide(language).suggested:
        answer = sample.answer(Question(text=one.question))
        assert answer.outcome == "answered", one.question
        assert answer.citations
        assert answer.language == language
