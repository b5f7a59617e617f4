"""What questions are compared by: added to the layers, and told by rule. No network runs."""

from importlib.resources import files

import numpy as np
import pytest
from numpy.typing import NDArray

from aspire_bot.answering.approved.same_question.adapted_weights import AdaptedWeights
from aspire_bot.answering.approved.same_question.facts import (
    FACT_NAMES,
    are_surely_two,
    are_worded_alike,
    difference,
    name_the_same,
    overlap,
    read_facts,
)
from aspire_bot.answering.approved.same_question.model import (
    WEIGHTS_FILE,
    WEIGHTS_SHA256,
    PairLevels,
)
from aspire_bot.answering.approved.sameness import Levels
from aspire_bot.answering.message.glossary import load_glossary
from aspire_bot.answering.reader.weights import ReaderWeights, read_numbers
from aspire_ingest.index.embedding.weights import ModelShape
from aspire_ingest.index.text.analysis import analyze

GLOSSARY = load_glossary(None, analyze)
SIZE = 6


def _base(chance: np.random.Generator) -> ReaderWeights:
    """One layer of whole numbers, as the reader's are stored."""
    numbers: dict[str, NDArray[np.generic]] = {"centre": np.ones(SIZE, np.float32)}
    for part in ("q", "k", "v", "ao"):
        numbers[f"l8.{part}.w"] = chance.integers(-60, 60, (SIZE, SIZE)).astype(np.int8)
        numbers[f"l8.{part}.scale"] = np.full(SIZE, 0.01, np.float32)
    shape = ModelShape(
        hidden=SIZE, layers=9, heads=1, feed_forward=SIZE, positions=8, epsilon=1e-12
    )
    return ReaderWeights(shape=shape, numbers=numbers)


def test_what_is_learnt_is_added_to_the_matrix_it_belongs_to() -> None:
    chance = np.random.default_rng(1)
    base = _base(chance)
    learnt = {
        "l8.qkv.down": chance.normal(size=(2, SIZE)).astype(np.float32),
        "l8.qkv.up": chance.normal(size=(3 * SIZE, 2)).astype(np.float32),
        "l8.out.down": np.zeros((2, SIZE), np.float32),
        "l8.out.up": np.zeros((SIZE, 2), np.float32),
        "same.first.w": np.ones((2, 2), np.float32),
    }
    adapted = AdaptedWeights(base, learnt)
    for at, part in enumerate("qkv"):
        whole, scales = adapted.quantised(f"l8.{part}")
        up = learnt["l8.qkv.up"][at * SIZE : (at + 1) * SIZE]
        wanted = base.numbers[f"l8.{part}.w"].astype(np.float32) * 0.01
        assert np.allclose(whole * scales, wanted + (up @ learnt["l8.qkv.down"]).T, atol=0.05)
    whole, scales = adapted.quantised("l8.ao")
    assert np.allclose(whole * scales, base.numbers["l8.ao.w"].astype(np.float32) * 0.01, atol=0.01)
    assert (adapted.floats("centre") == 1).all()
    assert adapted.floats("same.first.w").shape == (2, 2)


def test_the_weights_are_small_and_their_levels_in_order() -> None:
    package = "aspire_bot.answering.approved.same_question"
    within, across = (
        PairLevels(*row) for row in read_numbers(package, WEIGHTS_FILE, WEIGHTS_SHA256)["levels"]
    )
    assert within.unlike > within.same > within.same_alike > within.similar_alike
    for levels in (within, across):
        assert levels.same > levels.similar >= levels.similar_alike
        assert levels.same_alike > levels.similar_alike
    assert len(files(package).joinpath(WEIGHTS_FILE).read_bytes()) < 3_000_000


def test_the_order_of_two_questions_changes_nothing_that_rules_tell() -> None:
    one, other = (
        read_facts(text, GLOSSARY)
        for text in ("May I buy a desk in 2025?", "代表者は机を2つ買えますか")
    )
    told = difference(one, other)
    assert len(told) == len(FACT_NAMES)
    assert told == difference(other, one)
    assert told != difference(one, one)


