"""The bot among people: their group conversations, what they forward, their words and zones."""

from datetime import UTC, datetime

import pytest
from tests.local_slack.answers import ABSTAINED, ENGLISH_ANSWER, answer
from tests.local_slack.handmade import mention
from tests.local_slack.scene import OFFICE, Scene, run_bot, texts_of
from tests.local_slack.server import Fault

from aspire_bot.answering.types import Answer, Question
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.people import Person
from aspire_bot.slack.options import SlackOptions
from aspire_bot.slack.render import buttons

both_transports = pytest.mark.parametrize("is_socket", [False, True], ids=["http", "socket"])


def asked(scene: Scene) -> list[str]:
    """The questions that reached the core."""
    scene.settle()
    return [question.text for question in scene.core.questions]


def private(person: Person, channel: str) -> list[Message]:
    """What only this person sees in a channel, oldest first."""
    return [message for message in person.sees(channel) if message.ephemeral_to]


def whole(message: Message) -> str:
    """All that a message says."""
    return "\n".join(texts_of(message))


SILENT = answer("", outcome="conversation", act="chatter")


@both_transports
def test_in_a_group_conversation_it_answers_who_mentions_it(is_socket: bool) -> None:
    with run_bot(*[ENGLISH_ANSWER] * 3, is_socket=is_socket) as scene:
        group = scene.alice.opens_group("U2", "U3")
        scene.ken.says(group, "Shall we ask about the goals?")
        question = scene.ken.asks(group, "What are the goals?")
        scene.settle()
        if not is_socket:  # should Slack send a twin here as well, it is the same question
            scene.say(mention("What are the goals?", channel=group, ts=question.ts, user="U2"))
            scene.settle()
        (reply,) = scene.ken.replies(question)
        assert "The goals are" in whole(reply)
        scene.sato.says(group, "Where?", thread_ts=question.ts)
        assert asked(scene) == ["What are the goals?", "Where?"]
        places = [(one.place, one.audience) for one in scene.core.questions]
        assert places == [("channel", "public"), ("thread", "public")]


def test_in_a_group_conversation_only_what_one_sees_alone_is_for_staff() -> None:
    with run_bot(*[ENGLISH_ANSWER] * 2) as scene:
        group = scene.sato.opens_group("U1")
        scene.sato.asks(group, "What are the goals?")
        scene.sato.runs("/aspire", "ask What are the goals?", channel=group)
        scene.settle()
        assert sorted(one.audience for one in scene.core.questions) == ["public", "staff"]


@both_transports
def test_what_is_forwarded_is_what_is_asked_about(is_socket: bool) -> None:
    with run_bot(*[ENGLISH_ANSWER] * 3, is_socket=is_socket) as scene:
        heard = scene.ken.says("C1", "旅費は流用できますか？ <50 %>")
        scene.alice.forwards(heard, scene.alice.dm)
        scene.settle()
        scene.alice.forwards(heard, "C2", "@bot do we know this?")
        scene.settle()
        scene.alice.uses_shortcut(scene.alice.forwards(heard, "C2"), "answer_this")
        assert asked(scene) == [
            "旅費は流用できますか？ <50 %>",
            "do we know this?\n\n旅費は流用できますか？ <50 %>",
            "旅費は流用できますか？ <50 %>",
        ]


def test_words_said_with_me_are_read() -> None:
    with run_bot(*[ENGLISH_ANSWER] * 2) as scene:
        scene.alice.says(scene.alice.dm, "wonders what the goals are", is_me=True)
        scene.settle()
        scene.alice.says("C1", "asks @bot what they cost", is_me=True)
        assert asked(scene) == ["wonders what the goals are", "asks  what they cost"]


