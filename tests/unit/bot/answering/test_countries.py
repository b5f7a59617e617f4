"""Countries by their first sign are spelt out for who reads; other words are not."""

import pytest

from aspire_bot.answering.message.query.countries import spelt_out, with_countries
from aspire_bot.answering.message.query.query import QueryTerm


@pytest.mark.parametrize(
    ("word", "countries"),
    [
        ("日仏", ("フランス",)),
        ("仏日", ("フランス",)),
        ("日独", ("ドイツ",)),
        ("日米英", ("アメリカ", "イギリス")),
        ("日米韓", ("アメリカ", "韓国")),
        ("日加間", ("カナダ",)),
        ("英独仏", ("イギリス", "ドイツ", "フランス")),
        ("米側", ("アメリカ",)),
        ("日豪", ("オーストラリア",)),
    ],
)
def test_what_is_written_short_is_spelt_out(word: str, countries: tuple[str, ...]) -> None:
    assert spelt_out(word) == countries


@pytest.mark.parametrize(
    "word",
    ["日中", "西日", "中米", "西側", "日本", "日程", "米", "英語", "独自", "加", "中", "印", "ja"],
)
def test_other_words_with_these_signs_are_not(word: str) -> None:
    assert spelt_out(word) == ()


def test_a_query_term_gets_its_countries_as_a_name_and_as_what_is_read_behind_it() -> None:
    plain = QueryTerm(names={"ja": (frozenset(("日仏",)),), "en": ()}, weight=0.5)
    named = with_countries(plain, ("日仏",))
    assert named.names["ja"][-1] == frozenset(("フランス",))
    assert (named.written, named.elsewhere) == ("日仏", ("フランス",))
    assert with_countries(plain, ("日本",)) is plain
