"""At least, up to, until, from: which way a value is meant. English and Japanese. Pure."""

import re
from collections.abc import Sequence

from aspire_bot.answering.checking.claims.claims import Bound

_BEFORE_EN: tuple[tuple[Bound, str], ...] = (
    (
        "le",
        r"(?:at most|up to|no (?:more|later|longer|greater|older|larger|higher) than"
        r"|not (?:\w+ ){0,3}(?:more|later|longer|greater|older|larger|higher) than"
        r"|not (?:to )?exceed(?:ing)?|maximum(?: of)?|within|on or before|limited to|capped at"
        r"|as (?:much|many|long|late|far|high) as|until|till|through|by|max\.?)",
    ),
    (
        "ge",
        r"(?:at least|no (?:less|fewer|earlier|younger|shorter) than"
        r"|not (?:\w+ ){0,3}(?:less|fewer|earlier|younger|shorter) than"
        r"|as (?:little|few|early) as|minimum(?: of)?|from|since|as of|starting(?: from| on)?"
        r"|beginning(?: on)?)",
    ),
    ("lt", r"(?:less than|fewer than|under|below|before|prior to|younger than|shorter than)"),
    (
        "gt",
        r"(?:more than|over|above|exceed(?:s|ed|ing)?|greater than|larger than|longer than"
        r"|older than|beyond|after)",
    ),
)
_AFTER_EN: tuple[tuple[Bound, str], ...] = (
    ("ge", r"or (?:more|above|over|older|longer|later|greater)\b|and (?:above|over|later)\b"
           r"|at (?:the )?least\b|minimum\b|onwards?\b|\+"),
    ("le", r"or (?:less|fewer|below|under|younger|earlier|shorter|lower)\b|at (?:the )?most\b"
           r"|maximum\b|at the latest\b"),
)  # fmt: skip
_BEFORE_JA: tuple[tuple[Bound, str], ...] = (
    ("le", r"(?:最大|最長|最高|最多)(?:で|でも)?"),
    ("ge", r"(?:最低|最短|最小|少なくとも)(?:で|でも)?"),
)
_AFTER_JA: tuple[tuple[Bound, str], ...] = (
    (
        "le",
        r"(?:末|[上中下]旬)まで|(?:必着|消印有効|締切|締め切り|〆切)"
        r"|(?:を|は)?(?:以下|以内|まで|迄|を上限|を限度|を超えない|を超えては|上限|限度|を最大)",
    ),
    ("ge", r"(?:以上|以降|から|より(?!も)|を下限|下限|を最低|以来)"),
    ("lt", r"(?:未満|より(?:前|少な)|以前|の?前(?!後|半|期|年))"),
    ("gt", r"(?:を?超|を越|より(?:後|多)|を上回|の?後(?!半|期))"),
)
_ARTICLE = r"(?:\s+(?:the|a|an|about|around|some|only|its|their))?"
_WEEKDAY = r"(?:\s?\([月火水木金土日](?:曜日?)?(?:・祝)?\))?"
_COUNTED = (
    r"(?:(?:[ァ-ヶー]{1,5}|[一-龥]{1,2})(?=以[上下内]|未満|まで|を超|を上限|を限度)|[日月年時分人名件回歳円社校国個点枚]"
    r"|[かヶカ](?:月|国))?"
)
_EACH_EN = r"(?:\s+(?:(?:an?|per|each|every)\s+)?\w+\b)?"
_CLOCK = r"(?:\s?(?:午前|午後)?\d{1,2}[時:]\d{0,2}分?)?"


