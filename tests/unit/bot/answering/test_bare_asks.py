"""Which of several things asked are nothing without the one before."""

import pytest

from aspire_bot.answering.message.things.bare_asks import asks_of_what_was_asked, is_mere_year


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("上限は？", True),
        ("また、期間はどのくらいですか", True),
        ("2025年度と2026年度で違いますか", True),
        ("24年度から変わりましたか？", True),
        ("R7と同じですか", True),
        ("去年と違う？", True),
        ("the limit?", True),
        ("And what is the maximum?", True),
        ("Is it the same in FY2025?", True),
        ("Any changes since FY2024?", True),
        ("旅費は？", False),
        ("締切は？", False),
        ("旅費の上限は？", False),
        ("様式は変わりましたか", False),
        ("何が違いますか", False),
        ("travel costs?", False),
        ("Has the limit changed since FY2025?", False),
        ("What is different?", False),
    ],
)
def test_a_value_or_a_comparison_of_years_is_of_what_was_asked(text: str, *, leans: bool) -> None:
    assert asks_of_what_was_asked(text) == leans


@pytest.mark.parametrize(
    ("words", "is_year"),
    [
        ("R7年度", True),
        ("25年度と", True),
        ("in FY2025", True),
        ("2025年度と2026年度", True),
        ("5月", False),
        ("面接", False),
        ("", False),
    ],
)
def test_mere_years(words: str, *, is_year: bool) -> None:
    assert is_mere_year(words) == is_year
