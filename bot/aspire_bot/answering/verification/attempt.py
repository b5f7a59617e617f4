"""One statement against some passages: which sentences could support it, and whether they do."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.verification.agreement import Agreement, Fault, Reason
from aspire_bot.answering.verification.coverage import (
    LIGHT,
    Coverage,
    Decider,
    measure,
    replaced_names,
)
from aspire_bot.answering.verification.matching import Matcher
from aspire_bot.answering.verification.polarity import Polarity
from aspire_bot.answering.verification.sources import Line, Source, Sources
from aspire_bot.answering.verification.wordlists import LIGHT
from aspire_ingest.index.lexical.roles import roles_by_surname

_MOST_SENTENCES = 3
_BEGINNINGS = 3
"""How many sentences are tried as the first support."""
_AS_PROMISING = 0.8
_MUCH_NEARER = 0.05
_NEIGHBOUR = 0.5
_CLAIM_COUNTS = 2.0
_COSINE_COUNTS = 0.5
_COSINE_COUNTS_ABROAD = 6.0

Vectors = Callable[[Source], NDArray[np.float32] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a statement fares with the sentences chosen; supported where there are no reasons."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    coverage: Coverage
    probability: float

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the sentences do not support the statement."""
        return tuple(dict.fromkeys(fault.reason for fault in self.faults))

    @property
    def supporting(self) -> tuple[Line, ...]:
        """The sentences that support it, without those around them."""
        return tuple(line for line in self.lines if line.weight == 1)


