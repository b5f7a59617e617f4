from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.local_slack.answers import ENGLISH_ANSWER, JAPANESE_ANSWER, answer, cite
from tests.local_slack.second_opinion import message_doubts
from tests.unit.bot.slack.onboarding_scene import GUIDE as DOCUMENT
from tests.unit.bot.slack.onboarding_scene import content, steps

from aspire_bot.local_slack.blocks.limits import message_problems, message_texts
from aspire_bot.messages import phrases
from aspire_bot.slack.onboarding.content import Guide, Step
from aspire_bot.slack.onboarding.course import Standing, standing_of
from aspire_bot.slack.onboarding.messages import (
    Around,
    StepAnswer,
    closing_message,
    declined,
    elsewhere,
    finished,
    paused,
    step_message,
    welcome_message,
)
from aspire_bot.slack.render.blocks import render_answer
from aspire_bot.slack.render.buttons import Controls
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.state.onboarding import Progress

ENGLISH, JAPANESE = phrases("en").slack, phrases("ja").slack

CONTROLS = Controls(answer_id="a1", office="ASPIRE", may_delete=("U1", "U3"))
MIDDLE = Around(number=2, total=8, next_id="people")
HOSTILE = "<!channel> <@U1> <https://evil.example|x> *b* `c` \u202e\u200b & "


def _section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(text: str) -> dict[str, object]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _button(label: str, name: str, value: str, **more: str) -> dict[str, object]:
    text = {"type": "plain_text", "text": label, "emoji": True}
    action = f"aspire:tour:{name}"
    return {"type": "button", "text": text, "action_id": action, "value": value, **more}


def _header(text: str) -> dict[str, object]:
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": True}}


def _sound(message: SlackMessage) -> bool:
    return not message_problems(message.text, list(message.blocks)) and not message_doubts(
        message.blocks
    )


def test_golden_step_in_english() -> None:
    said = render_answer(ENGLISH_ANSWER, controls=CONTROLS)
    (step,) = steps("money")
    one = StepAnswer(question="What may <be> moved?", message=said)
    message = step_message(content("money").guide("en"), step, [one], MIDDLE, wording=ENGLISH)
    assert message.text == "2/8 money en"
    assert list(message.blocks) == [
        _header("money en"),
        _context("2/8"),
        _section("*What may &lt;be&gt; moved?*"),
        *said.blocks[:-1],
        {**said.blocks[-1], "elements": [said.blocks[-1]["elements"][0]]},  # pyright: ignore[reportIndexIssue, reportUnknownVariableType]  JSON
        {
            "type": "actions",
            "elements": [
                _button("Next", "go", "people", style="primary"),
                _button("Later", "later", "!later"),
            ],
        },
    ]
    assert _sound(message)


def test_golden_last_step_in_japanese() -> None:
    said = render_answer(JAPANESE_ANSWER)
    (step,) = steps("money", language="ja")
    message = step_message(
        content("money").guide("ja"),
        step,
        [StepAnswer(question="旅費は?", message=said)],
        Around(number=1, total=1, next_id=None, is_first_word=True),
        wording=JAPANESE,
        contact="office@example.org",
    )
    assert list(message.blocks) == [
        _section("Welcome ja"),
        {"type": "divider"},
        _header("money ja"),
        _context("1/1"),
        _section("*旅費は?*"),
        *said.blocks,
        {"type": "divider"},
        _section("Closing ja"),
        _context("お問い合わせ: office@example.org"),
    ]


def test_several_answers_say_once_where_they_come_from() -> None:
    said = [StepAnswer(question=f"{n}?", message=render_answer(ENGLISH_ANSWER)) for n in range(2)]
    (step,) = steps("money")
    message = step_message(content("money").guide("en"), step, said, MIDDLE, wording=ENGLISH)
    texts = message_texts(message.blocks)
    assert [text for text in texts if text in {"*0?*", "*1?*"}] == ["*0?*", "*1?*"]
    assert sum(text.startswith("Documents as of") for text in texts) == 1
    assert texts[-1].startswith("Documents as of")


