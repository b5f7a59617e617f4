"""Approved answers on their way: into the index, to staff, and out again.

Each of these is a task of its own, so that each is done once: where a process dies in between, the
store says how far it came.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from aspire_bot.messages import phrases
from aspire_bot.slack.answers.delivery import Place
from aspire_bot.slack.jobs.router import PostponedError
from aspire_bot.slack.jobs.task import (
    AnyTask,
    Publish,
    ShowReach,
    TellAsker,
    TellSourceChanged,
    Withdraw,
    write_task,
)
from aspire_bot.slack.platform.names import shown_name
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.render.message import JsonObject, SlackMessage
from aspire_bot.slack.staff.approval_messages import (
    failed_message,
    kept_message,
    published_message,
    source_message,
    withdrawn_message,
)
from aspire_bot.slack.staff.asker_message import reply_at
from aspire_bot.slack.staff.kept_questions import KeptQuestions, Reach
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.slack.staff.reach_messages import reach_message
from aspire_bot.state import State
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.inbox import Arrival, Job
from aspire_bot.state.office.waiting_askers import Source
from aspire_ingest.index.errors import AspireError, IndexUnavailableError

logger = logging.getLogger(__name__)

_BUSY_S = 5.0
"""How long to wait where somebody else changes the index."""
_MOST_ATTEMPTS = 4
_REFUSED = "refused"


class Publisher(Protocol):
    """Puts approved answers into the index and takes them out; both may be done again."""

    def publish(self, approved: ApprovedAnswer, *, by: str) -> str:
        """Publish under the name `by`; give the document's id, or raise `AspireError`."""
        ...

    def withdraw(self, approved: ApprovedAnswer) -> None:
        """Take it out; raises as `publish` does."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Approving:
    """Works off what staff approved and withdrew. Without a publisher nothing can be published."""

    state: State
    staff: Staff
    publisher: Publisher | None
    today: Callable[[], date]
    on_answered: Callable[[str, Source, str], None] | None = None
    """Told of an answer that an approved one sets right, and the approval."""
    questions: KeptQuestions | None = None
    """Those that an answer is held against, as a draft and once it is published."""

    def on_publish(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Publish an approved answer, tell staff, and have the asker told."""
        assert isinstance(task, Publish)  # noqa: S101  the router's table says so
        approved = self.state.approvals.get(task.approval_id)
        if approved is None or approved.status in {"draft", "withdrawn"}:
            return
        reason = self._publish(job, web, approved) if approved.status == "pending" else _kept(job)
        if reason is not None:
            self._tell_staff(job, web, task.user, failed_message(approved, reason))
            return
        self._note_gap(approved)
        self._tell_staff(job, web, task.user, published_message(approved))
        follow_up = TellAsker(user=task.user, approval_id=approved.approval_id)
        self._put(follow_up, key=f"tell:{approved.approval_id}", team=approved.team)
        if self.on_answered is not None and approved.answer_id:
            self.on_answered(approved.answer_id, "approval", approved.approval_id)
        self._note_gaps_alike(approved)

    def on_show_reach(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Show staff which kept questions a draft will answer; publish it where there are none."""
        assert isinstance(task, ShowReach)  # noqa: S101  as above
        approved = self.state.approvals.get(task.approval_id)
        if approved is None or approved.status != "draft":
            return
        reach = self._reach(approved)
        if not reach:
            self.state.approvals.publish_draft(
                approved.approval_id, question=approved.question, not_wordings=()
            )
            follow_up = Publish(user=task.user, approval_id=approved.approval_id)
            self._put(follow_up, key=f"publish:{approved.approval_id}", team=approved.team)
            return
        self.state.approvals.set_shown(approved.approval_id, reach.by_key())
        self._tell_staff(job, web, task.user, reach_message(approved, reach))

    def _reach(self, approved: ApprovedAnswer) -> Reach | None:
        """What it will answer; None where it cannot be told: then it answers its own words only."""
        try:
            return self.questions.reach(approved) if self.questions else None
        except AspireError:
            logger.exception("kept questions cannot be compared with an approved one")
            return None

    def on_source_changed(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Tell staff that a document on which an approved answer rests has changed or is gone."""
        assert isinstance(task, TellSourceChanged)  # noqa: S101  as above
        approved = self.state.approvals.get(task.approval_id)
        if approved is None or approved.status != "published":
            return
        source = next((s for s in approved.sources if s.document_id == task.document_id), None)
        if source is not None:
            message = source_message(approved, source, is_gone=task.is_gone)
            self._tell_staff(job, web, task.user, message)

    def on_withdraw(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Take an approved answer out of the index, and tell staff."""
        assert isinstance(task, Withdraw)  # noqa: S101  as above
        approved = self.state.approvals.get(task.approval_id)
        if approved is None or approved.status in {"pending", "failed"}:
            return
        if approved.status == "draft":
            self.state.approvals.set_status(approved.approval_id, "withdrawn")
        elif approved.status == "published":
            reason = self._attempt(job, lambda publisher: publisher.withdraw(approved))
            if reason is not None:
                self._tell_staff(job, web, task.user, kept_message(approved, reason))
                return
            self.state.approvals.set_status(approved.approval_id, "withdrawn")
        elif job.attempts == 1:  # withdrawn before: staff were told
            return
        by = None if task.has_ended else task.user
        self._tell_staff(job, web, task.user, withdrawn_message(approved, by))

    def retire_ended(self) -> None:
        """Have the answers withdrawn whose last day is over; tried again on each day."""
        today = self.today()
        for approved in self.state.approvals.expired(today):
            task = Withdraw(user="", approval_id=approved.approval_id, has_ended=True)
            key = f"ended:{approved.approval_id}:{today.isoformat()}"
            self._put(task, key=key, team=approved.team)

    def _publish(self, job: Job, web: SlackWeb, approved: ApprovedAnswer) -> str | None:
        """Publish; give why not, where it is for good."""
        by = self._name_of(web, approved.approved_by)
        made: list[str] = []
        reason = self._attempt(
            job, lambda publisher: made.append(publisher.publish(approved, by=by))
        )
        if reason is None:
            self.state.approvals.set_status(approved.approval_id, "published", document_id=made[0])
        else:
            self.state.inbox.note_outcome(job.job_id, {_REFUSED: reason})
            self.state.approvals.set_status(approved.approval_id, "failed")
        return reason

    def _attempt(self, job: Job, act: Callable[[Publisher], None]) -> str | None:
        """Do something with the publisher; give why it failed, where that is for good.

        Raises:
            PostponedError: somebody else changes the index just now.
            AspireError: it may go well the next time.
        """
        if self.publisher is None:
            return phrases("en").approval.not_set_up
        try:
            act(self.publisher)
        except IndexUnavailableError as error:
            raise PostponedError(_BUSY_S) from error
        except AspireError as error:
            if error.retryable and job.attempts < _MOST_ATTEMPTS:
                raise
            logger.exception("approved answer: given up")
            return str(error)
        return None

    def _note_gap(self, approved: ApprovedAnswer) -> None:
        gap = self.state.gaps.of_answer(approved.answer_id or "")
        if gap is not None:
            self.state.gaps.set_status(gap.gap_id, "answered")

    def _note_gaps_alike(self, approved: ApprovedAnswer) -> None:
        """Note that the other questions that it is given to have an answer, too."""
        try:
            answered = self.questions.answered_gaps(approved) if self.questions else ()
        except AspireError:
            logger.exception("unanswered questions cannot be compared with an approved one")
            return
        for gap in answered:
            self.state.gaps.set_status(gap.gap_id, "answered")

    def _tell_staff(self, job: Job, web: SlackWeb, user: str, message: SlackMessage) -> None:
        """In the staff channel; to the person alone where there is none."""
        channel = self.staff.office.channel or (web.open_direct(user) if user else None)
        if channel is not None:
            reply_at(self.state.inbox, job, web, Place(channel=channel, thread_ts="", user="")).say(
                message
            )

    def _name_of(self, web: SlackWeb, user: str) -> str:
        """The name of a person as others see it; the office's where it is not to be had."""
        found: JsonObject = {}
        try:
            if user:
                found = web.user(user)
        except SlackCallError as error:
            if error.retryable:
                raise
            logger.info("the name of who approved is not known: %s", error)
        return shown_name(found) or self.staff.office.name

    def _put(self, task: AnyTask, *, key: str, team: str) -> None:
        arrival = Arrival(kind="task", key=key, team=team, user=task.user, body=write_task(task))
        self.state.inbox.put(arrival)


def _kept(job: Job) -> str | None:
    """Why an earlier attempt could not publish."""
    reason = (job.outcome or {}).get(_REFUSED)
    return str(reason) if reason else None
