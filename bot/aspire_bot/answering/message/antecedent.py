"""Whether a question points at what was said before it, or at what it names itself. Pure.

"When the call opens, who can apply for it?" names what "it" is; so does "does JST pay its own
staff?". "How can one apply?" points at nobody. "By the way, …" turns to something else.
"""

import re

from aspire_bot.answering.message.follow_up.asked_name import HELPS
from aspire_bot.answering.message.query.rewrite import points_back

_ARTICLE_EN = r"(?:the|an?|my|our|your|each|every|any|no)"
_NAME_EN = rf"(?:\b{_ARTICLE_EN}\s+[\w-]+|(?<=\s)(?-i:[A-Z])[\w-]+)"
_JOINT_EN = r"(?:[,;]|\s(?:and|or|but|if|unless|when|before|after|once|because|so)\s)"
_CLAUSE_EN = re.compile(
    rf"{_NAME_EN}(?:[^,;]*\S)?\s*{_JOINT_EN}[^?]*?\b(?:it|its|they|them|their|he|him|his|she|her)\b",
    re.IGNORECASE,
)
"""A pronoun in a later clause than a name: "does the call have a webinar and who can join it"."""
_WHOSE_EN = re.compile(
    rf"^\W*(?:{HELPS})\s+(?:{_ARTICLE_EN}\s+[\w-]+|(?-i:[A-Z])[\w-]+|(?:[\w-]+\s)?[\w-]+s)\b"
    r"[^,;?]*\s(?!(?:of|for|in|at|on|about)\s)[\w-]+\s(?:its|their|his|her)\s",
    re.IGNORECASE,
)
"""What is the subject's own: "does JST pay its staff"."""
_ANYONE_EN = re.compile(
    r"\b(?P<before>can|could|does|must|should|may|might|would|will|if|when|where)\s+one\b(?!\s+of\b)",
    re.IGNORECASE,
)
_CLAUSE_JA = re.compile(
    r"[一-龯ァ-ヶA-Za-z]{2}[はがをにで][^、。?？]*(?:場合|とき|時|際に?|[後前]に?|[らばでしえけせねべめれみりびき])、"
    r"[^。?？]*?(?:それ|その|これ|この|そこ)"
)
_SOME_EN = r"both|all|each|either|neither|first|second|third|fourth|last|former|latter|other|which"
_BESIDE_EN = (
    r"and|or|but|so|ok(?:ay)?|then|no|sorry|what|about|the|of|them|those|these|it|that|is|are|was|were"
    r"|for|on|just|only|really|again|please|pls|two|ones?|days?"
)
_MERELY_SOME_EN = re.compile(
    rf"(?:\W*\b(?:{_BESIDE_EN})\b)*\W*\b(?:{_SOME_EN})\b(?:\W*\b(?:{_BESIDE_EN}|{_SOME_EN})\b)*\W*",
    re.IGNORECASE,
)
"""Nothing but which of those that were spoken of: "both?", "and the second one?"."""
_MERELY_SOME_JA = re.compile(
    r"(?:では|じゃあ?|それでは|すみません|あと|また|え)?[、,\s]*(?:その|この|うち)?"
    r"(?:両方|双方|どちら|どっち|いずれ|どれ|全部|全て|すべて|(?:もう)?(?:一方|片方)|最初|最後"
    r"|[0-9０-９一二三四五](?:つ|番|人|件|点)目)(?:の(?:ほう|方|もの|やつ|件|人))?(?:だけ|とも)?"
    r"(?:は|も|が|を)?(?:ですか|でしょうか|どう(?:ですか|でしょうか)?|何(?:ですか|でしょうか)?)?[\s?？。]*"
)
_ANEW = re.compile(
    r"(?:^|(?<=[.!?,;:])\s+|\b(?:and|so|oh|but)\s)(?:by the way|btw)\b"
    r"|\b(?:(?:different|unrelated|separate) (?:question|topic|note|matter)"
    r"|chang(?:e|ing) (?:of |the )?(?:topic|subject)|unrelated(?:ly)?(?=[,:]))"
    r"|ところで|話(?:は|が)?(?:変わ|かわ|それ)|別件|別の(?:話|質問|件)",
    re.IGNORECASE,
)


def points_outside(text: str) -> bool:
    """Whether a question points at what was said before it, and not at what it names itself."""
    if _MERELY_SOME_EN.fullmatch(text) or _MERELY_SOME_JA.fullmatch(text):
        return True
    return points_back(_ANYONE_EN.sub(r"\g<before> people", text)) and not (
        _CLAUSE_EN.search(text) or _WHOSE_EN.search(text) or _CLAUSE_JA.search(text)
    )


def begins_anew(text: str) -> bool:
    """Whether a message says that it turns to something else, and points at nothing before it."""
    said = _ANEW.search(text)
    return said is not None and not points_outside(text[said.end() :])
