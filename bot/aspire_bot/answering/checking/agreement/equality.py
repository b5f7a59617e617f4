"""When two claims say the same thing, whatever their notation and language."""

from aspire_bot.answering.checking.agreement.word_match import names_agree
from aspire_bot.answering.checking.claims.bounds import is_upper
from aspire_bot.answering.checking.claims.claims import Claim
from aspire_bot.answering.checking.claims.times import same_clock
from aspire_ingest.index.text.dates.dates import DateMention

COUNTED = frozenset(("time", "age", "person", "project", "country", "field", "case", "article"))
"""Units of what is counted, not measured."""


class Equality:
    """Compares claims of a statement with those of its sources."""

    def __init__(self, years: frozenset[int], *, is_foreign: bool) -> None:
        """Know the years that the sources and what stands above them name."""
        self._years = years
        self._is_foreign = is_foreign

    def agree(self, claim: Claim, other: Claim) -> bool:
        """Whether a source's claim holds all that the statement's claim says."""
        if claim.kind != other.kind:
            pairs = ((claim, other), (other, claim))
            return claim is other or any(_is_day_of(*x) or _is_count_of(*x) for x in pairs)
        if claim.kind == "amount":
            return _amounts_agree(claim, other)
        if claim.kind == "clock":
            return same_clock(claim, other)
        if claim.kind == "date" and claim.date and other.date:
            return self._dates_agree(claim.date, other.date)
        if claim.kind == "name":
            return names_agree(claim, other)
        return claim.key == other.key

    def bounds_agree(self, claim: Claim, other: Claim) -> bool:
        """Whether equal values are bounded alike: "at least 5" is neither "5" nor "at most 5"."""
        said, stated = claim.bound, other.bound
        if said == stated or claim.kind not in ("amount", "date", "clock"):
            return True
        if said is None and stated is not None:
            return any(is_upper(hint) == is_upper(stated) for hint in claim.hints)
        if stated is None and said is not None:
            return any(is_upper(hint) == is_upper(said) for hint in other.hints)
        # 以内 and "under" are not far enough from each other to tell a lie by
        return bool(said and stated and self._is_foreign and is_upper(said) == is_upper(stated))

    def are_opposite(self, claim: Claim, other: Claim) -> bool:
        """Whether equal values are bounded from opposite sides: "at least 5" and "at most 5"."""
        said, stated = claim.bound, other.bound
        return said is not None and stated is not None and is_upper(said) != is_upper(stated)

    def _dates_agree(self, said: DateMention, stated: DateMention) -> bool:
        if said.is_fiscal_year != stated.is_fiscal_year:
            # "in 2026" is often said of 2026年度
            is_year = self._is_foreign and said.month is stated.month is None
            return is_year and said.year == stated.year
        if said.day is not None and said.day != stated.day:
            return False
        if said.month is not None and said.month != stated.month:
            return False
        if said.year is None or said.year == stated.year:
            return True
        return stated.year is None and said.year in self._years


def _amounts_agree(claim: Claim, other: Claim) -> bool:
    """Whether the values are one; what is counted may be left unsaid, a measure may not be added.

    A bare number is that of any unit: "the limit of 45" of "45 years". Who is 45 years old is 45.
    """
    if claim.value == other.value:
        if claim.unit == other.unit or claim.unit is None:
            return True
        return other.unit is None and claim.unit in COUNTED
    if claim.unit is None:
        return claim.value == other.as_said
    return {claim.unit, other.unit} == {"age", "month"} and claim.as_said == other.as_said


def _is_count_of(one: Claim, other: Claim) -> bool:
    """Whether it only says how often within an interval: two meetings a year, 年2回."""
    is_count = one.kind == "amount" and one.unit in (None, "time")
    return is_count and other.kind == "interval" and one.value == other.value


def _is_day_of(one: Claim, other: Claim) -> bool:
    """Whether it only names the day of a date: the 20th, 20日."""
    if other.kind != "date" or other.date is None or other.date.day is None:
        return False
    day = other.date.day
    return one.key == f"nth:{day}" or (one.key == f"n:{day}day" and one.kind == "amount")
