"""The question before asked of what a follow-up names behind the same preposition. Pure.

"and for Beam?" after "How long may the plan be for Spark in the 2027 call?" asks of Beam in that
call, 英語では？ after 日本語で出せますか whether English will do. Names stand for names, years for
years, other words for other words: "and for travel?" says more of Spark, it does not replace it.
"""

import re
from collections.abc import Sequence

from aspire_bot.answering.message.follow_up.asked_name import HELPS, VERB_IN_NAME
from aspire_ingest.index.text.dates.dates import find_dates

_MOST_WORDS = 5
_PREPOSITION = (
    r"for|in|on|at|by|with|without|from|under|within|during|before|after|until|of|to|as|per|via"
)
_PUTS_RIGHT = r"sorry|oops|no|wait|actually|i meant?"
_SAYS_EN = re.compile(
    rf"^\W*(?:(?:and|but|so|or|ok(?:ay)?|then|also|what|how|{_PUTS_RIGHT})\b[\s,]*)*(?:about\s+)?(?:then\s+)?"
    rf"(?:(?P<by>{_PREPOSITION})\s+)?(?P<new>\w[^?!;,]*?)"
    r"(?:[\s,]+(?:then|too|as well|instead|please))?[\s?!.]*$",
    re.IGNORECASE,
)
_LEADS_EN = re.compile(
    rf"^\W*(?:(?:ok|so|but|and|then)\b[\s,]*)*(?:and|(?:what|how) about|{_PUTS_RIGHT})\b", re.I
)
_ARTICLE = re.compile(r"^(?:the|an?|our|your)\s+", re.IGNORECASE)
_NAME = re.compile(
    r"(?P<article>\b(?:the|an?|our|your)\s+)?"
    r"(?P<name>(?<![\w-])[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*)"
    r"(?P<kind>\s+(?:side|class|category|track|type|scheme|programme|program|call|grant|award|field"
    r"|area|team|partner|part|office|campus|version|edition)s?\b)?"
)
"""A name, and of which kind it says that it is."""
_NO_NAME = re.compile(
    r"(?:I|PI|PD|PhD|FAQs?|PDF|URL|DOI|EUR|JPY|USD|GBP|FY)\b|(?:Jan|Febr)uary|March|April|May|Ju(?:ne|ly)"
    r"|August|(?:Septem|Octo|Novem|Decem)ber"
)
_OF_ALIKE = frozenset(("of", "for"))
"""Prepositions that say the same of a name: the limit of Spark, and for Beam."""
_ENDS_PHRASE = re.compile(
    rf"\s+(?:{_PREPOSITION}|{HELPS}|and|or|but|if|when|that|which|who|than|between|about)\b|[,;?.!]|$",
    re.IGNORECASE,
)
_NOT_ANOTHER = re.compile(
    r"(?:(?:example|instance|sure|now|all|free|general|total|advance|time|him|her|them|us|me|it|this"
    r"|that|these|those|there|here|one|ones|both|each|every|what|how)\b)",
    re.IGNORECASE,
)
"""Behind a preposition, but nothing that another could stand for."""

_SAYS_JA = re.compile(
    r"^(?:(?:では|じゃあ?|それでは|また|ちなみに|あと)[、,\s]*)?(?P<new>[^、。?？\sはがを]{1,20}?)"
    r"(?P<by>の場合|について|に関して|として|から|まで|で|に|へ|だと|の(?:ほう|方))(?:は|なら|も|だと)?"
    r"(?:どう(?:です|でしょう|なります|なりますでしょう)?か?)?[?？。\s]*$"
)
_RUN_JA = re.compile(
    "(?:[A-Za-z][A-Za-z0-9-]*|[\u30a1-\u30ff]{2,}|[\u3400-\u9fff々]{2,})"
    "(?:側|型|枠|分野|領域|部門|版)?"
)
_IN_PLACE_JA = re.compile(r"の場合|だと|の(?:ほう|方)|について|に関して|で")
"""Says of a name that it stands where another one stood, whatever that was followed by."""


