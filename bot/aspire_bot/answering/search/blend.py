"""A ranking and another judge's scores → one ranking. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from aspire_bot.answering.types import ScoredPassage

_SHARE = 0.3
"""What the other judge's order counts.

Tried on four question sets with scripted judges, nDCG@10: a good one gains .02 to .07 with .3, and
clearly more with .5 on one set alone; a random one costs up to .12 with .3, .26 with .5, and .76
where it decides. With .3 no passage overtakes one whose score is better by more than 3/7 of what
lies between the best and the worst: from the far end none comes first.
"""


def blended(
    ranking: tuple[ScoredPassage, ...], scores: Mapping[str, float]
) -> tuple[ScoredPassage, ...]:
    """Give the ranking anew, with scores that another judge gave to some of its passages.

    `scores` are by passage id, on whatever scale: logits and probabilities count alike, since only
    their order does. The order becomes scores of the ranking's own scale, between the best and the
    worst judged passage; a passage that was not judged keeps its score.
    """
    judged = [entry for entry in ranking if entry.passage.passage_id in scores]
    if len(judged) < 2:
        return ranking
    best = max(entry.score for entry in judged)
    worst = min(entry.score for entry in judged)
    order = sorted(judged, key=lambda entry: -scores[entry.passage.passage_id])
    step = (best - worst) / (len(order) - 1)
    given = {entry.passage.passage_id: best - at * step for at, entry in enumerate(order)}
    place = {entry.passage.passage_id: at for at, entry in enumerate(order)}
    anew = [
        replace(entry, score=_mixed(entry.score, given.get(entry.passage.passage_id)))
        for entry in ranking
    ]
    # where our own scores do not tell two apart, the other judge does
    anew.sort(key=lambda entry: (-entry.score, place.get(entry.passage.passage_id, len(place))))
    return tuple(replace(entry, rank=rank) for rank, entry in enumerate(anew, start=1))


def _mixed(own: float, given: float | None) -> float:
    return own if given is None else (1 - _SHARE) * own + _SHARE * given
