"""What is asked of an event without saying which is asked of the one that was spoken of."""

import pytest

from aspire_bot.answering.message.follow_up.of_event import asks_of_event, with_event


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (
            "Where was the Larch meeting?",
            "how many people came?",
            "how many people came to the Larch meeting?",
        ),
        ("When was the Larch kickoff?", "And who spoke?", "who spoke at the Larch kickoff?"),
        ("When was the Larch kickoff?", "who attended?", "who attended the Larch kickoff?"),
        (
            "When was the Larch kickoff?",
            "what came out of it?",
            "what came out of the Larch kickoff?",
        ),
        (
            "How big is the Larch school?",
            "until when can I apply?",
            "until when can I apply for the Larch school?",
        ),
        (
            "What was the Larch school?",
            "and by when do I have to register",
            "by when do I have to register for the Larch school?",
        ),
        (
            "唐松会議はどこでありましたか",
            "何人くらい来ましたか？",
            "唐松会議は何人くらい来ましたか",
        ),
        ("唐松会議はいつですか", "あと、誰が登壇しましたか", "唐松会議は誰が登壇しましたか"),
    ],
)
def test_it_is_asked_of_the_event_before(before: str, text: str, whole: str) -> None:
    assert with_event(before, text) == whole


@pytest.mark.parametrize(
    "text",
    [
        "How many people came to the Larch meeting?",
        "Who spoke for the partners?",
        "How many projects were selected?",
        "唐松会議には何人来ましたか",
        "誰が応募できますか",
    ],
)
def test_what_says_of_which_event_stands_alone(text: str) -> None:
    assert not asks_of_event(text)
