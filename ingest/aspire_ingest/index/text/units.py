"""What is counted and measured, as written in English and Japanese: widths folded, small."""

import re
from decimal import Decimal
from functools import lru_cache

PREFIX_CURRENCIES = {
    "¥": "jpy", "\\": "jpy", "jpy": "jpy", "jp¥": "jpy", "us$": "usd", "usd": "usd", "$": "usd",
    "€": "eur", "eur": "eur", "£": "gbp", "gbp": "gbp", "chf": "chf", "cad": "cad", "c$": "cad",
    "aud": "aud", "a$": "aud", "nzd": "nzd", "nz$": "nzd", "krw": "krw", "₩": "krw", "cny": "cny",
    "rmb": "cny", "sgd": "sgd", "s$": "sgd", "hkd": "hkd", "hk$": "hkd", "twd": "twd", "nt$": "twd",
    "inr": "inr", "₹": "inr", "thb": "thb", "sek": "sek", "nok": "nok", "dkk": "dkk",
}  # fmt: skip
CURRENCIES = frozenset(PREFIX_CURRENCIES.values())

# Each: how it is written, the unit, and by what the number is multiplied.
_UNITS: tuple[tuple[str, str, int], ...] = (
    (r"(?:japanese\s)?yen|jpy|円|圓", "jpy", 1),
    (r"(?:us|u\.s\.)\s(?:dollars?|\$)|us\$|dollars?|usd|米ドル|ドル", "usd", 1),
    (r"canadian\sdollars?|cad|カナダドル", "cad", 1),
    (r"australian\sdollars?|aud|豪ドル", "aud", 1),
    (r"euros?|eur|ユーロ", "eur", 1),
    (r"pounds?(?:\ssterling)?|gbp|ポンド", "gbp", 1),
    (r"(?:swiss\s)?francs?|chf|スイスフラン", "chf", 1),
    (r"korean\swon|krw|ウォン", "krw", 1),
    (r"(?:chinese\s)?yuan|rmb|cny|人民元", "cny", 1),
    (r"new\szealand\sdollars?|nzd|(?:ニュージーランド|nz)ドル", "nzd", 1),
    (r"singapore\sdollars?|sgd|シンガポールドル", "sgd", 1),
    (r"hong\skong\sdollars?|hkd|香港ドル", "hkd", 1),
    (r"(?:new\s)?taiwan\sdollars?|twd|台湾ドル", "twd", 1),
    (r"(?:indian\s)?rupees?|inr|(?:インド)?ルピー", "inr", 1),
    (r"(?:thai\s)?baht|thb|バーツ", "thb", 1),
    (r"swedish\s(?:kronor|krona|crowns?)|sek|スウェーデン・?クロー[ナネ]", "sek", 1),
    (r"norwegian\s(?:kroner|krone|crowns?)|nok|ノルウェー・?クロー[ナネ]", "nok", 1),
    (r"danish\s(?:kroner|krone|crowns?)|dkk|デンマーク・?クロー[ナネ]", "dkk", 1),
    (r"percent(?:age\spoints?)?|per\scents?|pct|%|パーセント|ポイント", "percent", 1),
    (r"割(?!り|合|当|愛|引)", "percent", 10),
    (r"(?:business|working)[\s-]days?|営業日", "business_day", 1),
    (
        r"(?:consecutive\s|calendar\s)?days?|暦日|日間"
        r"|日(?=以内|以上|以下|未満|前|後|分|程|を超|ごと|につき|当たり)",  # 28日 is a date
        "day",
        1,
    ),
    (r"weeks?|週間?(?!末|刊)", "week", 1),
    (r"months?|[かヶヵカケ箇]月間?", "month", 1),
    (r"years?[\s-]old|years?\sof\sage|歳|才", "age", 1),
    (r"years?|yrs?|年間|年(?!度|月|代|生|次|\d|頭|末|始)", "year", 1),
    (r"hours?|hrs?|時間", "hour", 1),
    (r"minutes?|mins?|分間", "minute", 1),
    (r"nights?|泊", "night", 1),
    (
        r"people|persons?|participants?|researchers?|attendees|members?|students?"
        r"|人(?!件|工|材|間|口|類|事|民)|名(?!前|称|古|誉|簿|義|目|詞)",
        "person",
        1,
    ),
    (r"times|回(?!答|収|路|転|線|復|避)", "time", 1),
    (r"projects?|課題(?!番)", "project", 1),
    (r"countries|country|[かヶヵカケ箇]国", "country", 1),
    (r"fields?|分野", "field", 1),
    (r"cases?|件(?!数|名)", "case", 1),
    (r"articles?|papers?|報(?!告|道|酬|奨)", "article", 1),
)  # fmt: skip
_KNOWN = tuple((re.compile(written), unit, by) for written, unit, by in _UNITS)
UNIT = "|".join(rf"(?:{written})" for written, _, _ in _UNITS)
"""One alternative for all, to be followed by a guard against letters."""
MONEY = "|".join(rf"(?:{written})" for written, unit, _ in _UNITS if unit in CURRENCIES)
"""The same for currencies alone."""

SHORT_SCALES = {
    "mn": Decimal(10**6), "mln": Decimal(10**6), "mil": Decimal(10**6), "mio": Decimal(10**6),
    "bn": Decimal(10**9), "bln": Decimal(10**9), "mrd": Decimal(10**9),
    "tn": Decimal(10**12),
}  # fmt: skip
"""Abbreviations, with or without a full stop: "1.5 Mio. EUR"."""
SCALES = {
    "hundred": Decimal(100), "thousand": Decimal(1_000), "million": Decimal(10**6),
    "billion": Decimal(10**9), "trillion": Decimal(10**12), **SHORT_SCALES,
}  # fmt: skip
SUFFIXES = {
    "k": Decimal(1_000), "m": Decimal(10**6), "b": Decimal(10**9), **SHORT_SCALES,
}  # fmt: skip
"""What follows a number of money without a space: "$1.5B"."""

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORD_NUMBERS = {
    **{word: number for number, word in enumerate((*_ONES, *_TEENS), 1)},
    **{word: number * 10 for number, word in enumerate(_TENS, 2)},
    **{
        f"{tens}-{one}": 10 * ten + number
        for ten, tens in enumerate(_TENS, 2)
        for number, one in enumerate(_ONES, 1)
    },
}


@lru_cache(maxsize=1_000)
def read_unit(written: str) -> tuple[str, int]:
    """Return the unit and its factor for a spelling that `UNIT` matched."""
    if written == "日":  # a unit only before such words as 以内, which are not part of it
        return "day", 1
    for pattern, unit, factor in _KNOWN:
        if pattern.fullmatch(written):
            return unit, factor
    raise KeyError(written)
