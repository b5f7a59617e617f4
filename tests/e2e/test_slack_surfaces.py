"""Commands, shortcuts, votes, deletions and the way to staff, as people meet them in Slack."""

import pytest
from tests.local_slack.answers import (
    ABSTAINED,
    ENGLISH_ANSWER,
    GOALS,
    GUIDE,
    GUIDE_JA,
    JAPANESE_ANSWER,
    answer,
)
from tests.local_slack.scene import Scene, run_bot, texts_of
from tests.local_slack.server import Fault

from aspire_bot.answering.types import Answer, Question
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.people import Person
from aspire_bot.slack.options import SlackOptions
from aspire_bot.slack.render import buttons
from aspire_bot.slack.staff.permissions import Office
from aspire_bot.state.channels import ChannelPolicy

both_transports = pytest.mark.parametrize("is_socket", [False, True], ids=["http", "socket"])


def private(person: Person, channel: str) -> list[Message]:
    """What only this person sees in a channel, oldest first."""
    return [message for message in person.sees(channel) if message.ephemeral_to]


def whole(message: Message) -> str:
    """All that a message says."""
    return "\n".join(texts_of(message))


def answered(scene: Scene, person: Person, channel: str, question: str) -> tuple[Message, Message]:
    """Let a person mention the bot; give question and answer."""
    asked = person.asks(channel, question)
    scene.settle()
    (reply,) = person.replies(asked)
    return asked, reply


@both_transports
def test_a_private_answer_is_shared_by_answering_anew(is_socket: bool) -> None:
    script = (ENGLISH_ANSWER, JAPANESE_ANSWER, ENGLISH_ANSWER)
    with run_bot(*script, is_socket=is_socket) as scene:
        scene.alice.runs("/aspire", "ask What are the goals?", channel="C1")
        scene.settle()
        echo, shown = private(scene.alice, "C1")
        assert texts_of(echo) == ["<@U1> asked: What are the goals?"]  # true of the answer, too
        assert "The goals are" in whole(shown)
        assert scene.ken.sees("C1") == []

        scene.alice.clicks(shown, buttons.SHARE)
        scene.alice.clicks(shown, buttons.SHARE)
        scene.settle()
        (shared,) = scene.ken.sees("C1")
        assert shared.thread_ts is None
        assert texts_of(shared)[0] == "<@U1> さんの質問: What are the goals?"
        assert "旅費は" in texts_of(shared)[1]  # answered anew: the script's next

        scene.ken.says("C1", "How much is it?", thread_ts=shared.ts)
        scene.settle()
        assert [turn.text for turn in scene.core.questions[2].history] == [
            "What are the goals?",
            JAPANESE_ANSWER.text,
        ]
        assert "The goals are" in whole(scene.ken.replies(shared)[-1])


@pytest.mark.parametrize("kind", ["public", "external"])
def test_what_staff_share_is_answered_for_all_who_read_it(kind: str) -> None:
    def tell(question: Question) -> Answer:
        return answer(f"It is for {question.audience}.")

    channel = "C1" if kind == "public" else "X1"
    with run_bot(tell, tell, tell) as scene:
        if kind == "external":
            scene.slack.workspace.join("U3", "X1")
            scene.state.channels.set("T1", "X1", ChannelPolicy(audience="staff"), "U3")
        scene.sato.runs("/aspire", "ask What is the value?", channel=channel)
        scene.settle()
        scene.sato.clicks(private(scene.sato, channel)[-1], buttons.SHARE)
        scene.settle()
        (shared,) = [m for m in scene.alice.sees(channel) if m.bot_id]
        scene.alice.asks(channel, "And of the other?", thread_ts=shared.ts)
        scene.settle()
        first = "staff" if kind == "public" else "public"
        assert [q.audience for q in scene.core.questions] == [first, "public", "public"]
        assert [turn.text for turn in scene.core.questions[2].history][1:] == ["It is for public."]
        assert "It is for staff" not in f"{scene.alice.sees(channel)}"


def test_a_direct_conversation_has_nobody_to_share_with() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        scene.alice.runs("/aspire", "What are the goals?")  # no verb: that is the question
        scene.settle()
        shown = private(scene.alice, "D1")[-1]
        assert "The goals are" in whole(shown)
        with pytest.raises(LookupError):
            scene.alice.clicks(shown, buttons.SHARE)


