"""Several things asked in one sentence → each with the words that it shares with another. Pure.

次の公募の締切と予算は asks for the budget of that call, 会議はいつで、誰が司会でしたか who chaired
the meeting, "the venue and the date of the workshop" for the venue of that workshop: what is said
once holds for all of them. Without these words a thing asked would be found in any document.
"""

import re
from collections.abc import Sequence

from aspire_bot.answering.message.follow_up.attribute_nouns import (
    ends_in_attribute_ja,
    is_attribute_en,
)
from aspire_bot.answering.message.follow_up.of_event import with_event
from aspire_ingest.index.text.script import is_japanese

_NOUN_JA = (
    r"(?:[A-Za-z0-9ァ-ヶー一-龯々・]+"
    r"(?:[めしいりみけせ](?=[一-龯りみせめい]|[はがをも、?？。]|$))?)+"
)
BARE_JA = re.compile(
    rf"(?P<noun>{_NOUN_JA})(?:$|(?=[はがをもや、?？。!！]|って|について|に関して|と(?:$|[、,])|です|でし))"
)
"""A noun that says nothing of whose it is, and is asked for."""
_ASKS_JA = re.compile(
    r"いつ|どこ|誰|だれ|どなた|何|なに|いくら|いくつ|なぜ|どうして|どの|どれ|どんな|どう"
)
_TOPIC_JA = re.compile(r"(?P<topic>[^。?？、]{2,60}?)は(?=[^。]*$)")
_SAYS_MORE_JA = re.compile(r"[をがでに、。?？]|です|ます")
_NOMINAL_JA = re.compile(r"(?:の|こと|もの|か)$")
"""Ends words that nothing is of: 応募できるの of 応募できるのは誰で."""
_IS_SAID_OF_JA = re.compile(r"は(?![?？。!！\s]*$)")
_PARTICLE_JA = re.compile(r"[でにと]$")

_WH = r"(?:who|whom|whose|when|where|what|which|why|how)"
_MERE_WORD_EN = re.compile(r"(?:when|where|why|how)", re.IGNORECASE)
_FIRST_WORD_EN = re.compile(
    r"(?:when|where|why|how)\s+(?=(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would"
    r"|should|may|must)\b)",
    re.IGNORECASE,
)
_LEAD_EN = re.compile(
    r"^(?:(?:(?:can|could|would) you |please |pls )*"
    r"(?:tell|give|send|show|remind) (?:me|us)\s+"
    r"|(?:i|we) (?:need|want|would like)(?: to know)?\s+"
    rf"|(?:{_WH}|how (?:much|long|many|big|large|high))"
    r"(?:['’]s|\s+(?:is|are|was|were|will be))\s+)+",
    re.IGNORECASE,
)
_ARTICLE_EN = re.compile(r"^(?:the|any|our|its|their)\s+", re.IGNORECASE)
_OF_WHAT_EN = re.compile(
    r"(?P<noun>(?:[\w-]+\s+){0,3}?[\w-]+)(?P<of>\s+(?:of|for|at|in|on)\s+\S.{2,})", re.IGNORECASE
)
_WHOSE_EN = re.compile(
    r"(?P<whose>(?:[\w.-]+\s+){0,4}[\w.-]+['’]s)\s+(?P<noun>(?:[\w-]+\s+){0,2}[\w-]+)",
    re.IGNORECASE,
)


def with_shared_words(asks: Sequence[str], are_joined: Sequence[bool]) -> tuple[str, ...]:
    """Give things asked, each with what a neighbour in its sentence says of it, too.

    `are_joined`: of each, whether it stands in the sentence of the one before it. What shares
    nothing is given as it is.
    """
    full = list(asks)
    for at in range(1, len(full)):
        if are_joined[at] and (of_event := with_event(full[at - 1], full[at])):
            full[at] = of_event
        elif are_joined[at]:
            after = _after_japanese if is_japanese(full[at]) else _after_english
            full[at] = after(full[at - 1], full[at])
    for at in range(len(full) - 1, 0, -1):
        if are_joined[at] and not is_japanese(full[at]):
            full[at - 1] = _before_english(full[at - 1], full[at])
    return tuple(full)


def _after_japanese(before: str, ask: str) -> str:
    """What stands last with the topic, or the owner, that only what stands before it names."""
    found = _TOPIC_JA.match(before)
    topic = _PARTICLE_JA.sub("", found["topic"]) if found else before.rstrip("とや、")
    if _ASKS_JA.search(topic) or (not found and _SAYS_MORE_JA.search(topic)):
        return ask
    owner, noun = _owner_and_noun(topic)
    named = None if _ASKS_JA.match(ask) else BARE_JA.match(ask)
    if named is None:
        if not found or _TOPIC_JA.match(ask) or not _ASKS_JA.search(ask):
            return ask
        if ends_in_attribute_ja(noun):
            return f"{owner}は{ask}" if owner else ask  # nothing else is asked of a mere deadline
        return f"{found['topic']}は{ask}"
    if ends_in_attribute_ja(noun):
        is_bare = not found and not _IS_SAID_OF_JA.match(ask, named.end())
        is_of_owner = is_bare or ends_in_attribute_ja(named["noun"])
        return f"{owner}の{ask}" if owner and is_of_owner else ask
    is_part = ends_in_attribute_ja(named["noun"]) and not _NOMINAL_JA.search(topic)
    return f"{topic}の{ask}" if is_part else ask


def _owner_and_noun(topic: str) -> tuple[str, str]:
    owner, _, noun = topic.rpartition("の")
    return owner, noun


def _before_english(ask: str, behind: str) -> str:
    """What stands first with what only the next one says: "where and when was the meeting?"."""
    first = _FIRST_WORD_EN.match(behind)
    if _MERE_WORD_EN.fullmatch(ask) and first:
        return f"{ask} {behind[first.end() :]}"
    if not is_attribute_en(_noun_in(ask)):
        return ask
    said = _OF_WHAT_EN.fullmatch(_noun_in(behind))
    is_said = said is not None and is_attribute_en(said["noun"])
    return f"{ask.rstrip('?')}{said['of']}?" if said and is_said else ask


def _after_english(before: str, ask: str) -> str:
    """The same of what stands last: "AMED's budget and deadline"."""
    noun = _noun_in(ask)
    if not is_attribute_en(noun):
        return ask
    said = _OF_WHAT_EN.fullmatch(_noun_in(before))
    if said and is_attribute_en(said["noun"]):
        return f"{ask.rstrip('?')}{said['of']}?"
    whose = _WHOSE_EN.fullmatch(_noun_in(before))
    if whose and is_attribute_en(whose["noun"]):
        return f"{whose['whose']} {noun}?"
    return ask


def _noun_in(ask: str) -> str:
    """What an English thing asked is but the words that ask: "venue" of "what is the venue?"."""
    return _ARTICLE_EN.sub("", _LEAD_EN.sub("", ask.strip(" ?.!")))
