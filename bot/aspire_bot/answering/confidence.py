"""How sure it is that the documents answer: several signals, one calibrated probability."""

from collections.abc import Sequence

from aspire_bot.answering.calibration import Calibration, probability
from aspire_bot.answering.evidence import Evidence
from aspire_bot.answering.query import Query
from aspire_bot.answering.signals import coverage, value_share

ANSWERABLE_SIGNALS = (
    "best",
    "covered",
    "covered_around",
    "strict_covered",
    "similarity",
    "holds_value",
    "names_value",
    "unmet",
    "is_follow_up",
    "is_current",
)


def confidence(query: Query, chosen: Sequence[Evidence], calibration: Calibration) -> float:
    """Give the probability (0 to 1) that the documents answer the question."""
    if not chosen:
        return 0.0
    row = answerable_signals(query, chosen)
    return probability(calibration.answerable.log_odds(ANSWERABLE_SIGNALS, row))


def answerable_signals(query: Query, chosen: Sequence[Evidence]) -> tuple[float, ...]:
    """Give the row of signals of a selection, in the order of `ANSWERABLE_SIGNALS`."""
    best = chosen[0]
    language = best.passage.document.language
    said = frozenset[str]().union(
        *(e.terms for e in chosen if e.passage.document.language == language)
    )
    own = [need for need in query.needs if not need.inherited]
    heaviest_unmet = max(
        (n.weight for n in query.needs if not n.is_met(said, language)), default=0.0
    )
    text = "\n".join(evidence.text for evidence in chosen)
    return (
        best.score / 10,
        coverage(own, said, language),
        best.signals.covered_around,
        best.signals.strict_covered,
        best.signals.similarity,
        value_share(query.expects, text, query.text),
        float(bool(query.expects)),
        heaviest_unmet,
        float(query.is_follow_up),
        best.signals.is_current,
    )
