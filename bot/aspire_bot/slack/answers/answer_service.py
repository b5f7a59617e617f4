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

    def holds(self, said: PreparedAnswer) -> bool:
        """Whether staff must see it first."""
        ...

    def hold(self, asked: SlackQuestion, said: PreparedAnswer, reply: Reply) -> None:
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

    def answer_in_thread(self, job: Job, web: SlackWeb, asked: SlackQuestion) -> None:
        """Bring a question to its end: one message in its place, and what is known of it after."""
        wording = phrases(asked.spoken).slack
        reply = Reply(web=web, inbox=self.state.inbox, job=job, place=asked.place, wording=wording)
        reply.take_up()
        if self._is_withdrawn(job, reply, asked):
            return
        said = prepared_for(job, asked.audience)
        if said is None:
            if not asked.is_overheard:
                if not reply.ts:  # an answer put into a message that is there clears no status
                    self._show_status(web, asked.place, wording)
                reply.open()
            said = self.work_out(web, asked, key=job.arrival.key, reply=reply)
            self.state.inbox.note_outcome(job.job_id, said.to_json())
        if self._is_withdrawn(job, reply, asked):
            return
        if said.is_silence:
            reply.discard()
            self.state.inbox.finish(job.job_id, "done")
            return
        if said.language:  # the steps above the answer, too
            reply.wording = phrases(said.language).slack
        if asked.is_draft and self.review is not None and self.review.holds(said):
            self.review.hold(asked, said, reply)
            self._count(job, said)
            self.state.inbox.finish(job.job_id, "done")
            return
        reply.open()
        reply.deliver(said.message, text=said.answer)
        self._count(job, said)
        self._remember(job, asked, reply.ts, said)
        if not self._is_withdrawn(job, reply, asked):  # it went away while it was delivered
            self.state.inbox.finish(job.job_id, "done")
            self._is_withdrawn(job, reply, asked)  # or just before that

    def work_out(
        self,
        web: SlackWeb,
        asked: SlackQuestion,
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
        place = asked.place
        thread = ThreadKey(team=web.team, channel=place.channel, thread_ts=place.thread_ts)
        history = self.state.threads.turns(thread, audience=asked.audience)
        question = Question(
            text=asked.text[:_MAX_QUESTION],
            history=history,
            audience=asked.audience,
            language=None if asked.language == "auto" else asked.language,
            act=asked.act,
            place=asked.stands_in,
            is_overheard=asked.is_overheard and asked.stands_in == "channel",
            asked_at=asked.asked_at or datetime.now(UTC),
            timezone=self.zones.of(web, place.user),
        )
        answer = self._answer(question, asked, reply)
        if answer.outcome == "conversation" and _is_not_for_us(asked, answer):
            return _silence(asked, answer)  # people's own talk is not kept
        if answer.act == "complaint":
            self._take_complaint(web, asked)
        posted = self._record(web, asked, answer, key, origin)
        _log(answer)
        controls = self._controls(web, posted, place, may_share=may_share)
        message = render_answer(answer, contact=self.contact, controls=controls)
        if asked.is_shared:
            message = with_question(message, place.user, asked.text, answer.language)
        return PreparedAnswer(
            message=message,
            audience=asked.audience,
            answer_id=posted.answer_id,
            outcome=answer.outcome,
            language=answer.language,
            question=asked.text[:_MAX_QUESTION],
            answer=answer.text,
            timings_ms=answer.timings_ms,
        )

    def _answer(self, question: Question, asked: SlackQuestion, reply: Reply | None) -> Answer:
        """Answer; where it goes into a thread, piece by piece as it is verified."""
        cited: list[Citation] = []

        def tell(piece: Piece) -> None:
            cited.extend(piece.citations)
            if reply is not None:
                reply.tell(piece.text, render_piece(piece.text, cited))

        is_told = reply is not None and not asked.is_shared and not asked.is_draft
        answer = self.answerer.answer(
            question, reply.step if reply else None, tell if is_told else None
        )
        if self.page_links is None:
            return answer
        return self.page_links.with_links(answer, question.audience)

    def _take_complaint(self, web: SlackWeb, asked: SlackQuestion) -> None:
        """Keep what somebody says against the answer before it as their vote against it."""
        place = asked.place
        before = self.state.answers.last_in(web.team, place.channel, place.thread_ts)
        if before is not None:
            comment = asked.text[:_MAX_QUESTION]
            self.state.feedback.vote(before.answer_id, place.user, "down", comment=comment)
            self.metrics.voted("down")

    def _record(
        self, web: SlackWeb, asked: SlackQuestion, answer: Answer, key: str, origin: GapOrigin
    ) -> PostedAnswer:
        documents = {c.document.document_id: c.document for c in answer.citations} or {
            d.document_id: d for d in answer.nearest
        }
        posted = PostedAnswer(
            answer_id=answer_id_of(key),
            team=web.team,
            channel=asked.place.channel,
            thread_ts=asked.place.thread_ts,
            asker=asked.place.user,
            question=asked.text[:_MAX_QUESTION],
            language=answer.language,
            outcome=answer.outcome,
            audience=asked.audience,
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

    def _remember(self, job: Job, asked: SlackQuestion, ts: str, said: PreparedAnswer) -> None:
        if not said.answer_id:
            return
        self.state.answers.set_message(said.answer_id, asked.place.channel, ts)
        self.state.threads.remember(
            _thread_of(job, asked, ts),
            Turn(role="user", text=said.question),
            Turn(role="assistant", text=said.answer),
            audience=asked.audience,
            user=asked.place.user,
            source_key=said.answer_id,
        )

    def _is_withdrawn(self, job: Job, reply: Reply, asked: SlackQuestion) -> bool:
        """Whether the question went away meanwhile; if so, bring what was begun to an end."""
        reason = self.state.inbox.withdrawn(job.job_id)
        if reason is None:
            return False
        reply.discard()
        thread = _thread_of(job, asked, reply.ts)
        answer_id = answer_id_of(job.arrival.key)
        self.state.answers.mark_deleted(answer_id)
        self.state.threads.forget_answer(thread, answer_id)
        self.state.inbox.finish(job.job_id, "dropped")
        logger.info("withdrawn=%s", reason)
        return True

    def _count(self, job: Job, said: PreparedAnswer) -> None:
        waited = datetime.now(UTC) - job.received_at
        self.metrics.answer_delivered(
            outcome=said.outcome,
            language=said.language,
            timings_ms=said.timings_ms,
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


def _is_not_for_us(asked: SlackQuestion, answer: Answer) -> bool:
    """Whether people speak to each other; overheard, that is all but what speaks of an answer."""
    is_of_answer = answer.act in ("complaint", "thanks", "feedback-positive")
    return not answer.text.strip() or (asked.is_overheard and not is_of_answer)


def _silence(asked: SlackQuestion, answer: Answer) -> PreparedAnswer:
    return PreparedAnswer(
        message=SlackMessage(text="", blocks=()),
        audience=asked.audience,
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


def _thread_of(job: Job, asked: SlackQuestion, ts: str) -> ThreadKey:
    """A shared answer begins a thread of its own."""
    place = asked.place
    return ThreadKey(team=job.arrival.team, channel=place.channel, thread_ts=place.thread_ts or ts)
