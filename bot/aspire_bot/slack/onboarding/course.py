"""Where a person stands in the tour: pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aspire_bot.slack.onboarding.content import Step
from aspire_bot.state.onboarding import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What was sent, and what is still to come.

    Steps that were passed over are neither; `left_out` would come, but the index answers none of
    their questions.
    """

    sent: int
    ahead: tuple[Step, ...]
    left_out: tuple[Step, ...] = ()

    @property
    def next_id(self) -> str | None:
        """The step to send next; None at the end of the tour."""
        return self.ahead[0].step_id if self.ahead else None


def standing_of(
    steps: Sequence[Step],
    progress: Progress | None,
    answers: Callable[[str], bool] = lambda _question: True,
) -> Standing:
    """Tell where somebody is, also where the file was edited since they began.

    `answers` says of a question whether the index answers it.
    """
    done = set(progress.done) if progress else set[str]()
    begin = _begin(steps, progress) if progress else 0
    unsent = [step for step in steps[begin:] if step.step_id not in done]
    ahead = tuple(step for step in unsent if any(map(answers, step.questions)))
    return Standing(
        sent=sum(step.step_id in done for step in steps),
        ahead=ahead,
        left_out=tuple(step for step in unsent if step not in ahead),
    )


def _begin(steps: Sequence[Step], progress: Progress) -> int:
    """The kept place; behind the last step sent where that is not in the file any more."""
    if progress.finished_at:
        return len(steps)
    ids = [step.step_id for step in steps]
    if progress.next_step in ids:
        return ids.index(progress.next_step)
    return max((ids.index(name) + 1 for name in progress.done if name in ids), default=0)