def _ends_with(written: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{written}){_ARTICLE}\s*[(“\"]?$", re.IGNORECASE)


_Patterns = tuple[tuple[Bound, re.Pattern[str]], ...]
_BEFORE: _Patterns = (
    *((bound, _ends_with(written)) for bound, written in _BEFORE_EN),
    *((bound, re.compile(rf"(?:{written})\s*$")) for bound, written in _BEFORE_JA),
)
_AFTER: _Patterns = (
    *(
        (bound, re.compile(rf"{_EACH_EN}\s*(?<!\w)(?:{written})", re.IGNORECASE))
        for bound, written in _AFTER_EN
    ),
    *(
        (bound, re.compile(rf"{_COUNTED}{_WEEKDAY}{_CLOCK}\s?(?:{written})"))
        for bound, written in _AFTER_JA
    ),
)
_NOT_FOR_AMOUNTS = re.compile(r"(?:from|since|by|through|until|till|as of)\s*(?:the\s*)?$", re.I)
_OVER = re.compile(r"\bover\s+(?:the |a |its )?$", re.IGNORECASE)
_TIME_EN = re.compile(r"(?:year|month|week|day|hour)s?$", re.IGNORECASE)
_MORE_EN = re.compile(r"\s*(?:old|ago|late|long|of age|of experience|before|after)\b")
"""Over five years is how long it goes on; over five years old is more than that."""
_CHANGED_JA = re.compile(
    r"(?:の[^\d、。]{1,6})?[にへ](?:増|減|変|引き[上下]げ|延び|延長|延ば|延期|繰り[上下延]|前倒し|短縮|拡[大充]|縮小|上が|下が|上げ|下げ"
    r"|改|訂正|修正|移行)"
    r"|[にへと]な(?=[りっる])"
)
_CHANGES_EN = re.compile(
    r"\b(?:ris|rose|gr[eo]w|increas|went|go(?:es|ne)?\b|f[ae]ll|drop|cut|rais|lower|exten|chang|mov"
    r"|correct|shorten|reduc|doubl|tripl|up\b|down\b)\w*[^.;:]{0,40}\bfrom (?:the )?$",
    re.IGNORECASE,
)
"""What goes from 11 to 15 was 11 and is 15: no range and no bound, as "stays of 3 to 5" are."""
_CHANGES_IT_EN = re.compile(
    r"\b(?:correct|rais|chang|lower)(?:s|es|ed|ing)? (?:the )?$", re.IGNORECASE
)
_FORMER = re.compile(
    r"(?:\b(?:instead of|rather than|formerly|previously|used to be)\s(?:the\s)?"
    r"|(?:これまで|従来|以前|旧来|改正前|変更前|訂正前)(?:の|は)?、?)$",
    re.IGNORECASE,
)
_NO_MORE_JA = re.compile(r"[^\d、。]{0,4}(?:ではなく|でなく|に代えて|に代わり)")
_AN_ERROR = re.compile(
    r"[^.,;。、]{0,30}?(?:誤り|誤記|誤植|間違い|\b(?:was|were) (?:an? )?(?:error|mistake|wrong)\b)",
    re.IGNORECASE,
)
_FOR = re.compile(r"\bfor [\"“‘'][^\"”’']*$", re.IGNORECASE)
_READ = re.compile(r"[^\"”’']*[\"”’'],? (?:read|put|substitute)\b", re.IGNORECASE)
_WRONG = re.compile(r"(?:誤|\bwrong): ?[^;:]*$", re.IGNORECASE)
"""For "12 years" read "15 years"; 誤:12年;正:15年."""
_PLACES_JA = re.compile(r"(?:[かヶヵカケ箇]国|社|校|機関|大学|企業|団体|地域|都市|都道府県)$")
"""From 7か国 people come; from 5課題 on it may be."""
_RANGE_SIGN = re.compile(r"\s*(?:-|to|through|until|から|より)\s*", re.IGNORECASE)
_HINTS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "le",
        re.compile(
            r"\b(?:ceiling|upper limit|limit|maximum|deadline|due|clos(?:e|es|ed|ing)|expir\w*"
            r"|cap|end(?:s|ed|ing)?|submit\w*|last)\b"
            r"|上限|限度|最大|締切|締め切|締切り|期限|〆切|期日|終了",
            re.IGNORECASE,
        ),
    ),
    (
        "ge",
        re.compile(
            r"\b(?:minimum|lower limit|start(?:s|ed|ing)?|beg[aiu]n\w*|open(?:s|ed|ing)?"
            r"|first|effective)\b|下限|最低|開始|始ま|始め",
            re.IGNORECASE,
        ),
    ),
)
_LOOKS_BACK, _LOOKS_ON = 34, 24


def bound_of(folded: str, start: int, end: int, *, is_date: bool) -> Bound | None:
    """Which bound is said right beside the value at `folded[start:end]`; None where none is."""
    after = folded[end : end + _LOOKS_ON]
    before = folded[max(0, start - _LOOKS_BACK) : start]
    if _is_how_long(before, folded[start:end], after) or _changes(folded, start, end):
        return None
    if after.startswith("から") and _PLACES_JA.search(folded, 0, end):
        return None
    for bound, pattern in _AFTER:
        if pattern.match(after):
            return bound
    if not is_date and _NOT_FOR_AMOUNTS.search(before):
        return None  # a rise by 5 percent, researchers from 5 countries
    return next((bound for bound, pattern in _BEFORE if pattern.search(before)), None)


def _is_how_long(before: str, value: str, after: str) -> bool:
    is_over = bool(_OVER.search(before) and _TIME_EN.search(value))
    return is_over and not _MORE_EN.match(after)


def _changes(folded: str, start: int, end: int) -> bool:
    """Whether something changes from this value."""
    after = folded[end : end + _LOOKS_ON]
    if after.startswith("から"):
        return bool(_CHANGED_JA.search(after))
    return bool(_CHANGES_EN.search(folded[max(0, start - _LOOKS_BACK) : start]))


def hints_of(folded: str) -> frozenset[Bound]:
    """Which bounds a clause speaks of without standing beside a value."""
    return frozenset(bound for bound, pattern in _HINTS if pattern.search(folded))


def joined(folded: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the positions (in `spans`) of first and last values of ranges: "3 to 5", 3日から5日.

    What changes from one to the other is none.
    """
    return [
        (at, at + 1)
        for at in range(len(spans) - 1)
        if not _changes_between(folded, spans[at], spans[at + 1])
        and _is_range(folded, spans[at], spans[at + 1])
    ]


def changed(folded: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Give the positions (in `spans`) of values that were changed to the one after them."""
    return [
        at
        for at in range(len(spans) - 1)
        if _changes_between(folded, spans[at], spans[at + 1])
        and _is_range(folded, spans[at], spans[at + 1])
    ]


def is_former(folded: str, start: int, end: int) -> bool:
    """Whether a value is said to hold no more by what stands beside it: "instead of ten"."""
    before = folded[max(0, start - _LOOKS_BACK) : start]
    is_put_right = _FOR.search(folded, 0, start) and _READ.match(folded, end)
    is_wrong = _WRONG.search(folded, 0, start) or _AN_ERROR.match(folded, end)
    return bool(
        _FORMER.search(before) or _NO_MORE_JA.match(folded, end) or is_put_right or is_wrong
    )


def _changes_between(folded: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    before = folded[max(0, one[0] - _LOOKS_BACK) : one[0]]
    is_en = _CHANGES_EN.search(before) or _CHANGES_IT_EN.search(before)
    return bool(is_en or _CHANGED_JA.match(folded, other[1]))


def _is_range(folded: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    return bool(
        _RANGE_SIGN.fullmatch(folded, one[1], other[0])
        or (folded[: one[0]].endswith("between ") and folded[one[1] : other[0]].strip() == "and")
    )


def is_upper(bound: Bound) -> bool:
    """Whether it bounds from above."""
    return bound in ("le", "lt")
