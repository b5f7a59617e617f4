"""Which language a short text is in, by its script: a question has too few words for more."""

import re

from aspire_ingest.index.text.script import HIRAGANA, KANA, KANJI
from aspire_ingest.index.types import UNKNOWN_LANGUAGE

_HIRAGANA = re.compile(f"[{HIRAGANA}]")
_KANA = re.compile(f"[{KANA}]")
_ENGLISH = re.compile(
    r"\b(?:[Tt]he|[Ii]s|[Aa]re|[Ww]as|[Dd]oes|[Dd]o|[Dd]id|[Ww]hat|[Ww]ho|[Ww]hen|[Ww]here|[Hh]ow"
    r"|[Ww]hich|[Ww]hy|[Cc]an|of|in|for|and|to|on|by|with|from|about|mean|an?)\b"
)
_HAN = re.compile(f"[{KANJI}]")
_CHINESE = re.compile("[你您们們这吗嗎呢谁哪怎谢请么麼标时议问资领项报员专业关开发应该对让给还题]")
"""Signs that Chinese is written with and Japanese is not."""
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_OTHER_LETTER = re.compile(r"[^\W\d_]")
_LATIN_WORD_WEIGHT = 2
"""A Latin word carries about as much as two kana or kanji."""


def language_of(text: str) -> str:
    """Tell in which of our languages to speak to someone who wrote this: `ja` or `en`.

    It is the language that an answer to it has: a Japanese name in an English question changes
    nothing, and who writes Chinese may not read Japanese.
    """
    found = detect_language(text)
    if found == UNKNOWN_LANGUAGE and (_KANA.search(text) or _HAN.search(text)):
        found = "ja"
    return "ja" if found == "ja" and not is_chinese(text) else "en"


def is_chinese(text: str) -> bool:
    """Whether a text is surely Chinese; the same signs alone may be Japanese."""
    return bool(_CHINESE.search(text)) and not _KANA.search(text)


def detect_language(text: str) -> str:
    """Return `ja`, `en`, or `und` where neither can be said.

    Kana among a few Latin names make Japanese ("ASPIRE-Aとは"); a Japanese name inside an English
    sentence does not. All else in Latin script counts as English, other scripts as unknown.
    """
    kana = len(_KANA.findall(text))
    han = len(_HAN.findall(text))
    latin = _LATIN.findall(text)
    others = len(_OTHER_LETTER.findall(text)) - kana - han - sum(map(len, latin))
    if _HANGUL.search(text) or others > kana + han + len(latin):
        return UNKNOWN_LANGUAGE
    if not _HIRAGANA.search(text) and _ENGLISH.search(text):
        return "en"
    if (kana or han) and 2 * kana + han >= _LATIN_WORD_WEIGHT * max(0, len(latin) - 2):
        return "ja"
    return "en" if latin else UNKNOWN_LANGUAGE
