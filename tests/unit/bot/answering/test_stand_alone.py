"""A follow-up as a question that stands alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.message.stand_alone import completed


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        # what "it" means
        ("When was the annual review held?", "who led it?", "who led the annual review?"),
        ("Who signs the contract?", "And when is it due?", "And when is the contract due?"),
        ("応募要領の改訂はいつですか", "それは誰が決めた?", "応募要領の改訂は誰が決めた?"),
        # another question word
        ("When was the annual review held?", "Where?", "Where was the annual review held?"),
        ("Where is the form kept?", "since when", "since when is the form kept?"),
        ("報告会はいつ開かれましたか", "どこで?", "報告会はどこで開かれましたか"),
        ("報告会はいつでしたか", "どこで?", "報告会はどこでしたか"),
        ("報告会はどこですか", "いつからですか", "報告会はいつですか"),
        ("助成金はいくらまで出ますか", "じゃあ、いつまで?", "助成金はいつまで出ますか"),
        # something of what was asked about
        ("中間評価はいつですか", "評価者は?", "中間評価の評価者は?"),
        ("中間評価はいつ", "評価者は誰ですか", "中間評価の評価者は誰ですか"),
        # another one of the same kind
        ("When was the pilot call opened?", "and the main call?", "When was the main call opened?"),
        (
            "Who chaired the soil panel?",
            "sorry, I meant the water panel",
            "Who chaired the water panel?",
        ),
        ("How much can French teams get?", "and Dutch teams?", "How much can Dutch teams get?"),
        (
            "When was the soil kick-off?",
            "what about the water one?",
            "When was the water kick-off?",
        ),
        ("通信分野の報告会はいつでしたか", "宇宙分野は?", "宇宙分野の報告会はいつでしたか"),
        ("通信の報告会はいつでしたか", "じゃあ宇宙は?", "宇宙の報告会はいつでしたか"),
        ("通信分野の報告会はいつ?", "すみません、宇宙分野の間違いです", "宇宙分野の報告会はいつ?"),
        # another time
        ("How many were chosen in FY2021?", "And in FY2022?", "How many were chosen in FY2022?"),
        ("2021年度の採択率は?", "2022年度は?", "2022年度の採択率は?"),
    ],
)
def test_a_follow_up_is_completed(before: str, text: str, whole: str) -> None:
    assert completed(before, text) == whole


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("How much can a team get?", "And the Dutch side?"),
        ("When was the annual review held?", "司会は誰?"),
        ("中間評価はいつですか", "何人来たの?"),
        # it may be what the follow-up names itself
        ("Who signs the contract?", "if the report is late, when is it due?"),
        ("Thanks", "who led it?"),
    ],
)
def test_what_has_no_sure_form_is_left_as_it_is(before: str, text: str) -> None:
    assert completed(before, text) is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_are_taken(before: str, text: str) -> None:
    whole = completed(before, text)
    assert whole is None or whole