@pytest.mark.parametrize(
    ("one", "other", "are_two"),
    [
        ("When is the FY2025 report due?", "When is the FY2026 report due?", True),
        ("2025年度の報告はいつ?", "When is the FY2026 report due?", True),
        ("2025年度の報告はいつ?", "When is the FY2025 report due?", False),
        ("What did theme 3 say?", "テーマ4は何を述べましたか", True),
        ("Is 5 million yen too much?", "500万円は多すぎますか", False),
        ("When is the report due?", "When is the FY2026 report due?", False),
    ],
)
def test_other_dates_and_numbers_make_two_questions(one: str, other: str, are_two: bool) -> None:
    left, right = read_facts(one, GLOSSARY), read_facts(other, GLOSSARY)
    assert are_surely_two(left, right) is are_two
    assert are_surely_two(right, left) is are_two


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("Who reviews travel reports?", "By whom are travel reports reviewed?", True),
        ("Who reviews travel reports?", "Who reviews travel plans?", False),
        ("Does CREST pay hotel bills?", "Are hotel bills paid by FOREST?", False),
        ("Are hotel bills paid?", "Are hotel bills not paid?", False),
        ("Are hotel bills of 2025 paid?", "Are hotel bills paid?", False),
        ("When are hotel bills paid?", "Where are hotel bills paid?", False),
        ("ホテル代は払えますか", "Are hotel bills paid?", False),
    ],
)
def test_worded_alike_are_those_that_no_rule_tells_apart(
    one: str, other: str, are_alike: bool
) -> None:
    left, right = read_facts(one, GLOSSARY), read_facts(other, GLOSSARY)
    assert are_worded_alike(left, right) is are_alike
    assert are_worded_alike(right, left) is are_alike


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("Is FY2025 over?", "Has FY2025 ended?", True),
        ("Is FY2025 over?", "Is it over?", False),
        ("Does CREST pay?", "Does FOREST pay?", False),
        ("Does CREST pay?", "Is it paid?", True),
    ],
)
def test_what_two_questions_name_is_the_same_or_not(one: str, other: str, is_so: bool) -> None:
    assert name_the_same(read_facts(one, GLOSSARY), read_facts(other, GLOSSARY)) is is_so


def test_values_count_as_shared_and_strangers_share_nothing() -> None:
    due = read_facts("When is the FY2025 report due?", GLOSSARY)
    assert overlap(due, read_facts("Which hotel is cheap?", GLOSSARY)) == 0
    assert 0 < overlap(due, read_facts("Until when may FY2025 be settled?", GLOSSARY)) < 1
    assert overlap(due, due) == 1


def _levels(one: str, other: str) -> Levels:
    levels = PairLevels(same=4, same_alike=3, similar=2, similar_alike=1, unlike=9)
    return levels.for_pair(read_facts(one, GLOSSARY), read_facts(other, GLOSSARY))


def test_rules_ask_for_less_where_words_agree_and_for_more_where_they_do_not() -> None:
    asked = "Who reviews travel reports?"
    alike = _levels(asked, "By whom are travel reports reviewed?")
    assert alike == Levels(same=3, similar=1)
    assert _levels(asked, "Who reviews travel plans?") == Levels(same=4, similar=2)
    assert _levels(asked, "Which hotel is cheap?") == Levels(same=9, similar=np.inf)
    other = _levels("Does CREST pay travel?", "Is travel paid by FOREST?")
    assert other == Levels(same=4, similar=np.inf)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is the minimum rate of costs?", "What is the maximum rate of costs?"),
        ("Can a partner join before the award?", "Can a partner join after the award?"),
        ("旅費の下限はいくらですか", "旅費の上限はいくらですか"),
        ("採択前に変更できますか", "採択後に変更できますか"),
    ],
)
def test_opposites_are_not_offered_for_each_other(one: str, other: str) -> None:
    assert _levels(one, other).similar == np.inf
    assert _levels(other, one).similar == np.inf
    assert _levels(one, one).similar < np.inf
    assert _levels(f"{one} {other}", one).similar < np.inf, "it names both"


def test_a_name_that_is_written_small_is_the_name() -> None:
    asked = "Does ASPIRE pay for travel?"
    assert _levels(asked, "does aspire pay for travel of a PI?").similar < np.inf
    assert _levels(asked, "Does FOREST pay for travel?").similar == np.inf
