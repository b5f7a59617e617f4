"""What the bot logs of what people send it: at INFO and above no word and no id of a person."""

import io
import logging
from collections.abc import Generator

import pytest
from tests.local_slack.answers import ENGLISH_ANSWER
from tests.local_slack.handmade import deliver
from tests.local_slack.scene import run_bot, texts_of

from aspire_bot.local_slack.courier import HttpTransport
from aspire_bot.local_slack.events import event_body
from aspire_bot.logs import AddAbout, Redactor, build_formatter
from aspire_bot.slack.render import buttons

WORD = "hedgehogs"
"""In all that is sent."""
PERSON = "U0LONGID99"


@pytest.fixture
def logged() -> Generator[io.StringIO]:
    """What every logger says from INFO on, as `serve` writes it."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setLevel(logging.INFO)
    handler.addFilter(AddAbout())
    handler.setFormatter(build_formatter("json", Redactor()))
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def _event(**more: object) -> dict[str, object]:
    return {
        "type": "app_mention",
        "user": PERSON,
        "channel": "C1",
        "ts": "1700000000.000100",
        "text": f"<@UBOT> what of {WORD}?",
        **more,
    }


def _malformed() -> list[dict[str, object]]:
    """Events that cannot be read, with what somebody wrote where it does not belong."""
    return [
        _event(files=f"{WORD}.pdf"),
        _event(thread_ts={"text": WORD}),
        _event(text={"said": WORD}),
        _event(user=[WORD, PERSON]),
        _event(attachments=[{"text": [WORD]}]),
        {"type": "member_joined_channel", "user": {"name": WORD}, "channel": "C1"},
    ]


def _odd_click() -> dict[str, object]:
    """A press of a button whose value is none."""
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": PERSON},
        "channel": {"id": "C1"},
        "container": {"message_ts": "1700000000.000200"},
        "actions": [{"type": "button", "action_id": buttons.VOTE, "value": {"said": WORD}}],
    }


def test_no_word_and_no_person_is_logged(logged: io.StringIO) -> None:
    with run_bot(*[ENGLISH_ANSWER] * 2, RuntimeError("broken"), *[ENGLISH_ANSWER] * 12) as scene:
        asked = scene.alice.asks("C1", f"What do {WORD} eat?")
        answered = scene.alice.waits_for_answer(asked)
        scene.alice.edits(asked, f"What do {WORD} drink?")
        scene.alice.runs("/aspire", f"where do {WORD} live")
        scene.ken.asks("C1", f"{WORD}は何を食べますか")  # the core fails at it
        scene.settle()
        for number, event in enumerate(_malformed()):
            assert deliver(scene.port, event_body(event, event_id=f"EvOdd{number}")) == 200
        scene.settle()
        HttpTransport(scene.port).send("interactive", _odd_click(), retry=None, deadline_s=30)
        scene.alice.deletes(asked)
        scene.settle()
    told = logged.getvalue()
    assert texts_of(answered)
    assert "Traceback" in told  # what failed is there, under an incident
    assert "validation error" in told  # of the click, which Bolt tells of
    assert WORD not in told
    assert PERSON not in told
