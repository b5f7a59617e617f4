"""A message as its author saw it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.message.prepare import without_markup


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<@U1> who pays?", "<@U1> who pays?"),
        ("ask <#C1|travel-help> first", "ask #travel-help first"),
        ("ask <#C1> first", "ask <#C1> first"),
        ("<!here> 様式は?", "<!here> 様式は?"),
        ("<https://example.org/a?b=c|the form>の提出先", "the formの提出先"),
        ("see <https://example.org/a>", "see <https://example.org/a>"),
        ("from <mailto:a@example.org|a@example.org>", "from a@example.org"),
        ("R&amp;D &lt;50 &gt; x", "R&D <50 > x"),
        ("&gt; quoted\nwho?", "> quoted\nwho?"),
        ("is 3 < 5 | 6 > 2?", "is 3 < 5 | 6 > 2?"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_markup_is_what_its_author_saw(text: str, seen: str) -> None:
    assert without_markup(text) == seen


@given(st.text(max_size=80))
def test_a_text_without_markup_is_left(text: str) -> None:
    if not set(text) & {"<", "&"}:
        assert without_markup(text) == text.strip()


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("*FYI* is _that_ right?", "FYI is that right?"),
        ("~old~ *新しい様式* は?", "old 新しい様式 は?"),
        ("* one\n* two", "* one\n* two"),
        ("what is my_file_name and 2*3*4?", "what is my_file_name and 2*3*4?"),
        ("about ~10 days or ~20?", "about ~10 days or ~20?"),
    ],
)
def test_bold_and_italic_words_are_words(typed: str, seen: str) -> None:
    assert without_markup(typed) == seen
