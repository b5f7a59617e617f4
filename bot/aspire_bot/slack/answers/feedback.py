"""What people say of an answer, and taking one back."""

import logging
from dataclasses import dataclass

from aspire_bot.messages import phrases
from aspire_bot.slack.jobs.task import ReportFeedback
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.listeners.payloads import Click, Submission
from aspire_bot.slack.platform.metrics import Metrics
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.render.modals import COMMENT, REASON, feedback_view
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.threads import ThreadKey

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Takes votes, reasons, and deletions."""

    state: State
    intake: Intake
    staff: Staff
    metrics: Metrics

    def on_vote(self, web: SlackWeb, click: Click) -> None:
        """Count a vote; ask for the reason of a negative one."""
        value, _, answer_id = click.value.partition(":")
        posted = self.state.answers.by_id(answer_id)
        if posted is None or value not in {"up", "down"}:
            return
        self.state.feedback.vote(answer_id, click.user, "up" if value == "up" else "down")
        self.metrics.voted(value)
        if value == "down":
            web.open_view(
                click.trigger_id, feedback_view(answer_id, phrases(posted.language).slack)
            )

    def on_reason(self, web: SlackWeb, sent: Submission) -> None:
        """Keep why an answer did not help; the worker pool tells staff and thanks the person."""
        del web
        posted = self.state.answers.by_id(sent.metadata)
        if posted is None:
            return
        wording = phrases(posted.language).slack
        reason, comment = sent.field(REASON), sent.field(COMMENT)
        self.state.feedback.vote(
            posted.answer_id, sent.user, "down", reason=reason, comment=comment
        )
        self.intake.put(
            ReportFeedback(
                user=sent.user,
                answer_id=posted.answer_id,
                reason=wording.feedback.reasons.get(reason, ""),
                comment=comment,
            ),
            key=f"report:{posted.answer_id}:{sent.user}:{sent.view_id}",
            team=sent.team,
            channel="",
        )

    def on_delete(self, web: SlackWeb, click: Click) -> None:
        """Take an answer back, for its asker or staff."""
        posted = self.state.answers.by_id(click.value)
        if posted is None:
            return
        if click.user != posted.asker and not self.staff.includes(web, click.user):
            logger.warning("a deletion by somebody who neither asked nor is staff was refused")
            notice = render_notice(phrases(posted.language).slack.staff_only)
            web.respond(click.response_url, notice)
            return
        web.delete(click.channel, click.message_ts)
        self.state.answers.mark_deleted(posted.answer_id)
        thread_ts = posted.thread_ts or click.message_ts
        thread = ThreadKey(team=posted.team, channel=posted.channel, thread_ts=thread_ts)
        self.state.threads.forget_answer(thread, posted.answer_id)
