"""How sure it is that the documents answer: several signals, one calibrated probability."""

from collections.abc import Sequence

from aspire_bot.answering.coverage import (
    coverage,
    holds_value,
    strict_coverage,
    telling_kinds,
    value_share,
)
from aspire_bot.answering.expectation import Expectation
from aspire_bot.answering.linear import Calibration, probability
from aspire_bot.answering.query import Query
from aspire_bot.answering.quotes.evidence import Evidence

ANSWERABLE_SIGNALS = (
    "evidence",
    "similarity",
    "passage_similarity",
    "cosine",
    "passage_gap",
    "covered_said",
    "covered_best",
    "covered_around",
    "strict_said",
    "strict_covered",
    "lacks_value",
    "lacks_first_value",
    "heaviest_unmet",
    "is_off_programme",
    "is_set_aside",
    "is_other_language",
    "is_follow_up",
)
"""Numbers, each about 0 to 1, from which the probability is worked out."""

_CERTAIN = (Expectation.PEOPLE, Expectation.PHONE, Expectation.EMAIL, Expectation.ADDRESS)


def confidence(query: Query, chosen: Sequence[Evidence], calibration: Calibration) -> float:
    """Give the probability (0 to 1) that the documents answer the question."""
    if not chosen:
        return 0.0
    row = answerable_signals(query, chosen)
    sure = probability(calibration.answerable.log_odds(ANSWERABLE_SIGNALS, row))
    return (
        min(sure, calibration.threshold / 2) if _lacks_certain_value(query, _best(chosen)) else sure
    )


def _lacks_certain_value(query: Query, best: Evidence) -> bool:
    """Whether a value that is always recognised is asked for and missing: then nothing answers."""
    return any(
        kind in _CERTAIN and not holds_value(query, kind, best.text, best.terms)
        for kind in query.expects
    )


def answerable_signals(query: Query, chosen: Sequence[Evidence]) -> tuple[float, ...]:
    """Give the row of signals of a selection, in the order of `ANSWERABLE_SIGNALS`."""
    best = _best(chosen)
    language = best.passage.document.language
    said = frozenset[str]().union(*(e.terms for e in chosen if _is_of_one(e, best)))
    own = [need for need in query.needs if not need.inherited]
    known = said | best.above
    unmet = [need.weight_in(language) for need in own if not need.is_met(known, language)]
    telling = telling_kinds(query)
    every = frozenset[str]().union(*(evidence.terms for evidence in chosen))
    text = "\n".join(evidence.text for evidence in chosen)
    return (
        best.score / 10,
        best.signals.similarity,
        best.signals.passage_similarity,
        best.signals.cosine,
        best.signals.passage_gap,
        coverage(own, known, language),
        coverage(own, best.terms | best.above, language),
        best.signals.covered_around,
        strict_coverage(own, known, "", language),
        best.signals.strict_covered,
        float(bool(telling) and value_share(query, text, every) < 1.0),
        float(bool(telling) and not holds_value(query, telling[0], best.text, best.terms)),
        max(unmet, default=0.0),
        best.signals.is_off_programme,
        max(evidence.signals.is_set_aside for evidence in chosen),
        float(language != query.language),
        float(query.is_follow_up),
    )


def _best(chosen: Sequence[Evidence]) -> Evidence:
    return max(chosen, key=lambda evidence: evidence.score)


def _is_of_one(evidence: Evidence, best: Evidence) -> bool:
    """Whether two sentences stand in one document: what another one names, this one does not."""
    return evidence.passage.document.document_id == best.passage.document.document_id
