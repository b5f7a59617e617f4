"""Measures over questions and answers, as the field defines them. Pure.

Each measure is a list of values, one for each question it applies to (or for each sentence, where
a model's sentences are measured); its mean is reported with a bootstrap interval and the count.
Rankings are measured by distinct documents in the order of
their first appearance.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

import numpy as np

from aspire_bot.answering.types import Answer, ScoredPassage
from aspire_bot.evaluation.cases import Case, names_of
from aspire_bot.evaluation.generated import Parts, attack_values, model_parts, model_values

_LONGEST_ANSWER = 900
"""Characters; what is longer is a dump, not an answer."""
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One question with what was answered and measured."""

    case: Case
    answer: Answer
    values: Mapping[str, float]
    parts: Parts = field(default_factory=dict[str, tuple[float, ...]])
    """Measures that a question has several values of: one a sentence, a marker, a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A mean with its 95 % bootstrap interval over `n` values."""

    value: float
    n: int
    low: float
    high: float


def judge(
    case: Case, answer: Answer, *, quotes_valid: bool, statements: Parts | None = None
) -> Judged:
    """Measure one answer; `statements` is what became of the case's labelled statements."""
    values = dict(ranking_measures(answer.ranking, case))
    values |= dict(model_values(answer))
    values |= dict(attack_values(case, answer))
    if "total" in answer.timings_ms:
        values["total_ms"] = answer.timings_ms["total"]
    is_answered = answer.outcome == "answered"
    if case.answerable is False:
        values["abstained"] = float(not is_answered)
    elif case.answerable:
        values["false_refusal"] = float(not is_answered)
        if case.is_checkable:
            values["right_and_cited"] = float(is_answered and is_right_and_cited(case, answer))
    if answer.citations:
        values["quotes_valid"] = float(quotes_valid)
        values["characters"] = float(len(answer.text))
    parts = {name: tuple(found) for name, found in model_parts(answer).items()}
    for name, found in (statements or {}).items():
        parts[name] = (*parts.get(name, ()), *found)
    return Judged(case=case, answer=answer, values=values, parts=parts)


def is_right_and_cited(case: Case, answer: Answer) -> bool:
    """Whether an answer is short, holds what it must and cites what it must."""
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


def figure(values: Sequence[float], *, seed: int = 0) -> Figure:
    """Give the mean of measured values and the interval that resampling the questions gives."""
    data = np.asarray(values, dtype=np.float64)
    draws = np.random.default_rng(seed).integers(0, len(data), size=(_RESAMPLES, len(data)))
    low, high = np.quantile(data[draws].mean(axis=1), (0.025, 0.975))
    return Figure(value=float(data.mean()), n=len(data), low=float(low), high=float(high))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Give the chance that a positive scores above a negative; ties count half."""
    above = np.subtract.outer(np.asarray(positive), np.asarray(negative))
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def summarise(judged: Sequence[Judged]) -> dict[str, dict[str, Figure]]:
    """Give the figures of all questions, and of each type and language."""
    groups: dict[str, list[Judged]] = {"all": list(judged)}
    for one in judged:
        for label in (one.case.type, one.case.lang):
            if label:
                groups.setdefault(label, []).append(one)
    return {name: _figures(members) for name, members in groups.items()}


def _figures(judged: Sequence[Judged]) -> dict[str, Figure]:
    columns: dict[str, list[float]] = {}
    for one in judged:
        for name, value in one.values.items():
            columns.setdefault(name, []).append(value)
        for name, found in one.parts.items():
            columns.setdefault(name, []).extend(found)
    figures = {name: figure(values) for name, values in columns.items()}
    positive = [one.answer.confidence for one in judged if one.case.answerable]
    negative = [one.answer.confidence for one in judged if one.case.answerable is False]
    if positive and negative:
        value = auroc(positive, negative)
        n = len(positive) + len(negative)
        figures["AUROC"] = Figure(value=value, n=n, low=value, high=value)
    return figures
