"""Waiting, without holding a worker, until it is known what a new index answers."""

from datetime import UTC, datetime

from aspire_bot.slack.jobs.router import PostponedError
from aspire_bot.state.inbox import Job
from aspire_bot.suggestions.offer import Offered

_PAUSE_S = 1.0
_PATIENCE_S = 90.0
"""From then on a person gets what is known."""


def wait_until_settled(offered: Offered, job: Job) -> None:
    """Go on where it is known what may be offered, or a person has waited long enough.

    Raises:
        PostponedError: it is not known yet; the job comes back in a moment.
    """
    waited_s = (datetime.now(UTC) - job.received_at).total_seconds()
    if waited_s < _PATIENCE_S and not offered.is_settled():
        raise PostponedError(_PAUSE_S)
