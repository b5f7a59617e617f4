"""Messages that people forward, as they are read; whose words, and in which order."""

from typing import Any

import pytest
from tests.local_slack.handmade import direct_message, mention, message

from aspire_bot.local_slack.api.methods import BOT_USER
from aspire_bot.local_slack.events import event_body
from aspire_bot.slack.listeners.events import PersonMessage, read_event, text_in
from aspire_bot.slack.listeners.forwarded_messages import MAX_FORWARDED_CHARS, MOST_FORWARDED
from aspire_bot.slack.listeners.payloads import Shortcut

QUOTED: dict[str, Any] = {
    "is_msg_unfurl": True,
    "is_share": True,
    "author_id": "U2",
    "text": "Is *childcare* an eligible cost &amp; from when, <@U3|sato>?",
    "fallback": "[November 2nd, 2026 1:02 PM] ken: Is childcare an eligible cost?",
}
ASKED = "Is *childcare* an eligible cost & from when, @sato?"
UNFOLDED = {"from_url": "https://example.org", "title": "A page", "text": "All about the page"}


def _said(event: dict[str, object]) -> PersonMessage:
    said = read_event(event_body(event), bot_user_id=BOT_USER)
    assert isinstance(said, PersonMessage)
    return said


@pytest.mark.parametrize(
    ("text", "attachments", "read"),
    [
        ("", [QUOTED], ASKED),
        (
            "Do we know?",
            [QUOTED],
            f"Do we know?\n\n{ASKED}",
        ),
        ("See https://example.org", [UNFOLDED], "See https://example.org"),
        ("", [{"is_share": True, "text": "費用は？"}, UNFOLDED], "費用は？"),
        ("", [{"is_msg_unfurl": True, "text": None, "fallback": "ken: why?"}], "ken: why?"),
        ("Why?", [{"is_share": True}], "Why?"),
        ("", [{"is_share": True, "text": f"<@{BOT_USER}> again"}], "again"),
    ],
)
def test_forwarded_words_stand_below_ones_own(
    text: str, attachments: list[dict[str, object]], read: str
) -> None:
    assert _said(direct_message(text, attachments=attachments)).text == read


def test_a_mention_counts_in_ones_own_words_only() -> None:
    naming = [{"is_share": True, "text": f"<@{BOT_USER}> what is it?"}]
    assert _said(mention("so?", attachments=naming)).is_mention
    assert not _said(message("look", attachments=naming)).is_mention


def test_of_many_and_long_ones_the_first_are_read() -> None:
    many = [{"is_share": True, "text": f"{n:02d} " + "x" * 9000} for n in range(40)]
    read = _said(direct_message("all of it", attachments=many)).text
    assert f"{MOST_FORWARDED - 1:02d} x" in read
    assert f"{MOST_FORWARDED:02d} x" not in read
    assert len(read) < (MOST_FORWARDED + 1) * MAX_FORWARDED_CHARS


def test_a_message_with_me_is_a_persons() -> None:
    said = _said(direct_message("wonders about the goals", subtype="me_message"))
    assert said.text == "wonders about the goals"


def test_a_shortcut_reads_them_too() -> None:
    chosen = Shortcut.model_validate(
        {
            "user": {"id": "U1"},
            "callback_id": "answer_this",
            "message": {"text": "", "attachments": [QUOTED]},
        }
    )
    assert chosen.whole_text == QUOTED["text"]


@pytest.mark.parametrize("body", [{}, None, event_body({"type": "app_home_opened", "user": "U1"})])
def test_other_events_say_nothing(body: object) -> None:
    assert text_in(body) == ""
