"""What can be checked in a sentence: its values, dates, names and words that exclude each other."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from aspire_ingest.index.text.dates.dates import DateMention

ClaimKind = Literal[
    "amount", "date", "clock", "interval", "ordinal", "contact", "code", "name", "contrast"
]
Bound = Literal["ge", "gt", "le", "lt"]
"""At least, more than, at most, less than; for dates from, after, until, before."""
_TIMES = {"minute", "day", "month"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable thing a sentence says: `text[start:end]` of the reading it is in.

    `key` is its canonical form, the same in all languages as far as the kind allows. `as_said` is
    the number of a `value` in smaller units: 45 of 45 years, which are 540 months. `parts` are
    the words of a name, small. `sounds` are the words of a Japanese name in Latin letters.
    `bound` is what is said of a value right beside it; `hints` are bounds that its clause speaks
    of ("ceiling", 締切). A value or name `is_former` that was changed to another, or does
    not hold. `per` is what an amount is given for each of. Of a `contrast`, `excludes` is the word
    that cannot be true beside it.
    """

    kind: ClaimKind
    start: int
    end: int
    key: str
    value: Decimal | None = None
    as_said: Decimal | None = None
    unit: str | None = None
    date: DateMention | None = None
    parts: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    is_person: bool = False
    bound: Bound | None = None
    hints: frozenset[Bound] = frozenset()
    excludes: frozenset[str] = frozenset()
    is_former: bool = False
    per: frozenset[str] = frozenset()

    def competes_with(self, other: "Claim") -> bool:
        """Whether the two could stand in one place: a date for a date, yen for yen."""
        if self.kind != other.kind:
            return False
        if self.kind == "amount":
            both = {self.unit, other.unit}
            return len(both) == 1 or None in both or both <= _TIMES
        if self.kind == "date" and self.date and other.date:
            return grain(self.date) == grain(other.date)
        if self.kind == "contrast":
            return other.key in self.excludes
        return True


def grain(date: DateMention) -> str:
    """How exactly a date is said."""
    if date.is_fiscal_year:
        return "fiscal"
    if date.day is not None:
        return "day"
    return "month" if date.month is not None else "year"
