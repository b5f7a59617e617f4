import itertools

import pytest

from aspire_bot.answering.types import Turn
from aspire_bot.slack.listeners.events import PersonMessage
from aspire_bot.slack.staff.policy import audience_of, wants_answer
from aspire_bot.state.channels import ChannelPolicy, Mode
from aspire_ingest.index.types import AUDIENCES

SAID = (Turn(role="user", text="What are the goals?"), Turn(role="assistant", text="These."))


def _said(
    text: str = "What are the goals?",
    *,
    in_thread: bool = False,
    is_mention: bool = False,
    is_direct: bool = False,
) -> PersonMessage:
    return PersonMessage(
        team="T1",
        channel="C1",
        ts="2.000001",
        thread_ts="1.000001" if in_thread else "2.000001",
        user="U1",
        text=text,
        is_mention=is_mention,
        is_direct=is_direct,
    )


@pytest.mark.parametrize("mode", ["mention", "follow", "auto"])
@pytest.mark.parametrize("text", ["Hello there", "What are the goals?", ""])
def test_who_speaks_to_the_bot_is_answered_in_any_channel(mode: Mode, text: str) -> None:
    policy = ChannelPolicy(mode=mode)
    assert wants_answer(_said(text, is_mention=True), policy, ())
    assert wants_answer(_said(text, is_direct=True), policy, ())


@pytest.mark.parametrize(
    ("mode", "in_thread", "is_ours", "expected"),
    [
        ("mention", False, False, False),
        ("mention", True, True, False),
        ("follow", False, False, False),
        ("follow", True, False, False),
        ("follow", True, True, True),
        ("auto", False, False, True),
        ("auto", True, False, False),  # people talk among themselves
        ("auto", True, True, True),
    ],
)
def test_who_does_not_is_answered_as_the_mode_says(
    mode: Mode, in_thread: bool, is_ours: bool, expected: bool
) -> None:
    policy = ChannelPolicy(mode=mode)
    history = SAID if is_ours else ()
    assert wants_answer(_said(in_thread=in_thread), policy, history) is expected
    small_talk = _said("Thanks, see you!", in_thread=in_thread)
    # In our own threads the answering core decides what needs no answer.
    assert wants_answer(small_talk, policy, history) is (expected and is_ours)


@pytest.mark.parametrize("mode", ["follow", "auto"])
@pytest.mark.parametrize(
    "text", ["Where?", "いつ？", "that's wrong", "No", "違います", "?", "ok, and 2024", "ｗｈｙ"]
)
def test_all_that_is_said_in_our_threads_is_for_the_bot(mode: Mode, text: str) -> None:
    policy = ChannelPolicy(mode=mode)
    assert wants_answer(_said(text, in_thread=True), policy, SAID)
    assert not wants_answer(_said(text, in_thread=True), policy, ())
    assert not wants_answer(_said(text, in_thread=True), ChannelPolicy(mode="mention"), SAID)


@pytest.mark.parametrize("mode", ["follow", "auto"])
@pytest.mark.parametrize(
    "text", ["@ken what do you think?", "＠田中 どう思いますか？", " @U2 ?", "  "]
)
def test_what_is_said_to_somebody_else_is_left_alone(mode: Mode, text: str) -> None:
    policy = ChannelPolicy(mode=mode)
    for in_thread in (False, True):
        assert not wants_answer(_said(text, in_thread=in_thread), policy, SAID)


def test_documents_for_staff_need_a_reason_and_no_outsider() -> None:
    for audience, is_direct, is_external, is_staff in itertools.product(
        AUDIENCES, (False, True), (False, True), (False, True)
    ):
        allowed = audience_of(
            ChannelPolicy(audience=audience),
            is_direct=is_direct,
            is_external=is_external,
            is_staff=is_staff,
        )
        reason = is_staff if is_direct else audience == "staff"
        assert allowed == ("staff" if reason and not is_external else "public")
