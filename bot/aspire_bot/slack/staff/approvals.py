"""Approved answers on their way: into the index, to staff, to the asker, and out again.

Each of these is a task of its own, so that each is done once: where a process dies in between, the
store says how far it came.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from aspire_bot.messages import phrases
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.jobs.router import PostponedError
from aspire_bot.slack.jobs.task import AnyTask, Publish, TellAsker, Withdraw, write_task
from aspire_bot.slack.platform.names import shown_name
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.render.message import JsonObject, SlackMessage
from aspire_bot.slack.staff.approval_messages import (
    answered_message,
    failed_message,
    kept_message,
    published_message,
    withdrawn_message,
)
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.inbox import Arrival, Job
from aspire_bot.state.wanted import Source
from aspire_ingest.index.errors import AspireError, IndexUnavailableError
from aspire_ingest.index.text.language import language_of

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
    audiences: Audiences
    publisher: Publisher | None
    today: Callable[[], date]
    on_answered: Callable[[str, Source, str], None] | None = None
    """Told of an answer that an approved one sets right, and the approval."""

    def on_publish(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Publish an approved answer, tell staff, and have the asker told."""
        assert isinstance(task, Publish)  # noqa: S101  the router's table says so
        approved = self.state.approvals.get(task.approval_id)
        if approved is None or approved.status == "withdrawn":
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

    def on_tell_asker(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Post an approved answer where its question was asked, if it may be read there."""
        assert isinstance(task, TellAsker)  # noqa: S101  as above
        approved = self.state.approvals.get(task.approval_id)
        posted = self.state.answers.by_id(approved.answer_id or "") if approved else None
        if approved is None or posted is None or posted.deleted_at is not None:
            return
        place = self._place_of(web, posted)
        if place is None or self._is_said(approved, posted):
            return
        if approved.audience == "staff" and not self._is_for_staff(web, place):
            logger.info("an approved answer for staff was not brought to a public place")
            return
        message = answered_message(
            approved, asker=place.user, office=self.staff.office.name, language=posted.language
        )
        self._reply(job, web, place).say(message)
        escalation = self.state.escalations.of_answer(posted.answer_id)
        if escalation is not None:
            self.state.escalations.mark_answered(escalation.escalation_id)

    def on_withdraw(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Take an approved answer out of the index, and tell staff."""
        assert isinstance(task, Withdraw)  # noqa: S101  as above
        approved = self.state.approvals.get(task.approval_id)
        if approved is None or approved.status in {"pending", "failed"}:
            return
        if approved.status == "published":
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

    def _tell_staff(self, job: Job, web: SlackWeb, user: str, message: SlackMessage) -> None:
        """In the staff channel; to the person alone where there is none."""
        channel = self.staff.office.channel or (web.open_direct(user) if user else None)
        if channel is not None:
            self._reply(job, web, Place(channel=channel, thread_ts="", user="")).say(message)

    def _place_of(self, web: SlackWeb, posted: PostedAnswer) -> Place | None:
        """The thread of the answer; who saw it alone and asked the office is told in person."""
        if posted.message_ts:
            thread_ts = posted.thread_ts or posted.message_ts
            return Place(channel=posted.channel, thread_ts=thread_ts, user=posted.asker)
        escalation = self.state.escalations.of_answer(posted.answer_id)
        if escalation is None:
            return None
        channel = web.open_direct(escalation.asker)
        return Place(channel=channel, thread_ts="", user=escalation.asker, is_direct=True)

    def _is_said(self, approved: ApprovedAnswer, posted: PostedAnswer) -> bool:
        """Whether staff's reply has brought the asker the same words already."""
        escalation = self.state.escalations.of_answer(posted.answer_id)
        replies = self.state.escalations.replies(escalation.escalation_id) if escalation else ()
        said = [" ".join(r.text.split()) for r in replies if r.delivered_at is not None]
        return " ".join(approved.text.split()) in said

    def _is_for_staff(self, web: SlackWeb, place: Place) -> bool:
        return self.audiences.of_channel(web, place.channel, place.user) == "staff"

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

    def _reply(self, job: Job, web: SlackWeb, place: Place) -> Reply:
        wording = phrases(language_of("")).slack
        reply = Reply(web=web, inbox=self.state.inbox, job=job, place=place, wording=wording)
        reply.take_up()
        return reply


def _kept(job: Job) -> str | None:
    """Why an earlier attempt could not publish."""
    reason = (job.outcome or {}).get(_REFUSED)
    return str(reason) if reason else None
