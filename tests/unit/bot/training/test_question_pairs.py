"""Pairs of questions that people judged: no question stands on both sides of a fold."""

import json
from pathlib import Path

from aspire_training.question_pairs import (
    FOLDS,
    Pair,
    folds_of,
    judged_pairs,
)


def _pair(one: str, other: str, *, is_same: bool = True) -> Pair:
    return Pair(one=one, other=other, is_same=is_same)


def test_pairs_that_share_a_question_in_whatever_chain_are_in_one_fold() -> None:
    chain = [_pair("a?", "b"), _pair("B", "c"), _pair("d", "C ")]
    others = [_pair(f"x{n}", f"y{n}") for n in range(3 * FOLDS)]
    folds = folds_of([*chain, *others])
    assert len(set(folds[:3].tolist())) == 1
    assert set(folds.tolist()) == set(range(FOLDS))
    assert folds.tolist() == folds_of([*chain, *others]).tolist()


def test_judged_pairs_are_read_from_all_files(tmp_path: Path) -> None:
    for name, same in (("same-question", True), ("same-question-more", False)):
        line = json.dumps({"a": "One?", "b": name, "same": same})
        (tmp_path / f"{name}.jsonl").write_text(line, encoding="utf-8")
    assert judged_pairs([tmp_path]) == [
        _pair("One?", "same-question-more", is_same=False),
        _pair("One?", "same-question"),
    ]
