"""A ranking with a second judge: its say is bounded, whatever it says."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.bot.answering.made import evidence

from aspire_bot.answering.search.blend import blended
from aspire_bot.answering.types import ScoredPassage


def _ranking(*scores: float) -> tuple[ScoredPassage, ...]:
    entries = [evidence("x", passage_id=f"p{n}").passage for n in range(len(scores))]
    return tuple(
        replace(entry, score=score, rank=n)
        for n, (entry, score) in enumerate(zip(entries, scores, strict=True), start=1)
    )


def _order(ranking: tuple[ScoredPassage, ...]) -> str:
    return "".join(entry.passage.passage_id[1:] for entry in ranking)


def test_the_other_judge_turns_what_is_close() -> None:
    anew = blended(_ranking(1.0, 0.9, 0.5, 0.0), {"p0": 0.1, "p1": 9.0, "p2": 3.0, "p3": 0.0})
    assert _order(anew) == "1023"
    assert [entry.rank for entry in anew] == [1, 2, 3, 4]


def test_only_the_order_of_its_scores_counts() -> None:
    ranking = _ranking(1.0, 0.9, 0.5, 0.0)
    logits = {"p0": -11.0, "p1": 7.7, "p2": -2.3, "p3": -12.0}
    shares = {"p0": 0.001, "p1": 0.999, "p2": 0.09, "p3": 0.0}
    one_sided = {"p0": 1.0, "p1": 1e300, "p2": 2.0, "p3": 0.0}
    assert blended(ranking, logits) == blended(ranking, shares) == blended(ranking, one_sided)


def test_from_the_far_end_nothing_comes_first() -> None:
    ranking = _ranking(*(1 - n / 59 for n in range(60)))
    backwards = {entry.passage.passage_id: float(entry.rank) for entry in ranking}
    anew = blended(ranking, backwards)
    assert _order(anew) == _order(ranking)
    alone = blended(ranking, {entry.passage.passage_id: 0.0 for entry in ranking} | {"p59": 1.0})
    assert anew[0].passage.passage_id == alone[0].passage.passage_id == "p0"


def test_what_was_not_judged_keeps_its_score() -> None:
    ranking = _ranking(1.0, 0.8, 0.6, 0.1)
    anew = blended(ranking, {"p0": 0.0, "p2": 1.0})
    kept = {entry.passage.passage_id: entry.score for entry in anew}
    assert kept["p1"] == 0.8
    assert kept["p3"] == 0.1
    assert anew[-1].passage.passage_id == "p3"


def test_where_ours_are_equal_the_other_judge_decides() -> None:
    assert _order(blended(_ranking(0.5, 0.5, 0.5), {"p0": 1, "p1": 2, "p2": 3})) == "210"


def test_one_judged_passage_is_no_order() -> None:
    ranking = _ranking(1.0, 0.5)
    assert blended(ranking, {"p1": 9.0}) is ranking
    assert blended((), {}) == ()


_SCORES = st.lists(st.floats(0, 1), min_size=2, max_size=12).map(lambda s: sorted(s, reverse=True))


@given(
    own=_SCORES,
    other=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=12, max_size=12),
)
def test_nothing_is_lost_and_nothing_leaps(own: list[float], other: list[float]) -> None:
    ranking = _ranking(*own)
    anew = blended(ranking, {f"p{n}": other[n] for n in range(len(own))})
    assert sorted(_order(anew)) == sorted(_order(ranking))
    assert [entry.score for entry in anew] == sorted((e.score for e in anew), reverse=True)
    before = {entry.passage.passage_id: entry.score for entry in ranking}
    first = before[anew[0].passage.passage_id]
    assert own[0] - first <= (own[0] - own[-1]) * 3 / 7 + 1e-9