def test_sources_are_listed_for_whom_they_are() -> None:
    staff_only = type(GUIDE)(document_id="s", source="s", title="Salaries", audience="staff")
    with run_bot(library=(GOALS, GUIDE_JA, staff_only)) as scene:
        scene.alice.runs("/aspire", "sources", channel="C1")
        scene.sato.runs("/aspire", "sources", channel="C1")
        scene.sato.runs("/aspire", "sources", channel="G1")
        scene.ken.runs("/aspire", "sources GOALS of", channel="C1")
        (alices,) = private(scene.alice, "C1")
        (satos,) = private(scene.sato, "C1")
        (kens,) = private(scene.ken, "C1")
        assert "Salaries" not in whole(alices)
        assert "Goals of the programme" in whole(alices)
        assert "Salaries" in whole(satos)
        assert "Goals of the programme" in whole(kens)
        assert "共同研究費" not in whole(kens)


@pytest.mark.parametrize(("user", "says"), [("U1", "/aspire ask"), ("U2", "質問")])
@pytest.mark.parametrize("text", ["", "help", "ask", "HELP"])
def test_help_comes_in_the_persons_language(user: str, says: str, text: str) -> None:
    with run_bot() as scene:
        scene.people[user].runs("/aspire", text, channel="C1")
        (told,) = private(scene.people[user], "C1")
        assert says in whole(told)


@both_transports
def test_staff_set_a_channel_up_in_a_modal(is_socket: bool) -> None:
    with run_bot(ENGLISH_ANSWER, is_socket=is_socket) as scene:
        scene.sato.runs("/aspire", "settings", channel="C1")
        view = scene.sato.waits_for_view()
        scene.sato.submits(view, {"mode": "mention", "language": "ja"})
        policy = scene.state.channels.policy("T1", "C1")
        assert policy is not None
        assert (policy.mode, policy.audience, policy.language) == ("mention", "public", "ja")
        answered(scene, scene.alice, "C1", "What are the goals?")
        assert scene.core.questions[0].language == "ja"


def test_channel_settings_are_refused_to_all_others() -> None:
    with run_bot() as scene:
        scene.alice.runs("/aspire", "settings", channel="C1")
        (told,) = private(scene.alice, "C1")
        assert texts_of(told) == ["Only staff can do this."]
        assert scene.alice.workspace.views.top("U1") is None
        # A modal that staff opened is sent by somebody else: possible for who forges nothing
        # but is no longer staff by then.
        scene.sato.runs("/aspire", "settings", channel="C1")
        view = scene.sato.waits_for_view()
        body = scene.people.payloads.submission(view, {})
        forged = {**body, "user": {"id": "U1"}}
        scene.people.courier.deliver("interactive", forged)
        assert scene.state.channels.policy("T1", "C1") is None


@both_transports
def test_a_shortcut_answers_a_message_to_the_one_who_chose_it(is_socket: bool) -> None:
    with run_bot(ENGLISH_ANSWER, ENGLISH_ANSWER, is_socket=is_socket) as scene:
        said = scene.ken.says("C1", "I wonder about <the> goals & costs")
        scene.alice.uses_shortcut(said, buttons.ANSWER_SHORTCUT)
        scene.settle()
        assert scene.core.questions[0].text == "I wonder about <the> goals & costs"
        (shown,) = private(scene.alice, "C1")
        assert "The goals are" in whole(shown)
        assert private(scene.ken, "C1") == []
        scene.alice.clicks(shown, buttons.SHARE)
        scene.settle()
        (shared,) = scene.ken.replies(said)
        assert texts_of(shared)[0].startswith("<@U1> asked: I wonder about &lt;the&gt; goals")


def test_a_shortcut_on_a_message_without_words_says_so() -> None:
    with run_bot() as scene:
        said = scene.ken.says("C1", "")
        scene.alice.uses_shortcut(said, buttons.ANSWER_SHORTCUT)
        (told,) = private(scene.alice, "C1")
        assert "no text" in whole(told)


