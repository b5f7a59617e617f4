"""What is counted and measured, as written in English and Japanese: widths folded, small."""

import re
from decimal import Decimal
from functools import lru_cache

PREFIX_CURRENCIES = {
    "¥": "jpy", "\\": "jpy", "jpy": "jpy", "us$": "usd", "usd": "usd", "$": "usd", "€": "eur",
    "eur": "eur", "£": "gbp", "gbp": "gbp", "chf": "chf", "cad": "cad", "c$": "cad", "aud": "aud",
    "a$": "aud", "krw": "krw",
}  # fmt: skip
CURRENCIES = frozenset(PREFIX_CURRENCIES.values()) | {"cny", "krw"}

# Each: how it is written, the unit, and by what the number is multiplied.
_UNITS: tuple[tuple[str, str, int], ...] = (
    (r"(?:japanese\s)?yen|jpy|円", "jpy", 1),
    (r"(?:us|u\.s\.)\s(?:dollars?|\$)|us\$|dollars?|usd|米ドル|ドル", "usd", 1),
    (r"canadian\sdollars?|cad|カナダドル", "cad", 1),
    (r"australian\sdollars?|aud|豪ドル", "aud", 1),
    (r"euros?|eur|ユーロ", "eur", 1),
    (r"pounds?(?:\ssterling)?|gbp|ポンド", "gbp", 1),
    (r"(?:swiss\s)?francs?|chf|スイスフラン", "chf", 1),
    (r"korean\swon|krw|ウォン", "krw", 1),
    (r"yuan|rmb|cny|人民元", "cny", 1),
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

SCALES = {
    "hundred": Decimal(100), "thousand": Decimal(1_000), "million": Decimal(10**6),
    "billion": Decimal(10**9), "trillion": Decimal(10**12),
}  # fmt: skip
SUFFIXES = {
    "k": Decimal(1_000), "m": Decimal(10**6), "mn": Decimal(10**6), "bn": Decimal(10**9),
}  # fmt: skip

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
