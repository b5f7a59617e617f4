"""People who want to be told when a question is answered: by staff, or by a later index."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from aspire_bot.answering.types import Answer, Question
from aspire_bot.messages import phrases
from aspire_bot.slack.answers.delivery import Place
from aspire_bot.slack.jobs.office_task import (
    CheckWanted,
    OfferAnswer,
    SettleOffer,
    TellMe,
    TellWaiting,
)
from aspire_bot.slack.jobs.task import AnyTask
from aspire_bot.slack.office.messages import (
    Sourced,
    documents_answer,
    offer_for_staff,
    office_answer,
    settled_offer,
)
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.render.blocks import render_answer, render_notice
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.inbox import Job
from aspire_bot.state.office.offers import OfferedAnswer
from aspire_bot.state.office.waiting_askers import Source, WantedAnswer
from aspire_bot.suggestions.check import QuotingCore

logger = logging.getLogger(__name__)

_MOST_ASKED = 200
"""Questions that are asked again of each new generation, of one workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingWaiting:
    """Keeps who waits, and brings each of them the answer, once."""

    state: State
    staff: Staff
    core: QuotingCore
    posting: Posting

    def on_tell_me(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Keep that somebody waits for the answer to a question, and tell them so."""
        assert isinstance(task, TellMe)  # noqa: S101  the router's table says so
        posted = self.state.answers.by_id(task.answer_id)
        if posted is None:
            return
        self.state.wanted.add(posted, self._gap_id(posted.answer_id), task.user)
        self._catch_up(posted)
        notice = render_notice(phrases(posted.language).office_work.tell_me.kept)
        if task.response_url:
            web.respond(task.response_url, notice)
        else:
            web.post_ephemeral(posted.channel, task.user, notice, thread_ts=posted.thread_ts)

    def answered(self, answer_id: str, source: Source, source_id: str) -> None:
        """Have all told who wait for the question of an answer: staff have answered it."""
        for wanted in self.state.wanted.waiting_for(self._gap_id(answer_id)):
            self._have_told(wanted, source, source_id)

    def on_tell_waiting(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Bring an answer to one person."""
        assert isinstance(task, TellWaiting)  # noqa: S101  as above
        wanted = self.state.wanted.get(task.wanted_id)
        if wanted is None or wanted.status == "told":
            return
        message = self._message(web, wanted, task)
        if message is None:
            return
        channel = web.open_direct(wanted.asker)
        place = Place(channel=channel, thread_ts="", user=wanted.asker, is_direct=True)
        self.posting.say(job, web, place, message)
        self.state.wanted.set_told(wanted.wanted_id)

    def on_check_wanted(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Ask a new generation what people wait for; what it answers surely goes to staff."""
        assert isinstance(task, CheckWanted)  # noqa: S101  as above
        for wanted in self.state.wanted.waiting(web.team, _MOST_ASKED):
            question = Question(text=wanted.question, audience=wanted.audience, act="question")
            answer = self.core.answer_in_quotes(question)
            if answer.outcome != "answered" or answer.certainty != "sure":
                continue
            if self.state.gaps.get(wanted.gap_id) is None:
                continue  # forgotten, or kept no more
            offer = _offer_of(wanted, answer)
            self.state.offers.add(offer)
            key = f"offer:{offer.offer_id}"
            task_ = OfferAnswer(user="", offer_id=offer.offer_id)
            self.posting.put(task_, key=key, team=web.team)

    def on_offer(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Show staff an answer, once."""
        assert isinstance(task, OfferAnswer)  # noqa: S101  as above
        offer = self.state.offers.get(task.offer_id)
        channel = self.staff.office.channel
        if offer is None or offer.status != "open" or channel is None:
            return
        message = offer_for_staff(offer, *self._waiting(offer))
        ts = self.posting.say(job, web, _staff_place(channel), message)
        self.state.offers.set_message(offer.offer_id, channel, ts)

    def on_settle(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Send an offer to all who wait, or to nobody, as the first of staff decides."""
        assert isinstance(task, SettleOffer)  # noqa: S101  as above
        offer = self.state.offers.decide(task.offer_id, task.act, task.user)
        if offer is None:
            return
        question, _ = self._waiting(offer)
        if offer.status == "sent":
            for wanted in self.state.wanted.waiting_for(offer.gap_id):
                self._have_told(wanted, "offer", offer.offer_id)
            self.state.gaps.set_status(offer.gap_id, "answered")
        if offer.staff_channel and offer.staff_ts:
            web.update(offer.staff_channel, offer.staff_ts, settled_offer(offer, question))

    def _have_told(self, wanted: WantedAnswer, source: Source | Literal["offer"], at: str) -> None:
        task = TellWaiting(
            user=wanted.asker, wanted_id=wanted.wanted_id, source=source, source_id=at
        )
        key = f"told:{wanted.wanted_id}:{source}:{at}"
        self.posting.put(task, key=key, team=wanted.team)

    def _catch_up(self, posted: PostedAnswer) -> None:
        """Tell who asks to be told of what staff have answered already."""
        escalation = self.state.escalations.of_answer(posted.answer_id)
        if escalation is not None and escalation.status == "answered":
            self.answered(posted.answer_id, "reply", escalation.escalation_id)

    def _gap_id(self, answer_id: str) -> str:
        gap = self.state.gaps.of_answer(answer_id)
        return gap.gap_id if gap else answer_id

    def _waiting(self, offer: OfferedAnswer) -> tuple[str, int]:
        """The question of an offer, in the words of the first who waits, and how many wait."""
        waiting = self.state.wanted.waiting_for(offer.gap_id)
        gap = self.state.gaps.get(offer.gap_id)
        question = waiting[0].question if waiting else gap.question if gap else ""
        return question, len(waiting)

    def _message(
        self, web: SlackWeb, wanted: WantedAnswer, task: TellWaiting
    ) -> SlackMessage | None:
        """What a person gets; None where they may not read it, or it is kept no more."""
        if task.source == "offer":
            offer = self.state.offers.get(task.source_id)
            if offer is None or (offer.audience == "staff" and not self._is_staff(web, wanted)):
                return None
            return documents_answer(offer, wanted.question)
        answer = self._of_office(web, wanted, task)
        if answer is None:
            return None
        return office_answer(answer, wanted.question, self.staff.office.name, wanted.language)

    def _of_office(self, web: SlackWeb, wanted: WantedAnswer, task: TellWaiting) -> Sourced | None:
        if task.source == "approval":
            approved = self.state.approvals.get(task.source_id)
            if approved is None or approved.status == "withdrawn":
                return None
            if approved.audience == "staff" and not self._is_staff(web, wanted):
                return None
            by, sources = approved.approved_by, approved.sources
            return Sourced(text=approved.text, by=by, sources=sources)
        if task.source == "draft":
            draft = self.state.drafts.get(task.source_id)
            if draft is None or (draft.audience == "staff" and not self._is_staff(web, wanted)):
                return None
            return Sourced(text=draft.wording, by=draft.decided_by or "")
        replies = self.state.escalations.replies(task.source_id)
        return Sourced(text=replies[-1].text, by=replies[-1].user) if replies else None

    def _is_staff(self, web: SlackWeb, wanted: WantedAnswer) -> bool:
        return self.staff.includes(web, wanted.asker)


def permalink_of(web: SlackWeb, channel: str, ts: str) -> str:
    """Give the address of a message; empty where Slack does not say."""
    if not ts:
        return ""
    try:
        return web.permalink(channel, ts)
    except SlackCallError as error:
        logger.info("no permalink: %s", error)
        return ""


def _offer_of(wanted: WantedAnswer, answer: Answer) -> OfferedAnswer:
    named = f"{wanted.gap_id}\n{answer.text}".encode()
    return OfferedAnswer(
        offer_id=hashlib.blake2b(named, digest_size=9).hexdigest(),
        gap_id=wanted.gap_id,
        team=wanted.team,
        audience=wanted.audience,
        language=answer.language,
        message=render_answer(answer).to_json(),
        index_version=answer.index_version,
        offered_at=datetime.now(UTC),
    )


def _staff_place(channel: str) -> Place:
    return Place(channel=channel, thread_ts="", user="")