@both_transports
def test_a_negative_vote_tells_staff_why(is_socket: bool) -> None:
    with run_bot(ENGLISH_ANSWER, is_socket=is_socket) as scene:
        asked, reply = answered(scene, scene.alice, "C1", "What are the goals?")
        scene.ken.clicks(reply, buttons.VOTE, "positive")
        scene.alice.clicks(reply, buttons.VOTE, "negative")
        counts = scene.state.feedback.counts()
        assert (counts["up"], counts["down"]) == (1, 1)

        comment = "It is <!channel> *wrong*"
        view = scene.alice.waits_for_view()
        scene.alice.submits(view, {"reason": "outdated", "comment": comment})
        scene.settle()
        (told,) = scene.sato.sees("G1")
        assert texts_of(told)[0].startswith("An answer did not help (It is out of date):\n> What")
        assert "&gt; It is" not in whole(told)
        assert "> It is &lt;!channel&gt; ∗wrong∗" in texts_of(told)
        assert f"p{reply.ts.replace('.', '')}" in whole(told)
        (thanks,) = private(scene.alice, "C1")
        assert thanks.thread_ts == asked.ts
        (kept,) = [v for v in scene.state.feedback.of(controls_id(reply)) if v.user == "U1"]
        assert (kept.value, kept.reason, kept.comment) == ("down", "outdated", comment)


def controls_id(reply: Message) -> str:
    """The id of the answer that a message shows."""
    (votes,) = [b for b in reply.blocks if b["type"] == "context_actions"]
    elements = votes["elements"]
    assert isinstance(elements, list)
    return str(elements[0]["positive_button"]["value"]).partition(":")[2]  # pyright: ignore[reportUnknownArgumentType]  Slack's JSON


@pytest.mark.parametrize("user", ["U1", "U3"], ids=["asker", "staff"])
def test_asker_and_staff_can_take_an_answer_back(user: str) -> None:
    with run_bot(ENGLISH_ANSWER, ENGLISH_ANSWER) as scene:
        asked, reply = answered(scene, scene.alice, "C1", "What are the goals?")
        scene.people[user].clicks(reply, buttons.DELETE)
        assert scene.alice.replies(asked) == []
        kept = scene.state.answers.by_id(controls_id(reply))
        assert kept is not None
        assert kept.deleted_at is not None
        scene.alice.asks("C1", "And since when?", thread_ts=asked.ts)
        scene.settle()
        assert scene.core.questions[1].history == ()


def test_nobody_else_can_take_an_answer_back() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        asked, reply = answered(scene, scene.alice, "C1", "What are the goals?")
        scene.ken.clicks(reply, buttons.DELETE)  # the button is not shown to him: forged
        assert len(scene.alice.replies(asked)) == 1
        assert whole(private(scene.ken, "C1")[-1]) == "Only staff can do this."


def test_staff_by_user_group_see_the_button_too() -> None:
    options = SlackOptions(office=Office(channel="G1", usergroup="S1"))
    with run_bot(ENGLISH_ANSWER, options=options) as scene:
        asked, reply = answered(scene, scene.alice, "C1", "What are the goals?")
        assert '"visible_to_user_ids": ["U1", "U3"]' in f"{reply.blocks}".replace("'", '"')
        scene.sato.clicks(reply, buttons.DELETE)
        assert scene.alice.replies(asked) == []


@both_transports
def test_a_question_goes_to_staff_and_their_reply_comes_back(is_socket: bool) -> None:
    with run_bot(ABSTAINED, is_socket=is_socket) as scene:
        asked, reply = answered(scene, scene.alice, "C1", "May I <buy> a car?")
        for _ in range(2):  # pressed twice
            scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        (brought,) = scene.sato.sees("G1")
        said = whole(brought)
        assert said.startswith("<@U1> asks the office:\n> May I &lt;buy&gt; a car?")
        assert "Goals of the programme" in said
        assert f"p{reply.ts.replace('.', '')}" in said
        assert "Your question is with" in whole(private(scene.alice, "C1")[0])
        (gap,) = [scene.state.gaps.of_answer(controls_id(reply))]
        assert gap is not None
        assert gap.status == "escalated"

        for text in ("Only <!here> with a permit.", "And no sports cars."):
            scene.sato.says("G1", text, thread_ts=brought.ts)
            scene.settle()
        _, first, second = scene.ken.replies(asked)
        assert texts_of(first) == [
            "*Answer from the ASPIRE office* for <@U1>:",
            "Only &lt;!here&gt; with a permit.",
            "Written by <@U3>, not by the assistant.",
        ]
        assert texts_of(second)[1] == "And no sports cars."
        assert "Your reply is with the asker." in whole(private(scene.sato, "G1")[-1])
        gap = scene.state.gaps.get(gap.gap_id)
        assert gap is not None
        assert gap.status == "answered"


