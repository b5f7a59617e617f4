"""Measures over questions and answers, as the field defines them. Pure.

Each measure is a list of values, one for each question it applies to (or for each sentence, where
a model's sentences are measured); its mean is reported with a bootstrap interval and the count.
Rankings are measured by distinct documents in the order of
their first appearance.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

from aspire_bot.answering.types import Answer, ScoredPassage
from aspire_bot.evaluation.cases import Case, names_of
from aspire_bot.evaluation.figures import Figure, figure
from aspire_bot.evaluation.model_measures import Parts, attack_values, model_parts, model_values
from aspire_bot.evaluation.quotes import Texts, cites_gold, is_complete, is_tight
from aspire_bot.evaluation.reliability import Confident, confidence_figures

_LONGEST_ANSWER = 900
"""Characters; what is longer is a dump, not an answer."""
_NO_TEXTS: Texts = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One question with what was answered and measured."""

    case: Case
    answer: Answer
    values: Mapping[str, float]
    parts: Parts = field(default_factory=dict[str, tuple[float, ...]])
    """Measures that a question has several values of: one a sentence, a marker, a statement."""


def judge(
    case: Case,
    answer: Answer,
    *,
    quotes_valid: bool,
    statements: Parts | None = None,
    texts: Texts = _NO_TEXTS,
) -> Judged:
    """Measure one answer.

    `statements` is what became of the case's labelled statements, `texts` are the indexed texts of
    the documents that the case quotes, by their ids.
    """
    values = dict(ranking_measures(answer.ranking, case))
    values |= dict(model_values(answer))
    values |= dict(attack_values(case, answer))
    values |= dict(outcome_values(case, answer, texts))
    if "total" in answer.timings_ms:
        values["total_ms"] = answer.timings_ms["total"]
    if answer.citations:
        values["quotes_valid"] = float(quotes_valid)
        values["characters"] = float(len(answer.text))
    parts = {name: tuple(found) for name, found in model_parts(answer).items()}
    for name, found in (statements or {}).items():
        parts[name] = (*parts.get(name, ()), *found)
    return Judged(case=case, answer=answer, values=values, parts=parts)


def outcome_values(
    case: Case, answer: Answer, texts: Texts = _NO_TEXTS
) -> Iterable[tuple[str, float]]:
    """Say whether it was right to answer as it did; nothing where nobody knows what is right.

    An answer is hedged where it says so itself; any other counts as said with certainty.
    """
    is_answered = answer.outcome == "answered"
    is_hedged = is_answered and answer.certainty == "hedged"
    if case.answerable is False:
        yield "silent", float(not is_answered)
        yield "abstained", float(not is_answered)  # the name that `silent` had first
        yield "silent_or_hedged", float(is_hedged or not is_answered)
        yield "sure_and_wrong", float(is_answered and not is_hedged)
    elif case.answerable:
        yield "false_refusal", float(not is_answered)
        yield "hedged", float(is_hedged)
        if case.is_checkable:
            is_right = is_answered and is_right_and_cited(case, answer, texts)
            yield "right_and_cited", float(is_right)
            yield "sure_and_wrong", float(is_answered and not is_hedged and not is_right)
        if case.quotes:
            yield from _completeness(case, answer, texts)


def _completeness(case: Case, answer: Answer, texts: Texts) -> Iterable[tuple[str, float]]:
    found = answer.outcome == "answered" and is_complete(case, answer.citations, texts)
    yield "complete", float(found)
    yield "complete_tight", float(found and is_tight(case, answer.citations, texts))


def is_right_and_cited(case: Case, answer: Answer, texts: Texts = _NO_TEXTS) -> bool:
    """Whether an answer is short, holds what it must and cites what it must.

    Where the case names the sentences that answer, it is whether one of them is cited.
    """
    if case.quotes:
        return cites_gold(case, answer.citations, texts)
    if len(answer.text) > _LONGEST_ANSWER or not case.is_right(answer.text):
        return False
    cited = [names_of(citation.document) for citation in answer.citations]
    met = [any(name in names for names in cited) for name in case.source_files or case.gold]
    return all(met) if case.need_all else any(met)


def ranking_measures(ranking: Sequence[ScoredPassage], case: Case) -> Iterable[tuple[str, float]]:
    """Give hit@1, hit@5 and nDCG@10 by distinct documents; nothing where no document is known."""
    wanted = case.wanted
    if not wanted:
        return
    relevant = _relevance(ranking, wanted)
    yield "hit@1", float(any(relevant[:1]))
    yield "hit@5", float(any(relevant[:5]))
    gained = sum(1 / log2(rank + 2) for rank, is_one in enumerate(relevant[:10]) if is_one)
    ideal = sum(1 / log2(rank + 2) for rank in range(min(10, len(wanted))))
    yield "nDCG@10", gained / ideal


def _relevance(ranking: Sequence[ScoredPassage], wanted: frozenset[str]) -> list[bool]:
    documents = {entry.document.document_id: entry.document for entry in ranking}
    return [bool(names_of(info) & wanted) for info in documents.values()]


def summarise(judged: Sequence[Judged]) -> dict[str, dict[str, Figure]]:
    """Give the figures of all questions, and of each type, language and set."""
    groups: dict[str, list[Judged]] = {"all": list(judged)}
    for one in judged:
        for label in one.case.groups:
            groups.setdefault(label, []).append(one)
    return {name: _figures(members) for name, members in groups.items()}


def confidences(judged: Iterable[Judged]) -> list[Confident]:
    """Give the confidence of each answer whose question is known to be answerable or not."""
    return [
        Confident(
            confidence=one.answer.confidence,
            is_answerable=one.case.answerable,
            is_wrong=_is_wrong(one),
        )
        for one in judged
        if one.case.answerable is not None
    ]


def _is_wrong(one: Judged) -> bool | None:
    if one.case.answerable is False:
        return True
    is_right = one.values.get("right_and_cited")
    return None if is_right is None else not is_right


def _figures(judged: Sequence[Judged]) -> dict[str, Figure]:
    columns: dict[str, list[float]] = {}
    for one in judged:
        for name, value in one.values.items():
            columns.setdefault(name, []).append(value)
        for name, found in one.parts.items():
            columns.setdefault(name, []).extend(found)
    figures = {name: figure(values) for name, values in columns.items()}
    return figures | confidence_figures(confidences(judged))
