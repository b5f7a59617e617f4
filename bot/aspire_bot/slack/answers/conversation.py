"""A message to the bot: a question to answer in its thread, or staff's reply to one."""

from dataclasses import dataclass

from aspire_bot.messages import phrases
from aspire_bot.slack.answers.answer_job import SlackQuestion
from aspire_bot.slack.answers.answer_service import AnswerService
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.curating.files import SharedFiles
from aspire_bot.slack.jobs.router import PostponedError
from aspire_bot.slack.listeners.events import PersonMessage, SlackEvent
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.staff.escalation import Escalating
from aspire_bot.state.inbox import Job

_SOON_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Takes part in threads and direct conversations."""

    answer_service: AnswerService
    escalation: Escalating
    audiences: Audiences
    files: SharedFiles | None = None
    """Takes files that staff send for the index, where that is set up."""

    def on_said(self, job: Job, web: SlackWeb, slack_event: SlackEvent) -> None:
        """Answer a message, in its thread."""
        assert isinstance(slack_event, PersonMessage)  # noqa: S101  the router's table says so
        message = slack_event
        if self.files is not None and self.files.takes(web, message):
            self.files.on_said(job, web, message)
            return
        if not message.is_mention and self.escalation.is_reply(message):
            self.escalation.on_reply(job, web, message)
            return
        if not job.placeholder_ts and (wait_s := web.post_wait_s(message.channel)) > _SOON_S:
            raise PostponedError(wait_s)  # others need not wait for this channel's rate
        place = Place(
            channel=message.channel,
            thread_ts=message.thread_ts,
            user=message.user,
            is_direct=message.is_direct,
        )
        if not message.text:
            self._help(job, web, place)
            return
        audience = self.audiences.of_channel(
            web, message.channel, message.user, is_external=message.is_external
        )
        policy = self.audiences.rules.policy(message.team, message.channel)
        slack_question = SlackQuestion(
            text=message.text,
            place=place,
            audience=audience,
            language=policy.language,
            stands_in=message.place,
            asked_at=message.said_at,
            is_overheard=not message.is_direct and not message.is_mention,
            is_draft=policy.mode == "draft",
        )
        self.answer_service.answer_in_thread(job, web, slack_question)

    def _help(self, job: Job, web: SlackWeb, place: Place) -> None:
        wording = phrases(web.locale(place.user)).slack
        reply = Reply(
            web=web, inbox=self.answer_service.state.inbox, job=job, place=place, wording=wording
        )
        reply.take_up()
        reply.say(render_notice(wording.help))
