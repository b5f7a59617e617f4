"""What questions are compared by: added to the layers, and told by rule. No network runs."""

import numpy as np
import pytest

from aspire_bot.answering.approved.same_question.facts import (
    FACT_NAMES,
    are_surely_two,
    difference,
    name_the_same,
    overlap,
    read_facts,
)
from aspire_bot.answering.approved.same_question.model import (
    KINDS,
    LEVELS,
    WEIGHTS_FILE,
    WEIGHTS_SHA256,
    Kind,
    PairLevels,
)
from aspire_bot.answering.approved.sameness import Levels
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.reader.weights import read_shipped
from aspire_ingest.index.text.analysis import analyze

GLOSSARY = load_glossary(None, analyze)


@pytest.mark.parametrize("kind", KINDS)
def test_less_is_asked_to_offer_an_answer_than_to_give_it(kind: Kind) -> None:
    assert LEVELS[kind].same > LEVELS[kind].similar


def test_the_file_is_known_by_its_hash() -> None:
    package = "aspire_bot.answering.approved.same_question"
    weights = read_shipped(package, WEIGHTS_FILE, WEIGHTS_SHA256)
    assert weights.floats("same.second.w").shape[1] == 1


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
        ("Is the meeting in Sendai open?", "岡崎の会合は公開ですか", True),
        ("Is the meeting in Sendai open?", "仙台の会合は公開ですか", False),
        ("Is the meeting in English?", "岡崎の会合は英語ですか", False),
        ("Is the meeting in Sendai open?", "山田です。会合は公開ですか", False),
        ("Is the JST meeting open?", "岡崎の会合は公開ですか", False),
        ("Is the meeting in Sendai open?", "会合の公開はありますか", False),
        ("Is the meeting in Sendai open?", "Is the meeting in Miyagi open?", False),
        ("Is the meeting in Tokyo open?", "会合は公開ですか", False),
        ("Is the meeting in Finland open?", "フィンランドの会合は公開ですか", False),
        ("Is the meeting in Japan open?", "日本の会合は公開ですか", False),
    ],
)
def test_other_dates_and_numbers_make_two_questions(one: str, other: str, are_two: bool) -> None:
    left, right = read_facts(one, GLOSSARY), read_facts(other, GLOSSARY)
    assert are_surely_two(left, right) is are_two
    assert are_surely_two(right, left) is are_two


@pytest.mark.parametrize("where", ["in Sendai", "at Sendai", "near Sendai"])
@pytest.mark.parametrize("there", ["岡崎の会合", "岡崎で会合", "岡崎に会合", "岡崎、次の会合"])
def test_towns_are_told_apart_wherever_they_are_named(where: str, there: str) -> None:
    left = read_facts(f"Is there a meeting {where}?", GLOSSARY)
    assert are_surely_two(left, read_facts(f"{there}はありますか", GLOSSARY))
    assert not are_surely_two(left, read_facts(f"仙台{there[2:]}はありますか", GLOSSARY))


@pytest.mark.parametrize(
    "language", ["English", "Japanese", "French", "German", "Chinese", "Korean"]
)
def test_a_language_is_no_town(language: str) -> None:
    left = read_facts(f"Is the meeting held in {language}?", GLOSSARY)
    assert not are_surely_two(left, read_facts("岡崎の会合は何語ですか", GLOSSARY))


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("Is FY2025 over?", "Has FY2025 ended?", True),
        ("Is FY2025 over?", "Is it over?", False),
        ("Does CREST pay?", "Does FOREST pay?", False),
        ("Does FYOR pay?", "Does FOREST pay?", False),
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
    levels = PairLevels(same=4, similar=2)
    return levels.for_pair(read_facts(one, GLOSSARY), read_facts(other, GLOSSARY))


def test_an_answer_is_offered_only_where_the_same_is_named() -> None:
    assert _levels("Who reviews travel reports?", "Who reads plans?") == Levels(same=4, similar=2)
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
