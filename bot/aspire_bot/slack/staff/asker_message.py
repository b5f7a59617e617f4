"""Bringing an approved answer to who asked its question, where they asked it."""

import logging
from dataclasses import dataclass

from aspire_bot.messages import phrases
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.jobs.task import AnyTask, TellAsker
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.staff.approval_messages import answered_message
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.inbox import Inbox, Job
from aspire_ingest.index.text.language import language_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingAskers:
    """Tells askers what staff approved."""

    state: State
    staff: Staff
    audiences: Audiences

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
        reply_at(self.state.inbox, job, web, place).say(message)
        escalation = self.state.escalations.of_answer(posted.answer_id)
        if escalation is not None:
            self.state.escalations.mark_answered(escalation.escalation_id)

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


def reply_at(inbox: Inbox, job: Job, web: SlackWeb, place: Place) -> Reply:
    """Begin what a task says somewhere, or go on with what an earlier attempt began."""
    wording = phrases(language_of("")).slack
    reply = Reply(web=web, inbox=inbox, job=job, place=place, wording=wording)
    reply.take_up()
    return reply
