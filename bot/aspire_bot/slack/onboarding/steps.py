"""How a step of the tour is made: its questions are put to the documents."""

import logging
from dataclasses import dataclass
from typing import Protocol

from aspire_bot.messages import SlackPhrases
from aspire_bot.slack.answers.answer_job import Asked, PreparedAnswer
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.answers.delivery import Reply
from aspire_bot.slack.jobs.task import Tour
from aspire_bot.slack.onboarding.content import Guide, Step
from aspire_bot.slack.onboarding.course import Standing
from aspire_bot.slack.onboarding.messages import Around, StepAnswer, closing_message, step_message
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.state.inbox import Job
from aspire_ingest.index.types import Audience

logger = logging.getLogger(__name__)

CLOSING = "!closing"
"""Kept like a step; ids of steps never begin with this sign."""


class WorkOut(Protocol):
    """How a question is answered and recorded; see `Asking.work_out`."""

    def __call__(self, web: SlackWeb, asked: Asked, /, *, key: str) -> PreparedAnswer:
        """Give what is to be shown."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One wish of one person, with what is needed to fulfil it."""

    job: Job
    web: SlackWeb
    task: Tour
    reply: Reply
    guide: Guide
    wording: SlackPhrases

    @property
    def channel(self) -> str:
        """The direct conversation."""
        return self.reply.place.channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is remembered of one question once its answer was sent."""

    answer_id: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A step, or the end of the tour, ready to be sent; kept, so that a retry sends the same."""

    step_id: str
    next_id: str | None
    message: SlackMessage
    audience: Audience = "public"
    answered: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Makes the steps."""

    audiences: Audiences
    work_out: WorkOut
    contact: str | None = None

    def prepare(self, visit: Visit, standing: Standing, *, is_welcomed: bool) -> Prepared:
        """Work the first step out that the documents support, else the end of the tour."""
        for left, step in enumerate(standing.ahead, start=1):
            following = standing.ahead[left:]
            around = Around(
                number=standing.sent + 1,
                total=standing.sent + 1 + len(following),
                next_id=following[0].step_id if following else None,
                is_first_word=not is_welcomed,
            )
            if prepared := self._prepare(visit, step, around):
                return prepared
            logger.info("step=%s is left out: the documents do not support it", step.step_id)
        message = closing_message(
            visit.guide, visit.wording, is_empty=not standing.sent, contact=self.contact
        )
        return Prepared(step_id=CLOSING, next_id=None, message=message)

    def _prepare(self, visit: Visit, step: Step, around: Around) -> Prepared | None:
        """Put a step's questions to the documents; None where they answer none of them."""
        place = visit.reply.place
        audience = self.audiences.of_channel(visit.web, place.channel, place.user)
        key = f"{visit.job.arrival.key}:{step.step_id}"
        answered: list[PreparedAnswer] = []
        for number, question in enumerate(step.questions):
            asked = Asked(text=question, place=place, audience=audience, act="question")
            said = self.work_out(visit.web, asked, key=f"{key}:{number}")
            if said.outcome == "answered":
                answered.append(said)
        if not answered:
            return None
        message = step_message(
            visit.guide,
            step,
            [StepAnswer(question=said.question, message=said.message) for said in answered],
            around,
            wording=visit.wording,
            contact=self.contact,
        )
        return Prepared(
            step_id=step.step_id,
            next_id=around.next_id,
            message=message,
            audience=audience,
            answered=tuple(
                Answered(answer_id=said.answer_id, question=said.question, answer=said.answer)
                for said in answered
            ),
        )
