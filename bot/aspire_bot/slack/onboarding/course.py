"""Where a person stands in the tour: pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from aspire_bot.slack.onboarding.content import Step
from aspire_bot.state.onboarding import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What was sent, and what is still to come; steps that were left out are neither."""

    sent: int
    ahead: tuple[Step, ...]

    @property
    def next_id(self) -> str | None:
        """The step to send next; None at the end of the tour."""
        return self.ahead[0].step_id if self.ahead else None


def standing_of(steps: Sequence[Step], progress: Progress | None) -> Standing:
    """Tell where somebody is, also where the file was edited since they began."""
    if progress is None:
        return Standing(sent=0, ahead=tuple(steps))
    done = set(progress.done)
    begin = len(steps) if progress.finished_at else _begin(steps, progress)
    ahead = tuple(step for step in steps[begin:] if step.step_id not in done)
    return Standing(sent=sum(step.step_id in done for step in steps), ahead=ahead)


def _begin(steps: Sequence[Step], progress: Progress) -> int:
    """The kept place; behind the last step sent where that is not in the file any more."""
    ids = [step.step_id for step in steps]
    if progress.next_step in ids:
        return ids.index(progress.next_step)
    return max((ids.index(name) + 1 for name in progress.done if name in ids), default=0)
