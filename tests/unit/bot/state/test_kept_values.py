"""What is kept while the state is as it was: nothing that is given is older than the call."""

from collections.abc import Callable, Generator
from datetime import timedelta
from itertools import count

import numpy as np
import pytest
from tests.unit.bot.state.made import NOW, Clock, gap, posted

from aspire_bot.office.figures import WeekFigures, figures_by_week
from aspire_bot.state import State, open_state
from aspire_bot.state.database.kept_values import WhileUnchanged
from aspire_bot.state.office.contradictions import Contradiction, StatedQuote


@pytest.fixture
def other(state: State, migrated_place: str, clock: Clock) -> Generator[State]:
    """The same state, opened by another process."""
    opened = open_state(migrated_place, clock=clock)
    yield opened
    opened.close()


def test_a_version_lasts_until_anybody_writes(state: State, other: State) -> None:
    seen = [state.database.version()]
    state.answers.by_id("a1")
    assert state.database.version() == seen[0]
    writes: list[Callable[[], object]] = [
        lambda: state.answers.add(posted("a1")),
        lambda: other.answers.add(posted("a2")),
        lambda: state.answers.mark_deleted("a1"),
        lambda: other.feedback.vote("a2", "U1", "up"),
        lambda: state.retention.forget("U1"),
    ]
    for write in writes:
        write()
        seen.append(state.database.version())
        other.gaps.teams()
        assert state.database.version() == seen[-1]
    assert len(set(seen)) == len(seen)


def test_a_value_is_worked_out_again_after_a_change_and_only_then(
    state: State, other: State
) -> None:
    numbers, kept = count(), WhileUnchanged[int](state.database)
    assert [kept.of("a", numbers.__next__) for _ in range(3)] == [0, 0, 0]
    assert (kept.of("b", numbers.__next__), kept.of("a", numbers.__next__)) == (1, 0)
    other.answers.add(posted("a1"))
    assert (kept.of("a", numbers.__next__), kept.of("b", numbers.__next__)) == (2, 3)


def test_what_is_written_while_a_value_is_worked_out_is_in_the_next(state: State) -> None:
    kept = WhileUnchanged[int](state.database)

    def count_then_write() -> int:
        found = len(state.gaps.all(9))
        state.gaps.add(gap(f"g{found}", f"Question {found}?"))
        return found

    assert [kept.of("", count_then_write) for _ in range(3)] == [0, 1, 2]


def test_no_more_than_a_few_values_are_kept(state: State) -> None:
    numbers, kept = count(), WhileUnchanged[int](state.database)
    for key in range(1000):
        kept.of(key, numbers.__next__)
    assert kept.of(999, numbers.__next__) == 999
    assert kept.of(0, numbers.__next__) == 1000


def test_groups_of_questions_are_never_those_of_before(state: State, other: State) -> None:
    def groups() -> list[tuple[tuple[str, ...], int]]:
        return [(one.gap_ids, one.times) for one in state.clusters.open_groups(99)]

    assert groups() == []
    other.gaps.add(gap("g1", "How much?", answer_id="a1"))
    assert groups() == [(("g1",), 1)]
    other.gaps.add(gap("g2", "how much", answer_id="a2"))
    assert groups() == [(("g1",), 2)]
    assert state.clusters.open_groups(99, team="T2") == ()
    other.gaps.set_status("g1", "dismissed")
    assert groups() == []
    state.gaps.set_status("g1", "open")
    assert groups() == [(("g1",), 2)]
    other.retention.forget("U1")
    assert groups() == []


def test_what_the_inbox_shows_is_never_that_of_before(state: State, other: State) -> None:
    quote = StatedQuote(
        document_id="d1", title="T", quote="It pays 5 yen.", start=0, end=14, url=None
    )
    pair = Contradiction(pair_id="p", quotes=(quote, quote), index_version="1", found_at=NOW)

    def shown() -> tuple[int, int, list[str]]:
        pairs = [one.status for one in state.contradictions.all()]
        groups = state.clusters.dismissed_groups(9)
        return len(state.answer_list.disliked(9)), len(groups), pairs

    state.answers.add(posted("a1"))
    state.gaps.add(gap("g1", "How much?"))
    state.clusters.add({"g1": np.ones(4, np.float32)}, "x")
    state.clusters.assign("T1", {"g1": "c1"})
    assert shown() == (0, 0, [])
    other.feedback.vote("a1", "U1", "down")
    assert shown() == (1, 0, [])
    other.clusters.set_status("c1", "dismissed", "U3", "not ours")
    assert shown() == (1, 1, [])
    other.contradictions.replace([pair])
    assert shown() == (1, 1, ["open"])
    state.contradictions.set_status(["p"], "dismissed")
    other.clusters.set_status("c1", "open", "U3")
    other.retention.forget("U1")
    assert shown() == (0, 0, ["dismissed"])


def test_figures_count_what_was_written_meanwhile(state: State, other: State) -> None:
    kept = WhileUnchanged[tuple[WeekFigures, ...]](state.database)
    since = NOW - timedelta(days=9)

    def asked() -> list[tuple[int, int]]:
        found = kept.of(since, lambda: figures_by_week(state.database, since=since))
        return [(week.asked, week.up) for week in found]

    assert asked() == []
    state.answers.add(posted("a1"))
    assert asked() == [(1, 0)]
    other.feedback.vote("a1", "U1", "up")
    assert asked() == [(1, 1)]
    other.answers.mark_deleted("a1")
    assert asked() == []
