"""question → answer → message: how a question in Slack is answered, wherever it was asked.

Each step leaves its trace in the store before the next, and each can be done again: the answer
that was worked out is kept and delivered, not worked out anew, and what it leaves behind (its
record, the thread's memory, a gap) is written under the job's key, once.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from aspire_bot.answering.ports import OnPiece, Piece
from aspire_bot.answering.types import Answer, Citation, Question, StepName, Turn
from aspire_bot.messages import SlackPhrases, phrases
from aspire_bot.page_links import PageLinks
from aspire_bot.slack.answers.answer_job import PreparedAnswer, SlackQuestion, prepared_for
from aspire_bot.slack.answers.answer_trace import trace_of
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.platform.metrics import Metrics
from aspire_bot.slack.platform.time_zones import TimeZones
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.render.blocks import render_answer, render_piece, with_question
from aspire_bot.slack.render.buttons import Controls
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.gaps import Gap, GapOrigin
from aspire_bot.state.inbox import Job
from aspire_bot.state.sources import CitedSource
from aspire_bot.state.threads import ThreadKey
from aspire_ingest.index.types import DocumentInfo

logger = logging.getLogger(__name__)

_MAX_QUESTION = 3000
"""Characters of a question that are read; more is a text, not a question."""


class Review(Protocol):
    """Staff between an answer and its asker."""

    def holds(self, prepared: PreparedAnswer) -> bool:
        """Whether staff must see it first."""
        ...

    def hold(self, slack_question: SlackQuestion, prepared: PreparedAnswer, reply: Reply) -> None:
        """Keep it for staff, and tell the asker; may be done again."""
        ...


class Answerer(Protocol):
    """The answering core, as Slack needs it. Called from several threads at once."""

    def answer(
        self,
        question: Question,
        on_step: Callable[[StepName], None] | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        """Answer, abstain or ask back; raises `AspireError` where it can do none of these.

        `on_step` is told of each step as it begins, `on_piece` of each piece of text that stays.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerService:
    """Answers questions over what it needs for it."""

    answerer: Answerer
    state: State
    staff: Staff
    metrics: Metrics
    contact: str | None = None
    review: Review | None = None
    """Who holds drafts."""
    page_links: PageLinks | None = None
    zones: TimeZones = field(default_factory=TimeZones)

    def answer_in_thread(self, job: Job, web: SlackWeb, slack_question: SlackQuestion) -> None:
        """Bring a question to its end: one message in its place, and what is known of it after."""
        wording = phrases(slack_question.spoken).slack
        reply = Reply(
            web=web, inbox=self.state.inbox, job=job, place=slack_question.place, wording=wording
        )
        reply.take_up()
        if self._is_withdrawn(job, reply, slack_question):
            return
        prepared = prepared_for(job, slack_question.audience)
        if prepared is None:
            if not slack_question.is_overheard:
                if not reply.ts:  # an answer put into a message that is there clears no status
                    self._show_status(web, slack_question.place, wording)
                reply.open()
            prepared = self.work_out(web, slack_question, key=job.arrival.key, reply=reply)
            self.state.inbox.note_outcome(job.job_id, prepared.to_json())
        if self._is_withdrawn(job, reply, slack_question):
            return
        if prepared.is_silence:
            reply.discard()
            self.state.inbox.finish(job.job_id, "done")
            return
        if prepared.language:  # the steps above the answer, too
            reply.wording = phrases(prepared.language).slack
        if slack_question.is_draft and self.review is not None and self.review.holds(prepared):
            self.review.hold(slack_question, prepared, reply)
            self._count(job, prepared)
            self.state.inbox.finish(job.job_id, "done")
            return
        reply.open()
        reply.deliver(prepared.message, text=prepared.answer)
        self._count(job, prepared)
        self._remember(job, slack_question, reply.ts, prepared)
        if not self._is_withdrawn(
            job, reply, slack_question
        ):  # it went away while it was delivered
            self.state.inbox.finish(job.job_id, "done")
            self._is_withdrawn(job, reply, slack_question)  # or just before that

    def work_out(
        self,
        web: SlackWeb,
        slack_question: SlackQuestion,
        *,
        key: str,
        reply: Reply | None = None,
        may_share: bool = False,
        origin: GapOrigin = "question",
    ) -> PreparedAnswer:
        """Answer a question and record it; what is to be shown is given back.

        A `reply` shows meanwhile how far it is. `origin` is kept with a question that the documents
        do not answer.
        """
        place = slack_question.place
        thread = ThreadKey(team=web.team, channel=place.channel, thread_ts=place.thread_ts)
        history = self.state.threads.turns(thread, audience=slack_question.audience)
        question = Question(
            text=slack_question.text[:_MAX_QUESTION],
            history=history,
            audience=slack_question.audience,
            language=None if slack_question.language == "auto" else slack_question.language,
            act=slack_question.act,
            place=slack_question.stands_in,
            is_overheard=slack_question.is_overheard and slack_question.stands_in == "channel",
            asked_at=slack_question.asked_at or datetime.now(UTC),
            timezone=self.zones.of(web, place.user),
        )
        answer = self._answer(question, slack_question, reply)
        if answer.outcome == "conversation" and _is_between_people(slack_question, answer):
            return _silence(slack_question, answer)  # people's own talk is not kept
        if answer.act == "complaint":
            self._take_complaint(web, slack_question)
        posted = self._record(web, slack_question, answer, key, origin)
        _log(answer)
        controls = self._controls(web, posted, place, may_share=may_share)
        message = render_answer(answer, contact=self.contact, controls=controls)
        if slack_question.is_shared:
            message = with_question(message, place.user, slack_question.text, answer.language)
        return PreparedAnswer(
            message=message,
            audience=slack_question.audience,
            answer_id=posted.answer_id,
            outcome=answer.outcome,
            language=answer.language,
            question=slack_question.text[:_MAX_QUESTION],
            answer=answer.text,
            timings_ms=answer.timings_ms,
        )

    def _answer(
        self, question: Question, slack_question: SlackQuestion, reply: Reply | None
    ) -> Answer:
        """Answer; where it goes into a thread, piece by piece as it is verified."""
        cited: list[Citation] = []

        def tell(piece: Piece) -> None:
            cited.extend(piece.citations)
            if reply is not None:
                reply.tell(piece.text, render_piece(piece.text, cited))

        is_told = reply is not None and not slack_question.is_shared and not slack_question.is_draft
        answer = self.answerer.answer(
            question, reply.step if reply else None, tell if is_told else None
        )
        if self.page_links is None:
            return answer
        return self.page_links.with_links(answer, question.audience)

    def _take_complaint(self, web: SlackWeb, slack_question: SlackQuestion) -> None:
        """Keep what somebody says against the answer before it as their vote against it."""
        place = slack_question.place
        before = self.state.answers.last_in(web.team, place.channel, place.thread_ts)
        if before is not None:
            comment = slack_question.text[:_MAX_QUESTION]
            self.state.feedback.vote(before.answer_id, place.user, "down", comment=comment)
            self.metrics.voted("down")

    def _record(
        self,
        web: SlackWeb,
        slack_question: SlackQuestion,
        answer: Answer,
        key: str,
        origin: GapOrigin,
    ) -> PostedAnswer:
        documents = {c.document.document_id: c.document for c in answer.citations} or {
            d.document_id: d for d in answer.nearest
        }
        posted = PostedAnswer(
            answer_id=answer_id_of(key),
            team=web.team,
            channel=slack_question.place.channel,
            thread_ts=slack_question.place.thread_ts,
            asker=slack_question.place.user,
            question=slack_question.text[:_MAX_QUESTION],
            language=answer.language,
            outcome=answer.outcome,
            audience=slack_question.audience,
            text=answer.text,
            sources=tuple(map(source_of, documents.values())),
            model=answer.model,
            index_version=answer.index_version,
            asked_at=datetime.now(UTC),
            certainty=answer.certainty,
        )
        self.state.answers.add(posted)
        self.state.traces.add(posted.answer_id, trace_of(answer))
        if answer.outcome == "abstained":
            self.state.gaps.add(
                Gap(
                    gap_id=posted.answer_id,
                    asked_at=posted.asked_at,
                    question=posted.question,
                    language=posted.language,
                    team=posted.team,
                    asker=posted.asker,
                    origin=origin,
                    nearest=posted.sources,
                    answer_id=posted.answer_id,
                )
            )
        return posted

    def _controls(
        self, web: SlackWeb, posted: PostedAnswer, place: Place, *, may_share: bool
    ) -> Controls:
        office = self.staff.office
        return Controls(
            answer_id=posted.answer_id,
            office=office.name if office.channel else None,
            may_wait=bool(office.channel) and posted.outcome == "abstained",
            may_share=may_share,
            may_delete=() if may_share else (place.user, *sorted(self.staff.everyone(web))),
        )

    def _remember(
        self, job: Job, slack_question: SlackQuestion, ts: str, prepared: PreparedAnswer
    ) -> None:
        if not prepared.answer_id:
            return
        self.state.answers.set_message(prepared.answer_id, slack_question.place.channel, ts)
        self.state.threads.remember(
            _thread_of(job, slack_question, ts),
            Turn(role="user", text=prepared.question),
            Turn(role="assistant", text=prepared.answer),
            audience=slack_question.audience,
            user=slack_question.place.user,
            source_key=prepared.answer_id,
        )

    def _is_withdrawn(self, job: Job, reply: Reply, slack_question: SlackQuestion) -> bool:
        """Whether the question went away meanwhile; if so, bring what was begun to an end."""
        reason = self.state.inbox.withdrawn(job.job_id)
        if reason is None:
            return False
        reply.discard()
        thread = _thread_of(job, slack_question, reply.ts)
        answer_id = answer_id_of(job.arrival.key)
        self.state.answers.mark_deleted(answer_id)
        self.state.threads.forget_answer(thread, answer_id)
        self.state.inbox.finish(job.job_id, "dropped")
        logger.info("withdrawn=%s", reason)
        return True

    def _count(self, job: Job, prepared: PreparedAnswer) -> None:
        waited = datetime.now(UTC) - job.received_at
        self.metrics.answer_delivered(
            outcome=prepared.outcome,
            language=prepared.language,
            timings_ms=prepared.timings_ms,
            delivery_s=waited.total_seconds(),
        )

    def _show_status(self, web: SlackWeb, place: Place, wording: SlackPhrases) -> None:
        """Show that the bot is at work. Slack clears it at the reply; without it, all goes on."""
        if not place.thread_ts:
            return
        try:
            web.set_status(place.channel, place.thread_ts, wording.status)
        except SlackCallError as error:
            logger.info("no status shown: %s", error)