def test_every_question_says_where_when_and_in_which_zone_it_was_asked() -> None:
    with run_bot(*[ENGLISH_ANSWER] * 8) as scene:
        before = datetime.now(UTC).replace(microsecond=0)
        first = scene.alice.asks("C1", "What are the goals?")
        scene.settle()
        scene.ken.says("C1", "いつ？", thread_ts=first.ts)
        scene.settle()
        scene.alice.says(scene.alice.dm, "What are the goals?")
        scene.settle()
        scene.ken.runs("/aspire", "目的は何ですか", channel="C2")
        scene.settle()
        scene.ken.clicks(private(scene.ken, "C2")[-1], buttons.SHARE)
        scene.settle()
        scene.alice.uses_shortcut(first, "answer_this")
        scene.settle()
        questions = scene.core.questions
        assert [(one.place, one.timezone) for one in questions] == [
            ("channel", "Europe/Paris"),
            ("thread", "Asia/Tokyo"),
            ("dm", "Europe/Paris"),
            ("channel", "Asia/Tokyo"),
            ("channel", "Asia/Tokyo"),
            ("channel", "Europe/Paris"),
        ]
        moments = [one.asked_at for one in questions]
        assert moments[0] == datetime.fromtimestamp(float(first.ts), UTC)
        assert all(at is not None and at.utcoffset() is not None for at in moments)
        assert all(before <= at <= datetime.now(UTC) for at in moments if at)


def test_a_question_suggested_on_the_home_says_so_too() -> None:
    with run_bot(ENGLISH_ANSWER, library=ABSTAINED.nearest) as scene:
        scene.alice.opens_home()
        scene.alice.clicks(scene.alice.waits_for_home(), f"{buttons.ASK_SUGGESTED}:1")
        scene.settle()
        (question,) = scene.core.questions
        assert (question.place, question.timezone) == ("dm", "Europe/Paris")
        assert question.asked_at is not None


def test_where_people_speak_with_each_other_it_is_silent() -> None:
    with run_bot(ENGLISH_ANSWER, SILENT, SILENT) as scene:
        question = scene.alice.asks("C1", "What are the goals?")
        (reply,) = scene.said("C1")
        scene.core.steps = ("rewrite",)
        before = scene.slack.count("chat.startStream") + scene.slack.count("chat.postMessage")
        scene.ken.says("C1", "nice, lunch then?", thread_ts=question.ts)
        scene.settle()
        after = scene.slack.count("chat.startStream") + scene.slack.count("chat.postMessage")
        assert after == before  # nothing flashes up, either
        scene.alice.says(scene.alice.dm, "ok")
        scene.settle()
        assert [m.ts for m in scene.said() if not m.is_tombstone] == [reply.ts]
        assert len(scene.core.questions) == 3
        assert len(scene.core.questions[1].history) == 2


def test_who_asks_by_a_command_is_never_left_without_a_word() -> None:
    with run_bot(SILENT) as scene:
        scene.alice.runs("/aspire", "ask ok", channel="C1")
        scene.settle()
        assert "/aspire ask QUESTION" in whole(private(scene.alice, "C1")[-1])


def test_a_friendly_word_stands_alone_and_a_complaint_leads_on() -> None:
    hello = answer("Hello! Ask me about the goals.", outcome="conversation", act="greeting")
    sorry = answer("I am sorry.", outcome="conversation", act="complaint")
    with run_bot(hello, sorry) as scene:
        greeted = scene.alice.says(scene.alice.dm, "hello")
        scene.settle()
        complained = scene.alice.says(scene.alice.dm, "that's wrong")
        scene.settle()
        (greeting,), (apology,) = scene.alice.replies(greeted), scene.alice.replies(complained)
        assert texts_of(greeting) == ["Hello! Ask me about the goals."]
        assert "feedback_buttons" not in f"{greeting.blocks}"
        scene.alice.clicks(apology, buttons.ESCALATE)
        scene.settle()
        assert any("that's wrong" in whole(m) for m in scene.said("G1"))


def test_what_is_said_against_an_answer_in_its_thread_is_a_vote_against_it() -> None:
    sorry = answer("I am sorry.", outcome="conversation", act="complaint")
    hello = answer("Hello!", outcome="conversation", act="greeting")
    with run_bot(ENGLISH_ANSWER, sorry, hello) as scene:
        question = scene.alice.asks("C1", "What are the goals?")
        scene.settle()
        scene.ken.says("C1", "that's wrong, it was changed", thread_ts=question.ts)
        scene.settle()
        given = scene.state.answers.last_in("T1", "C1", question.ts)
        assert given is not None
        assert given.question == "What are the goals?"
        (vote,) = scene.state.feedback.of(given.answer_id)
        assert (vote.user, vote.value) == ("U2", "down")
        assert vote.comment == "that's wrong, it was changed"
        assert whole(scene.ken.replies(question)[-1]).startswith("I am sorry.")
        said = len(scene.said())
        scene.ken.says("C1", "morning Sato", thread_ts=question.ts)  # to each other
        scene.settle()
        assert len(scene.said()) == said


