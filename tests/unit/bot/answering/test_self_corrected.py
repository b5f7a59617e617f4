"""Who puts a message right in the same breath is answered what was meant."""

import pytest

from aspire_bot.answering.message.self_corrected import as_corrected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "who is the officer for semiconductors, no wait, bioengineering",
            "who is the officer for bioengineering",
        ),
        ("When was the 2025 workshop? sorry, I mean the one in 2026", "When was the 2026 workshop"),
        ("Hi! Who is the chair, sorry, I meant the host?", "Hi! Who is the host?"),
        ("What is the fee? oops, who pays it?", "who pays it?"),
        (
            "Where was the energy kickoff, oops, the quantum kickoff?",
            "Where was the quantum kickoff",
        ),
        (
            "半導体、あ間違えた、エネルギー分野の会議はいつですか",
            "エネルギー分野の会議はいつですか",
        ),
        ("こんにちは。予算は、あ間違えました、締切はいつですか", "こんにちは。締切はいつですか"),
    ],
)
def test_what_was_meant_stands_for_what_was_said(text: str, meant: str) -> None:
    assert as_corrected(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "I mean what I say",
        "There is a notice, correction of 3 May, what changed?",
        "What do you mean, I meant it?",
        "The deadline in May, is it noon? I mean in Japan time",
        "その資料は間違い、と聞きました。本当ですか",
        "No, I do not agree.",
        "Actually, who decides?",
    ],
)
def test_what_puts_nothing_right_stays(text: str) -> None:
    assert as_corrected(text) == text


@pytest.mark.parametrize("sign", [" ", "、", "…", "?"])
def test_a_message_of_signs_alone_is_read(sign: str) -> None:
    many = sign * 8_000  # with repetitions that have no bound it would take hours
    assert as_corrected(many) == many
