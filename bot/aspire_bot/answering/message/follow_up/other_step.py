"""The question before asked of another step, or of the one before or after. Pure.

"and the results?" after "When are the interviews for the Larch call?" asks when these are, 結果は？
after 唐松公募の面接はいつ likewise; "and the last one?" after "Where is the next workshop?" asks of
the last workshop, 前回は？ after 次回の会議はどこ of the last meeting, "the year before?" of 2024
after a question of 2025.
"""

import re

from aspire_ingest.index.text.dates.dates import find_dates

_STEP_EN = (
    r"(?:(?:online|applicant|panel|final|research|project|call|proposal|award) )*"
    r"(?:interviews?|hearings?|briefings?|webinars?|info(?:rmation)? sessions?|results?|decisions?"
    r"|announcements?|notifications?|selection|reviews?|evaluation|shortlist|registration|deadlines?"
    r"|kick-?offs?|starts?|beginning|opening|closing|launch|end)"
)
_OF_STEP_EN = re.compile(
    rf"^(?P<lead>\W*when\s+(?P<helps>is|are|was|were|will|do|does|did)\s+(?:the\s+)?)"
    rf"(?P<step>{_STEP_EN})\b(?P<tail>.*)$",
    re.IGNORECASE,
)
_STEP_JA = (
    r"(?:最終|書類|一次|二次|ピア|面接)?(?:面接|ヒアリング|説明会|選考|審査|採択|選考結果|審査結果|採否)"
    r"(?:審査|結果)?(?:の?(?:発表|公表|通知))?|結果(?:の?(?:発表|公表|通知))?"
    r"|(?:研究|募集|公募|受付|支援|応募|契約)?の?(?:開始|終了)|締切|締め切り|〆切|期限|契約"
)
_OF_STEP_JA = re.compile(
    rf"^(?P<lead>(?:[^、。?？]{{2,40}}の)?)(?P<step>{_STEP_JA})(?P<tail>[はって]*[、\s]*(?:いつ|何日|何月).*)$"
)
_ONE_STEP_EN = re.compile(rf"(?:the\s+|its\s+)?(?P<step>{_STEP_EN})", re.IGNORECASE)
_ONE_STEP_JA = re.compile(_STEP_JA)
_ORDERS = (
    re.compile(
        r"\b(?P<order>next|last|latest|previous|first|second|third|fourth|final|upcoming)\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<order>次回|前回|今回|前々回|初回)"),
)
_PAST = ("last", "latest", "previous")
_WILL_BE = re.compile(r"\bwill\s+(?P<what>.+?)\s+be\b", re.IGNORECASE)
_ONE_OF_ORDER = re.compile(
    r"(?:the\s+)?(?P<en>next|last|latest|previous|first|second|third|fourth|final|upcoming)"
    r"(?:\s+ones?)?|(?P<ja>次回|前回|今回|前々回|初回)",
    re.IGNORECASE,
)

_MOST_BESIDE = 3
"""Characters that may stand beside a date that is all that a follow-up names."""
_YEAR_BESIDE = re.compile(
    r"(?:in |for )?(?:the )?(?:year (?:before|(?P<after>after))(?: that)?"
    r"|(?:previous|preceding|prior|(?P<next>next|following|subsequent)) (?:fiscal )?year)"
    r"|(?:その)?(?:前|(?P<ja>[翌次後]))の?年度?",
    re.IGNORECASE,
)
"""The year beside the one that was asked of; "last year" is told from the day of the question."""
_YEAR = re.compile(
    r"(?<!\d)\d{4}(?!\d)|(?<=令和)\d{1,2}|(?<=平成)\d{1,2}|(?<=[Rr])\d{1,2}|(?<=FY)\d\d"
)


def with_other_step(before: str, rest: str) -> str | None:
    """Ask when another step is, or of the one before or after; None where neither is named.

    `rest` is what the follow-up names, without the words that carry on.
    """
    order = _ONE_OF_ORDER.fullmatch(rest)
    if order:
        return _with_other_order(before, (order["en"] or order["ja"]).lower())
    of_step = _OF_STEP_EN.match(before) if _ONE_STEP_EN.fullmatch(rest) else None
    if of_step:
        other = re.sub(r"^(?:the|its)\s+", "", rest, flags=re.IGNORECASE)
        return f"{_for_number(of_step, other)}{other}{of_step['tail']}"
    of_step = _OF_STEP_JA.match(before) if _ONE_STEP_JA.fullmatch(rest) else None
    return f"{of_step['lead']}{rest}{of_step['tail']}" if of_step else None


def _for_number(of_step: re.Match[str], other: str) -> str:
    """The lead with the verb for one or for several: "when is the deadline", "are the results"."""
    one, several = {"are": ("is", "are"), "is": ("is", "are")}.get(
        of_step["helps"].lower(), (of_step["helps"],) * 2
    )
    verb = several if other.endswith("s") else one
    return of_step["lead"].replace(of_step["helps"], verb, 1)


def _with_other_order(before: str, order: str) -> str | None:
    named = [found for words in _ORDERS for found in words.finditer(before)]
    if len(named) != 1 or named[0]["order"].lower() == order:
        return None
    asked = f"{before[: named[0].start()]}{order}{before[named[0].end() :]}"
    return _WILL_BE.sub(r"was \g<what>", asked) if order in _PAST else asked


def with_date(before: str, rest: str) -> str | None:
    """The question before with another date or year, where the follow-up names nothing else."""
    other, named = find_dates(rest), find_dates(before)
    if (
        len(other) != 1
        or len(named) != 1
        or other[0].end - other[0].start < len(rest) - _MOST_BESIDE
    ):
        return None
    return (
        f"{before[: named[0].start]}{rest[other[0].start : other[0].end]}{before[named[0].end :]}"
    )


def is_year_beside(rest: str) -> bool:
    """Whether a follow-up names but the year before or after: by itself it asks nothing."""
    return _YEAR_BESIDE.fullmatch(rest) is not None


def with_year_beside(before: str, rest: str) -> str | None:
    """Ask the same of the year before or after the only one named: "and the year before?"."""
    beside, named = _YEAR_BESIDE.fullmatch(rest), find_dates(before)
    year = _YEAR.search(before, named[0].start, named[0].end) if len(named) == 1 else None
    if beside is None or year is None:
        return None
    is_later = beside["after"] or beside["next"] or beside["ja"]
    number = str(int(year[0]) + (1 if is_later else -1)).zfill(len(year[0]))
    return f"{before[: year.start()]}{number}{before[year.end() :]}"