LONG = " ".join(f"Sentence {n} of the passage is here. [1]" for n in range(60))


@pytest.mark.parametrize("knows_containers", [True, False])
def test_more_details_come_in_a_box_that_folds(knows_containers: bool) -> None:
    more = answer(LONG, *ENGLISH_ANSWER.citations[:1], act="request-more")
    with run_bot(more, more) as scene:
        refusing = {} if knows_containers else {"chat.stopStream": 200, "response_url": 400}
        for method, status in refusing.items():
            scene.slack.fail_next(Fault(method=method, error="invalid_blocks", status=status))
        question = scene.alice.asks("C1", "more details")
        scene.settle()
        (reply,) = scene.alice.replies(question)
        scene.alice.runs("/aspire", "ask more details", channel="C1")
        scene.settle()
        assert not scene.slack.has_faults
        for shown in (reply, private(scene.alice, "C1")[-1]):
            kinds = [block["type"] for block in shown.blocks]
            assert ("container" in kinds) == knows_containers
            assert "Sentence 59 of the passage" in whole(shown)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("help me find the goals", "help me find the goals"),
        ("　目的は何ですか", "目的は何ですか"),
        ("ask　目的は何ですか", "目的は何ですか"),
        ("ＡＳＫ 目的は何ですか", "目的は何ですか"),
        ("list the calls that are open", "list the calls that are open"),
        ("settings of the equipment?", "settings of the equipment?"),
    ],
)
def test_what_is_no_command_is_the_question(text: str, question: str) -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        scene.alice.runs("/aspire", text, channel="C1")
        assert asked(scene) == [question]


def test_staff_see_what_is_asked_and_what_is_indexed() -> None:
    library = ABSTAINED.nearest[:1]
    with run_bot(ABSTAINED, ABSTAINED, ENGLISH_ANSWER, library=library) as scene:
        for question in ("Is childcare paid?", "is childcare paid ?", "What are the goals?"):
            scene.alice.says(scene.alice.dm, question)
            scene.settle()
        scene.alice.runs("/aspire", "gaps", channel="C1")
        assert [texts_of(m) for m in private(scene.alice, "C1")] == [["Only staff can do this."]]
        for verb in ("gaps", "　ｇａｐｓ　", "report", "list", "console"):
            scene.sato.runs("/aspire", verb, channel="C1")
        gaps, wide, report, listed, console = map(whole, private(scene.sato, "C1"))
        assert "2回" in gaps
        assert "Is childcare paid?" in gaps
        assert wide == gaps
        assert "過去7日間の質問: 3件" in report
        assert "文書に答えなし: 2件" in report
        assert "Goals of the programme" in listed
        assert "aspire-bot console" in console
        assert len(scene.core.questions) == 3


def test_the_console_is_named_where_it_is_set_up() -> None:
    options = SlackOptions(office=OFFICE, console_url="https://console.example.org/staff")
    with run_bot(options=options) as scene:
        scene.sato.runs("/aspire", "console", channel="C1")
        (told,) = private(scene.sato, "C1")
        assert "<https://console.example.org/staff/sign-in/" in whole(told)


@pytest.mark.parametrize(
    ("question", "shown"),
    [("What does 旅費 mean?", "Searching"), ("ASPIREの旅費とは", "検索")],
)
def test_the_work_is_shown_in_the_language_of_the_answer(question: str, shown: str) -> None:
    seen: list[str] = []

    def look(asked: Question) -> Answer:
        del asked
        seen.extend(f"{m.blocks}" for m in scene.slack.workspace.all_messages() if m.bot_id)
        return ENGLISH_ANSWER

    with run_bot(look) as scene:
        said = scene.alice.asks("C1", question)
        scene.settle()
        assert shown in seen[0]
        (reply,) = scene.alice.replies(said)
        assert "Searching" in f"{reply.blocks}"  # as the answer below it
        assert "検索" not in f"{reply.blocks}"
