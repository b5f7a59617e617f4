"""What staff do before an approved answer is published, and what is watched after: put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aspire_bot.slack.jobs.worker_pool import PeriodicTask
from aspire_bot.slack.listeners.actions import OnClick, OnSubmission
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.render import buttons
from aspire_bot.slack.staff.approvals import Approving
from aspire_bot.slack.staff.kept_questions import KeptQuestions
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.slack.staff.publication import Publication
from aspire_bot.slack.staff.source_watch import SourceWatch
from aspire_bot.state import State

_ENDED_EVERY_S = 3600.0
"""How often it is looked whether an approved answer has ended; it is not given from its day on."""
_SOURCES_EVERY_S = 300.0
"""How often it is looked whether what approved answers rest on has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """What staff may press and send."""

    clicks: Mapping[str, OnClick] = field(default_factory=dict[str, OnClick])
    submissions: Mapping[str, OnSubmission] = field(default_factory=dict[str, OnSubmission])


def publication_reactions(
    state: State, intake: Intake, staff: Staff, questions: KeptQuestions | None
) -> Reactions:
    """What staff press before an approved answer is published; nothing where none is shown."""
    if questions is None:
        return Reactions()
    publication = Publication(state=state, intake=intake, staff=staff, questions=questions)
    return Reactions(
        clicks={
            buttons.PUBLISH_DRAFT: publication.on_publish,
            buttons.CHOOSE_REACH: publication.on_choose,
        },
        submissions={buttons.REACH_VIEW: publication.on_submission},
    )


def approval_tasks(approving: Approving, watch: SourceWatch) -> tuple[PeriodicTask, ...]:
    """What is done for approved answers every now and then."""
    return (
        PeriodicTask(name="approvals", every_s=_ENDED_EVERY_S, do=approving.retire_ended),
        PeriodicTask(name="approved sources", every_s=_SOURCES_EVERY_S, do=watch.look),
    )
