"""How a model that may hang, fail or cost too much is asked: deadlines, a breaker, budgets.

Pure but for a clock; each of them can be given another one.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

from aspire_bot.errors import GenerationError, StateError

if TYPE_CHECKING:
    from aspire_bot.answering.ports import TokenLedger

logger = logging.getLogger(__name__)

Clock = Callable[[], float]
"""Seconds of a clock that only goes forward."""
BreakerState = Literal["closed", "open", "half-open"]

_MOST_FAILURES = 5
_REST_S = 30.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which something is over."""

    at: float
    clock: Clock = time.monotonic

    @classmethod
    def after(cls, seconds: float, clock: Clock = time.monotonic) -> "Deadline":
        """Give the moment so many seconds from now."""
        return cls(clock() + seconds, clock)

    def remaining_s(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.at - self.clock())

    @property
    def is_over(self) -> bool:
        """Whether the moment has come."""
        return self.clock() >= self.at

    def step(self, seconds: float) -> "Deadline":
        """Give the deadline of a step that may take so long, within this one."""
        return Deadline(min(self.at, self.clock() + seconds), self.clock)


class CircuitBreaker:
    """Leaves a model alone that failed several times in a row; safe for several threads.

    Closed: asked. Open: not asked until it has rested. Half-open: one question goes through, and
    how it ends decides.
    """

    def __init__(
        self,
        *,
        most_failures: int = _MOST_FAILURES,
        rest_s: float = _REST_S,
        clock: Clock = time.monotonic,
        on_change: Callable[[BreakerState], None] | None = None,
    ) -> None:
        """Open after `most_failures` in a row, for `rest_s` seconds."""
        self._most_failures = most_failures
        self._rest_s = rest_s
        self._clock = clock
        self._on_change = on_change
        self._lock = threading.Lock()
        self._failures = 0
        self._state: BreakerState = "closed"
        self._until = 0.0

    @property
    def state(self) -> BreakerState:
        """How it stands."""
        return self._state

    def admits(self) -> bool:
        """Whether the model may be asked now; who is admitted tells how it went."""
        with self._lock:
            if self._state == "closed":
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + self._rest_s  # where the probe is never heard of again
            self._turn("half-open")
            return True

    def succeeded(self) -> None:
        """The model answered."""
        with self._lock:
            self._failures = 0
            self._turn("closed")

    def failed(self) -> None:
        """The model failed."""
        with self._lock:
            self._failures += 1
            if self._state == "half-open" or self._failures >= self._most_failures:
                self._until = self._clock() + self._rest_s
                self._turn("open")

    def learnt_nothing(self) -> None:
        """The model was not put to the test after all; the next may try."""
        with self._lock:
            if self._state == "half-open":
                self._until = self._clock()
                self._turn("open")

    def _turn(self, state: BreakerState) -> None:
        if state != self._state:
            self._state = state
            if self._on_change:
                self._on_change(state)


class Allowance:
    """The tokens that the model may write for one answer, over all requests made for it."""

    def __init__(self, tokens: int) -> None:
        """Allow so many."""
        self.left = tokens

    def spend(self, tokens: int) -> None:
        """Take off what was written."""
        self.left = max(0, self.left - tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLimits:
    """What one answer may take in all: time, and tokens that the model writes."""

    deadline: Deadline
    allowance: Allowance


class MemoryLedger:
    """A `TokenLedger` of one process, forgotten with it; safe for several threads."""

    def __init__(self) -> None:
        """Begin at nought."""
        self._lock = threading.Lock()
        self._day = date.min
        self._tokens = 0

    def add(self, day: date, tokens: int) -> int:
        """Add to a day's tokens, or take off; give its sum. Only the newest day is kept."""
        with self._lock:
            if day > self._day:
                self._day, self._tokens = day, 0
            if day == self._day:
                self._tokens = max(0, self._tokens + tokens)
            return self._tokens


def local_day() -> date:
    """Give the date here and now: a day's budget begins at midnight of the machine's zone."""
    return datetime.now(UTC).astimezone().date()


class DailyBudget:
    """The tokens that may be used in a day, counted before they are used.

    A request reserves the most it can take and gives back what it did not: several threads, or
    processes over one ledger, never use more together. 0 is no limit.
    """

    def __init__(
        self, ledger: "TokenLedger", per_day: int, *, today: Callable[[], date] = local_day
    ) -> None:
        """Allow `per_day` tokens."""
        self._ledger = ledger
        self._per_day = per_day
        self._today = today

    def reserve(self, tokens: int) -> "Reservation":
        """Set tokens aside.

        Raises:
            GenerationError: they are not left today, or nobody can tell.
        """
        day = self._today()
        if self._per_day <= 0:
            return Reservation(None, day, tokens)
        try:
            total = self._ledger.add(day, tokens)
            if total > self._per_day:
                self._ledger.add(day, -tokens)
                raise GenerationError(
                    f"The language model's {self._per_day} tokens for {day} are used up "
                    "(ASPIRE_LLM_DAILY_TOKENS).",
                    kind="budget",
                )
        except StateError as error:
            raise GenerationError(
                "The day's tokens cannot be counted, so the language model is not asked.",
                kind="budget",
            ) from error
        return Reservation(self._ledger, day, tokens)


class Reservation:
    """Tokens set aside for one request."""

    def __init__(self, ledger: "TokenLedger | None", day: date, tokens: int) -> None:
        """Hold `tokens` of a day, in a ledger where there is one."""
        self._ledger = ledger
        self._day = day
        self._tokens = tokens

    def settle(self, used: int) -> None:
        """Put what was used in the place of what was set aside; once is enough."""
        ledger, self._ledger = self._ledger, None
        if ledger is None or used == self._tokens:
            return
        try:
            ledger.add(self._day, used - self._tokens)
        except StateError as error:  # what was set aside stays counted: on the safe side
            logger.warning("tokens of the language model not settled: %s", error)
