"""Staff's test questions: how each came out, and what was so before. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aspire_bot.state.office.test_questions import TestQuestion, TestRun


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """A test question with its last run, and the outcome before it changed; None: there is none."""

    __test__ = False  # for pytest: it is no test

    question: TestQuestion
    last: TestRun | None
    since: TestRun | None
    before: TestRun | None


def test_results(
    questions: Iterable[TestQuestion],
    runs: Mapping[str, TestRun],
    outcomes: Mapping[str, Sequence[TestRun]],
) -> list[TestResult]:
    """Give all of them: those that fail first, then those that changed latest."""
    found = [
        TestResult(
            question=one,
            last=runs.get(one.test_id),
            since=next(iter(outcomes.get(one.test_id, ())), None),
            before=next(iter(outcomes.get(one.test_id, ())[1:]), None),
        )
        for one in questions
    ]
    return sorted(found, key=_place)


def _place(one: TestResult) -> tuple[bool, float, str]:
    has_passed = one.last is None or one.last.has_passed
    changed = -one.since.ran_at.timestamp() if one.since and one.before else 0.0
    return has_passed, changed, one.question.question
