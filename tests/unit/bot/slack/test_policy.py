import itertools

import pytest

from aspire_bot.slack.listeners.events import Said
from aspire_bot.slack.staff.policy import audience_of, wants_answer
from aspire_bot.state.channels import ChannelPolicy, Mode
from aspire_ingest.index.types import AUDIENCES


def _said(
    text: str = "What are the goals?",
    *,
    in_thread: bool = False,
    is_mention: bool = False,
    is_direct: bool = False,
) -> Said:
    return Said(
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
    assert wants_answer(_said(text, is_mention=True), policy, is_our_thread=False)
    assert wants_answer(_said(text, is_direct=True), policy, is_our_thread=False)


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
    said = _said(in_thread=in_thread)
    assert wants_answer(said, policy, is_our_thread=is_ours) is expected
    small_talk = _said("Thanks, see you!", in_thread=in_thread)
    assert not wants_answer(small_talk, policy, is_our_thread=is_ours)


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
