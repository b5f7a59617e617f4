"""A part of a name for the whole of it, in the place of another name of its kind."""

import pytest

from aspire_bot.answering.message.follow_up.sibling_name import with_sibling

TEXTS = (
    "LUMEN for Young Makers (Glass) pays 3 million yen. LUMEN for the Old Masters (Glass) pays 9.",
    "The Birch Track of the North Fund lends boats. The Slow River Track of the North Fund does.",
    "若手のためのLUMEN(硝子)は3百万円、名匠のためのLUMEN(硝子)は9百万円である。審査は10月に行う。",
    "北部基金の白樺コースの定員は5名、北部基金の大河コースの定員は9名である。",
)


@pytest.mark.parametrize(
    ("before", "part", "asked"),
    [
        (
            "How much does LUMEN for Young Makers (Glass) pay?",
            "Old",
            "How much does LUMEN for the Old Masters (Glass) pay?",
        ),
        (
            "How much does LUMEN for the Old Masters (Glass) pay?",
            "the young one",
            "How much does LUMEN for Young Makers (Glass) pay?",
        ),
        (
            "Who lends boats in the Birch Track of the North Fund?",
            "Slow River",
            "Who lends boats in The Slow River Track of the North Fund?",
        ),
        ("若手のためのLUMEN(硝子)はいくらですか", "名匠", "名匠のためのLUMEN(硝子)はいくらですか"),
        (
            "名匠のためのLUMEN(硝子)はいくらですか",
            "若手枠",
            "若手のためのLUMEN(硝子)はいくらですか",
        ),
        ("北部基金の白樺コースは何名ですか", "大河", "北部基金の大河コースは何名ですか"),
        # no part of a name that has like words around it
        ("How much does LUMEN for Young Makers (Glass) pay?", "Young", None),
        ("How much does LUMEN for Young Makers (Glass) pay?", "travel", None),
        ("How much does LUMEN for Young Makers (Glass) pay?", "the deadline", None),
        ("How much does the Larch programme pay?", "Old", None),
        ("若手のためのLUMEN(硝子)はいくらですか", "締切", None),
        ("唐松公募の締切はいつですか", "審査", None),
    ],
)
def test_a_part_of_a_name_asks_of_the_whole_one(before: str, part: str, asked: str | None) -> None:
    assert with_sibling(before, part, lambda _: TEXTS) == asked
