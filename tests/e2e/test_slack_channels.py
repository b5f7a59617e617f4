"""How the bot behaves in each channel, and what becomes of questions that change or go away."""

import threading
from pathlib import Path

import pytest
from tests.local_slack.answers import ENGLISH_ANSWER, JAPANESE_ANSWER
from tests.local_slack.scene import OFFICE, Scene, run_bot, texts_of

from aspire_bot.answering.types import Answer, Question
from aspire_bot.local_slack.model import Message
from aspire_bot.slack.options import SlackOptions
from aspire_bot.slack.render import buttons
from aspire_bot.slack.staff.channel_rules import read_rules
from aspire_bot.state.channels import ChannelPolicy

both_transports = pytest.mark.parametrize("is_socket", [False, True], ids=["http", "socket"])


def asked(scene: Scene) -> list[str]:
    """The questions that reached the core."""
    scene.settle()
    return [question.text for question in scene.core.questions]


@pytest.mark.parametrize(
    ("mode", "is_socket", "expected"),
    [
        ("mention", False, ["What are the goals?"]),
        ("follow", False, ["What are the goals?", "Thanks!", "And since when?"]),
        ("auto", False, ["目的は何ですか", "What are the goals?", "Thanks!", "And since when?"]),
        ("auto", True, ["目的は何ですか", "What are the goals?", "Thanks!", "And since when?"]),
    ],
)
def test_modes(mode: str, is_socket: bool, expected: list[str]) -> None:
    with run_bot(*[ENGLISH_ANSWER] * 5, is_socket=is_socket) as scene:
        policy = ChannelPolicy(mode=mode)  # pyright: ignore[reportArgumentType]  one of the modes
        scene.state.channels.set("T1", "C1", policy, "U3")
        unasked = scene.ken.says("C1", "目的は何ですか")
        scene.ken.says("C1", "And since when?", thread_ts=unasked.ts if mode != "auto" else None)
        # In auto mode the first is answered; elsewhere neither, for nobody spoke to the bot.
        question = scene.alice.asks("C1", "What are the goals?")
        scene.settle()
        scene.ken.says("C1", "Thanks!", thread_ts=question.ts)
        scene.ken.says("C1", "And since when?", thread_ts=question.ts)
        heard = asked(scene)
        assert [text for text in expected if text not in heard] == []
        assert len(heard) == len(expected) + (mode == "auto")


def test_small_talk_in_an_auto_channel_is_left_alone() -> None:
    with run_bot() as scene:
        scene.state.channels.set("T1", "C1", ChannelPolicy(mode="auto"), "U3")
        for text in (
            "お疲れさまです。",
            "Good morning!",
            "なるほど、そうですか。",
            "lunch?",
            "ありがとう!",
        ):
            scene.ken.says("C1", text)
        question = scene.ken.says("C1", "旅費は流用できますか")
        scene.ken.says("C1", "@alice どう思いますか?", thread_ts=question.ts)
        scene.settle()
        assert scene.slack.count("chat.postMessage") + scene.slack.count("chat.startStream") == 1


def test_the_core_is_told_what_nobody_addressed_to_the_bot() -> None:
    with run_bot(*[ENGLISH_ANSWER] * 3) as scene:
        scene.state.channels.set("T1", "C1", ChannelPolicy(mode="auto"), "U3")
        question = scene.ken.says("C1", "Who signs the contract?")
        scene.settle()
        scene.ken.says("C1", "And by when?", thread_ts=question.ts)
        scene.alice.asks("C1", "What are the goals?")
        scene.settle()
        heard = {one.text: one.is_overheard for one in scene.core.questions}
        # in a thread with the bot all is said to it, too
        assert heard == {
            "Who signs the contract?": True,
            "And by when?": False,
            "What are the goals?": False,
        }


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_channels_language_holds_for_all_the_bot_says(language: str) -> None:
    titles: list[str] = []

    def look(question: Question) -> Answer:
        (now,) = [m for m in scene.slack.workspace.all_messages() if m.bot_id]
        titles.append(f"{now.blocks}")
        assert question.language == language
        return JAPANESE_ANSWER if language == "ja" else ENGLISH_ANSWER

    with run_bot(look) as scene:
        policy = ChannelPolicy(language=language)  # pyright: ignore[reportArgumentType]  one of them
        scene.state.channels.set("T1", "C1", policy, "U3")
        scene.alice.asks("C1", "目的は?" if language == "en" else "What are the goals?")
        scene.settle()
        assert ("Searching" in titles[0]) == (language == "en")


