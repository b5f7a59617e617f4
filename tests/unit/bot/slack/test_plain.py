"""Kept Slack messages as plain text."""

import pytest
from tests.local_slack.answers import GOALS, answer, cite

from aspire_bot.slack.render.blocks import render_answer
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.render.plain import shown_text


def test_an_answer_is_shown_without_slacks_signs() -> None:
    cited = cite(1, GOALS, deep_link="https://www.example.org/en/goals.html#:~:text=quote")
    message = render_answer(answer("R&D <costs> are *covered* [1].", cited))
    shown = shown_text(SlackMessage.from_json(message.to_json()))
    assert shown.startswith("R&D <costs> are ∗covered∗ [1].")
    assert "Goals of the programme" in shown
    assert "http" not in shown
    assert "&amp;" not in shown


@pytest.mark.parametrize(
    ("mrkdwn", "text"),
    [
        ("*Bold* and <https://a.example/x|a page>", "Bold and a page"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("2 * 3 * 4 &lt;b&gt;", "2 * 3 * 4 <b>"),
        ("2*3*4, x*y* and *y*x", "2*3*4, x*y* and *y*x"),
        (" A line.\n", "A line."),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_signs_of_slack_go_and_signs_of_people_stay(mrkdwn: str, text: str) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn}}
    assert shown_text(SlackMessage(text="", blocks=(block,))) == text


def test_controls_are_left_out_and_without_blocks_the_text_stands() -> None:
    controls = {"type": "actions", "elements": [{"type": "button", "text": {"text": "Send"}}]}
    assert shown_text(SlackMessage(text="Yes &amp; no", blocks=(controls,))) == "Yes & no"


def test_what_stands_in_a_container_is_shown() -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "Inside."}}
    folded = {"type": "container", "child_blocks": [block]}
    assert shown_text(SlackMessage(text="", blocks=(folded,))) == "Inside."
