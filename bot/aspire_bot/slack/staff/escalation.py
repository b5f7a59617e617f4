"""The way to a human: a question goes to the staff channel, staff's reply comes back."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from aspire_bot.messages import SlackPhrases, phrases
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.jobs.task import AnswerForOffice, AnyTask, Escalate, ReportFeedback
from aspire_bot.slack.listeners.events import PersonMessage
from aspire_bot.slack.platform.metrics import Metrics
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.staff.audit import record_reply
from aspire_bot.slack.staff.office_messages import (
    complaint_for_staff,
    question_for_staff,
    reply_from_office,
    reply_was_delivered,
)
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.escalations import Escalation
from aspire_bot.state.gaps import GapStatus
from aspire_bot.state.inbox import Job
from aspire_bot.state.office.waiting_askers import Source
from aspire_ingest.index.errors import AspireError

logger = logging.getLogger(__name__)


class OfficeUnreachableError(AspireError):
    """The staff channel takes no messages: the asker must not believe that somebody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalating:
    """Carries questions to staff and replies back."""

    state: State
    staff: Staff
    metrics: Metrics
    on_answered: Callable[[str, Source, str], None] | None = None
    """Told of an answer that staff have replied to, and the escalation with the reply."""

    def on_escalate(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Post a question in the staff channel, once for each asker, and tell the asker."""
        assert isinstance(task, Escalate)  # noqa: S101  the router's table says so
        posted = self.state.answers.by_id(task.answer_id)
        channel = self.staff.office.channel
        if posted is None or channel is None:
            return
        wording = phrases(posted.language).slack
        escalation, is_new = self.state.escalations.open_for(
            posted, task.user, staff_channel=channel
        )
        if escalation.staff_ts is None:
            permalink = _permalink(web, posted)
            message = question_for_staff(
                posted, task.user, permalink, wording, escalation=escalation
            )
            staff_ts = self._say_to_staff(job, web, message, wording)
            self.state.escalations.set_message(escalation.escalation_id, channel, staff_ts)
            self._note_gap(posted.answer_id, "escalated")
        if is_new:
            self.metrics.escalated()
        self._tell(web, task, posted, wording)

    def on_report(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Tell staff of an answer that did not help, and thank who said so."""
        assert isinstance(task, ReportFeedback)  # noqa: S101  as above
        posted = self.state.answers.by_id(task.answer_id)
        if posted is None:
            return
        wording = phrases(posted.language).slack
        if self.staff.office.channel:
            message = complaint_for_staff(
                posted,
                reason=task.reason,
                comment=task.comment,
                permalink=_permalink(web, posted),
                wording=wording,
            )
            self._say_to_staff(job, web, message, wording)
        if posted.message_ts:
            thanks = render_notice(wording.feedback.thanks)
            web.post_ephemeral(posted.channel, task.user, thanks, thread_ts=posted.thread_ts)

    def is_reply(self, said: PersonMessage) -> bool:
        """Whether a message stands in the thread of a question that staff was brought."""
        if said.channel != self.staff.office.channel or said.begins_thread:
            return False
        thread = (said.team, said.channel, said.thread_ts)
        return self.state.escalations.by_staff_thread(*thread) is not None

    def on_reply(self, job: Job, web: SlackWeb, said: PersonMessage) -> None:
        """Bring staff's reply to the asker's thread. What others say there stays there."""
        escalation = self.state.escalations.by_staff_thread(said.team, said.channel, said.thread_ts)
        posted = self.state.answers.by_id(escalation.answer_id) if escalation else None
        if escalation is None or posted is None or not said.text:
            return
        wording = phrases(posted.language).slack
        if not self.staff.includes(web, said.user):
            logger.warning("a reply by somebody who is not staff was not passed on")
            web.post_ephemeral(
                said.channel,
                said.user,
                render_notice(wording.staff_only),
                thread_ts=said.thread_ts,
            )
            return
        task = AnswerForOffice(
            user=said.user,
            escalation_id=escalation.escalation_id,
            text=said.text,
            source_key=said.ts,
        )
        self._reply_to(job, web, escalation, posted, task)
        self._confirm(web, said, posted, wording)

    def on_answer(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Bring a reply that staff wrote in the console; who may was checked there."""
        assert isinstance(task, AnswerForOffice)  # noqa: S101  as above
        escalation = self.state.escalations.get(task.escalation_id)
        posted = self.state.answers.by_id(escalation.answer_id) if escalation else None
        if escalation is not None and posted is not None:
            self._reply_to(job, web, escalation, posted, task)

    def _reply_to(
        self,
        job: Job,
        web: SlackWeb,
        escalation: Escalation,
        posted: PostedAnswer,
        reply: AnswerForOffice,
    ) -> None:
        """Keep a reply, bring it to the asker, and note that they have it."""
        is_new = self.state.escalations.add_reply(
            escalation.escalation_id, reply.user, reply.text, source_key=reply.source_key
        )
        if is_new and job.arrival.kind == "event":  # the console has written its own down
            record_reply(self.state, escalation.team, reply.user, escalation.escalation_id)
        message = reply_from_office(
            reply.text,
            staff=reply.user,
            asker=escalation.asker,
            office=self.staff.office.name,
            wording=phrases(posted.language).slack,
        )
        self._bring(job, web, posted, escalation.asker, message)
        for kept in self.state.escalations.replies(escalation.escalation_id):
            if kept.source_key == reply.source_key:
                self.state.escalations.mark_delivered(kept.reply_id)
        self._note_gap(posted.answer_id, "answered")
        self._tell_others(posted, escalation)

    def _tell_others(self, posted: PostedAnswer, escalation: Escalation) -> None:
        """Have those told who wait; who had the reply in person waits no more."""
        if not posted.message_ts:
            for wanted in self.state.wanted.waiting_for_answer(posted.answer_id):
                if wanted.asker == escalation.asker:
                    self.state.wanted.set_told(wanted.wanted_id)
        if self.on_answered is not None:
            self.on_answered(posted.answer_id, "reply", escalation.escalation_id)

    def _note_gap(self, answer_id: str, status: GapStatus) -> None:
        gap = self.state.gaps.of_answer(answer_id)
        if gap is not None:
            self.state.gaps.set_status(gap.gap_id, status)

    def _bring(
        self, job: Job, web: SlackWeb, posted: PostedAnswer, asker: str, message: SlackMessage
    ) -> None:
        """To the thread of the answer; in person, where only the asker had seen the answer."""
        channel = posted.channel if posted.message_ts else web.open_direct(asker)
        thread_ts = posted.thread_ts or posted.message_ts or "" if posted.message_ts else ""
        place = Place(channel=channel, thread_ts=thread_ts, user=asker)
        self._reply(job, web, place, phrases(posted.language).slack).say(message)

    def _confirm(
        self, web: SlackWeb, said: PersonMessage, posted: PostedAnswer, wording: SlackPhrases
    ) -> None:
        try:
            web.post_ephemeral(
                said.channel,
                said.user,
                reply_was_delivered(posted.answer_id, wording),
                thread_ts=said.thread_ts,
            )
        except SlackCallError as error:
            logger.info("staff not told: %s", error)

    def _tell(
        self, web: SlackWeb, task: Escalate, posted: PostedAnswer, wording: SlackPhrases
    ) -> None:
        notice = render_notice(wording.office.passed_on.format(self.staff.office.name))
        if task.response_url:
            web.respond(task.response_url, notice)
        else:
            web.post_ephemeral(posted.channel, task.user, notice, thread_ts=posted.thread_ts)

    def _say_to_staff(
        self, job: Job, web: SlackWeb, message: SlackMessage, wording: SlackPhrases
    ) -> str:
        """Post in the staff channel, once; give the `ts`.

        Raises:
            OfficeUnreachableError: nothing can be posted there.
            SlackCallError: not now; to be tried again.
        """
        place = Place(channel=self.staff.office.channel or "", thread_ts="", user="")
        try:
            reply = self._reply(job, web, place, wording)
            reply.say(message)
        except SlackCallError as error:
            if error.retryable:
                raise
            raise OfficeUnreachableError(f"ASPIRE_STAFF_CHANNEL: {error}") from error
        return reply.ts

    def _reply(self, job: Job, web: SlackWeb, place: Place, wording: SlackPhrases) -> Reply:
        reply = Reply(web=web, inbox=self.state.inbox, job=job, place=place, wording=wording)
        reply.take_up()
        return reply


def _permalink(web: SlackWeb, posted: PostedAnswer) -> str:
    if not posted.message_ts:
        return ""
    try:
        return web.permalink(posted.channel, posted.message_ts)
    except SlackCallError as error:
        logger.info("no permalink: %s", error)
        return ""