def _long(size: int, text: str = "") -> SlackMessage:
    words = "".join(f"{text or 'Sentence'} {n} is here. [1] " for n in range(size))
    return render_answer(answer(words, cite(1, DOCUMENT)), controls=CONTROLS)


def test_what_does_not_fit_is_named() -> None:
    said = [StepAnswer(question=f"{n}?", message=_long(900, f"W{n}")) for n in range(4)]
    (step,) = steps("money")
    message = step_message(content("money").guide("en"), step, said, MIDDLE, wording=ENGLISH)
    assert "Also worth asking: 2? / 3?" in message_texts(message.blocks)
    assert _sound(message)


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(0, 300), min_size=1, max_size=3),
    text=st.sampled_from(["Sentence", "文章です。", HOSTILE, "&&&&&&&&&&&"]),
    words=st.integers(1, 1200),
    is_last=st.booleans(),
    is_first_word=st.booleans(),
)
def test_any_step_fits_one_message_and_nothing_is_live(
    *, sizes: list[int], text: str, words: int, is_last: bool, is_first_word: bool
) -> None:
    filler = (text * words)[:words]
    guide = Guide(welcome=filler, steps=(), closing=filler, suggested=())
    step = Step(step_id="s", title=(text * 20)[:100], questions=("?",))
    around = Around(
        number=1, total=2, next_id=None if is_last else "x", is_first_word=is_first_word
    )
    said = [
        StepAnswer(question=(text * 40)[:300], message=_long(size, text=text)) for size in sizes
    ]
    message = step_message(guide, step, said, around, wording=ENGLISH, contact=filler)
    assert message_problems(message.text, list(message.blocks)) == []
    # a header is plain text, in which nothing is live
    written = repr([b for b in message.blocks if b["type"] != "header"]) + message.text
    for live in ("<!", "<@", "<https://evil", "\u202e", "\u200b"):
        assert live not in written


@pytest.mark.parametrize("wording", [ENGLISH, JAPANESE], ids=["en", "ja"])
def test_the_small_messages_are_sound(wording: object) -> None:
    assert wording in (ENGLISH, JAPANESE)
    chosen = ENGLISH if wording is ENGLISH else JAPANESE
    guide = content("goals").guide(chosen.language)
    hostile = Guide(welcome=HOSTILE, steps=guide.steps, closing=HOSTILE, suggested=())
    for message in (
        welcome_message(hostile, hostile.steps[0].step_id, chosen),
        closing_message(hostile, chosen, is_empty=False, contact=HOSTILE),
        closing_message(hostile, chosen, is_empty=True),
        paused("x", chosen),
        elsewhere("x", chosen),
        declined(chosen),
        finished(chosen),
    ):
        assert _sound(message)
        assert "<!channel>" not in repr(message)


def _progress(*done: str, next_step: str | None = None, is_over: bool = False) -> Progress:
    now = datetime(2026, 4, 1, tzinfo=UTC)
    return Progress(
        team="T1",
        user="U1",
        channel="D1",
        next_step=next_step,
        done=done,
        started_at=now,
        finished_at=now if is_over else None,
    )


@pytest.mark.parametrize(
    ("progress", "sent", "ahead"),
    [
        (None, 0, "abcd"),
        (_progress("!welcome"), 0, "abcd"),
        (_progress("!welcome", next_step="a"), 0, "abcd"),
        (_progress("a", next_step="c"), 1, "cd"),  # b was left out
        (_progress("a", "c", next_step="b"), 2, "bd"),  # the file was put into another order
        (_progress("a", "b", next_step="gone"), 2, "cd"),
        (_progress("a", "gone", next_step=None), 1, "bcd"),
        (_progress("a", "b", "c", is_over=True), 3, ""),
    ],
)
def test_where_one_stands(progress: Progress | None, sent: int, ahead: str) -> None:
    all_steps = steps("a", "b", "c", "d")
    expected = Standing(sent=sent, ahead=tuple(s for s in all_steps if s.step_id in ahead))
    standing = standing_of(all_steps, progress)
    assert standing == expected
    assert standing.next_id == (ahead[0] if ahead else None)
