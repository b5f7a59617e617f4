"""Pairs of questions for training: no question stands on both sides of a fold."""

import json
from pathlib import Path

from aspire_training.question_pairs import (
    FOLDS,
    Pair,
    balanced,
    folds_of,
    judged_pairs,
    related_pairs,
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


def test_what_was_judged_by_the_same_question_makes_further_pairs_of_its_fold() -> None:
    own = [
        _pair("a", "same 1"),
        _pair("a", "same 2"),
        _pair("a", "near", is_same=False),
        _pair("same 2", "near", is_same=False),
        _pair("b", "far"),
    ]
    related = related_pairs(own)
    assert {(frozenset((p.one, p.other)), p.is_same) for p in related} == {
        (frozenset(("same 1", "same 2")), True),
        (frozenset(("same 1", "near")), False),
    }
    folds = folds_of([*own, *related]).tolist()
    assert set(folds[5:]) == {folds[0]}


def test_each_pair_of_languages_counts_the_same_right_and_wrong() -> None:
    languages = [("en", "en"), ("en", "en"), ("en", "ja"), ("ja", "en"), ("ja", "en"), ("en", "ja")]
    weights = balanced(languages, [True, False, True, True, True, False])
    assert weights.tolist() == [1.5, 1.5, 0.5, 0.5, 0.5, 1.5]


def test_judged_pairs_are_read_from_all_files(tmp_path: Path) -> None:
    for name, same in (("same-question", True), ("same-question-more", False)):
        line = json.dumps({"a": "One?", "b": name, "same": same})
        (tmp_path / f"{name}.jsonl").write_text(line, encoding="utf-8")
    assert judged_pairs([tmp_path]) == [
        _pair("One?", "same-question-more", is_same=False),
        _pair("One?", "same-question"),
    ]
