"""What a statement says in its sources' words, but of another thing or the other way round."""

from collections.abc import Iterator, Sequence

from aspire_bot.answering.checking.claims import ClaimKind
from aspire_bot.answering.checking.clauses import Clauses
from aspire_bot.answering.checking.denials import contradicted
from aspire_bot.answering.checking.faults import Fault, Reason
from aspire_bot.answering.checking.matching import Matcher
from aspire_bot.answering.checking.sources import Line

REASONS: dict[ClaimKind, Reason] = {
    "amount": "number", "date": "date", "clock": "date", "ordinal": "number", "contact": "number",
    "code": "number", "name": "name", "contrast": "negation",
}  # fmt: skip
"""What is wrong where a claim of a kind is not that of the sources."""


def misplaced(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Fault]:
    """Give the values that the lines say in clauses of their own, of something else."""
    for claim in Clauses(matcher, [line.reading for line in lines]).misplaced():
        said = matcher.statement.text[claim.start : claim.end]
        yield Fault(reason=REASONS[claim.kind], said=said)


def exchanged(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Fault]:
    """Say whether two things stand in each other's place.

    What is around may hold the half of it, or name the same things again.
    """
    supporting = [line.reading for line in lines if line.weight == 1]
    around = [line.reading for line in lines]
    if any(Clauses(matcher, some).are_exchanged() for some in (around, supporting)):
        yield Fault(reason="direction")


def denied(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Fault]:
    """Give what the statement denies and its sources do not, or the other way round."""
    for at in contradicted(matcher, lines):
        unit = matcher.statement.units[at]
        yield Fault(reason="negation", said=matcher.statement.text[unit.start : unit.end])


def contradictions(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Fault]:
    """Give all of these."""
    yield from misplaced(matcher, lines)
    yield from exchanged(matcher, lines)
    yield from denied(matcher, lines)
