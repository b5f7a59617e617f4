"""What a person in Slack sees, through the real Bolt app, over both transports."""

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
from tests.local_slack.handmade import deliver, direct_message, mention, message, request
from tests.local_slack.scene import Scene, Scripted, run_bot, texts_of
from tests.local_slack.server import Fault

from aspire_bot.local_slack.api.methods import BOT_USER
from aspire_bot.local_slack.events import event_body, signed_headers
from aspire_bot.local_slack.model import Message
from aspire_ingest.index.errors import IndexMissingError

both_transports = pytest.mark.parametrize("is_socket", [False, True], ids=["http", "socket"])
WORKING = "Looking through the documents…"


def _reply(scene: Scene, question: Message) -> Message:
    scene.settle()
    (reply,) = scene.alice.replies(question)
    return reply


@both_transports
def test_mention_gets_a_cited_reply_in_its_thread(is_socket: bool) -> None:
    with run_bot(ENGLISH_ANSWER, is_socket=is_socket) as scene:
        question = scene.alice.asks("C1", "What are the goals & costs?")
        reply = _reply(scene, question)
        assert scene.core.questions[0].text == "What are the goals & costs?"
        assert scene.core.questions[0].audience == "public"
        assert (reply.channel, reply.thread_ts) == ("C1", question.ts)
        text, sources, footer = texts_of(reply)
        assert "<https://www.example.org/en/goals.html#:~:text=The%20goals%20are|[1]>" in text
        assert "<https://www.example.org/en/guide.pdf?a=1&amp;b=2|[2]>" in text
        assert "[1] <https://www.example.org/en/goals.html|Goals of the programme>" in sources
        assert "21 November 2026" in footer


def test_progress_is_shown_from_the_first_moment() -> None:
    seen: list[list[object]] = []

    def look(question: object) -> object:
        (now,) = [m for m in scene.slack.workspace.all_messages() if m.user == BOT_USER]
        seen.append([now.is_streaming, *(t["title"] for t in now.blocks[0]["tasks"])])  # pyright: ignore[reportGeneralTypeIssues, reportIndexIssue, reportUnknownVariableType, reportUnknownArgumentType]
        return ENGLISH_ANSWER

    with run_bot(look) as scene:  # pyright: ignore[reportArgumentType]  it gives an Answer
        question = scene.alice.asks("C1", "What are the goals?")
        reply = _reply(scene, question)
        methods = [c.method for c in scene.slack.calls if c.method != "auth.test"]
    assert methods == [
        "assistant.threads.setStatus",
        "chat.startStream",
        "users.info",  # in which zone the asker is
        "chat.appendStream",
        "chat.appendStream",
        "chat.stopStream",
    ]
    assert seen[0][0] is True
    assert len(seen[0]) == 4
    assert [t["status"] for t in reply.blocks[0]["tasks"]] == ["complete"] * 3  # pyright: ignore[reportGeneralTypeIssues, reportIndexIssue, reportUnknownVariableType]


@pytest.mark.parametrize("refused", ["assistant.threads.setStatus", "chat.startStream"])
def test_without_status_or_streams_the_answer_comes_all_the_same(refused: str) -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        scene.slack.fail_next(Fault(method=refused, error="missing_scope"))
        question = scene.alice.asks("C1", "What are the goals?")
        assert "goals" in texts_of(_reply(scene, question))[0]


@both_transports
def test_direct_message_is_answered_in_japanese(is_socket: bool) -> None:
    with run_bot(JAPANESE_ANSWER, is_socket=is_socket) as scene:
        question = scene.ken.says("D2", "旅費は流用できますか?")
        scene.settle()
        (reply,) = scene.ken.replies(question)
        text, sources, footer = texts_of(reply)
        assert text == "旅費は費目間で流用できます。<https://www.example.org/guide.pdf|[1]>"
        assert "例示機構 · 2025年4月1日 · 版: 令和7年度 · 経費の使用 · 3ページ" in sources
        assert footer.startswith("2026年11月21日時点")


