"""Levels from which on questions are taken for the same: chosen without what they are tried on."""

import numpy as np
import pytest

from aspire_training.question_pairs import FOLDS
from aspire_training.same_question import Judged

WRONG = 100
RIGHT = 40


def _judged(shift: float = 0.0) -> Judged:
    """Of each kind: wrong pairs at 0, .01, .02 …, those of fold 0 moved, and right ones at 2."""
    folds = np.arange(WRONG + RIGHT) % FOLDS
    wrong = np.arange(WRONG) / 100 + shift * (folds[:WRONG] == 0)
    return Judged(
        log_odds=np.tile([*wrong, *np.full(RIGHT, 2.0)], 2),
        kinds=np.repeat(["within", "across"], WRONG + RIGHT),
        is_same=np.tile(np.arange(WRONG + RIGHT) >= WRONG, 2),
        folds=np.tile(folds, 2),
    )


def test_a_level_leaves_the_share_of_wrong_pairs_and_no_more() -> None:
    judged = _judged()
    level = judged.level("within", np.ones(len(judged.folds), np.bool_), 0.02)
    assert level == pytest.approx(0.97, abs=1e-4)
    within = judged.kinds == "within"
    assert (judged.log_odds[within & ~judged.is_same] >= level).sum() == 2


def test_a_fold_is_tried_by_the_levels_of_the_others() -> None:
    judged = _judged(shift=5.0)
    taken = judged.taken(0.02)
    held = judged.folds == 0
    assert taken[held].all(), "its own wrong pairs have no say in its level"
    assert not taken[~held & ~judged.is_same].any(), "they have one in those of the others"