def test_only_staff_speak_for_the_office() -> None:
    with run_bot(ABSTAINED, ENGLISH_ANSWER) as scene:
        scene.slack.workspace.join("U2", "G1")
        asked, reply = answered(scene, scene.alice, "C1", "May I buy a car?")
        scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        (brought,) = scene.sato.sees("G1")
        scene.ken.says("G1", "Of course, two!", thread_ts=brought.ts)
        scene.settle()
        assert len(scene.alice.replies(asked)) == 1
        assert whole(private(scene.ken, "G1")[-1]) == "Only staff can do this."
        # A mention in that thread is a question to the bot, by whomever.
        scene.sato.asks("G1", "What are the goals?", thread_ts=brought.ts)
        scene.settle()
        assert len(scene.alice.replies(asked)) == 1
        assert "The goals are" in whole(scene.sato.replies(brought)[-1])


def test_a_reply_that_staff_edits_is_no_changed_question() -> None:
    with run_bot(ABSTAINED) as scene:
        asked, reply = answered(scene, scene.alice, "C1", "May I buy a car?")
        scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        (brought,) = scene.sato.sees("G1")
        said = scene.sato.says("G1", "Is there a pemrit?", thread_ts=brought.ts)
        scene.settle()
        scene.sato.edits(said, "Is there a permit?")
        scene.settle()
        assert len(scene.alice.replies(asked)) == 2
        assert not any("changed your question" in whole(m) for m in private(scene.sato, "G1"))


def test_staffs_reply_to_a_private_answer_comes_in_person() -> None:
    with run_bot(ABSTAINED) as scene:
        scene.alice.runs("/aspire", "ask May I buy a car?", channel="C1")
        scene.settle()
        scene.alice.clicks(private(scene.alice, "C1")[-1], buttons.ESCALATE)
        scene.settle()
        (brought,) = scene.sato.sees("G1")
        scene.sato.says("G1", "With a permit.", thread_ts=brought.ts)
        scene.settle()
        (told,) = scene.alice.sees("D1")
        assert "With a permit." in whole(told)
        assert scene.ken.sees("C1") == []


def test_an_asker_learns_that_the_office_cannot_be_reached() -> None:
    options = SlackOptions(office=Office(channel="C404", users=frozenset({"U3"})))
    with run_bot(ABSTAINED, options=options) as scene:
        _, reply = answered(scene, scene.alice, "C1", "May I buy a car?")
        scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        told = whole(private(scene.alice, "C1")[-1])
        assert "Something went wrong" in told
        assert "Incident" in told
        assert scene.slack.violations == ["chat.postMessage: channel_not_found: C404"]
        scene.slack.violations.clear()


def test_a_lost_answer_to_a_post_brings_no_second_one_to_staff() -> None:
    with run_bot(ABSTAINED) as scene:
        asked, reply = answered(scene, scene.alice, "C1", "May I buy a car?")
        scene.slack.fail_next(Fault(method="chat.postMessage", drops_answer=True))
        scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        (brought,) = scene.sato.sees("G1")
        scene.slack.fail_next(Fault(method="chat.postMessage", drops_answer=True))
        scene.sato.says("G1", "With a permit.", thread_ts=brought.ts)
        scene.settle()
        assert len(scene.alice.replies(asked)) == 2


ASKED_BACK = answer(
    "Which of these do you mean?\n- Goals of the programme\n- Guide to joint research costs",
    outcome="clarify",
    brief="Which of these do you mean?",
    confidence=0.3,
    nearest=(GOALS, GUIDE),
)


@both_transports
def test_what_is_asked_back_can_be_chosen(is_socket: bool) -> None:
    with run_bot(ASKED_BACK, ENGLISH_ANSWER, is_socket=is_socket) as scene:
        question, reply = answered(scene, scene.alice, "C1", "When does it start?")
        assert "Which of these do you mean?" in whole(reply)
        assert scene.state.gaps.all(limit=9) == ()
        scene.ken.clicks(reply, f"{buttons.CHOOSE}:2")
        scene.ken.clicks(reply, f"{buttons.CHOOSE}:2")
        scene.settle()
        chosen = scene.core.questions[1]
        assert chosen.text == "When does it start? (Guide to joint research costs)"
        replies = scene.alice.replies(question)
        assert len(replies) == 2
        assert "The goals are" in whole(replies[1])
        assert scene.slack.violations == []


def test_what_is_asked_back_of_one_person_has_no_buttons_for_all() -> None:
    with run_bot(ASKED_BACK) as scene:
        scene.alice.runs("/aspire", "ask When does it start?", channel="C1")
        scene.settle()
        _, shown = private(scene.alice, "C1")
        assert "Guide to joint research costs" in whole(shown)
        assert buttons.CHOOSE not in f"{shown.blocks}"