def with_same_place(before: str, text: str) -> str | None:
    """Ask the question before of another value; None where no like one stands in that place."""
    japanese = _SAYS_JA.match(text)
    if japanese:
        return _japanese(before, japanese)
    said = _SAYS_EN.match(text)
    if said is None:
        return None
    new, by = said["new"].strip(), (said["by"] or "").lower()
    if len(new.split()) > _MOST_WORDS or VERB_IN_NAME.search(new) or _NOT_ANOTHER.match(new):
        return None
    if find_dates(new):
        return None  # a year or a day takes the place of another by its form
    bare = _ARTICLE.sub("", new)
    if bare[:1].isupper():
        is_led = bool(by) or (" " not in bare and _LEADS_EN.match(text) is not None)
        return _with_name(before, new, by) if is_led else None
    return _with_words(before, new, by) if by else None


def is_mere_place(text: str) -> bool:
    """Whether a follow-up is but words behind a preposition: by itself it asks nothing."""
    if _SAYS_JA.match(text):
        return True
    said = _SAYS_EN.match(text)
    return said is not None and bool(said["by"]) and not VERB_IN_NAME.search(said["new"])


def _with_name(before: str, new: str, by: str) -> str | None:
    """With a name for the only one behind the same preposition; without one, the only one."""
    named = [one for one in _NAME.finditer(before) if _is_name(one)]
    if by:
        alike = _behind(before, named, (by,))
        if not alike and by in _OF_ALIKE:
            alike = _behind(before, named, tuple(_OF_ALIKE))
        named = alike
    other = _NAME.fullmatch(new)
    if len(named) != 1 or other is None or other["name"] == named[0]["name"]:
        return None
    old = named[0]
    if other["kind"]:
        return f"{before[: old.start()]}{new}{before[old.end() :]}"
    kept = other["name"] if old["article"] else new
    return f"{before[: old.start('name')]}{kept}{before[old.end('name') :]}"


def _is_name(found: re.Match[str]) -> bool:
    return found.start("name") > 0 and _NO_NAME.match(found["name"]) is None


def _behind(before: str, named: Sequence[re.Match[str]], by: Sequence[str]) -> list[re.Match[str]]:
    words = [(before[: one.start()].split() or [""])[-1].lower() for one in named]
    return [one for one, word in zip(named, words, strict=True) if word in by]


def _with_words(before: str, new: str, by: str) -> str | None:
    """With other words for the only ones in small letters behind the same preposition."""
    places: list[tuple[int, int]] = []
    for found in re.finditer(rf"\b{by}\s+(?=[a-z])", before, re.IGNORECASE):
        end = _ENDS_PHRASE.search(before, found.end())
        old = before[found.end() : end.start() if end else len(before)]
        if re.search(r"[A-Z\d]", old) or _NOT_ANOTHER.match(old) or len(old.split()) > _MOST_WORDS:
            continue
        places.append((found.end(), found.end() + len(old)))
    if len(places) != 1:
        return None
    start, end = places[0]
    return f"{before[:start]}{new}{before[end:]}"


def _japanese(before: str, said: re.Match[str]) -> str | None:
    """With what is named for the only run of like signs before the same particle, or at all."""
    new = said["new"]
    if _RUN_JA.fullmatch(new) is None or find_dates(new):
        return None
    alike = [one for one in _RUN_JA.finditer(before) if _script(one[0]) == _script(new)]
    placed = [one for one in alike if before.startswith(said["by"], one.end())]
    if not placed and _IN_PLACE_JA.match(said["by"]) and _script(new) != "kanji":
        placed = alike
    if len(placed) != 1 or placed[0][0] == new:
        return None
    return f"{before[: placed[0].start()]}{new}{before[placed[0].end() :]}"


def _script(run: str) -> str:
    if run[0].isascii():
        return "latin"
    return "katakana" if "\u30a1" <= run[0] <= "\u30ff" else "kanji"
