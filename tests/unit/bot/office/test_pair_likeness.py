"""Questions are read together with their nearest, and what is read counts in place of vectors."""

from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from tests.new_state import new_state
from tests.unit.bot.office.test_clusters import ByTopic
from tests.unit.bot.state.made import gap

from aspire_bot.answering.approved.same_question.facts import FACT_NAMES, read_facts
from aspire_bot.answering.approved.same_question.judge import ReadPair
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.office.cluster_book import ClusterBook
from aspire_bot.office.clusters import group
from aspire_bot.office.pair_likeness import (
    PairWeights,
    pair_features,
    pairs_to_read,
    read_together,
    shipped_pair_weights,
)
from aspire_bot.office.question_space import shipped_space
from aspire_bot.state import State, open_state
from aspire_ingest.index.text.analysis import analyze


@pytest.fixture
def state(tmp_path: Path) -> Generator[State]:
    opened = open_state(new_state(tmp_path / "state.db"))
    yield opened
    opened.close()


@dataclass(slots=True)
class ByEnd:
    """Finds two questions alike that end with the same letters, and keeps what it read."""

    name: str = "by-end/1"
    least: float = 0.8
    read: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def likeness(self, one: str, other: str, cosine: float) -> float:
        assert -1.001 <= cosine <= 1.001
        self.read.append((one, other))
        return 0.95 if one[-6:] == other[-6:] else 0.1


def groups(book: ClusterBook, team: str = "T1") -> list[list[str]]:
    return sorted(sorted(one.gap_ids) for one in book.reports(team))


def test_what_was_read_counts_in_place_of_the_vectors() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1]], np.float32)
    assert group(vectors, 0.8).tolist() == [0, 0, 2]
    assert group(vectors, 0.8, {(0, 1): 0.2}).tolist() == [0, 1, 2]
    assert group(vectors, 0.8, {(0, 1): 0.2, (0, 2): 0.9}).tolist() == [0, 1, 0]
    # both pairs of the third are 0.85 and 0 on the whole: it stays apart
    assert group(vectors, 0.8, {(0, 2): 0.85}).tolist() == [0, 0, 2]
    assert group(vectors, 0.8, {(0, 2): 0.85, (1, 2): 0.85}).tolist() == [0, 0, 0]


def test_each_new_question_is_read_with_its_nearest() -> None:
    angles = np.array([0, 10, 20, 80, 90]) * np.pi / 180
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    new = np.array([False, False, True, False, False])
    assert [pair[:2] for pair in pairs_to_read(vectors, new, 2)] == [(0, 2), (1, 2)]
    (_, _, cosine), *_ = pairs_to_read(vectors, new, 2)
    assert cosine == pytest.approx(np.cos(np.pi / 9), abs=1e-4)
    every = pairs_to_read(vectors, np.ones(5, dtype=np.bool_), 1)
    assert [pair[:2] for pair in every] == [(0, 1), (1, 2), (3, 4)], "each pair once"
    assert pairs_to_read(vectors[:1], np.array([True])) == []


def test_the_book_reads_new_questions_once_and_keeps_how_alike_they_are(state: State) -> None:
    pairs = ByEnd()
    book = ClusterBook(state=state, embedder=ByTopic(), pairs=pairs)
    for name, question in {"a": "Travel costs", "b": "Train costs", "c": "Travel dates"}.items():
        state.gaps.add(gap(name, question, asker=name))
    book.refresh("T1")
    assert groups(book) == [["a", "b"], ["c"]], "vectors alone find all three alike"
    assert len(pairs.read) == 3
    book.refresh("T1")
    state.gaps.add(gap("d", "Tram dates", asker="d"))
    book.refresh("T1")
    assert groups(book) == [["a", "b"], ["c", "d"]]
    assert len(pairs.read) == 6, "the pairs known before are not read again"

    state.retention.forget("a", "T1")
    kept = state.question_pairs.of("T1", pairs.name)
    assert sorted(kept) == [("b", "c"), ("b", "d"), ("c", "d")]
    assert kept["c", "d"] == pytest.approx(0.95)
    assert state.question_pairs.of("T2", pairs.name) == {}
    assert state.question_pairs.of("T1", "other weights") == {}


def test_pairs_of_questions_that_are_gone_are_not_kept(state: State) -> None:
    state.gaps.add(gap("a", "Travel?"))
    state.question_pairs.add({("a", "gone"): 0.9}, "x")
    assert state.question_pairs.of("T1", "x") == {}


def test_weights_say_what_cosine_a_pair_is_worth() -> None:
    glossary = load_glossary(None, analyze)
    facts = [read_facts(text, glossary) for text in ("Who pays for travel?", "旅費はだれが?")]
    pair = ReadPair(log_odds=1.5, one=facts[0], other=facts[1])
    features = pair_features(pair, 0.5)
    assert features[:3].tolist() == [0.5, 0.25, 1.0]
    assert features[-1] == 1.5
    size = len(features)
    weights = PairWeights(
        mean=np.full(size, 0.1, np.float32),
        deviation=np.full(size, 0.01, np.float32),
        weights=np.eye(1, size, dtype=np.float32)[0],
        bias=1.0,
        slope=4.0,
        offset=-2.0,
        least=0.7,
    )
    assert weights.likeness(pair, 0.12) == pytest.approx((2 + 1 + 2) / 4)
    assert weights.likeness(pair, 0.9) == pytest.approx((5 + 1 + 2) / 4), "held within five"


def test_the_shipped_weights_fit_the_layers_and_the_rules() -> None:
    weights = shipped_pair_weights()
    assert len(weights.weights) == 3 + 2 * (3 + len(FACT_NAMES)) + 1
    assert weights.slope > 1
    assert 0.4 < weights.least < 1


def test_another_embedder_reads_no_pairs() -> None:
    class Reader:
        def read_pair(self, one: str, other: str) -> ReadPair:
            raise NotImplementedError

    assert read_together(None, shipped_space().embedding) is None
    assert read_together(Reader(), "hashing/64") is None
    made = read_together(Reader(), shipped_space().embedding + "@1")
    assert made is not None
    assert made.least == shipped_pair_weights().least
