"""What a person in Slack sees, through the real Bolt app over signed HTTP on loopback."""

import logging
import re
import time

import pytest
from tests.local_slack.answers import (
    ABSTAINED,
    ENGLISH_ANSWER,
    GOALS,
    JAPANESE_ANSWER,
    answer,
    cite,
)
from tests.local_slack.scene import run_bot

from aspire_bot.local_slack.events import (
    deliver,
    direct_message,
    event_body,
    mention,
    message,
    request,
    signed_headers,
)
from aspire_bot.local_slack.limits import message_texts
from aspire_bot.local_slack.methods import BOT_USER
from aspire_bot.local_slack.server import Fault
from aspire_ingest.index.errors import IndexMissingError


def test_mention_gets_a_cited_reply_in_its_thread() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        event = mention("What are the goals &amp; costs?")
        scene.say(event)
        (post,) = scene.slack.wait_for_posts(1)
        assert scene.answerer.questions[0].text == "What are the goals & costs?"
        assert scene.answerer.questions[0].audience == "public"
        assert (post["channel"], post["thread_ts"]) == ("C1", event["ts"])
        assert (post["unfurl_links"], post["unfurl_media"]) == (False, False)
        text, sources, footer = scene.texts()
        assert "<https://www.example.org/en/goals.html#:~:text=The%20goals%20are|[1]>" in text
        assert "<https://www.example.org/en/guide.pdf?a=1&amp;b=2|[2]>" in text
        assert "[1] <https://www.example.org/en/goals.html|Goals of the programme>" in sources
        assert "21 November 2026" in footer


def test_the_status_is_shown_before_the_reply() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        event = mention("What are the goals?")
        scene.say(event)
        scene.slack.wait_for_posts(1)
        calls = [c for c in scene.slack.calls if c.method != "auth.test"]
        assert [c.method for c in calls] == ["assistant.threads.setStatus", "chat.postMessage"]
        assert calls[0].arguments["thread_ts"] == event["ts"]


def test_a_refused_status_does_not_stop_the_reply() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        scene.slack.fail_next(Fault(method="assistant.threads.setStatus", error="missing_scope"))
        scene.say(mention("What are the goals?"))
        scene.slack.wait_for_posts(1)
        assert "goals" in scene.texts()[0]


def test_direct_message_is_answered_in_japanese() -> None:
    with run_bot(JAPANESE_ANSWER) as scene:
        event = direct_message("旅費は流用できますか?")
        scene.say(event)
        (post,) = scene.slack.wait_for_posts(1)
        assert (post["channel"], post["thread_ts"]) == ("D1", event["ts"])
        text, sources, footer = scene.texts()
        assert text == "旅費は費目間で流用できます。<https://www.example.org/guide.pdf|[1]>"
        assert "例示機構 · 2025年4月1日 · 版: 令和7年度 · 経費の使用 · 3ページ" in sources
        assert footer.startswith("2026年11月21日時点")


def test_follow_up_brings_the_history_of_its_own_thread() -> None:
    with run_bot(ENGLISH_ANSWER, ABSTAINED, ENGLISH_ANSWER) as scene:
        first = mention("What are the goals?")
        for number, event in enumerate(
            (first, mention("Elsewhere?"), mention("And since when?", thread_ts=first["ts"])), 1
        ):
            scene.say(event)
            scene.slack.wait_for_posts(number)
        history = scene.answerer.questions[2].history
        assert [(turn.role, turn.text) for turn in history] == [
            ("user", "What are the goals?"),
            ("assistant", ENGLISH_ANSWER.text),
        ]
        assert scene.answerer.questions[1].history == ()
        assert scene.slack.posted()[2]["thread_ts"] == first["ts"]


def test_an_event_delivered_again_is_answered_once() -> None:
    with run_bot(ENGLISH_ANSWER, ENGLISH_ANSWER, ENGLISH_ANSWER, ABSTAINED) as scene:
        event = mention("What are the goals?")
        scene.say(event, event_id="Ev1")
        scene.say(event, event_id="Ev1")
        scene.say(event, event_id="Ev2")  # another event about the same message
        scene.slack.wait_for_posts(1)
        scene.say(mention("And the last one?"))
        scene.slack.wait_for_posts(2)
    assert len(scene.slack.posted()) == len(scene.answerer.questions) == 2


def test_only_people_who_address_the_bot_are_answered() -> None:
    with run_bot(ENGLISH_ANSWER, ENGLISH_ANSWER) as scene:
        asked = mention("What are the goals?")
        twin = message(str(asked["text"]), ts=asked["ts"])
        for event in (
            twin,
            message("talking among ourselves"),
            direct_message("edited", subtype="message_changed"),
            direct_message("I am a bot", bot_id="B9"),
            mention("I am a bot", bot_id="B9"),
            direct_message("I am this bot", user=BOT_USER),
            {"type": "message", "channel_type": "im", "text": "neither channel nor ts"},
            asked,
        ):
            scene.say(event)
        scene.slack.wait_for_posts(1)
    assert [q.text for q in scene.answerer.questions] == ["What are the goals?"]
    assert len(scene.slack.posted()) == 1


