"""From text to terms: the same for what is indexed and for what is asked.

Terms never hold white space. Bump `ANALYSIS_VERSION` with every change of what comes out, and of
the occasions that are found in a text: it is part of the index fingerprint, and what is stored is
analysed anew then.
"""

import re
import unicodedata
from functools import lru_cache

from aspire_ingest.index.text.amounts import amount_terms, find_amounts
from aspire_ingest.index.text.dates.dates import date_terms, find_dates
from aspire_ingest.index.text.japanese import (
    character_bigrams,
    character_pairs,
    japanese_terms,
    named_entities,
)
from aspire_ingest.index.text.latin import latin_terms, latin_words
from aspire_ingest.index.text.script import is_japanese
from aspire_ingest.index.text.variants import fold_variants

ANALYSIS_VERSION = "12"

_LONGEST_TERM = 80
"""Longer ones are encoded data, not words; the word index refuses terms over 64 KB."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7af]+")
_OTHER_WORD = re.compile(
    r"[^\W\d_a-zà-ɏ\u3005-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)


def analyze(text: str, language: str) -> list[str]:
    """Return the terms of `text`, in no promised order, repeated as often as they occur.

    The script decides how a word is treated, so that `ASPIRE` in Japanese and in English text
    gives the same term; `language` (ISO 639-1 or `und`) chooses the stemmer for Latin words.
    Forms of one kanji are one (`variants.py`): 髙橋 gives the term 高橋.
    Dates and amounts are terms of their own besides, the same in all languages: `d:2026-01-28`,
    `d:2026-01`, `d:2026`, `d:01-28`, `m:01`, `fy:2025`, `n:5000000jpy`, `n:30percent`.
    """
    normal = _normalize(text)
    terms: list[str] = []
    is_shouted = normal.isupper()
    pieces: list[str] = []
    rest = 0
    for word in latin_words(normal):
        terms.extend(latin_terms(word.group(), language, is_shouted=is_shouted))
        pieces += (normal[rest : word.start()], " " * len(word.group()))
        rest = word.end()
    remaining = "".join((*pieces, normal[rest:])).lower()
    if is_japanese(remaining):
        terms.extend(_han_terms(remaining, language))
    terms.extend(_OTHER_WORD.findall(remaining))
    for run in _HANGUL.findall(remaining):
        terms.append(run)
        terms.extend(run[at : at + 2] for at in range(len(run) - 2))
    terms.extend(canonical_terms(normal))
    return [term for term in terms if len(term) <= _LONGEST_TERM]


@lru_cache(maxsize=4096)
def analyze_label(text: str, language: str) -> tuple[str, ...]:
    """The same for a title or for headings: those of a document are asked for again and again."""
    return tuple(analyze(text, language))


def analyze_pairs(text: str) -> list[str]:
    """Return the pairs of Japanese characters in `text`, as terms of the field `pairs`."""
    return character_pairs(_normalize(text)) if is_japanese(text) else []


def _normalize(text: str) -> str:
    return fold_variants(unicodedata.normalize("NFKC", _SURROGATE.sub(" ", text)))


def entity_terms(text: str) -> frozenset[str]:
    """Return `is:person` and `is:place` for Japanese text that names one."""
    normal = _normalize(text)
    return named_entities(normal) if is_japanese(normal) else frozenset()


def canonical_terms(text: str) -> list[str]:
    """Return the terms of the dates and amounts of `text` alone."""
    dates = find_dates(text)
    terms = [term for mention in dates for term in date_terms(mention)]
    terms += [term for amount in find_amounts(text, dates) for term in amount_terms(amount)]
    return terms


def _han_terms(text: str, language: str) -> list[str]:
    return list(character_bigrams(text)) if language == "zh" else japanese_terms(text)
