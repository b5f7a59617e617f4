"""One sum of money has one term, in whichever of the ways that people write it."""

from itertools import combinations

import pytest

from aspire_ingest.index.text.amounts import (
    amount_terms,
    find_amounts,
    with_plain_figures,
    with_plain_groups,
)
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.numerals import fold_widths, japanese_number

SAME: dict[str, tuple[str, ...]] = {
    "n:120000000jpy": (
        "一億二千万円", "1億2,000万円", "1億2千万円", "120百万円", "¥120,000,000",
        "JPY 120 million", "120 million yen", "1.2億円", "１．２億円", "一・二億円",
        "￥１２０，０００，０００", "百二十百万円", "1億２０００万円", "1 億 2,000 万円",
        "1億　2,000万円",
        "120,000千円",
        "１２０，０００　千円", "金壱億弐千万円", "壹億貳阡萬圓", "120,000,000 JPY", "JP¥120M",
        "JPY 120mn", "120 mln yen", "120 mil. yen", "120 000 000 yen", "120.000.000 yen",
        "120\u00a0000\u00a0000 yen", "120\u202f000\u202f000円", "0.12 billion yen", "¥0.12bn",
        "one hundred and twenty million yen", "a hundred and twenty million Japanese yen",
        "one hundred twenty million yen",
    ),
    "n:120000jpy": (
        "十二万円", "12万円", "12 万円", "１２万円", "一二万円", "120千円", "¥120,000",
        "120 000 yen",
        "120\u2009000 yen", "JPY 120K", "120 thousand yen", "拾弐万円", "12萬円", "JPY120,000",
        "one hundred and twenty thousand yen",
    ),
    "n:3500000jpy": (
        "3,500千円", "３,５００千円", "3,500 千円", "三百五十万円", "350万円", "3.5百万円", "¥3.5M",
        "3.5 million yen", "三千五百千円", "参百五拾万円", "3 500 000 yen", "3,5 million yen",
    ),
    "n:1500000eur": (
        "EUR 1.5 million", "1,500,000 euros", "€1.5m", "€ 1 500 000", "1.500.000 EUR",
        "1,5 Mio. EUR", "1.5 million Euro", "150万ユーロ", "百五十万ユーロ", "１５０万ユーロ",
        "EUR1,500,000", "1'500'000 euros", "150 万ユーロ",
    ),
    "n:3200000000usd": (
        "USD 3.2 billion", "US$3.2bn", "$3.2B", "32億ドル", "32 億米ドル", "三十二億米ドル",
        "3,200,000,000 dollars", "3.2 billion U.S. dollars", "$3 200 000 000",
    ),
    "n:500000gbp": (
        "£500,000", "500,000 pounds sterling", "half a million pounds", "50万ポンド", "GBP 500k",
    ),
    "n:2000000cny": ("RMB 2 million", "CNY 2,000,000", "200万人民元", "2 million Chinese yuan"),
    "n:4000000sek": ("SEK 4 million", "4 million Swedish kronor", "400万スウェーデン・クローナ"),
    "n:250000sgd": ("SGD 250,000", "S$250k", "250,000 Singapore dollars", "25万シンガポールドル"),
    "n:1000000jpy": (
        "百万円", "1百万円", "1,000千円", "a million yen", "JPY 1 million", "金百万円也", "100万円",
    ),
}  # fmt: skip
WRITTEN = [(term, written) for term, ways in SAME.items() for written in ways]


@pytest.mark.parametrize(("term", "written"), WRITTEN)
def test_a_sum_has_one_term(term: str, written: str) -> None:
    assert [t for amount in find_amounts(written) for t in amount_terms(amount)] == [term]
    english, japanese = f"The total is {written}, of which", f"総額は{written}とする。"
    for text, language in ((english, "en"), (japanese, "ja")):
        assert [t for t in analyze(text, language) if t.startswith("n:")] == [term], text


@pytest.mark.parametrize(("term", "written"), WRITTEN)
def test_its_place_in_the_text_is_kept(term: str, written: str) -> None:
    text = f"（総額）{written}、{term}"
    amount = find_amounts(text)[0]
    assert written.removeprefix("金").removesuffix("也").endswith(text[amount.start : amount.end])


def test_different_sums_stay_apart() -> None:
    terms = [
        {t for w in ways for a in find_amounts(w) for t in amount_terms(a)}
        for ways in SAME.values()
    ]
    assert all(one.isdisjoint(other) for one, other in combinations(terms, 2))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 500 people and 2 000 yen", ["1", "500", "2000"]),  # the last group alone is certain
        ("version 1.234.567 of it", []),
        ("in 2025 120 people came", ["120"]),
        ("2 500 yen each", ["2", "500"]),
        ("3 千葉の大学", ["3"]),
        ("30 百貨店", ["30"]),
        ("参加費は千円", ["1000"]),
        ("a hundred reasons, half a year", []),
        ("a hundred people", ["100"]),
        ("5 m long, 3 mm wide", ["5", "3"]),
        ("1億円と2億円", ["100000000", "200000000"]),
        ("二、三億円", ["300000000"]),
        ("10,20 and 30", ["30"]),
    ],
)  # fmt: skip
def test_what_only_looks_like_one_number_is_not_joined(text: str, values: list[str]) -> None:
    assert [f"{amount.value.normalize():f}" for amount in find_amounts(text)] == values


@pytest.mark.parametrize(
    "text", [written for _, written in WRITTEN] + ["", "壱", "金", "1 000", "参円\n"]
)
def test_plain_figures_move_no_offset(text: str) -> None:
    assert len(with_plain_groups(text)) == len(text)
    folded = fold_widths(text, lower=True)
    assert len(with_plain_figures(folded)) == len(folded)


def test_a_larger_unit_multiplies_what_stands_before_it() -> None:
    for written, value in [
        ("百二十百万", 120_000_000),
        ("三千五百千", 3_500_000),
        ("十二千", 12_000),
    ]:
        assert japanese_number(written) == value
    assert japanese_number("二・五億") == 250_000_000


@pytest.mark.parametrize(
    ("sign", "currency"),
    [
        ("US$", "usd"), ("CAD", "cad"), ("C$", "cad"), ("A$", "aud"), ("NZD", "nzd"),
        ("NZ$", "nzd"), ("KRW", "krw"), ("₩", "krw"), ("S$", "sgd"), ("HKD", "hkd"),
        ("HK$", "hkd"), ("TWD", "twd"), ("NT$", "twd"), ("INR", "inr"), ("₹", "inr"),
        ("THB", "thb"), ("DKK", "dkk"),
    ],
)  # fmt: skip
def test_a_sign_before_a_number_is_its_currency(sign: str, currency: str) -> None:
    (found,) = find_amounts(f"{sign} 4,700 is paid")
    assert (found.value, found.unit) == (4_700, currency)


_TEENS = [
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@pytest.mark.parametrize(
    ("word", "number"),
    [*zip(_TEENS, range(11, 20), strict=True), *zip(_TENS, range(20, 100, 10), strict=True)],
)
def test_a_number_in_words_is_that_number(word: str, number: int) -> None:
    (found,) = find_amounts(f"{word} million yen")
    assert (found.value, found.unit) == (number * 1_000_000, "jpy")


@pytest.mark.parametrize("scale", ["4 bln", "4 mrd", "0.004 trillion"])
def test_a_scale_in_short_is_that_scale(scale: str) -> None:
    (found,) = find_amounts(f"{scale} euros")
    assert (found.value, found.unit) == (4_000_000_000, "eur")
