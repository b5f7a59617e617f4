"""Questions that ask the same stand together, under a name that stays; what staff did holds."""

import time
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.new_state import new_state
from tests.unit.bot.state.made import Clock, gap

from aspire_bot.office.cluster_book import ClusterBook
from aspire_bot.office.cluster_decisions import ClusterDecisions
from aspire_bot.office.clusters import Kept, cluster_ids, group, typical
from aspire_bot.office.question_space import likeness_space, shipped_space
from aspire_bot.state import State, open_state

Groups = list[list[str]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path, clock: Clock) -> Generator[State]:
    opened = open_state(new_state(tmp_path / "state.db"), clock=clock)
    yield opened
    opened.close()


@dataclass(slots=True)
class ByTopic:
    """An embedder that reads the topic from a question's first letter."""

    name: str = "by-topic/8"
    embedded: list[str] = field(default_factory=list[str])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        self.embedded.append(text)
        vector = np.full(8, 0.02 * len(text) % 0.1, np.float32)
        vector[ord(text[0].lower()) % 8] = 3.0
        return (vector / np.linalg.norm(vector)).astype(np.float32)


def _unit(rows: list[list[float]]) -> NDArray[np.float32]:
    vectors = np.array(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_groups_are_one_while_their_questions_are_alike_on_the_whole() -> None:
    near, far = [1.0, 0.05, 0.0], [0.0, 0.1, 1.0]
    between = [0.75, 0.0, 0.66]
    vectors = _unit([near, far, [1.0, 0.0, 0.05], [0.0, 0.0, 1.0], between])
    assert group(vectors, 0.9).tolist() == [0, 1, 0, 1, 4]
    assert group(vectors, 0.6).tolist()[:4] == [0, 1, 0, 1]
    assert group(vectors[:1], 0.9).tolist() == [0]
    assert group(vectors[:0], 0.9).tolist() == []


def test_a_chain_of_neighbours_is_not_one_group() -> None:
    angles = np.arange(0, 90, 15) * np.pi / 180
    chain = _unit([[float(np.cos(a)), float(np.sin(a))] for a in angles])
    labels = group(chain, 0.9)
    assert labels[0] == labels[1]
    assert labels[0] != labels[-1]


def test_the_same_as_linking_the_whole_at_once() -> None:
    rng = np.random.default_rng(3)
    centres = rng.normal(size=(12, 16))
    rows = np.concatenate([centre + rng.normal(0, 0.25, (6, 16)) for centre in centres])
    vectors = _unit(rows.tolist())
    labels = group(vectors, 0.7)
    likeness = vectors @ vectors.T
    for name in set(labels.tolist()):
        members = labels == name
        for other in set(labels.tolist()) - {name}:
            assert likeness[members][:, labels == other].mean() < 0.7
    assert len(set(labels.tolist())) == 12


def test_five_thousand_questions_take_seconds() -> None:
    rng = np.random.default_rng(5)
    vectors = _unit(
        (rng.normal(size=(1000, 64)).repeat(5, 0) + rng.normal(0, 0.3, (5000, 64))).tolist()
    )
    began = time.process_time()
    assert len(set(group(vectors, 0.8).tolist())) == 1000
    assert time.process_time() - began < 20


def test_the_most_typical_question_is_nearest_to_all_others() -> None:
    assert typical(_unit([[1.0, 0.3], [1.0, 0.0], [1.0, -0.2]])) == 1


def _kept(**names: str) -> dict[str, Kept]:
    return {gap_id: Kept(cluster_id=name) for gap_id, name in names.items()}


@pytest.mark.parametrize(
    ("groups", "kept", "named"),
    [
        ([["a", "b"], ["c"]], {}, {"a": "a", "b": "a", "c": "c"}),
        ([["a", "b", "c"]], _kept(b="old", c="old"), {"a": "old", "b": "old", "c": "old"}),
        # most members stay in one part: that part keeps the name
        ([["a", "b"], ["c"]], _kept(a="x", b="x", c="x"), {"a": "x", "b": "x", "c": "c"}),
        # two clusters grow together: the larger one's name stays
        ([["a", "b", "c"]], _kept(a="x", b="y", c="y"), {"a": "y", "b": "y", "c": "y"}),
    ],
)
def test_a_cluster_keeps_its_name_while_most_members_stay(
    groups: Groups, kept: dict[str, Kept], named: dict[str, str]
) -> None:
    assert cluster_ids(groups, kept) == named


def test_what_staff_placed_stays_and_the_group_around_it_follows() -> None:
    merged = {name: Kept(cluster_id="x", is_placed=True) for name in "abcd"}
    named = cluster_ids([["a", "b", "new1"], ["c", "d", "new2"]], merged)
    assert set(named.values()) == {"x"}
    split = {**_kept(a="x", b="x"), "c": Kept(cluster_id="own", is_placed=True)}
    assert cluster_ids([["a", "b", "c", "new"]], split) == {
        "a": "x",
        "b": "x",
        "c": "own",
        "new": "x",
    }


def test_a_new_name_is_none_that_another_cluster_bears() -> None:
    kept = {"a": Kept(cluster_id="b", is_placed=True)}
    named = cluster_ids([["b", "c"]], kept)
    assert named == {"b": "c", "c": "c"}


def test_the_book_groups_new_questions_and_what_staff_did_holds(state: State, clock: Clock) -> None:
    embedder = ByTopic()
    book = ClusterBook(state=state, embedder=embedder, now=clock)
    for number, question in enumerate(["Travel costs?", "Travel money for me?", "Zebras?"]):
        state.gaps.add(gap(f"g{number}", question, asker=f"U{number}"))
    state.gaps.add(gap("again", "travel COSTS", asker="U9"))
    book.refresh("T1")
    first, second = book.reports("T1")
    assert sorted(first.gap_ids) == ["g0", "g1"]
    assert (first.count, first.last_week, second.count) == (3, 0, 1)
    assert first.nearest
    book.refresh("T1")
    assert len(embedder.embedded) == 3  # nothing new: nothing is read again

    state.clusters.merge(first.cluster_id, [second.cluster_id])
    state.gaps.add(gap("g5", "Zebras or horses, then?", asker="U5"))
    book.refresh("T1")
    (whole,) = book.reports("T1")
    assert (whole.cluster_id, sorted(whole.gap_ids)) == (
        first.cluster_id,
        ["g0", "g1", "g2", "g5"],
    )
    own = state.clusters.split("T1", ["g1"])
    state.gaps.add(gap("g6", "Travel again, please?", asker="U6"))
    book.refresh("T1")
    by_id = {one.cluster_id: one.gap_ids for one in book.reports("T1")}
    assert by_id[own] == ("g1",)
    assert "g6" in by_id[first.cluster_id]

    state.clusters.set_status(first.cluster_id, "dismissed", "U3", "not ours")
    assert [one.cluster_id for one in book.reports("T1")] == [own]
    state.retention.forget("U1")
    assert book.reports("T1") == ()


def test_a_group_is_shown_by_its_most_typical_question(state: State, clock: Clock) -> None:
    book = ClusterBook(state=state, embedder=ByTopic(), now=clock)
    vectors = dict(zip("abc", _unit([[1.0, 0.3], [1.0, 0.0], [1.0, -0.2]]), strict=True))
    for name in vectors:
        state.gaps.add(gap(name, f"Travel {name}?", asker=name))
    state.clusters.add(vectors, book.embedder.name)
    state.clusters.assign("T1", dict.fromkeys(vectors, "travel"))
    (one,) = book.reports("T1")
    assert one.first.gap_id == "b"
    assert one.gap_ids == ("a", "b", "c")


def test_a_trend_counts_the_last_weeks(state: State, clock: Clock) -> None:
    book = ClusterBook(state=state, embedder=ByTopic(), now=clock)
    state.gaps.add(gap("g1", "Travel?"))
    clock.moment += timedelta(days=8)
    book.refresh("T1")
    (one,) = book.reports("T1")
    assert (one.this_week, one.last_week) == (0, 1)
    state.gaps.add(replace(gap("g2", "Travel by train?", asker="U2"), asked_at=clock.moment))
    clock.moment += timedelta(days=1)
    book.refresh("T1")
    (one,) = book.reports("T1")
    assert (one.this_week, one.last_week) == (1, 1)


def test_the_shipped_space_fits_the_product_and_sets_no_language_apart() -> None:
    space = shipped_space()
    assert space.projection.shape[0] == 384
    assert 0 < space.least < 1
    rng = np.random.default_rng(1)
    shared = rng.normal(0, 0.05, (4, 384)).astype(np.float32)
    english, japanese = space.means["en"] + shared, space.means["ja"] + shared
    vectors = np.concatenate([english, japanese])
    projected, least = likeness_space(vectors, ("en",) * 4 + ("ja",) * 4, space.embedding + "@1")
    assert (np.diag(projected[:4] @ projected[4:].T) > 0.999).all()
    other, fallback = likeness_space(vectors, ("en",) * 8, "hashing/64")
    assert other.shape == vectors.shape
    assert fallback > least


@pytest.mark.parametrize("turn", range(6))
def test_what_was_taken_apart_stays_apart_however_alike(
    state: State, clock: Clock, turn: int
) -> None:
    """Of two that are alike either may come first by its id: neither draws the other back."""
    book = ClusterBook(state=state, embedder=ByTopic(), now=clock)
    for name in (f"{turn}a", f"{9 - turn}b"):
        state.gaps.add(gap(name, f"Travel {name}?", asker=name))
    book.refresh("T1")
    (one,) = book.reports("T1")
    made = ClusterDecisions(state=state, team="T1").split(one.cluster_id, [f"{9 - turn}b"])
    for later in range(3):
        state.gaps.add(gap(f"later{later}", f"Travel later {later}?", asker=f"L{later}"))
        book.refresh("T1")
    members = state.clusters.members("T1", "by-topic/8")
    assert members[f"{9 - turn}b"].cluster_id == made
    assert members[f"{turn}a"].cluster_id == one.cluster_id


def test_what_was_dismissed_comes_up_again_only_when_it_is_taken_up(
    state: State, clock: Clock
) -> None:
    book = ClusterBook(state=state, embedder=ByTopic(), now=clock)
    decisions = ClusterDecisions(state=state, team="T1")
    state.gaps.add(gap("g1", "Travel costs?"))
    state.gaps.add(gap("g2", "Travel money?", asker="U2"))
    state.gaps.set_status("g2", "answered")
    book.refresh("T1")
    (one,) = book.reports("T1")
    assert decisions.dismiss(one.cluster_id, "U3", "not ours")
    members = state.clusters.members("T1", "by-topic/8").values()
    assert {member.is_placed for member in members} == {True}, "the next grouping leaves them"
    state.gaps.add(gap("g3", "Travel by train?", asker="U4"))
    book.refresh("T1")
    assert book.reports("T1") == ()
    assert [one.reason for one in book.dismissed(9)] == ["not ours"]
    assert book.dismissed(0) == ()
    decision = state.clusters.decisions("T1")[one.cluster_id]
    assert (decision.status, decision.reason, decision.decided_by) == (
        "dismissed", "not ours", "U3",
    )  # fmt: skip
    assert decisions.reopen(one.cluster_id, "U3")
    (again,) = book.reports("T1")
    assert sorted(again.gap_ids) == ["g1", "g3"]
    answered = state.gaps.get("g2")
    assert answered is not None
    assert answered.status == "answered", "what was answered meanwhile is left as it is"


def test_nothing_is_decided_of_another_workspace_or_of_what_is_not_there(
    state: State, clock: Clock
) -> None:
    book = ClusterBook(state=state, embedder=ByTopic(), now=clock)
    state.gaps.add(gap("g1", "Travel costs?"))
    state.gaps.add(gap("g2", "Zebras?", asker="U2"))
    book.refresh("T1")
    one, other = (report.cluster_id for report in book.reports("T1"))
    for team, first, second in (("T2", one, other), ("T1", one, one), ("T1", one, "none")):
        assert not ClusterDecisions(state=state, team=team).merge(first, second)
    assert ClusterDecisions(state=state, team="T1").split(one, [other]) is None
    assert ClusterDecisions(state=state, team="T1").split(one, ["g1"]) is None, "none would stay"
    assert not ClusterDecisions(state=state, team="T2").dismiss(one, "U3", "x")
    assert len(book.reports("T1")) == 2
