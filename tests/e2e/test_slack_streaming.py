"""An answer in a model's words, shown sentence by sentence as each is verified."""

from tests.local_slack.answers import ENGLISH_ANSWER, GOALS, GUIDE, answer, cite
from tests.local_slack.handmade import mention
from tests.local_slack.scene import run_bot, texts_of
from tests.local_slack.server import Fault

from aspire_bot.answering.ports import Piece
from aspire_bot.answering.types import Trace

FIRST = Piece(text="Joint research is the goal. [1]", citations=(cite(1, GOALS),))
SECOND = Piece(text=" Travel <!channel> is paid. [2]", citations=(cite(2, GUIDE),))
WHOLE = answer(
    FIRST.text + SECOND.text, cite(1, GOALS), cite(2, GUIDE), trace=Trace(model="openai-like/x")
)


def _sentences(texts: list[str]) -> list[str]:
    return [text for text in texts if "goal" in text or "Travel" in text]


def test_sentences_are_shown_as_they_pass_and_stand_once() -> None:
    with run_bot(WHOLE) as scene:
        scene.core.pieces = (FIRST, SECOND)
        reply = scene.ask(mention("What is paid?"))
        appended = [c for c in scene.slack.calls if c.method == "chat.appendStream"]
        kinds = [c.arguments["chunks"][0]["type"] for c in appended]  # pyright: ignore[reportIndexIssue, reportUnknownVariableType]  JSON
        assert kinds == ["task_update", "task_update", "blocks", "blocks"]
        said = _sentences(texts_of(reply)[:2])
        assert [text.split(".")[0] for text in said] == [
            "Joint research is the goal",
            "Travel &lt;!channel&gt; is paid",
        ]
        assert "<https://www.example.org/en/goals.html|[1]>" in said[0]
        assert sum("Joint research is the goal" in text for text in texts_of(reply)) == 1


def test_what_was_shown_gives_way_to_another_answer() -> None:
    with run_bot(ENGLISH_ANSWER) as scene:
        scene.core.pieces = (FIRST,)
        reply = scene.ask(mention("What is paid?"))
        shown = "\n".join(texts_of(reply))
        assert "Joint research is the goal" not in shown
        assert "exchange of young researchers" in shown


def test_a_piece_that_slack_refuses_is_in_the_whole() -> None:
    with run_bot(WHOLE) as scene:
        scene.core.pieces = (FIRST, SECOND)
        fault = Fault(method="chat.appendStream", error="internal_error")
        scene.slack.fail_next(fault, times=4)
        reply = scene.ask(mention("What is paid?"))
        shown = "\n".join(texts_of(reply))
        assert shown.count("Joint research is the goal") == shown.count("Travel") == 1


def test_a_stream_that_ends_by_itself_is_brought_to_its_end() -> None:
    with run_bot(WHOLE) as scene:
        scene.core.pieces = (FIRST, SECOND)
        scene.slack.fail_next(
            Fault(method="chat.stopStream", error="message_not_in_streaming_state")
        )
        scene.say(mention("What is paid?"))
        scene.slack.wait_for_calls("chat.appendStream", 4)
        scene.slack.expire_streams()
        (reply,) = scene.said()
        assert "\n".join(texts_of(reply)).count("Joint research is the goal") == 1


def test_a_model_that_failed_is_named_in_the_footer() -> None:
    failed = answer("Yes. [1]", cite(1, GOALS), trace=Trace(model="m", failure="timeout"))
    with run_bot(failed) as scene:
        *_, footer = texts_of(scene.ask(mention("What is paid?")))
        assert "language model was not available" in footer
