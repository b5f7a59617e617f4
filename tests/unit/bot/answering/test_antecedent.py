"""Whether a question points at what was said before it."""

import pytest

from aspire_bot.answering.message.antecedent import begins_anew, points_outside


@pytest.mark.parametrize(
    "text",
    [
        "When the call opens, who can apply for it?",
        "Does the Larch call have a webinar and who can join it?",
        "If my student goes abroad, are her costs paid?",
        "Does JST pay its own staff?",
        "Do the partners get their travel paid?",
        "How can one apply?",
        "公募が始まったら、それに誰が応募できますか",
        "Who may apply?",
        "Which calls are open?",
        "all deadlines",
        "When was the first meeting?",
        "両方に応募できますか",
        "最初の会議はいつ",
    ],
)
def test_what_it_names_itself_is_meant(text: str) -> None:
    assert not points_outside(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who can apply for it?",
        "What is the deadline of its call?",
        "And who chaired?",
        "Is it open, and who can apply for it?",
        "What about the energy one?",
        "What is the budget of that call?",
        "それはいつですか",
        "すみません、その締切はいつですか",
        "Can one of them apply?",
        "both?",
        "are both?",
        "and the first?",
        "all of them or just the second?",
        "両方とも?",
        "二つ目は?",
        "どっちですか",
        "最後の人は?",
    ],
)
def test_what_was_said_before_is_meant(text: str) -> None:
    assert points_outside(text)


@pytest.mark.parametrize(
    ("text", "is_anew"),
    [
        ("By the way, what is the ceiling?", True),
        ("Thanks! Different question: what is the ceiling?", True),
        ("ところで上限額は?", True),
        ("話変わりますが、旅費は出ますか", True),
        ("By the way, who chaired it?", False),
        ("ところで、その司会は誰ですか", False),
        ("when is the deadline btw", False),
        ("What is the ceiling?", False),
    ],
)
def test_who_turns_to_something_else_says_so(text: str, is_anew: bool) -> None:
    assert begins_anew(text) == is_anew
