"""What one sentence says once holds for each of the things that it asks."""

import pytest

from aspire_bot.answering.message.things.shared_words import with_shared_words


@pytest.mark.parametrize(
    ("asks", "full"),
    [
        (
            ("楓公募の締切", "予算を教えてください"),
            ("楓公募の締切", "楓公募の予算を教えてください"),
        ),
        (
            ("報告会の日時", "場所", "講演者を知りたいです"),
            ("報告会の日時", "報告会の場所", "報告会の講演者を知りたいです"),
        ),
        (
            ("楓公募の締切はいつで", "予算はいくらですか"),
            ("楓公募の締切はいつで", "楓公募の予算はいくらですか"),
        ),
        (("締切はいつか", "誰が応募できるか"), ("締切はいつか", "誰が応募できるか")),
        (("受付中の公募", "締切日"), ("受付中の公募", "受付中の公募の締切日")),
        (
            ("楓分野の会議は誰が司会で", "いつ開かれましたか"),
            ("楓分野の会議は誰が司会で", "楓分野の会議はいつ開かれましたか"),
        ),
        (
            ("報告会はいつ開かれ", "何名が参加しましたか"),
            ("報告会はいつ開かれ", "報告会は何名が参加しましたか"),
        ),
        (
            ("報告会の日程はいつで", "どこで開かれますか"),
            ("報告会の日程はいつで", "報告会はどこで開かれますか"),
        ),
        (
            ("応募できるのは誰で", "いつまでですか"),
            ("応募できるのは誰で", "応募できるのはいつまでですか"),
        ),
        (
            ("今回の公募ではいくらもらえて", "期間は何年ですか"),
            ("今回の公募ではいくらもらえて", "今回の公募の期間は何年ですか"),
        ),
        (
            ("How big is the Larch school", "until when can I apply?"),
            ("How big is the Larch school", "until when can I apply for the Larch school?"),
        ),
        (
            ("what are the budget", "period for the Larch call"),
            ("what are the budget for the Larch call?", "period for the Larch call"),
        ),
        (
            ("tell me the venue", "the date of the workshop?"),
            ("tell me the venue of the workshop?", "the date of the workshop?"),
        ),
        (
            ("What is the budget", "the deadline", "the research period of the Larch call?"),
            (
                "What is the budget of the Larch call?",
                "the deadline of the Larch call?",
                "the research period of the Larch call?",
            ),
        ),
        (
            ("When is the deadline", "how much is the budget for the Larch call?"),
            (
                "When is the deadline for the Larch call?",
                "how much is the budget for the Larch call?",
            ),
        ),
        (
            ("where", "when was the energy meeting in 2026?"),
            ("where was the energy meeting in 2026?", "when was the energy meeting in 2026?"),
        ),
        (
            ("What is the deadline of the Larch call", "the budget?"),
            ("What is the deadline of the Larch call", "the budget of the Larch call?"),
        ),
        (("Larch's budget", "deadline?"), ("Larch's budget", "Larch's deadline?")),
    ],
)
def test_what_is_said_once_holds_for_all(asks: tuple[str, ...], full: tuple[str, ...]) -> None:
    assert with_shared_words(asks, [False, *[True] * (len(asks) - 1)]) == full


@pytest.mark.parametrize(
    "asks",
    [
        ("楓分野の締切はいつで", "樫分野の締切はいつですか"),
        ("主査は誰で", "委員の役割は何ですか"),
        ("締切はいつで", "予算はいくらですか"),
        ("報告会の日程", "樫公募は誰が応募できますか"),
        ("What is Larch", "what is the budget of the Maple call?"),
        ("who may apply for the Larch call", "what does an adviser do?"),
        ("who pays", "when was the workshop held?"),
        ("the Maple deadline", "the budget of the Larch call"),
    ],
)
def test_what_names_its_own_shares_nothing(asks: tuple[str, ...]) -> None:
    assert with_shared_words(asks, [False, True]) == asks


def test_sentences_share_nothing() -> None:
    asks = ("楓公募の締切は?", "予算は?")
    assert with_shared_words(asks, [False, False]) == asks
