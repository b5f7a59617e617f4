"""Countries by their first sign, as in 日仏 and 米側, and what they are called in full. Pure.

A model that reads knows フランス and hardly 仏: what is written short is spelt out behind it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from aspire_bot.answering.message.query.query import QueryTerm

_COUNTRIES: Mapping[str, str] = {
    "米": "アメリカ", "英": "イギリス", "独": "ドイツ", "仏": "フランス", "伊": "イタリア",
    "西": "スペイン", "蘭": "オランダ", "加": "カナダ", "豪": "オーストラリア", "韓": "韓国",
    "中": "中国", "台": "台湾", "印": "インド", "露": "ロシア", "泰": "タイ", "越": "ベトナム",
    "欧": "欧州",
}  # fmt: skip
_SIGNS = "".join(_COUNTRIES)
_SHORT = re.compile(f"(?:日[{_SIGNS}]+|[{_SIGNS}]+日|[{_SIGNS}]{{2,}})(?:間|側|両国)?|[{_SIGNS}]側")
_OTHER_WORDS = re.compile("日[中台]|中[日米西台越印欧]|[西台]中|西[日欧]|[中西台加印]側")
"""The day, the west, and places: 西側 stands on the western side."""


def spelt_out(word: str) -> tuple[str, ...]:
    """Give the countries that a word has by their first signs, Japan left out; mostly none."""
    if _OTHER_WORDS.fullmatch(word) or not _SHORT.fullmatch(word):
        return ()
    return tuple(_COUNTRIES[sign] for sign in word if sign in _COUNTRIES)


def with_countries(query_term: QueryTerm, words: Iterable[str]) -> QueryTerm:
    """Give a query term of these words the countries that they have by their first signs."""
    for word in words:
        if countries := spelt_out(word):
            names = {
                language: (*known, frozenset(countries)) if language == "ja" else known
                for language, known in query_term.names.items()
            }
            return replace(query_term, names=names, written=word, elsewhere=("、".join(countries),))
    return query_term
