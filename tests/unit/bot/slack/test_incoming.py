import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.local_slack.handmade import direct_message, mention, message

from aspire_bot.local_slack.api.methods import BOT_USER, TEAM
from aspire_bot.local_slack.events import event_body
from aspire_bot.slack.listeners.events import (
    Deleted,
    Edited,
    Joined,
    OpenedHome,
    PersonMessage,
    plain_text,
    read_event,
)


@pytest.mark.parametrize(
    ("mrkdwn", "text"),
    [
        ("<@UBOT> What is it?", "What is it?"),
        ("<@UBOT|aspire>　予算は？", "予算は？"),
        ("Is it true, <@UBOT>?", "Is it true, ?"),
        ("<@U2> and <@U3|ken> in <#C1|general> <#C2>", "@U2 and @ken in #general #C2"),
        ("<!channel> <!subteam^S1|@staff> <!subteam^S1>", "@channel @staff @subteam"),
        ("see <https://e.org/a?b=1&amp;c|here> or <https://e.org>", "see here or https://e.org"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt;", "1 < 2 && 3 > 2 &lt;"),
        ("<@UBOT> ", ""),
    ],
)
def test_plain_text(mrkdwn: str, text: str) -> None:
    assert plain_text(mrkdwn, bot_user_id=BOT_USER) == text


@given(st.text(st.sampled_from("<>@#!|&;^aU あ\n")))
def test_any_text_can_be_read(mrkdwn: str) -> None:
    assert plain_text(mrkdwn, bot_user_id=None).strip() == plain_text(mrkdwn, bot_user_id=None)


def _read(event: dict[str, object]) -> object:
    return read_event(event_body(event), bot_user_id=BOT_USER)


def test_the_thread_is_that_of_the_first_message() -> None:
    first, reply = _read(mention("a", ts="1.1")), _read(mention("b", ts="2.2", thread_ts="1.1"))
    assert isinstance(first, PersonMessage)
    assert isinstance(reply, PersonMessage)
    assert (first.team, first.channel, first.thread_ts) == (TEAM, "C1", "1.1")
    assert (reply.thread_ts, reply.begins_thread, first.begins_thread) == ("1.1", False, True)
    assert (first.is_mention, first.is_direct) == (True, False)


def test_a_channel_with_others_is_told_by_the_envelope() -> None:
    body = {**event_body(message("hello")), "is_ext_shared_channel": True}
    said = read_event(body, bot_user_id=BOT_USER)
    assert isinstance(said, PersonMessage)
    assert said.is_external


def _changed(text: str, before: str, **fields: object) -> dict[str, object]:
    now = {"ts": "1.1", "user": "U1", "text": text, "edited": {"ts": "2.2"}, **fields}
    return {
        **direct_message("", subtype="message_changed", ts="3.3"),
        "message": now,
        "previous_message": {"ts": "1.1", "user": "U1", "text": before},
    }


def test_an_edit_is_read_where_the_words_changed() -> None:
    edit = _read(_changed("new?", "old?"))
    assert isinstance(edit, Edited)
    assert (edit.said.text, edit.said.ts, edit.edited_ts) == ("new?", "1.1", "2.2")
    assert _read(_changed("same", "same")) is None  # a link was unfolded
    assert _read(_changed("new?", "old?", bot_id="B1")) is None


@pytest.mark.parametrize(
    "event",
    [
        {**direct_message("", subtype="message_deleted"), "previous_message": {"ts": "1.1"}},
        _changed("", "old?", subtype="tombstone"),
    ],
)
def test_a_deletion_is_read(event: dict[str, object]) -> None:
    gone = _read(event)
    assert isinstance(gone, Deleted)
    assert gone.ts == "1.1"


def test_home_and_joining_are_read() -> None:
    home = _read({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"})
    assert home == OpenedHome(team=TEAM, user="U1", channel="D1", tab="messages")
    joined: dict[str, object] = {"type": "member_joined_channel", "user": "U1", "channel": "C1"}
    assert _read(joined) == Joined(team=TEAM, user="U1", channel="C1")
    assert _read({**joined, "user": BOT_USER}) is None
    assert _read({"type": "team_join", "user": {"id": "U9"}}) == Joined(team=TEAM, user="U9")
    assert _read({"type": "team_join", "user": {"id": "U9", "is_bot": True}}) is None


@pytest.mark.parametrize(
    "event",
    [
        message(f"<@{BOT_USER}> the twin of a mention"),
        direct_message("edit", subtype="message_changed"),
        direct_message("somebody joined", subtype="channel_join"),
        direct_message("bot", bot_id="B1"),
        direct_message("self", user=BOT_USER),
        mention("nobody", user=None),
    ],
)
def test_nobody_speaks_to_the_bot(event: dict[str, object]) -> None:
    assert _read(event) is None


@pytest.mark.parametrize("body", [{}, [], None, {"event_id": "E", "event": {"type": "message"}}])
def test_malformed_bodies_are_named_so(body: object) -> None:
    with pytest.raises(ValidationError):
        read_event(body, bot_user_id=BOT_USER)
