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


@pytest.mark.parametrize(
    "question",
    [
        "Can I hold a Beam and a Twig award at the same time?",
        "May I hand in two proposals in the same fiscal year?",
        "May I carry over more than 10 % of the budget?",
        "Are items of more than EUR 50,000 eligible?",
        "Is a stay of longer than two months allowed?",
        "Is anybody other than the PI allowed to sign?",
        "Can we change the partner?",
        "Can I still withdraw the proposal?",
        "Who approves a change of the host institution?",
        "研究代表者の変更はできますか",
        "所属機関が変わった場合はどうすればよいですか",
        "10%より多く繰り越せますか",
        "同じ年度に二つ応募できますか",
    ],
)
def test_a_bound_or_a_change_that_is_made_compares_nothing(question: str) -> None:
    assert not has_two_sides(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is it the same as last year?",
        "Did they change the limit from 500 to 600?",
        "Is the ceiling higher than that of the old call?",
        "Has it changed, and can I still apply?",
        "変更点はありますか",
        "昨年度より多いですか",
    ],
)
def test_what_is_compared_with_something_is(question: str) -> None:
    assert has_two_sides(question)


_EN = """
compared|differ|difference|versus|vs|against|than|both|either|each of|respectively|in common
change|changes|changed|changing|same|still|go up|goes down|gone up|went down|rise|rose|risen
increase|increased|decreases|grow|grew|grown|before and after|old or new|former and current
previous and present|first and second|old, and now|new and old|current or former
present and previous|second and first|now and before|planned and actual|plan, actually
schedule and actual|announced or actual|more or less|longer or shorter|higher or lower
larger or smaller|earlier or later|better or worse|shorter or longer|less or more
lower or higher|smaller or larger|later or earlier|worse or better
"""
_JA = """
違い|違う|違って|違わ|異な|変わ|変更|変化|比べ|比較|より|同じ|それぞれ|両方|双方|どちら|いずれ|増え|減っ|減り|旧と新|新と旧
予定と実際|案内と実際|共通
"""


@pytest.mark.parametrize("words", _EN.strip().replace("\n", "|").split("|"))
def test_each_english_word_of_comparing_is_known(words: str) -> None:
    assert has_two_sides(f"is it {words} here")
    assert not has_two_sides("is it here")


@pytest.mark.parametrize("words", _JA.strip().replace("\n", "|").split("|"))
def test_each_japanese_word_of_comparing_is_known(words: str) -> None:
    assert has_two_sides(f"上限{words}か")


@pytest.mark.parametrize(
    "ordinals", ["2nd and 3rd", "third, fifth", "第一期と第二期", "第3回、第4回", "第1次と第2次"]
)
def test_two_numbers_of_a_kind_are_two_sides(ordinals: str) -> None:
    assert has_two_sides(f"limit in {ordinals}")
