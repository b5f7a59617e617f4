from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aspire_ingest.index.text.amounts import Amount, amount_terms, find_amounts
from aspire_ingest.index.text.dates.dates import find_dates
from aspire_ingest.index.text.numerals import fold_widths, japanese_number

Value = tuple[str, str | None]

CASES: list[tuple[str, list[Value]]] = [
    ("5 million yen", [("5000000", "jpy")]),
    ("5,000,000 yen", [("5000000", "jpy")]),
    ("５００万円", [("5000000", "jpy")]),
    ("5億円", [("500000000", "jpy")]),
    ("1億2,500万円", [("125000000", "jpy")]),
    ("日額1万2千円", [("12000", "jpy")]),
    ("120千円", [("120000", "jpy")]),
    ("三百万円", [("3000000", "jpy")]),
    ("一千万円", [("10000000", "jpy")]),
    ("five million yen", [("5000000", "jpy")]),
    ("one hundred million yen", [("100000000", "jpy")]),
    ("$82M and US$ 3.5 million", [("82000000", "usd"), ("3500000", "usd")]),
    ("74 million euros (82 million dollars)", [("74000000", "eur"), ("82000000", "usd")]),
    ("€5bn, ¥1,200, 5M yen", [("5000000000", "eur"), ("1200", "jpy"), ("5000000", "jpy")]),
    ("30 percent", [("30", "percent")]),
    ("３０％", [("30", "percent")]),
    ("3割", [("30", "percent")]),
    ("３割５分", [("35", "percent")]),
    ("25 percentage points or 0.5%", [("25", "percent"), ("0.5", "percent")]),
    ("20 million to 30 million yen", [("20000000", "jpy"), ("30000000", "jpy")]),
    ("20 to 30 million yen", [("20000000", "jpy"), ("30000000", "jpy")]),
    ("20～30万円", [("200000", "jpy"), ("300000", "jpy")]),
    ("500～1万円", [("500", "jpy"), ("10000", "jpy")]),
    ("2～3割", [("20", "percent"), ("30", "percent")]),
    ("$20-30 million", [("20000000", "usd"), ("30000000", "usd")]),
    ("3 to 5 years", [("3", "year"), ("5", "year")]),
    ("between 3 and 5 years", [("3", "year"), ("5", "year")]),
    ("3か月から6ヶ月", [("3", "month"), ("6", "month")]),
    ("a five-year project", [("5", "year")]),
    ("all eight projects", [("8", "project")]),
    ("twenty-five people", [("25", "person")]),
    ("7分野46課題", [("7", "field"), ("46", "project")]),
    ("100人以上、6名", [("100", "person"), ("6", "person")]),
    ("連続90日以上、30営業日", [("90", "day"), ("30", "business_day")]),
    ("20 business days", [("20", "business_day")]),
    ("12歳未満", [("12", "age")]),
    ("1報60万円", [("1", "article"), ("600000", "jpy")]),
    ("令和7年度は3年間", [("3", "year")]),
    ("4.3 and 12,000", [("4.3", None), ("12000", None)]),
    ("28日まで", [("28", None)]),
]
NONE = [
    "一部の", "十分な", "第3回", "数千人", "何人", "5m long", "1/3", "at 12:00", "3.1.4",
    "ASPIRE-2",
    "COVID-19", "12,0000", "FY2024", "令和7年11月4日", "November 4, 2025", "one of them", "",
]  # fmt: skip


def values(text: str) -> list[Value]:
    return [(f"{a.value.normalize():f}", a.unit) for a in find_amounts(text)]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_amounts(text: str, expected: list[Value]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_amount(text: str) -> None:
    assert values(text) == []


def test_spans_are_places_in_the_text_as_it_came() -> None:
    text = "費目間の流用は３割又は５００万円まで (30% or 5 million yen)."
    assert [text[a.start : a.end] for a in find_amounts(text)] == [
        "３割",
        "５００万円",
        "30%",
        "5 million yen",
    ]


def test_terms() -> None:
    def terms(value: str, unit: str | None) -> list[str]:
        return amount_terms(Amount(start=0, end=1, value=Decimal(value), unit=unit))

    assert terms("5E+6", "jpy") == ["n:5000000jpy"]
    assert terms("3500000.0", "usd") == ["n:3500000usd"]
    assert terms("0.50", "percent") == ["n:0.5percent"]
    assert terms("74000000", None) == ["n:74000000"]
    assert terms("8", None) == []


def test_dates_known_already_are_not_read_again() -> None:
    text = "8 people on November 4, 2025"
    assert find_amounts(text, find_dates(text)) == find_amounts(text)


@settings(deadline=None)
@given(st.integers(1, 10**11))
def test_yen_mean_the_same_in_both_languages(yen: int) -> None:
    hundred_millions, rest = divmod(yen, 10**8)
    ten_thousands, ones = divmod(rest, 10**4)
    parts = ((hundred_millions, "億"), (ten_thousands, "万"), (ones, ""))
    japanese = "".join(f"{part}{unit}" for part, unit in parts if part)
    assert values(f"{japanese}円") == values(f"{yen:,} yen") == values(f"¥{yen}")


def test_japanese_numbers() -> None:
    for written, value in [
        ("二〇二五", 2025),
        ("十", 10),
        ("千二百三十四", 1234),
        ("1億2千万", 120000000),
    ]:
        assert japanese_number(written) == value
    for written in ("", "円", "1円", "-1"):
        with pytest.raises(ValueError):  # noqa: PT011 - the text is the whole message
            japanese_number(written)


def test_every_sign_is_folded_wherever_it_stands() -> None:
    for wide, narrow in (
        ("Ａ", "A"),
        ("～", "-"),
        ("〜", "-"),
        ("―", "-"),
        ("\u3000", " "),
        ("￥", "¥"),
    ):
        for text in (f"{wide}の", f"の{wide}", f"の{wide}の", wide):
            assert fold_widths(text) == text.replace(wide, narrow), text
            assert fold_widths(text, lower=True) == text.replace(wide, narrow.lower()), text
    for code in range(0x21, 0x7E):
        assert fold_widths(f"の{chr(code + 0xFEE0)}") == f"の{chr(code)}"
        assert fold_widths(f"の{chr(code)}", lower=True) == f"の{chr(code).lower()}"
        assert fold_widths(chr(code), lower=True) == chr(code).lower()


@settings(deadline=None)
@given(st.text())
def test_folding_moves_no_offset(text: str) -> None:
    assert len(fold_widths(text)) == len(fold_widths(text, lower=True)) == len(text)


PIECES = st.sampled_from(
    ["5", "3.5", "1,000", "12,00", "万", "億", "千", "三", "百", "円", "割", "分", "%", " to ", "-",
     "～", " million", " yen", "$", "k", "M", "日", "年", "か月", " people", "two", "/", ":",
     " ", "第", "²", "٣"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=15).map("".join) | st.text())
def test_amounts_are_in_order(text: str) -> None:
    end = 0
    for amount in find_amounts(text):
        assert end <= amount.start < amount.end <= len(text)
        assert amount.value >= 0
        assert all(" " not in term for term in amount_terms(amount))
        end = amount.end
