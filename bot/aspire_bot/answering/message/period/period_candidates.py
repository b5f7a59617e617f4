"""The periods that a message may ask for, by what may be asked of them. Pure.

Which days a period is, is grammar: a deadline "in January" is in the coming one, what was published
in January in the last. Whether one is asked for is not decided here.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from aspire_bot.answering.message.period.named_period import NamedPeriod, find_periods
from aspire_bot.answering.message.period.period import Period, month_of
from aspire_bot.answering.message.period.period_naming import Direction, months_on
from aspire_ingest.index.text.numerals import fold_widths

What = Literal["took place", "deadline", "open now", "published"]
WHATS: tuple[What, ...] = ("took place", "deadline", "open now", "published")

LONGEST = 2_000
"""Characters of a message that are read for a period."""
_MOST_NAMED = 4
"""Periods of a message that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPeriod:
    """The days that a message asks about, both included, and what of them."""

    first: date
    last: date
    what: What

    @property
    def period(self) -> Period:
        """The days alone."""
        return Period(first=self.first, last=self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A period that a message may ask for, by what is asked of it.

    `text` is the message with the words of the period replaced by a sign; `form` says how the
    period is named: by its kind, or `implied` (today, where nothing is), or `carried` from the
    question before, of which `before` is what was asked.
    """

    text: str
    form: str
    by_what: Mapping[What, AskedPeriod]
    before: What | None = None
    before_span: str = ""
    """Where the period before lies: `named` days, or from or until today: `ahead`, `back`."""
    is_only: bool = True


SIGN, OTHER_SIGN = "\u25a0", "\u25a1"
"""What stands for the period in question, and for other periods."""

_JOINT = re.compile(
    r"(?<=\d)[\u301c~-](?=\d{4}[-/.年])|(?:(?<=\d/\d)|(?<=\d/\d\d))[\u2010-\u2015\u301c~-](?=\d{1,2}/\d)"
)
"""What joins two dates written in figures: folded, it would be one sign more of a date."""
_EMPHASIS = re.compile(r"(?<![^\s(])[*_~]+(?=\w)|(?<=\w)[*_~]+(?![^\s.,;:!?)])")
"""Marks around bold and struck words."""
_PAST = re.compile(
    r"\b(?:was|were|did|had|has been|have been|held|took|closed|ended|happened|got|came|went|ran"
    r"|were|published|announced|posted|released|missed|shut|over|so far|finished)\b"
    r"|(?:まし|でし|だっ|れ|し|っ|い|え|け|め|き)た(?!い|め|だ)|締め?切った|あった|過ぎ|これまで",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\b|以降", re.IGNORECASE)
"""The same of what is published or held; a deadline after a day is to come."""
_AHEAD = re.compile(
    r"\b(?:will|upcoming|planned|scheduled|next|coming|ahead|future|can i|could i|still|left"
    r"|going to|expected|plan)\b|予定|今後|これから|次回|開催され(?:る|ます)"
    r"|来(?:週|月|年)|まだ|間に合|決まって|あります|ある[?？か。]?|やります|始まる|はじまる",
    re.IGNORECASE,
)
_SO_FAR = re.compile(
    r"\bso far\b|\buntil now\b|\bup to now\b|これまで|ここまで|今まで|現時点", re.IGNORECASE
)
_YEAR_EARLIER = re.compile(
    r"\bthe year before\b(?! last)"
    r"|\bsame (?:months?|periods?|time|quarter) (?:of )?(?:last|the previous)"
    r" year|\bprevious year\b|その前の年|(?:去年|昨年|前年)の?同じ|前年同[月期]|昨年同[月期]",
    re.IGNORECASE,
)
"""Says that the period of the question before is meant, a year earlier."""
_NOT_OVER = re.compile(
    r"(?:終わった|終了した|済んだ|過ぎた|締め?切られた).{0,8}(?:除|抜|以外|なし|いらない|不要)"
    r"|\b(?:without|except|excluding|not|no|skip|leave out|minus)\b.{0,24}"
    r"\b(?:over|past|finished|closed|ended|done)\b",
    re.IGNORECASE,
)
"""Leaves out of the list before what is over."""
_STILL = re.compile(r"\bstill\b|\bleft\b|\bremaining\b|あと|残り|まだ|除いて", re.IGNORECASE)
_WITHIN = re.compile(r"(?:今[週月年]|今年度|年|年度)(?:中|内|のうち|末|いっぱい)")


def candidates(text: str, today: date, asked_before: AskedPeriod | None) -> list[Candidate]:
    """Give the periods that a message may ask for: those that it names, today, the one before."""
    plain = _EMPHASIS.sub("", unicodedata.normalize("NFKC", text[:LONGEST]))
    spaced = _JOINT.sub(" - ", plain)
    folded = fold_widths(" ".join(spaced.split()))
    ways: tuple[Direction, ...] = ("back", "ahead", "near")
    by_direction: dict[Direction, list[NamedPeriod]] = {
        way: find_periods(folded, today, way) for way in ways
    }
    named = by_direction["near"][:_MOST_NAMED]
    span = _span_of(asked_before, today)
    found = [
        Candidate(
            text=_signed(folded, named, one),
            form=_form(one),
            by_what=_by_what(folded, one, by_direction, today),
            before=asked_before.what if asked_before else None,
            before_span=span,
            is_only=len(named) == 1,
        )
        for one in named
    ]
    bare = _signed(folded, named, None)
    asked_now = AskedPeriod(first=today, last=today, what="open now")
    if not any(one.kind == "now" for one in named):
        implied = Candidate(
            text=bare,
            form="implied",
            by_what={"open now": asked_now},
            before=asked_before.what if asked_before else None,
            before_span=span,
            is_only=not named,
        )
        found.append(implied)
    if asked_before is not None:
        moved = _a_year_earlier(asked_before) if _YEAR_EARLIER.search(folded) else None
        if asked_before.first < today < asked_before.last and _NOT_OVER.search(folded):
            asked_before = replace(asked_before, first=today)
        carried = Candidate(
            text=bare,
            form="carried, moved" if moved else "carried",
            by_what={asked_before.what: moved or asked_before},
            before=asked_before.what,
            before_span=span,
            is_only=not named,
        )
        found.append(carried)
    return [one for one in found if one.by_what]


def _span_of(asked: AskedPeriod | None, today: date) -> str:
    if asked is None:
        return ""
    if asked.first == today:
        return "now" if asked.last == today else "ahead"
    return "back" if asked.last == today else "named"


def _a_year_earlier(asked: AskedPeriod) -> AskedPeriod:
    first, last = months_on(asked.first, -12), months_on(asked.last, -12)
    if (asked.last + timedelta(days=1)).day == 1:  # February ends as it will
        last = month_of(last.year, last.month).last or last
    return replace(asked, first=first, last=last)


def _form(one: NamedPeriod) -> str:
    period = one.period
    ends = "since " if period.last is None else "until " if period.first is None else ""
    return f"{ends}{one.kind}"


def _signed(folded: str, named: Sequence[NamedPeriod], chosen: NamedPeriod | None) -> str:
    pieces: list[str] = []
    rest = 0
    for one in named:
        pieces += (folded[rest : one.start], SIGN if one is chosen else OTHER_SIGN)
        rest = max(rest, one.end)
    return "".join((*pieces, folded[rest:])).lower()


def _by_what(
    folded: str,
    one: NamedPeriod,
    by_direction: dict[Direction, list[NamedPeriod]],
    today: date,
) -> dict[What, AskedPeriod]:
    """The days, by what is asked of them: a deadline in January is in the coming one."""
    if one.kind == "now":
        return {"open now": AskedPeriod(first=today, last=today, what="open now")}
    found: dict[What, AskedPeriod] = {}
    for what in WHATS:
        way = _direction(folded, what)
        same = next((o for o in by_direction[way] if o.start == one.start), one)
        days = _closed(folded, same, what, today)
        if days is not None and days.first and days.last:
            found[what] = AskedPeriod(first=days.first, last=days.last, what=what)
    return found


def _direction(folded: str, what: What) -> Direction:
    is_past, is_ahead = bool(_PAST.search(folded)), bool(_AHEAD.search(folded))
    if what not in ("deadline", "open now"):
        is_past = is_past or bool(_SINCE.search(folded))
    if what in ("deadline", "open now"):
        return "back" if is_past and not is_ahead else "ahead"
    if is_ahead and not is_past:
        return "ahead"
    if what == "published" and not re.search(r"\bopen|始ま|はじま", folded):
        return "back"
    return "back" if is_past and not is_ahead else "near"


def _closed(folded: str, named: NamedPeriod, what: What, today: date) -> Period | None:
    """The days with both ends: what is open begins or ends today, or is a year long."""
    first, last = named.period.first, named.period.last
    if first is None and last is None:
        return None
    if last is None and first is not None:
        last = today if first <= today else months_on(today, 12)
    if first is None and last is not None:
        if last < today:
            return None
        first = today
    if first is None or last is None or first > last:
        return None
    holds_today = first <= today <= last
    if holds_today and _SO_FAR.search(folded):
        return Period(first=first, last=today)
    words = folded[named.start : named.end]
    is_ahead = bool(_STILL.search(folded)) or (what == "deadline" and _WITHIN.search(words))
    if holds_today and is_ahead and what != "open now" and not _PAST.search(words):
        return Period(first=today, last=last)
    return Period(first=first, last=last)
