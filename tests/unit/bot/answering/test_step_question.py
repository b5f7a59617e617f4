"""Whether a question asks if something that it names can still be handed in."""

from datetime import date

import pytest

from aspire_bot.answering.message.period.term_question import read_term_question

TODAY = date(2031, 6, 10)


@pytest.mark.parametrize(
    ("text", "step", "topic"),
    [
        ("Can we still send an expression of interest for the Maple call?", "intent", "Maple"),
        ("Is it too late to register for the workshop?", "registration", "workshop"),
        ("has the deadline for abstracts passed", "abstract", ""),
        ("Is the deadline for the interim report over?", "report", "interim"),
        ("did we miss the LOI for Maple?", "intent", "Maple"),
        ("Are questions about Maple still accepted?", "questions", "Maple"),
        ("楓林公募の意向表明書はまだ出せますか", "intent", "楓林"),
        ("セミナーの事前登録はもう締め切られましたか", "registration", "セミナー"),
        ("収支報告書は今からでも間に合いますか", "report", "収支"),
        ("要旨の提出期限は過ぎましたか", "abstract", ""),
    ],
)
def test_a_step_is_asked_about(text: str, step: str, topic: str) -> None:
    asked = read_term_question(text, (), TODAY)
    assert asked is not None
    assert (asked.step, asked.topic) == (step, topic)


@pytest.mark.parametrize(
    "text",
    [
        "When is the letter of intent due?",
        "What belongs into the final report?",
        "Can I still apply without a letter of intent?",
        "I missed the registration, can I still come?",
        "How do I still get my report accepted?",
        "意向表明書なしでもまだ応募できますか",
        "報告書には何を書きますか",
        "Can I still withdraw my proposal?",
        "Is it too late to replace the budget sheet?",
        "提出した書類はまだ差し替えられますか",
    ],
)
def test_neither_a_step_nor_a_list_of_calls_is_asked_for(text: str) -> None:
    assert read_term_question(text, (), TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "Is the Maple call still open?",
        "Can we still apply for Maple?",
        "Is it too late to apply for Maple?",
        "Which calls that need a letter of intent are open now?",
        "楓公募はまだ応募できますか",
    ],
)
def test_a_call_that_may_be_open_is_no_step(text: str) -> None:
    asked = read_term_question(text, (), TODAY)
    assert asked is not None
    assert (asked.step, asked.term) == ("", "open")