def test_bare_mention_gets_help_in_both_languages() -> None:
    with run_bot() as scene:
        scene.say(mention(" "))
        scene.slack.wait_for_posts(1)
        assert "Ask me" in scene.texts()[0]
        assert "質問してください" in scene.texts()[0]


def test_abstaining_names_the_nearest_documents_and_the_contact() -> None:
    with run_bot(ABSTAINED) as scene:
        scene.say(mention("What will the weather be?"))
        scene.slack.wait_for_posts(1)
        text, nearest, contact, _ = scene.texts()
        assert text == "The documents do not answer this."
        assert "• <https://www.example.org/en/goals.html|Goals of the programme>" in nearest
        assert contact == "Contact: office@example.org"


@pytest.mark.parametrize(
    ("question", "error", "told"),
    [
        ("Goals?", RuntimeError("secret detail"), "Something went wrong on our side"),
        ("Goals?", IndexMissingError("/secret/path"), "No documents have been indexed yet"),
        ("目的は?", IndexMissingError("/secret/path"), "文書がまだ登録されていません"),
    ],
)
def test_an_error_is_told_with_an_incident_that_the_log_explains(
    question: str, error: Exception, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "aspire_bot"), run_bot(error) as scene:
        event = mention(question)
        scene.say(event, event_id="EvBroken")
        (post,) = scene.slack.wait_for_posts(1)
        notice, footnote = scene.texts()
    assert told in notice
    assert "secret" not in f"{post}"
    incident = re.search(r"[0-9a-f]{8}$", footnote)
    assert incident
    assert f"incident={incident[0]} event_id=EvBroken" in caplog.text
    assert "Traceback" in caplog.text
    assert post["thread_ts"] == event["ts"]


def test_a_refused_answer_ends_in_a_notice_not_in_silence() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        scene.slack.fail_next(Fault(method="chat.postMessage", error="invalid_blocks"))
        scene.say(mention("What are the goals?"))
        scene.slack.wait_for_posts(1)
        assert "Something went wrong" in scene.texts()[0]


def test_a_rate_limit_is_waited_for() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        scene.slack.fail_next(
            Fault(method="chat.postMessage", error="ratelimited", status=429, retry_after_s=0)
        )
        scene.say(mention("What are the goals?"))
        scene.slack.wait_for_posts(1)
        assert "goals" in scene.texts()[0]


def test_hostile_text_is_shown_and_does_nothing() -> None:
    hostile = "<!channel> <@U1> <https://evil.example|click> *b* `c` \u202eright \u200bzero [1]"
    document = type(GOALS)(
        document_id="h",
        source="h",
        title="<https://evil.example|*title*>",
        url="https://www.example.org/a|b>c",
        publisher="<!here>",
    )
    with run_bot(answer(hostile, cite(1, document, heading=(hostile,)))) as scene:
        scene.say(mention("&lt;!channel&gt; " + hostile))
        (post,) = scene.slack.wait_for_posts(1)
    shown = [*message_texts(post["blocks"]), str(post["text"])]  # pyright: ignore[reportArgumentType]
    live = {found for text in shown for found in re.findall(r"<([^|>]*)", text)}
    assert live == {"https://www.example.org/a%7Cb%3Ec"}
    assert not any(sign in text for sign in "*`\u202e\u200b" for text in shown)
    assert scene.answerer.questions[0].text.startswith("<!channel> @channel @U1 click")


def test_unsigned_forged_and_old_requests_are_refused() -> None:
    with run_bot() as scene:
        body = event_body(mention("What are the goals?"))
        old = signed_headers(b"{}", at=time.time() - 301)
        assert deliver(scene.port, body, **{"X-Slack-Signature": "v0=" + "0" * 64}) == 401
        assert deliver(scene.port, b"{}", **old) == 401
        assert deliver(scene.port, body, **{"X-Slack-Request-Timestamp": "soon"}) == 401
        assert deliver(scene.port, b"{}", **{"X-Slack-Signature": "v0=\u00e9"}) == 401
        signed = signed_headers(b"{}")
        for raw in (b"[1]", b"{", b"\xff\xfe"):
            assert request(scene.port, "POST", "/slack/events", raw, signed)[0] == 401
            assert request(scene.port, "POST", "/slack/events", raw)[0] == 401
        assert request(scene.port, "GET", "/slack/events")[0] == 405
    assert scene.answerer.questions == []


def test_slack_can_verify_the_url() -> None:
    with run_bot() as scene:
        raw = b'{"type": "url_verification", "challenge": "c1"}'
        status, body = request(scene.port, "POST", "/slack/events", raw, signed_headers(raw))
        assert (status, body) == (200, b'{"challenge": "c1"}')