@both_transports
def test_follow_up_brings_the_history_of_its_own_thread(is_socket: bool) -> None:
    with run_bot(ENGLISH_ANSWER, ABSTAINED, ENGLISH_ANSWER, is_socket=is_socket) as scene:
        first = scene.alice.asks("C1", "What are the goals?")
        scene.settle()
        scene.alice.asks("C1", "Elsewhere?")
        scene.settle()
        scene.alice.asks("C1", "And since when?", thread_ts=first.ts)
        scene.settle()
        assert scene.core.questions[1].history == ()
        history = scene.core.questions[2].history
        assert [(turn.role, turn.text) for turn in history] == [
            ("user", "What are the goals?"),
            ("assistant", ENGLISH_ANSWER.text),
        ]
        assert len(scene.alice.replies(first)) == 2


def test_an_event_delivered_again_is_answered_once() -> None:
    with run_bot(ENGLISH_ANSWER, ABSTAINED) as scene:
        event = mention("What are the goals?")
        for event_id in ("Ev1", "Ev1", "Ev2"):  # Ev2: another event about the same message
            scene.say(event, event_id=event_id)
        scene.settle()
        scene.say(mention("And the last one?"))
        assert len(scene.said()) == len(scene.core.questions) == 2


def test_only_people_who_address_the_bot_are_answered() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        asked = mention("What are the goals?")
        twin = message(str(asked["text"]), ts=asked["ts"])
        for event in (
            twin,
            message("Shall we have lunch?"),
            message("What are the goals of the programme?"),  # nobody asked the bot
            direct_message("edited", subtype="message_changed"),
            direct_message("I am a bot", bot_id="B9"),
            mention("I am a bot", bot_id="B9"),
            direct_message("I am this bot", user=BOT_USER),
            {"type": "message", "channel_type": "im", "text": "neither channel nor ts"},
            {"type": "reaction_added", "user": "U1"},
            asked,
        ):
            scene.say(event)
        scene.settle()
        assert scene.slack.count("chat.startStream") + scene.slack.count("chat.postMessage") == 1
        assert [q.text for q in scene.core.questions] == ["What are the goals?"]


@pytest.mark.parametrize("user", ["U1", "U2"])
def test_bare_mention_gets_help_in_the_persons_language(user: str) -> None:
    with run_bot() as scene:
        (told,) = texts_of(scene.ask(mention(" ", user=user)))
        assert ("Ask me" in told) == (user == "U1")
        assert ("質問してください" in told) == (user == "U2")


def test_abstaining_names_the_nearest_documents_and_the_contact() -> None:
    with run_bot(ABSTAINED) as scene:
        text, nearest, contact, _ = texts_of(scene.ask(mention("What will the weather be?")))
        assert text == "The documents do not answer this."
        assert "• <https://www.example.org/en/goals.html|Goals of the programme>" in nearest
        assert contact == "Contact: office@example.org"
        (gap,) = scene.state.gaps.open(10)
        assert gap.question == "What will the weather be?"


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
    script: list[Scripted] = [error] * 9
    with caplog.at_level(logging.ERROR, "aspire_bot"), run_bot(*script) as scene:
        reply = scene.ask(mention(question), event_id="EvBroken")
    notice, footnote = texts_of(reply)
    assert told in notice
    assert "secret" not in f"{reply}"
    assert re.search(r"[0-9a-f]{8}$", footnote)
    assert "Traceback" in caplog.text


def test_a_refused_answer_ends_in_a_notice_not_in_silence() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        scene.slack.fail_next(Fault(method="chat.stopStream", error="invalid_blocks"))
        reply = scene.ask(mention("What are the goals?"))
        assert "Something went wrong" in texts_of(reply)[0]
        assert not reply.is_streaming


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
        reply = scene.ask(mention("&lt;!channel&gt; " + hostile + "x" * 12_000))
    shown = [*texts_of(reply), reply.text]
    live = {found for text in shown for found in re.findall(r"<([^|>]*)", text)}
    assert live == {"https://www.example.org/a%7Cb%3Ec"}
    assert not any(sign in text for sign in "*`\u202e\u200b" for text in shown)
    assert scene.core.questions[0].text.startswith("<!channel> @channel @U1 click")
    assert len(scene.core.questions[0].text) <= 3000


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
    assert scene.core.questions == []


def test_slack_can_verify_the_url() -> None:
    with run_bot() as scene:
        raw = b'{"type": "url_verification", "challenge": "c1"}'
        status, body = request(scene.port, "POST", "/slack/events", raw, signed_headers(raw))
        assert (status, body) == (200, b'{"challenge": "c1"}')
