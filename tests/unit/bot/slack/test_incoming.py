import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from aspire_bot.local_slack.events import direct_message, event_body, mention, message
from aspire_bot.local_slack.methods import BOT_USER, TEAM
from aspire_bot.slack.incoming import ThreadKey, plain_text, read_incoming


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


def test_the_thread_is_that_of_the_first_message() -> None:
    first = read_incoming(event_body(mention("a", ts="1.1")), bot_user_id=BOT_USER)
    reply = read_incoming(event_body(mention("b", ts="2.2", thread_ts="1.1")), bot_user_id=BOT_USER)
    assert first
    assert reply
    assert first.thread == reply.thread == ThreadKey(team=TEAM, channel="C1", thread_ts="1.1")


@pytest.mark.parametrize(
    "event",
    [
        message("in a channel"),
        direct_message("edit", subtype="message_changed"),
        direct_message("bot", bot_id="B1"),
        direct_message("self", user=BOT_USER),
        mention("nobody", user=None),
    ],
)
def test_not_addressed_to_the_bot(event: dict[str, object]) -> None:
    assert read_incoming(event_body(event), bot_user_id=BOT_USER) is None


@pytest.mark.parametrize("body", [{}, [], None, {"event_id": "E", "event": {"type": "message"}}])
def test_malformed_bodies_are_named_so(body: object) -> None:
    with pytest.raises(ValidationError):
        read_incoming(body, bot_user_id=BOT_USER)
