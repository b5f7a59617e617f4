"""Statements that are none of an answer's, whatever the passages say. Pure."""

import re
from collections.abc import Iterable

from aspire_bot.answering.checking.agreement.faults import Reason
from aspire_ingest.index.text.language import detect_language

_IS_QUESTION = re.compile(
    r"[?？][\"'”’」』)）*_]*\s*$|^\W*(?:questions?|q|質問|問い?)\s*[:：]\s*$", re.IGNORECASE
)
"""A question, or the word that announces one."""
_QUOTED = re.compile(r"[“\"「『][^”\"」』]*[”\"」』]")
_WORDS = re.compile(r"[A-Za-zÀ-ɏ]+|[\u3041-\u30ff\u3400-\u9fff]")
_SENTENCE = 4
"""Words, or Japanese signs; fewer are a name."""
_FIRST_PERSON = re.compile(
    r"(?:^|[.;:,–—]\s|\b(?:that|which|and|but|if|as|when|because|so|what|do|did|can|am|was)\s)"
    r"I(?:['’](?:m|ve|d|ll))?\s(?=[a-z])"  # not the numeral of "Phase I is"
    r"|\b(?:my|me|myself)\b|私(?=[はがもにをの])|[僕俺](?=[はがもにをの])"
)


def unfit(said: str, language: str, stated: Iterable[str]) -> Reason | None:
    """Why a statement is none of an answer's; None where it may be one.

    A question states nothing. In another language than the asker's stand quotes and names alone.
    Nobody answers in the first person, but to repeat somebody whom the passages (`stated`) quote
    so: it is the asker's own words otherwise, given back.
    """
    if _IS_QUESTION.search(said):
        return "question"
    unquoted = _QUOTED.sub("", said)
    if _FIRST_PERSON.search(unquoted) and not any(map(_FIRST_PERSON.search, stated)):
        return "first_person"
    spoken = detect_language(unquoted)
    is_sentence = len(_WORDS.findall(said)) >= _SENTENCE
    is_other = spoken != language and {spoken, language} <= {"en", "ja"}
    return "language" if is_other and is_sentence else None
