"""A judge is asked in time, about what it may see, and left alone while it is out of order."""

import logging
from collections.abc import Sequence

import pytest

from aspire_bot.answering.checking.consultation import Consultation
from aspire_bot.answering.checking.second_opinion import Case
from aspire_bot.answering.limits import CircuitBreaker, Deadline
from aspire_bot.errors import JudgeError

CASE = Case(statement="It is ten.", quotes=("Ten.",))
STAFF = Case(statement="It is ten.", quotes=("Ten.",), is_for_staff=True)
Opinion = bool | JudgeError | None


class Scripted:
    """A judge with opinions in turn."""

    name = "scripted"
    is_outside = True

    def __init__(self, opinions: Sequence[Opinion]) -> None:
        self._opinions = list(opinions)
        self.given_s: list[float] = []
        self.is_closed = False

    def opinion(self, case: Case, deadline: Deadline) -> bool | None:
        assert case.statement
        self.given_s.append(deadline.remaining_s())
        found = self._opinions.pop(0)
        if isinstance(found, JudgeError):
            raise found
        return found

    def close(self) -> None:
        self.is_closed = True


def test_only_a_no_drops() -> None:
    judge = Scripted([True, False, None])
    consultation = Consultation(judge, timeout_s=9)
    assert [consultation.supports(CASE) for _ in range(3)] == [True, False, True]
    consultation.close()
    assert judge.is_closed


def test_what_staff_alone_may_see_is_kept_from_a_judge_that_may_not() -> None:
    judge = Scripted([False, False])
    assert Consultation(judge, timeout_s=9).supports(STAFF)
    assert judge.given_s == []
    assert not Consultation(judge, timeout_s=9, sees_staff=True).supports(STAFF)


def test_it_has_its_time_and_never_more_than_the_answer() -> None:
    judge = Scripted([True, True])
    consultation = Consultation(judge, timeout_s=9)
    consultation.supports(CASE)
    for left_s in (2.0, 0.0):
        case = Case(statement="It is ten.", quotes=("Ten.",), deadline=Deadline.after(left_s))
        assert consultation.supports(case)
    whole, rest = judge.given_s  # with no time left it is not asked
    assert 5 < whole <= 9
    assert 0 < rest <= 2


def test_one_that_fails_is_left_alone_for_a_while_with_one_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    now = [0.0]
    judge = Scripted([JudgeError("It is gone."), JudgeError("Still gone."), False])
    breaker = CircuitBreaker(most_failures=1, rest_s=30, clock=lambda: now[0])
    consultation = Consultation(judge, timeout_s=9, breaker=breaker)
    caplog.set_level(logging.WARNING)
    for after_s, asked, warned in ((0, 1, 1), (29, 1, 1), (31, 2, 2), (60, 2, 2)):
        now[0] = after_s
        assert consultation.supports(CASE)
        assert len(judge.given_s) == asked
        assert len(caplog.records) == warned
    now[0] = 62
    assert not consultation.supports(CASE), "it is well again"
    assert "It is gone." in caplog.text


def test_those_who_waited_together_are_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    class Shared(Scripted):
        """Asked by another thread while it has not answered yet."""

        def opinion(self, case: Case, deadline: Deadline) -> bool | None:
            if not self.given_s:
                self.given_s.append(0)
                assert consultation.supports(CASE)
            return super().opinion(case, deadline)

    judge = Shared([JudgeError("It is gone."), JudgeError("It is gone.")])
    consultation = Consultation(judge, timeout_s=9)
    assert consultation.supports(CASE)
    assert len(judge.given_s) == 3
    assert len(caplog.records) == 1


def test_it_is_not_blamed_for_time_that_it_did_not_have() -> None:
    judge = Scripted([JudgeError("late", is_late=True), False, JudgeError("late", is_late=True)])
    consultation = Consultation(judge, timeout_s=9)
    hurried = Case(statement="It is ten.", quotes=("Ten.",), deadline=Deadline.after(5))
    assert consultation.supports(hurried)
    assert not consultation.supports(CASE), "it is asked again at once"
    assert consultation.supports(CASE)
    assert consultation.supports(CASE), "but not after it had all its time"
    assert len(judge.given_s) == 3
