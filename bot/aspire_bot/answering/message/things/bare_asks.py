"""Whether one of several things asked is nothing without what was asked before it. Pure."""

import re

from aspire_bot.answering.message.follow_up.of_event import asks_of_event
from aspire_ingest.index.text.dates.calendar_years import with_full_years
from aspire_ingest.index.text.dates.dates import find_dates
from aspire_ingest.index.text.script import is_japanese

_LEADS = re.compile(
    r"^(?:(?:また|あと|それと|ちなみに|では|じゃあ)[、,\s]*)?"
    r"(?:(?:and|also|then|what about|how about|what(?:'s| is| are))\s+)*(?:the|its|their)?\s*",
    re.IGNORECASE,
)
_VALUE_JA = re.compile(
    r"(?:上限|下限|最大|最小)(?:額|値)?|金額|額|期間|人数|件数|割合|比率|条件|例外"
)
_VALUE_EN = re.compile(
    r"(?:upper |lower )?(?:limit|ceiling|maximum|minimum|amount|period|duration|length|number"
    r"|percentage|rate|conditions?|exceptions?)",
    re.IGNORECASE,
)
"""A value of something: calls have deadlines, but a ceiling may be of anything."""
_ENDS = " \t?？.。!！"
_COMPARES_JA = re.compile(
    r"(?:[とやでにはかもの、\s]|年度|から|より|比べて?|比較して|昨年度?|去年|前年度?|前回|今年度?|今回)*"
    r"(?:違い|違う|異な|変わり|変わる|変わっ|変更|同じ)[^、。はを]*$"
)
_COMPARES_EN = re.compile(
    r"(?:and\s)?(?:(?:is|are|was|were|did|does|do|has|have)\s)?(?:(?:it|this|that|they|there)\s)?"
    r"(?:been\s|be\s)?(?:any\s|the\s|a\s)*(?:same|different|differ|differences?|changed?|changes?)"
    r"(?:\s+(?:in|for|from|to|than|as|since|between|and|last year|before))*\W*$",
    re.IGNORECASE,
)


def asks_of_what_was_asked(text: str) -> bool:
    """Whether a question names but a value, or years to compare, of what is not named in it.

    上限は？ asks for the ceiling of something, "the same in FY2025?" whether something is the same.
    """
    bare = _LEADS.sub("", text.strip(), count=1)
    if asks_of_event(text):
        return True
    if is_japanese(text):
        noun = bare.partition("は")[0].strip(_ENDS)
        return bool(_VALUE_JA.fullmatch(noun) or _COMPARES_JA.match(_dateless(text)))
    return bool(_VALUE_EN.fullmatch(bare.strip(_ENDS)) or _COMPARES_EN.match(_dateless(text)))


def is_mere_year(words: str) -> bool:
    """Whether words name but years: those of R7年度とR8年度で, where the former stands apart."""
    return words.strip() != "" and re.sub(r"[と、,やで\s]|年度|\bin\b", "", _dateless(words)) == ""


def _dateless(text: str) -> str:
    full = with_full_years(text)
    for date in reversed(find_dates(full)):
        if date.month is None:
            full = f"{full[: date.start]} {full[date.end :]}"
    return full.strip()
