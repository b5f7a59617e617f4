"""A message to the bot: a question to answer in its thread, or staff's reply to one."""

from dataclasses import dataclass

from aspire_bot.messages import phrases
from aspire_bot.slack.answers.answer_job import Asked
from aspire_bot.slack.answers.answer_service import Asking
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.curating.files import SharedFiles
from aspire_bot.slack.jobs.router import PostponedError
from aspire_bot.slack.listeners.events import Happening, PersonMessage
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.staff.escalation import Escalating
from aspire_bot.state.inbox import Job

_SOON_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Takes part in threads and direct conversations."""

    asking: Asking
    escalation: Escalating
    audiences: Audiences
    files: SharedFiles | None = None
    """Takes files that staff send for the index, where that is set up."""

    def on_said(self, job: Job, web: SlackWeb, happening: Happening) -> None:
        """Answer a message, in its thread."""
        assert isinstance(happening, PersonMessage)  # noqa: S101  the router's table says so
        said = happening
        if self.files is not None and self.files.takes(web, said):
            self.files.on_said(job, web, said)
            return
        if not said.is_mention and self.escalation.is_reply(said):
            self.escalation.on_reply(job, web, said)
            return
        if not job.placeholder_ts and (wait_s := web.post_wait_s(said.channel)) > _SOON_S:
            raise PostponedError(wait_s)  # others need not wait for this channel's rate
        place = Place(
            channel=said.channel,
            thread_ts=said.thread_ts,
            user=said.user,
            is_direct=said.is_direct,
        )
        if not said.text:
            self._help(job, web, place)
            return
        audience = self.audiences.of_channel(
            web, said.channel, said.user, is_external=said.is_external
        )
        policy = self.audiences.rules.policy(said.team, said.channel)
        asked = Asked(
            text=said.text,
            place=place,
            audience=audience,
            language=policy.language,
            stands_in=said.place,
            asked_at=said.said_at,
            is_overheard=not said.is_direct and not said.is_mention,
            is_draft=policy.mode == "draft",
        )
        self.asking.answer_in_thread(job, web, asked)

    def _help(self, job: Job, web: SlackWeb, place: Place) -> None:
        wording = phrases(web.locale(place.user)).slack
        reply = Reply(web=web, inbox=self.asking.state.inbox, job=job, place=place, wording=wording)
        reply.take_up()
        reply.say(render_notice(wording.help))
