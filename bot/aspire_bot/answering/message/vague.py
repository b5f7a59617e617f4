"""Whether a question can be searched for at all, or first needs to be asked back. Pure.

A question is too vague where it points at something that nobody named ("When does it start?" as the
first thing said), or names next to nothing ("The deadline?"). When in doubt it is searched for.
"""

import re

from aspire_bot.answering.message.query.query import Query

_TELLS_NOTHING = 0.45
"""Needs that weigh less in all could mean anything."""

_A_MERE_WORD = 3
"""Words of a question that is none yet: "the deadline?"."""
_HERE = (
    r"year|years|month|week|fiscal|call|programme|program|bot|channel|workspace|point|way|case|"
    r"question|time|moment|is|are|was|were|do|does|can|will|should|would|could"
)
_POINTS_EN = re.compile(
    rf"\b(?P<noun>this|that|these|those|the same)\s+(?!(?:{_HERE})\b)[a-z]{{3,}}|"
    r"\b(?P<pronoun>it|its|they|their|theirs|them|he|his|him|she|her|hers|that|this|those|these)\b"
    r"(?!\s+(?:possible|necessary|true|ok|okay|allowed|permitted|required|mandatory|enough|"
    r"better|worth|take|takes|cost|costs|say|says)\b)",
    re.IGNORECASE,
)
_POINTS_JA = re.compile(
    r"(?P<noun>その|あの)(?!他|ほか|年度|年|際|場合|後|上|内)|"
    r"(?P<pronoun>それ(?!ぞれ|以外|以上|以下|以降|以前)|これ(?!まで|から|ら以外)|彼ら?(?!岸)|彼女|そこ(?!で、))"
)
_NOUN_PHRASE = re.compile(
    r"\b(?:the|a|an|of|for|in|at|our|my|your|each|every|all|any|no)\s+[a-z]{3,}", re.IGNORECASE
)
_LEAD_WORDS = 3
"""Words before a pronoun ("Who moderated it") among which nothing is looked for that it means."""
_LEAD_CHARACTERS_JA = 4
_SENTENCE_END = re.compile(r"[.!?。！？]\s*\S")
_QUOTED = re.compile(r"[\"“「『].+[\"”」』]")


def is_vague(query: Query) -> bool:
    """Whether nobody could tell what is asked for; never where a conversation came before."""
    text = query.question.text.strip()
    if query.question.history or _SENTENCE_END.search(text) or _QUOTED.search(text):
        return False
    if query.wants_newest or any(query_term.is_strict for query_term in query.query_terms):
        return False
    return _tells_nothing(text, query) or points_nowhere(text, query)


def _tells_nothing(text: str, query: Query) -> bool:
    """Whether it names nothing, or is but a word that stands everywhere."""
    told = sum(query_term.weight for query_term in query.query_terms)
    is_short = _size(text, query.language) <= _A_MERE_WORD
    return told == 0 or (is_short and told < _TELLS_NOTHING)


def _size(text: str, language: str) -> int:
    """Give the words of a text; in Japanese, where three signs count as one, about as many."""
    return len(text) // 3 if language == "ja" else len(text.split())


def points_nowhere(text: str, query: Query) -> bool:
    """Whether it points at something that is not named before: at its very beginning, that is."""
    if query.language == "ja":
        pointed = _POINTS_JA.search(text)
        return pointed is not None and pointed.start() <= _LEAD_CHARACTERS_JA
    pointed = _POINTS_EN.search(text)
    if pointed is None:
        return False
    before = text[: pointed.start()]
    is_named = _NOUN_PHRASE.search(before) is not None
    return not is_named and (bool(pointed["noun"]) or len(before.split()) <= _LEAD_WORDS)
