"""A message that says what was asked asks it once more."""

import pytest

from aspire_bot.answering.message.follow_up.asked_again import asked_again


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Wrong! I asked who pays for the boat", "who pays for the boat"),
        ("No, we were asking whether guests may come.", "whether guests may come"),
        ("what I actually wanted to know is when it opens", "when it opens"),
        ("My question was about the fee for guests", "about the fee for guests"),
        ("I'm asking about Kiel", "about Kiel"),
        ("違う。誰が払うのかを聞いたんですが", "誰が払うのか"),
        ("さっき宿泊費を尋ねたのですが", "宿泊費は？"),
        ("締切はいつと聞いたのに", "締切はいつか"),
        ("いえ、質問は若手枠の定員です", "若手枠の定員は？"),
        # repeats nothing
        ("that is not what I asked", None),
        ("I asked for help", None),
        ("I asked my boss about it", None),
        ("I asked because it matters", None),
        ("そんなこと聞いてない", None),
        ("締切を聞いていません", None),
        ("先生に聞いたのですが", None),
        ("不要と聞きましたが", None),
        ("質問は以上です", None),
    ],
)
def test_what_was_asked_is_asked_again(text: str, asked: str | None) -> None:
    assert asked_again(text) == asked
