"""A judge asked with care: in time, about what it may see, and not while it is out of order."""

import logging
from typing import Protocol

from aspire_bot.answering.checking.second_opinion import Case
from aspire_bot.answering.limits import CircuitBreaker, Deadline
from aspire_bot.errors import JudgeError

logger = logging.getLogger(__name__)

REST_S = 30.0
"""How long a judge that failed is left alone, so that not every statement waits for it."""


class Judge(Protocol):
    """Another model that is asked whether quotes support a statement."""

    @property
    def name(self) -> str:
        """The setting that chose it."""
        ...

    @property
    def is_outside(self) -> bool:
        """Whether what it is asked leaves this machine and its private network."""
        ...

    def opinion(self, case: Case, deadline: Deadline) -> bool | None:
        """Say whether the quotes support the statement; None where it has no opinion.

        Raises:
            JudgeError: it did not answer by the deadline, or not as a judge does.
        """
        ...

    def close(self) -> None:
        """Let go of connections; nothing is asked any more."""
        ...


class Consultation:
    """A `SecondOpinion` by a judge; safe for several threads where that one is."""

    def __init__(
        self,
        judge: Judge,
        *,
        timeout_s: float,
        sees_staff: bool = False,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        """Give the judge so long for one statement; what staff alone may see if `sees_staff`."""
        self._judge = judge
        self._timeout_s = timeout_s
        self._sees_staff = sees_staff
        self._breaker = breaker or CircuitBreaker(most_failures=1, rest_s=REST_S)

    def supports(self, case: Case) -> bool:
        """See `SecondOpinion`."""
        if case.is_for_staff and not self._sees_staff:
            return True
        whole = Deadline.after(self._timeout_s)
        deadline = case.deadline.step(self._timeout_s) if case.deadline else whole
        if deadline.is_over or not self._breaker.admits():
            return True
        try:
            opinion = self._judge.opinion(case, deadline)
        except JudgeError as error:
            self._failed(error, had_its_time=deadline.at >= whole.at)
            return True
        self._breaker.succeeded()
        return opinion is not False

    def close(self) -> None:
        """See `SecondOpinion`."""
        self._judge.close()

    def _failed(self, error: JudgeError, *, had_its_time: bool) -> None:
        if error.is_late and not had_its_time:  # the answer had to be ready: not its fault
            self._breaker.learnt_nothing()
            return
        was_known = self._breaker.state == "open"
        self._breaker.failed()
        if not was_known:
            logger.warning("%s Statements are checked without it for %.0f s.", error, REST_S)


__all__ = ["REST_S", "Consultation", "Judge"]
