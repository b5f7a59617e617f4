"""A value without a word beside it: whether it is what was asked for, or another's. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from aspire_bot.answering.checking.agreement.equality import Equality
from aspire_bot.answering.checking.agreement.sources import Line
from aspire_bot.answering.checking.claims.claims import Claim
from aspire_bot.answering.checking.claims.sentence import Reading

_VALUES = ("amount", "clock", "contact")
_ASKED = ("date", "ordinal", "code")
_ANY = Equality(frozenset(), is_foreign=False)


def is_of_another(
    statement: Reading, question: Reading, lines: Sequence[Line], others: Iterable[Reading]
) -> bool:
    """Whether a bare value is that of another year, round or number than the question names.

    So it is where no sentence that has it names what is asked, and one of `others` (all sentences
    of the passages) does and has another value in its place.
    """
    said = statement.claims
    if not said or len(said) < len(statement.units):
        return False
    if any(claim.kind not in _VALUES for claim in said):
        return False
    having = [line for line in lines if any(_names(line.reading, value) for value in said)]
    own = [one for line in having for one in (line.reading, line.source.context)]
    asked = [
        claim
        for claim in question.claims
        if claim.kind in _ASKED and not any(_names(one, claim) for one in own)
    ]
    return any(
        _names(other, claim) and any(_has_another(other, value) for value in said)
        for claim in asked
        for other in others
    )


def _names(reading: Reading, said: Claim) -> bool:
    return any(_ANY.agree(said, claim) for claim in reading.claims)


def _has_another(reading: Reading, value: Claim) -> bool:
    """Whether a sentence has a value of the same unit, but not this one."""
    rivals = list(_rivals(reading, value))
    return bool(rivals) and not any(_ANY.agree(value, one) for one in rivals)


def _rivals(reading: Reading, value: Claim) -> Iterator[Claim]:
    return (one for one in reading.claims if one.kind == value.kind and one.unit == value.unit)
