"""Deadlines, the breaker and budgets, with clocks that go when told to."""

import threading
from datetime import date

import pytest

from aspire_bot.answering.limits import (
    Allowance,
    BreakerState,
    CircuitBreaker,
    DailyBudget,
    Deadline,
    MemoryLedger,
)
from aspire_bot.errors import GenerationError, StateError

MONDAY, TUESDAY = date(2026, 4, 6), date(2026, 4, 7)


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_deadline_comes_and_stays() -> None:
    clock = Clock()
    deadline = Deadline.after(5, clock)
    clock.now_s += 2
    assert (deadline.remaining_s(), deadline.is_over) == (3, False)
    clock.now_s += 4
    assert (deadline.remaining_s(), deadline.is_over) == (0, True)


def test_a_step_never_outlives_the_whole() -> None:
    clock = Clock()
    deadline = Deadline.after(5, clock)
    assert deadline.step(2).remaining_s() == 2
    assert deadline.step(9).remaining_s() == 5


class TestBreaker:
    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    @pytest.fixture
    def states(self) -> list[BreakerState]:
        return []

    @pytest.fixture
    def breaker(self, clock: Clock, states: list[BreakerState]) -> CircuitBreaker:
        return CircuitBreaker(most_failures=2, rest_s=30, clock=clock, on_change=states.append)

    def test_it_opens_after_failures_in_a_row_only(self, breaker: CircuitBreaker) -> None:
        breaker.failed()
        breaker.succeeded()
        breaker.failed()
        assert breaker.admits()
        breaker.failed()
        assert not breaker.admits()

    def test_after_a_rest_one_may_try_and_decides(
        self, breaker: CircuitBreaker, clock: Clock, states: list[BreakerState]
    ) -> None:
        breaker.failed()
        breaker.failed()
        clock.now_s += 29
        assert not breaker.admits()
        clock.now_s += 1
        assert breaker.admits()
        assert not breaker.admits()
        breaker.failed()  # a single one is enough now
        assert not breaker.admits()
        clock.now_s += 30
        assert breaker.admits()
        breaker.succeeded()
        assert [breaker.admits(), breaker.admits()] == [True, True]
        assert states == ["open", "half-open", "open", "half-open", "closed"]
        breaker.failed()
        assert breaker.admits()

    @staticmethod
    def _let_a_probe_through(breaker: CircuitBreaker, clock: Clock) -> None:
        breaker.failed()
        breaker.failed()
        clock.now_s += 30
        assert breaker.admits()

    def test_who_learnt_nothing_lets_the_next_try(
        self, breaker: CircuitBreaker, clock: Clock
    ) -> None:
        self._let_a_probe_through(breaker, clock)
        breaker.learnt_nothing()
        assert breaker.admits()

    def test_a_probe_that_is_never_heard_of_is_not_waited_for(
        self, breaker: CircuitBreaker, clock: Clock
    ) -> None:
        self._let_a_probe_through(breaker, clock)
        clock.now_s += 30
        assert breaker.admits()

    def test_learning_nothing_closes_nothing(self, breaker: CircuitBreaker) -> None:
        breaker.failed()
        breaker.learnt_nothing()
        breaker.failed()
        assert breaker.state == "open"


def test_an_allowance_is_used_up() -> None:
    allowance = Allowance(10)
    allowance.spend(7)
    assert allowance.left == 3
    allowance.spend(7)
    assert allowance.left == 0


class TestBudget:
    def test_what_is_set_aside_and_not_used_comes_back(self) -> None:
        ledger = MemoryLedger()
        budget = DailyBudget(ledger, 100, today=lambda: MONDAY)
        reserved = budget.reserve(90)
        with pytest.raises(GenerationError) as raised:
            budget.reserve(11)
        assert raised.value.kind == "budget"
        assert not raised.value.retryable
        reserved.settle(20)
        reserved.settle(0)  # a second time is nothing
        assert ledger.add(MONDAY, 0) == 20
        budget.reserve(80)

    def test_a_new_day_begins_at_nought(self) -> None:
        today = [MONDAY]
        ledger = MemoryLedger()
        budget = DailyBudget(ledger, 100, today=lambda: today[0])
        late = budget.reserve(100)
        today[0] = TUESDAY
        budget.reserve(100)
        late.settle(0)  # yesterday's: today's are not given back
        with pytest.raises(GenerationError):
            budget.reserve(1)

    def test_nought_is_no_limit(self) -> None:
        budget = DailyBudget(Broken(), 0)
        budget.reserve(10**9).settle(3)

    def test_what_cannot_be_counted_is_not_used(self) -> None:
        with pytest.raises(GenerationError) as raised:
            DailyBudget(Broken(), 100).reserve(1)
        assert raised.value.kind == "budget"

    def test_what_cannot_be_given_back_harms_nobody(self) -> None:
        class Once(MemoryLedger):
            def add(self, day: date, tokens: int) -> int:
                if tokens < 0:
                    raise StateError("gone")
                return super().add(day, tokens)

        DailyBudget(Once(), 100).reserve(50).settle(1)

    def test_several_threads_use_no_more_together(self) -> None:
        budget = DailyBudget(MemoryLedger(), 100, today=lambda: MONDAY)
        allowed: list[int] = []

        def take() -> None:
            for _ in range(50):
                try:
                    budget.reserve(1)
                except GenerationError:
                    return
                allowed.append(1)

        threads = [threading.Thread(target=take) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(allowed) == 100


class Broken:
    def add(self, day: date, tokens: int) -> int:
        raise StateError(f"no {day} and no {tokens}")