def test_the_operators_file_decides(tmp_path: Path) -> None:
    file = tmp_path / "channels.yaml"
    file.write_text("C1: {mode: auto, audience: staff}\nX1: {audience: staff}\n")
    options = SlackOptions(office=OFFICE, fixed_rules=read_rules(file))
    with run_bot(*[ENGLISH_ANSWER] * 3, options=options) as scene:
        scene.alice.says("C1", "What are the goals of it?")
        scene.settle()
        scene.alice.asks("X1", "And here, with partners?")
        scene.settle()
        scene.alice.asks("C2", "And there?")
        scene.settle()
        heard = [(q.text, q.audience) for q in scene.core.questions]
        assert heard == [
            ("What are the goals of it?", "staff"),
            ("And here, with partners?", "public"),
            ("And there?", "public"),
        ]
        scene.sato.runs("/aspire", "settings", channel="C1")
        (told,) = [m for m in scene.sato.sees("C1") if m.ephemeral_to]
        assert "運用者のファイル" in texts_of(told)[0]


class Held:
    """Answers when it is let go; `begun` says that the question has reached it."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go = threading.Event()

    def __call__(self, question: Question) -> Answer:
        del question
        self.begun.set()
        assert self.go.wait(10)
        return ENGLISH_ANSWER


def private(scene: Scene) -> list[Message]:
    """What only Alice sees in the first channel."""
    return [m for m in scene.alice.sees("C1") if m.ephemeral_to]


@both_transports
def test_a_question_deleted_while_it_is_answered_leaves_nothing(is_socket: bool) -> None:
    held = Held()
    with run_bot(held, ENGLISH_ANSWER, is_socket=is_socket) as scene:
        question = scene.alice.asks("C1", "What are the goals?")
        assert held.begun.wait(10)
        assert len(scene.alice.replies(question)) == 1
        scene.alice.deletes(question)
        held.go.set()
        assert scene.said("C1") == []
        assert scene.state.inbox.counts().waiting == 0
        scene.ken.asks("C1", "And since when?", thread_ts=question.ts)
        scene.settle()
        assert scene.core.questions[1].history == ()


def test_a_question_deleted_before_the_bot_hears_of_it_is_not_answered() -> None:
    """Slack's events come in any order, and a first delivery may have been lost."""
    with run_bot() as scene:
        event = {"type": "app_mention", "channel": "C1", "user": "U1"}
        asked = {**event, "text": "<@UBOT> What?", "ts": "1750000000.000001"}
        gone = {"type": "message", "subtype": "message_deleted", "channel": "C1"}
        scene.say({**gone, "previous_message": asked, "ts": "1750000001.000001"})
        scene.say(asked)
        assert scene.said() == []
        assert scene.core.questions == []


def test_a_question_deleted_after_its_answer_changes_nothing() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        question = scene.alice.asks("C1", "What are the goals?")
        scene.settle()
        scene.alice.deletes(question)
        scene.settle()
        assert len(scene.alice.replies(question)) == 1


def test_a_changed_question_is_offered_again_and_answered_once() -> None:
    held = Held()
    with run_bot(held, ENGLISH_ANSWER, JAPANESE_ANSWER) as scene:
        question = scene.alice.asks("C1", "What are the gaols?")
        assert held.begun.wait(10)
        scene.alice.edits(question, "@bot What are the goals?")
        held.go.set()
        assert [m for m in scene.said("C1") if not m.ephemeral_to] == []
        (offer,) = private(scene)
        assert offer.thread_ts == question.ts
        for _ in range(2):
            scene.alice.clicks(offer, buttons.ASK_AGAIN)
        (reply,) = [m for m in scene.said("C1") if not m.ephemeral_to]
        assert reply.thread_ts == question.ts
        assert asked(scene)[1:] == ["What are the goals?"]

        # Changed after it was answered, and back again: each change is offered for itself.
        for text in ("@bot 目的は?", "@bot What are the goals?"):
            scene.alice.edits(question, text)
            scene.settle()
        assert len(private(scene)) == 3
        scene.alice.clicks(private(scene)[2], buttons.ASK_AGAIN)
        assert asked(scene)[2:] == ["What are the goals?"]


def test_what_is_asked_again_ends_with_its_message_too() -> None:
    held = Held()
    with run_bot(ENGLISH_ANSWER, held) as scene:
        question = scene.alice.asks("C1", "What are the gaols?")
        scene.settle()
        scene.alice.edits(question, "@bot What are the goals?")
        scene.settle()
        scene.alice.clicks(private(scene)[0], buttons.ASK_AGAIN)
        assert held.begun.wait(10)
        scene.alice.deletes(question)
        held.go.set()
        scene.settle()
        assert len(scene.alice.replies(question)) == 2  # the first answer, and the offer


def test_news_about_a_message_is_no_change_of_it() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        question = scene.alice.asks("C1", "See https://example.org, what is it?")
        scene.settle()
        unfolded = scene.slack.workspace.message("C1", question.ts)
        scene.people.bulletin.changed(unfolded, unfolded)
        chatter = scene.ken.says("C1", "Lunch?")
        scene.ken.edits(chatter, "Lunch at noon?")
        scene.settle()
        assert private(scene) == []
        assert [m for m in scene.ken.sees("C1") if m.ephemeral_to] == []
