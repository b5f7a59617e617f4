"""What an amount is given for: a month, a night, a person, a project. Pure."""

import re

_ADVERBS = {
    "monthly": "month", "yearly": "year", "annual": "year", "annually": "year", "daily": "day",
    "weekly": "week", "hourly": "hour", "nightly": "night",
}  # fmt: skip
_SINGLE = {
    "person": "person researcher student participant traveller member visitor applicant individual",
    "project": "project team group proposal institution organisation",
    "occasion": "trip visit journey event meeting session workshop",
    **{name: name for name in ("day", "week", "month", "year", "night", "hour")},
}
_THINGS_EN = {word: name for name, words in _SINGLE.items() for word in words.split()}
_THING_EN = "|".join(_THINGS_EN)
_AFTER_EN = re.compile(
    r"(?:,? (?:in total|at (?:the )?most|at least|each|or less|or more))?,? ?"
    rf"(?:(?:a|an|per|each|every|for (?:a|each|every)) (?:single )?|/ ?)(?P<one>{_THING_EN})\b"
    rf"(?:,? (?:and |or )?(?:a |an |per |each |every )?(?P<other>{_THING_EN})\b)?"
    rf"|(?:,? (?:at (?:the )?most|at least))? (?P<adverb>{'|'.join(_ADVERBS)})\b"
)
_BEFORE_EN = re.compile(
    rf"\b(?P<adverb>{'|'.join(_ADVERBS)})\b(?: [a-z]+){{0,4}} (?:of )?(?:¥|\$|€|£)?$"
)
_TIMES_JA = {
    "年": "year", "年度": "year", "月": "month", "か月": "month", "ヶ月": "month", "カ月": "month",
    "週": "week", "週間": "week", "日": "day", "泊": "night", "晩": "night", "時間": "hour",
}  # fmt: skip
_THINGS_JA = {
    "人": "person", "名": "person", "課題": "project", "件": "project", "チーム": "project",
    "プロジェクト": "project", "機関": "project", "回": "occasion", "出張": "occasion",
}  # fmt: skip
_ONE_JA = "|".join(sorted((*_TIMES_JA, *_THINGS_JA), key=len, reverse=True))
_MOST_JA = r"(?:最大|最高|上限|約|およそ|各|一律|原則|\s|、)*"
_BEFORE_JA = re.compile(
    rf"(?:(?<![\d第〇一二三四五六七八九十])[1一](?P<one>{_ONE_JA})(?:当たり|あたり|当り|につき|ごとに?|に(?:つき)?)?、?"
    rf"|(?P<each>研究者|学生|課題|プロジェクト|チーム)[1一]?(?:人|名|件)?(?:当たり|あたり|当り|につき|ごとに?)、?"
    r"|(?P<sum>[年月日週])額|毎(?P<every>[年月日週])度?(?:に)?"
    r"|(?<![\d〇一二三四五六七八九十数何同翌毎])(?P<bare>[年月週])(?:に|間に?|間で)?"
    rf"){_MOST_JA}$"
)
_EACH_JA = {"研究者": "person", "学生": "person"}
_LOOKS_BACK = 24
_STEPS = 2
"""Things before an amount that it may be given for together: 1課題につき年300万円."""


def rate_of(folded: str, start: int, end: int) -> frozenset[str]:
    """Give what the amount at `folded[start:end]` is for each of, as is said beside it."""
    found: set[str] = set()
    if match := _AFTER_EN.match(folded, end):
        found.update(_THINGS_EN[name] for name in (match["one"], match["other"]) if name)
        found.update(_ADVERBS[name] for name in (match["adverb"],) if name)
    if match := _BEFORE_EN.search(folded, max(0, start - 2 * _LOOKS_BACK), start):
        found.add(_ADVERBS[match["adverb"]])
    at = start
    for _ in range(_STEPS):
        match = _BEFORE_JA.search(folded[:at], max(0, at - _LOOKS_BACK))
        if match is None:
            break
        found.add(_japanese(match))
        at = match.start()
    return frozenset(found)


def _japanese(match: re.Match[str]) -> str:
    if match["each"]:
        return _EACH_JA.get(match["each"], "project")
    name = match["one"] or match["sum"] or match["every"] or match["bare"]
    return _TIMES_JA.get(name) or _THINGS_JA[name]


_KINDS = (frozenset(_TIMES_JA.values()), frozenset(_THINGS_JA.values()))


def rates_part(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two amounts are given for different things: a month and a year."""
    if one and other and not one & other:
        return True
    return any(one & kind and other & kind and not one & other & kind for kind in _KINDS)
