"""Lines are cut where a reader pauses; bold text stands apart from what would break it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.slack.render.buttons import MAX_LABEL, button_label
from aspire_bot.slack.render.cut import cut
from aspire_bot.slack.render.mrkdwn import escape, with_bold_apart

ENGLISH = (
    "May the indirect costs of a joint research project be carried over into the following fiscal "
    "year?"
)
JAPANESE = (
    "海外の研究機関に所属する共同研究者の旅費と滞在費を、日本側の研究費から支出することができるか、"
    "また、その場合に必要となる申請の手続きと提出先を教えてください。"
)


@pytest.mark.parametrize("room", range(20, len(ENGLISH) - 1))
def test_english_is_cut_after_a_word(room: int) -> None:
    line = cut(ENGLISH, room)
    assert len(line) <= room
    assert line.endswith("…")
    assert f"{line[:-1]} " in ENGLISH


@pytest.mark.parametrize("room", range(20, 75))
def test_japanese_is_cut_after_a_clause(room: int) -> None:
    line = cut(JAPANESE, room)
    assert room // 2 <= len(line) <= room
    rest = JAPANESE[len(line) - 1 :]
    assert re.match(r"[、。]|[\u3400-\u9fff\u30a0-\u30ff]", rest)
    assert re.search(r"[\u3041-\u309f、。]$", line[:-1]) or rest[0] in "、。"


def test_a_word_that_fills_the_room_is_cut_all_the_same() -> None:
    assert cut("Donaudampfschifffahrtsgesellschaft", 12) == "Donaudampfs…"
    assert cut("short", 5) == "short"
    assert cut("ab", 1) == "…"


@given(st.text(max_size=120), st.integers(min_value=1, max_value=100))
def test_a_cut_keeps_to_its_room(line: str, room: int) -> None:
    assert len(cut(line, room)) <= room


def test_a_label_of_a_button_is_one_line_and_whole_words() -> None:
    label = button_label(f"{ENGLISH}\n{ENGLISH}")
    assert len(label) <= MAX_LABEL
    assert label.endswith(" carried over into…")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*第3版*(本日)", "*第3版* (本日)"),
        ("*Edition 3*(today)", "*Edition 3* (today)"),
        ("*終わりました*。次へ", "*終わりました* 。次へ"),
        ("次は*重要*です", "次は *重要* です"),
        ("*Edition 3*: new, *old*.", "*Edition 3*: new, *old*."),
        ("• *one*\n• *two*", "• *one*\n• *two*"),
        ("*<https://e.org|Guide>*(PDF)", "*<https://e.org|Guide>* (PDF)"),
        ("<https://e.org/*a*(b|x>", "<https://e.org/*a*(b|x>"),
        ("2*3 and 4*5", "2*3 and 4*5"),
        ("a * b * c", "a * b * c"),
    ],
)
def test_bold_text_stands_apart(written: str, shown: str) -> None:
    assert with_bold_apart(written) == shown
    assert with_bold_apart(shown) == shown


@given(st.text(st.sampled_from("*_~`<>| a1あ。(\n"), max_size=40))
def test_what_others_wrote_is_never_touched(text: str) -> None:
    assert with_bold_apart(escape(text)) == escape(text)
