"""Which sentences could support a statement, the most promising first."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from aspire_bot.answering.checking.agreement.sources import Source
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.claims.wordlists import LIGHT

_MOST_SENTENCES = 3
_BEGINNINGS = 3
"""How many sentences are tried as the first support."""
_NEAREST = 2
"""How many are tried that are near by vectors alone."""
_AS_PROMISING = 0.8
"""And how promising they must be, beside the most promising."""
_CLAIM_COUNTS = 2.0
_COSINE_COUNTS_ABROAD = 6.0
"""What cosines above .75 count across languages, where words say less."""

_MOST_ABROAD = 0.75
"""A sentence of the statement's own language that says all of it goes before its translation."""

Place = tuple[Source, int]
"""A sentence: its passage, and where it is among that passage's sentences."""


class Chooser:
    """Chooses sentences for one statement; `cosine` is asked where words do not decide."""

    def __init__(self, matcher: Matcher, cosine: Callable[[Source, int], float]) -> None:
        """Weigh what the statement says: claims more than words, empty words nothing."""
        self._matcher = matcher
        self._statement = matcher.statement
        self._cosine = cosine
        self._weights = [self._weight(at) for at in range(len(self._statement.units))]

    def choices(
        self, sources: Sequence[Source], *, is_joint: bool, is_moving: bool
    ) -> Iterator[list[Place]]:
        """Yield sets of sentences: each promising one alone, then with what it leaves open.

        Of the passages that were cited also those that are nearest by vectors: in free words a
        statement may share no word with what it rests on.

        For `is_joint` and `is_moving` see `Attempt.best`.
        """
        hits = {
            (source, at): self._hits(source, at)
            for source in sources
            for at in range(len(source.sentences))
            if not source.is_order(at)
        }
        ranked = self._ranked(hits, 1 if is_moving and self._is_abroad(hits) else _BEGINNINGS)
        for first in ranked:
            yield [first]
        for first in ranked:
            within = {p: h for p, h in hits.items() if is_joint or p[0] is first[0]}
            yield from self._completed(first, within)
        if not is_moving:
            for place in self._nearest([place for place in hits if place not in ranked]):
                yield [place]

    def _nearest(self, places: Sequence[Place]) -> list[Place]:
        return sorted(places, key=lambda place: -self._cosine(*place))[:_NEAREST]

    def _ranked(self, hits: Mapping[Place, frozenset[int]], most: int) -> list[Place]:
        total = sum(self._weights) or 1.0
        scores = {
            place: self._score(place, sum(self._weights[n] for n in found) / total)
            for place, found in hits.items()
        }
        least = max(scores.values(), default=0.0) * _AS_PROMISING
        promising = [place for place in hits if scores[place] >= least]
        return sorted(promising, key=scores.__getitem__, reverse=True)[:most]

    def _completed(
        self, first: Place, hits: Mapping[Place, frozenset[int]]
    ) -> Iterator[list[Place]]:
        """Add, one by one, the sentences that say most of what is still open."""
        chosen = [first]
        known = set(hits[first])
        while len(chosen) < _MOST_SENTENCES:
            gains = {
                place: sum(self._weights[n] for n in found - known)
                for place, found in hits.items()
                if place not in chosen
            }
            following = max(gains, key=gains.__getitem__, default=None)
            if following is None or gains[following] < 1:
                return
            chosen.append(following)
            known |= hits[following]
            yield list(chosen)

    def _weight(self, at: int) -> float:
        unit = self._statement.units[at]
        if unit.claim and unit.claim.kind != "contrast":
            return _CLAIM_COUNTS
        return 0.0 if LIGHT & set(unit.terms) else 1.0

    def _is_abroad(self, places: Mapping[Place, object]) -> bool:
        """Whether no passage is in the statement's language."""
        return all(source.language != self._statement.language for source, _ in places)

    def _score(self, place: Place, covered: float) -> float:
        source, at = place
        if source.language == self._statement.language:
            return covered
        near = _COSINE_COUNTS_ABROAD * max(0.0, self._cosine(source, at) - 0.75)
        return min(_MOST_ABROAD, covered + near)

    def _hits(self, source: Source, at: int) -> frozenset[int]:
        terms = source.sentences[at].terms
        return frozenset(
            n for n, unit in enumerate(self._statement.units) if self._matcher.is_among(unit, terms)
        )
