"""Evidence → the sentences of an answer where nothing read them: by rules, as learnt by hand."""

from collections.abc import Sequence

from aspire_bot.answering.coverage import holds_value, telling_kinds
from aspire_bot.answering.expectation import Expectation
from aspire_bot.answering.query import Query
from aspire_bot.answering.quotes.choose import Selection, fits, items_of_list, says_the_same
from aspire_bot.answering.quotes.disagreement import differ, differing
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.quotes.injection_filter import tells_the_answerer
from aspire_bot.answering.quotes.translations import same_story
from aspire_bot.answering.search.years import is_of_another_year

_MOST_READ = 80
"""Sentences that are looked at: none further down was ever said."""
_MOST_SENTENCES = 3
_NEAR = 2.2
"""A sentence within this many log-odds of the best is as good as it."""
_NEAR_IF_OPEN = 3.0
"""The same where no value is asked for: an open question takes more than one sentence."""
_FAR = 6.0
"""One further away than this is not taken, whatever it adds."""
_ENOUGH_NEW = 0.2
"""The share of the question's needs that a further sentence must add."""
_AS_MUCH = 0.7
"""What a second source must cover of what the best sentence covers."""
_AS_NEAR = 0.1
"""How much less near than the best sentence its translation may be."""


def select_by_rules(query: Query, ranked: Sequence[Evidence]) -> Selection:
    """Choose what is said: at most three sentences, or the list that is asked for."""
    ranked = [one for one in ranked[:_MOST_READ] if not tells_the_answerer(one.text)]
    if not ranked:
        return Selection(evidence=())
    ranked = _in_askers_language(query, ranked)
    best = ranked[0]
    lead = _lead_of_list(query, best)
    items = items_of_list(best, lead, ranked) if lead is not None else ()
    if len(items) > 1:
        introduction = best if best not in items else None
        return Selection(evidence=items, is_list=True, introduction=introduction)
    chosen = [best]
    for candidate in ranked[1:]:
        if len(chosen) == _MOST_SENTENCES or ranked[0].score - candidate.score > _FAR:
            break
        if fits(chosen, candidate) and _adds(query, chosen, candidate):
            chosen.append(candidate)
    apart = differing(query, chosen)
    if apart:
        rest = [evidence for evidence in chosen if evidence not in apart]
        return Selection(evidence=(*apart, *rest), differing=len(apart))
    return Selection(evidence=_in_reading_order(chosen))


def _in_askers_language(query: Query, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """Put first what the best sentence's translation says, where it says as much."""
    best = ranked[0]
    if best.passage.document.language == query.language:
        return ranked
    for candidate in ranked[1:]:
        if best.score - candidate.score > _FAR:
            break
        if (
            candidate.passage.document.language == query.language
            and same_story(best.passage.document, candidate.passage.document)
            and candidate.signals.holds_value >= best.signals.holds_value
            and candidate.signals.similarity >= best.signals.similarity - _AS_NEAR
        ):
            return [candidate, *(evidence for evidence in ranked if evidence is not candidate)]
    return ranked


def _in_reading_order(chosen: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Put what stands in the best sentence's passage, and is as good, as its author ordered it."""
    best = chosen[0]
    beside = [
        evidence
        for evidence in chosen
        if evidence.passage.passage.passage_id == best.passage.passage.passage_id
        and best.score - evidence.score <= _NEAR
    ]
    others = [evidence for evidence in chosen if evidence not in beside]
    return (*sorted(beside, key=lambda evidence: evidence.sentence.start), *others)


def _lead_of_list(query: Query, best: Evidence) -> str | None:
    """Give the line that introduces the list that is asked for; None where none is.

    The best sentence may be an item of the list, or the very line that introduces it.
    """
    if best.sentence.form == "item" and Expectation.LISTING in query.expects:
        return best.sentence.lead
    is_introduction = best.sentence.form == "prose" and best.text.rstrip().endswith(
        (":", "：", "。")
    )
    return " ".join(best.text.split()) if is_introduction else None


def _adds(query: Query, chosen: Sequence[Evidence], candidate: Evidence) -> bool:
    """Whether a further sentence is worth its length."""
    best = chosen[0]
    if candidate.signals.is_current < best.signals.is_current or is_of_another_year(
        query, best.terms, candidate.terms
    ):
        return False
    if any(
        says_the_same(known, candidate) and not differ(query, known, candidate) for known in chosen
    ):
        return False
    if _new_share(query, chosen, candidate) >= _ENOUGH_NEW:
        return True
    if _new_value(query, chosen, candidate):
        return True
    if _is_second_source(chosen, candidate):
        return True
    is_open = all(kind is Expectation.DECISION for kind in query.expects)
    return best.score - candidate.score <= (_NEAR_IF_OPEN if is_open else _NEAR)


def _is_second_source(chosen: Sequence[Evidence], candidate: Evidence) -> bool:
    """Whether another document speaks to the same: agreeing or not, the reader should see both."""
    document = candidate.passage.document.document_id
    if any(evidence.passage.document.document_id == document for evidence in chosen):
        return False
    best, other = chosen[0].signals, candidate.signals
    return (
        other.covered_here >= _AS_MUCH * best.covered_here > 0
        and other.holds_value >= best.holds_value
        and not other.is_off_programme
    )


def _new_share(query: Query, chosen: Sequence[Evidence], candidate: Evidence) -> float:
    """The weight of the needs that the candidate names and neither the chosen nor what is above."""
    own = [need for need in query.needs if not need.inherited]
    total = sum(need.weight for need in own)
    if total == 0:
        return 0.0
    language = candidate.passage.document.language
    new = [
        need.weight
        for need in own
        if need.is_met(candidate.terms, language)
        and not any(need.is_met(e.terms | e.above, e.passage.document.language) for e in chosen)
    ]
    return sum(new) / total


def _new_value(query: Query, chosen: Sequence[Evidence], candidate: Evidence) -> bool:
    """Whether the candidate holds a kind of value that is asked for and still missing."""
    return any(
        holds_value(query, kind, candidate.text, candidate.terms)
        and not any(holds_value(query, kind, one.text, one.terms) for one in chosen)
        for kind in telling_kinds(query)
        if kind is not Expectation.LISTING
    )
