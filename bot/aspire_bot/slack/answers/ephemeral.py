"""Answers that one person asked for by a command, a shortcut or a button, and what follows."""

from dataclasses import dataclass, replace

from aspire_bot.answering.types import Place as StandsIn
from aspire_bot.messages import phrases
from aspire_bot.slack.answers.answer_job import SlackQuestion, prepared_for
from aspire_bot.slack.answers.answer_service import AnswerService
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.answers.delivery import Place
from aspire_bot.slack.jobs.task import AnyTask, Ask, AskAgain, AskEphemeral, OfferAgain, Share
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.render.buttons import ASK_AGAIN, button_row
from aspire_bot.state.inbox import Job
from aspire_ingest.index.text.language import language_of
from aspire_ingest.index.types import Audience

_MAX_VALUE = 1800
"""Slack takes 2000 characters as the value of a button."""
_BETWEEN = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class EphemeralAnswers:
    """Works off what people asked for outside a message of theirs."""

    answer_service: AnswerService
    audiences: Audiences

    def on_ask_ephemeral(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Answer to the asker alone."""
        assert isinstance(task, AskEphemeral)  # noqa: S101  the router's table says so
        channel = job.arrival.channel
        audience = self.audiences.of_person(web, channel, task.user)
        prepared = prepared_for(job, audience)
        if prepared is None:
            place = _place(channel, task.user, task.thread_ts)
            slack_question = self._slack_question(job, web, task.question, place, audience)
            if task.thread_ts == task.message_ts and not place.is_direct:
                slack_question = replace(slack_question, stands_in="channel")
            may_share = not channel.startswith("D")
            prepared = self.answer_service.work_out(
                web, slack_question, key=job.arrival.key, may_share=may_share
            )
            self.answer_service.state.inbox.note_outcome(job.job_id, prepared.to_json())
        message = prepared.message
        if prepared.is_silence:  # asked on purpose: there is always a reply
            message = render_notice(phrases(language_of(task.question)).slack.slash_help)
        web.respond(task.response_url, message)

    def on_share(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Answer anew in the channel, for all who read it."""
        assert isinstance(task, Share)  # noqa: S101  as above
        place = _place(job.arrival.channel, task.user, task.thread_ts)
        self._answer(job, web, task.question, place, is_shared=True)

    def on_ask_again(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Answer a changed question in its thread."""
        assert isinstance(task, AskAgain)  # noqa: S101  as above
        place = _place(job.arrival.channel, task.user, task.thread_ts)
        self._answer(job, web, task.question, place)

    def on_ask(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Answer a suggested question in the direct conversation."""
        assert isinstance(task, Ask)  # noqa: S101  as above
        place = _place(web.open_direct(task.user), task.user)
        self._answer(job, web, task.question, place, is_shared=True)

    def on_offer_again(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Ask the author of a changed question whether to answer the new one."""
        assert isinstance(task, OfferAgain)  # noqa: S101  as above
        wording = phrases(language_of(task.question)).slack
        value = _BETWEEN.join((task.thread_ts, task.message_ts, task.question[:_MAX_VALUE]))
        button = button_row(ASK_AGAIN, wording.ask_again, value)
        notice = render_notice(wording.edited, more=[button])
        web.post_ephemeral(job.arrival.channel, task.user, notice, thread_ts=task.thread_ts)

    def _answer(
        self, job: Job, web: SlackWeb, question: str, place: Place, *, is_shared: bool = False
    ) -> None:
        """Answer where everyone in the channel reads it."""
        audience = self.audiences.of_channel(web, place.channel, place.user)
        slack_question = self._slack_question(
            job, web, question, place, audience, is_shared=is_shared
        )
        self.answer_service.answer_in_thread(job, web, slack_question)

    def _slack_question(
        self,
        job: Job,
        web: SlackWeb,
        question: str,
        place: Place,
        audience: Audience,
        *,
        is_shared: bool = False,
    ) -> SlackQuestion:
        policy = self.audiences.rules.policy(web.team, place.channel)
        return SlackQuestion(
            text=question,
            place=place,
            audience=audience,
            language=policy.language,
            is_shared=is_shared,
            stands_in=_stands_in(place),
            asked_at=job.received_at,
            is_draft=policy.mode == "draft",
        )


def _stands_in(place: Place) -> StandsIn:
    if place.is_direct:
        return "dm"
    return "thread" if place.thread_ts else "channel"


def _place(channel: str, user: str, thread_ts: str = "") -> Place:
    is_direct = channel.startswith("D")
    return Place(channel=channel, thread_ts=thread_ts, user=user, is_direct=is_direct)


def read_again(user: str, value: str) -> AskAgain:
    """Read what `user` asks for by the value of the button of `on_offer_again`."""
    thread_ts, message_ts, question = value.split(_BETWEEN, 2)
    return AskAgain(user=user, question=question, thread_ts=thread_ts, message_ts=message_ts)