class Attempt:
    """Tries one statement on passages; `vector` is asked for only where words do not decide."""

    def __init__(
        self,
        matcher: Matcher,
        sources: Sources,
        *,
        deciders: Mapping[str, Decider],
        vector: Callable[[], NDArray[np.float32]],
        vectors: Vectors,
        asked: frozenset[str],
        given: Set[int],
        is_thorough: bool = False,
    ) -> None:
        """Take what belongs to the statement; see `Verifier`."""
        self._matcher = matcher
        self._statement = matcher.statement
        self._sources = sources
        self._deciders = deciders
        self._vector = vector
        self._vectors = vectors
        self._asked = asked
        self._given = given
        self._is_thorough = is_thorough
        self._roles = roles_by_surname(self._statement.text, self._statement.language)

    def best(
        self, sources: Sequence[Source], *, is_joint: bool = False, is_moving: bool = False
    ) -> Outcome | None:
        """Give the first choice of sentences that supports the statement, else the nearest miss.

        Sentences of several passages count together only where `is_joint` allows it. Passages that
        were not cited (`is_moving`) must leave no doubt which of their sentences is meant.
        """
        nearest: Outcome | None = None
        for lines in self._choices(sources, is_joint=is_joint, is_moving=is_moving):
            outcome = self.examine(lines)
            if not outcome.faults:
                return outcome if not is_nearer(nearest, outcome) else nearest
            if nearest is None or _nearness(outcome) > _nearness(nearest):
                nearest = outcome
        return nearest

    def examine(self, chosen: Sequence[tuple[Source, int]]) -> Outcome:
        """Hold the statement against chosen sentences and their neighbours."""
        lines = tuple(_with_neighbours(chosen))
        agreement = Agreement(self._matcher, lines, self._given)
        faults = list(agreement.faults())
        faults += Polarity(self._matcher, lines, agreement).faults()
        for unit in replaced_names(self._matcher, lines):
            said = self._statement.text[unit.start : unit.end]
            faults.append(Fault(reason="name", said=said))
        if not faults and self._is_other_role(chosen):
            faults.append(Fault(reason="name"))
        coverage, probability = self._covered(lines, is_lost=bool(faults))
        if not faults and not self._decider(lines).is_enough(coverage):
            faults.append(Fault(reason="coverage"))
        return Outcome(
            lines=lines,
            faults=tuple(faults),
            coverage=coverage,
            probability=probability,
        )

    def _covered(self, lines: Sequence[Line], *, is_lost: bool) -> tuple[Coverage, float]:
        """Measure; the statement is embedded only where that can still decide."""
        decider = self._decider(lines)
        first = self._measured(lines, 0.0, 0.0)
        if not self._is_thorough and (is_lost or decider.is_enough(first)):
            return first, decider.probability(first)
        supporting = [line for line in lines if line.weight == 1]
        similarity = max((self._cosine(x.source, x.at) for x in supporting), default=0.0)
        found = self._measured(lines, similarity, self._background(supporting))
        return found, decider.probability(found)

    def _measured(self, lines: Sequence[Line], similarity: float, background: float) -> Coverage:
        return measure(
            self._matcher,
            lines,
            self._asked,
            similarity,
            background,
            is_foreign=self._is_foreign(lines),
        )

    def _background(self, lines: Sequence[Line]) -> float:
        """The mean cosine of all sentences of the prompt in the languages of these lines."""
        languages = {line.source.language for line in lines}
        vectors = [
            found
            for source in self._sources.all
            if source.language in languages and (found := self._vectors(source)) is not None
        ]
        if not vectors:
            return 0.0
        return float((np.concatenate(vectors) @ self._vector()).mean())

    def _decider(self, lines: Sequence[Line]) -> Decider:
        return self._deciders["cross" if self._is_foreign(lines) else "same"]

    def _is_foreign(self, lines: Sequence[Line]) -> bool:
        return any(line.source.language != self._statement.language for line in lines)

    def _cosine(self, source: Source, at: int) -> float:
        vectors = self._vectors(source)
        if vectors is None or at >= len(vectors):
            return 0.0
        return float(vectors[at] @ self._vector())

    def _choices(
        self, sources: Sequence[Source], *, is_joint: bool, is_moving: bool
    ) -> Iterator[list[tuple[Source, int]]]:
        """Yield sets of sentences: each promising one alone, then with what it leaves open."""
        all_hits = {
            (source, at): self._hits(source, at)
            for source in sources
            for at in range(len(source.sentences))
        }
        hits = all_hits
        weights = [self._weight(at) for at in range(len(self._statement.units))]
        total = sum(weights) or 1.0

        def score(place: tuple[Source, int]) -> float:
            covered = sum(weights[n] for n in hits[place]) / total
            return covered + self._nearness_of(*place)

        scores = {place: score(place) for place in hits}
        beginnings = 1 if is_moving and self._is_abroad(hits) else _BEGINNINGS
        least = max(scores.values(), default=0.0) * _AS_PROMISING
        promising = [place for place in hits if scores[place] >= least]
        ranked = sorted(promising, key=scores.__getitem__, reverse=True)[:beginnings]
        for first in ranked:
            yield [first]
        for first in ranked:
            if not is_joint:
                hits = {place: found for place, found in all_hits.items() if place[0] is first[0]}
            chosen = [first]
            known = set(hits[first])
            while len(chosen) < _MOST_SENTENCES:
                rest = [place for place in hits if place not in chosen]
                gain = {p: sum(weights[n] for n in hits[p] - known) for p in rest}
                following = max(rest, key=lambda p: gain[p], default=None)
                if following is None or gain[following] < 1:
                    break
                chosen.append(following)
                known |= hits[following]
                yield list(chosen)

    def _is_abroad(self, places: Mapping[tuple[Source, int], object]) -> bool:
        """Whether no passage is in the statement's language."""
        return all(source.language != self._statement.language for source, _ in places)

    def _weight(self, at: int) -> float:
        unit = self._statement.units[at]
        if unit.claim and unit.claim.kind != "contrast":
            return _CLAIM_COUNTS
        return 0.0 if LIGHT & set(unit.terms) else 1.0

    def _nearness_of(self, source: Source, at: int) -> float:
        if source.language == self._statement.language:
            return 0.0
        return _COSINE_COUNTS_ABROAD * max(0.0, self._cosine(source, at) - 0.75)

    def _hits(self, source: Source, at: int) -> set[int]:
        terms = source.sentences[at].terms
        return {
            n for n, unit in enumerate(self._statement.units) if self._matcher.is_among(unit, terms)
        }

    def _is_other_role(self, chosen: Sequence[tuple[Source, int]]) -> bool:
        """Whether the statement gives a person a role that the documents give another one."""
        if not self._roles:
            return False
        known: dict[str, frozenset[str]] = {}
        for document_id in {source.entry.document.document_id for source, _ in chosen}:
            known |= self._sources.roles(document_id)
        for name, said in self._roles.items():
            if name in known:
                if not said & known[name]:
                    return True
            elif any(said <= roles for roles in known.values()):
                return True
        return False


def _with_neighbours(chosen: Sequence[tuple[Source, int]]) -> Iterator[Line]:
    taken = set(chosen)
    for source, at in chosen:
        yield Line(source=source, at=at, weight=1.0)
    for source, at in chosen:
        for beside in (at - 1, at + 1):
            if 0 <= beside < len(source.sentences) and (source, beside) not in taken:
                taken.add((source, beside))
                yield Line(source=source, at=beside, weight=_NEIGHBOUR)


def is_nearer(failed: Outcome | None, outcome: Outcome) -> bool:
    """Whether sentences that say much more of the statement contradict it."""
    if failed is None or failed.reasons == ("coverage",):
        return False
    return failed.coverage.covered > outcome.coverage.covered + _MUCH_NEARER


def _nearness(outcome: Outcome) -> tuple[float, int]:
    return outcome.probability, -len(outcome.faults)
