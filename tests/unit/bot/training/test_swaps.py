"""Questions made unanswerable by one change."""

import random

import pytest

from aspire_training.examples import SKIPPED, Group, Pair
from aspire_training.swaps import Swaps

_TEXTS = {
    "crest": "CREST pays travel. The call of 2024 closed in May.",
    "sora": "「そら」は渡航費を負担する。令和6年に始まった。",
    "plain": "Travel is paid.",
}


def _group(question: str, passage: str, language: str = "en", answers: int = 1) -> Group:
    pairs = [Pair(passage=passage, marks=[answers, SKIPPED], answers=answers)]
    return Group(name="q", source="own", language=language, question=question, pairs=pairs)


def _swaps(*names: str) -> Swaps:
    known = [_group(f"Does {name} pay?", "plain") for name in names for _ in range(3)]
    known += [_group("「うみ」は何を負担しますか", "plain", "ja") for _ in range(3)]
    return Swaps(known, _TEXTS.__getitem__)


@pytest.mark.parametrize(
    ("question", "passage", "language", "made"),
    [
        ("Does CREST pay travel?", "crest", "en", {"Does FOREST pay travel?"}),
        ("「そら」は渡航費を負担しますか", "sora", "ja", {"「うみ」は渡航費を負担しますか"}),
        (
            "When did the 2024 call close?",
            "crest",
            "en",
            {f"When did the {year} call close?" for year in range(2021, 2028) if year != 2024},
        ),
        (
            "令和6年に何が始まりましたか",
            "sora",
            "ja",
            {f"令和{year}年に何が始まりましたか" for year in range(3, 10) if year != 6},
        ),
    ],
)
def test_one_change_and_nothing_answers(
    question: str, passage: str, language: str, made: set[str]
) -> None:
    swapped = _swaps("FOREST", "CREST").swapped(
        _group(question, passage, language), random.Random(1)
    )
    assert swapped is not None
    assert swapped.question in made
    assert [(pair.marks, pair.answers) for pair in swapped.pairs] == [([0, SKIPPED], 0)]


@pytest.mark.parametrize(
    "group",
    [
        _group("Is travel paid?", "plain"),
        _group("Does CREST pay travel?", "crest", answers=0),
        _group("Does FOREST pay travel?", "plain"),
        _group("Was it paid in 2022?", "crest"),
    ],
)
def test_what_names_nothing_or_is_not_answered_stays(group: Group) -> None:
    assert _swaps("CREST", "FOREST").swapped(group, random.Random(1)) is None


def test_a_name_that_the_passages_know_is_not_put_in_its_place() -> None:
    only = Swaps([_group("Does CREST pay?", "crest") for _ in range(3)], _TEXTS.__getitem__)
    assert only.swapped(_group("Does CREST pay travel?", "crest"), random.Random(1)) is None