def _is_between_people(slack_question: SlackQuestion, answer: Answer) -> bool:
    """Whether people speak to each other; overheard, that is all but what speaks of an answer."""
    is_of_answer = answer.act in ("complaint", "thanks", "feedback-positive")
    return not answer.text.strip() or (slack_question.is_overheard and not is_of_answer)


def _silence(slack_question: SlackQuestion, answer: Answer) -> PreparedAnswer:
    return PreparedAnswer(
        message=SlackMessage(text="", blocks=()),
        audience=slack_question.audience,
        outcome=answer.outcome,
        language=answer.language,
        timings_ms=answer.timings_ms,
    )


def _log(answer: Answer) -> None:
    logger.info(
        "outcome=%s model=%s index=%s steps_ms=%s",
        answer.outcome,
        answer.model,
        answer.index_version,
        dict(answer.timings_ms),
    )


def answer_id_of(key: str) -> str:
    """Give the id of the answer to an arrival: always the same, so that it is recorded once."""
    return hashlib.blake2b(key.encode(), digest_size=9).hexdigest()


def source_of(document: DocumentInfo) -> CitedSource:
    """Give what is kept of a document that an answer names."""
    return CitedSource(
        document_id=document.document_id,
        title=document.title,
        url=document.url,
        published=document.published,
    )


def _thread_of(job: Job, slack_question: SlackQuestion, ts: str) -> ThreadKey:
    """A shared answer begins a thread of its own."""
    place = slack_question.place
    return ThreadKey(team=job.arrival.team, channel=place.channel, thread_ts=place.thread_ts or ts)
