"""A message whose author puts it right in the same breath → as it was meant. Pure.

"Who is the officer for semiconductors, no wait, bioengineering?" asks of bioengineering, 「半導体、
あ間違えた、エネルギー分野の会議はいつ」 of the energy field.
"""

import re

from aspire_bot.answering.message.follow_up.stand_alone import with_swapped
from aspire_bot.answering.message.things.question_signs import ASKS_AT_ALL, WH

_SORRY_EN = (
    r"(?:no,? wait|wait,? no|oh wait|oops|scratch that|my mistake|correction(?=\s*[:,])"
    r"|(?:(?:no|oh|sorry|wait|actually)[\s,]+){0,2}i mean(?:t)?(?: to (?:say|ask))?)"
)
# what repeats is bounded: a message of signs alone is read in no time, too
_CUT_EN = re.compile(
    rf"\s{{0,3}}[,;.?!…–—-]{{1,5}}\s{{0,3}}{_SORRY_EN}\b[\s,:;.…–—-]{{1,5}}"
    r"(?!(?:it|that|this|what|really|seriously|every\w*)\b)",
    re.IGNORECASE,
)
_ASKS_EN = re.compile(rf"\b{WH}\b", re.IGNORECASE)
_CUT_JA = re.compile(
    r"(?:(?:あっ?|いや|えっと|すみません|ごめん(?:なさい)?|おっと)[、,…\s]{0,3})?"
    r"(?:間違え(?:た|ました|てました)|間違いました|間違い(?:です|でした)|違う|違った|違いました"
    r"|訂正(?:です|します))[、。,…\s]{1,5}"
)
_LAST_EN = re.compile(
    r"(?P<head>.*\b(?:for|of|in|on|at|about|by|from|to|with|the|an?))\s+\S.*$", re.DOTALL
)
_THE_ONE_EN = re.compile(r"^the ones?\s+(?=(?:in|of|for|at|on|from)\b)", re.IGNORECASE)
_ARTICLE_EN = re.compile(r"^(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_ADDS_EN = re.compile(r"(?:in|at|on|for|by|with|from|only|just|not|also)\b", re.IGNORECASE)
"""Begins what is said besides: "I mean in Japan time"."""
_FEW = 5
"""Words of a name; what is longer is a sentence of its own."""


def as_corrected(text: str) -> str:
    """Give the message as its author meant it; as it is where nothing in it is put right."""
    japanese = _CUT_JA.search(text)
    if japanese and ASKS_AT_ALL.search(text[japanese.end() :]):
        return _last_line(text[: japanese.start()]) + text[japanese.end() :]
    found = _CUT_EN.search(text)
    if found is None:
        return text
    before, meant = text[: found.start()].rstrip(" ?"), text[found.end() :]
    if _ASKS_EN.search(meant) or len(meant.split()) > _FEW:
        return _last_line(before) + meant
    first, last = _last_line(before), before[len(_last_line(before)) :]
    swapped = with_swapped(last, _THE_ONE_EN.sub("", meant))
    head = _LAST_EN.match(last)
    if swapped is None and head is not None and not _ADDS_EN.match(meant):
        swapped = f"{head['head']} {_ARTICLE_EN.sub('', meant)}"
    return text if swapped is None else first + swapped


def _last_line(before: str) -> str:
    """What stands before the sentence that is put right."""
    ends = max(before.rfind(sign) for sign in "\n。.?？!！")
    return before[: ends + 1] + (" " if ends >= 0 and before[ends] in ".?!" else "")
