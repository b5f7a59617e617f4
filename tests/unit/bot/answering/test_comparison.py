"""Which questions ask of two sides."""

import pytest

from aspire_bot.answering.message.query.comparison import has_two_sides


@pytest.mark.parametrize(
    "question",
    [
        "How does the ceiling differ between Large and Small?",
        "Is the deadline the same for both agencies?",
        "travel budget 2024 vs 2025",
        "Was it open in 2023 and in 2026?",
        "Has the overhead rate gone up?",
        "What did the old rules say about leave, and what do the new ones?",
        "Does the second edition treat it like the fourth edition?",
        "planned date and actual date?",
        "旅費の上限は昨年度と比べて変わりましたか",
        "日本側と英国側で違いはありますか",
        "第2版と第4版の期間は",
        "会場は予定と実際で違った?",
        "２０２３年と２０２４年の採択数",
    ],
)
def test_who_compares_asks_of_two_sides(question: str) -> None:
    assert has_two_sides(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is the ceiling of the 2025 call?",
        "Who chairs the committee?",
        "By 31 March 2026 or by 15 March 2026?",
        "How many people came in the third year?",
        "締切はいつですか",
        "第3版の期間は",
    ],
)
def test_who_asks_one_thing_does_not(question: str) -> None:
    assert not has_two_sides(question)
