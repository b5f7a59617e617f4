"""Staff say, before an approved answer is published, which questions it answers and which not."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aspire_bot.answering.message.plain_question import plain_question
from aspire_bot.messages import phrases
from aspire_bot.slack.jobs.task import Publish
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.listeners.payloads import Click, Submission
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.staff.kept_questions import KeptQuestions, find_kept
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.slack.staff.reach_messages import ALSO, ANSWERED, NEAR, NOT, reach_view
from aspire_bot.state import State
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_ingest.index.text.language import language_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Takes from staff what a draft shall answer, and has it published.

    Who is staff is checked at each step, as a modal can be sent by anyone.
    """

    state: State
    intake: Intake
    staff: Staff
    questions: KeptQuestions

    def on_publish(self, web: SlackWeb, click: Click) -> None:
        """The button that publishes a draft as it is."""
        approved = self._draft(web, click)
        if approved is not None:
            self._publish(approved, click.user, click.team, approved.question, ())

    def on_choose(self, web: SlackWeb, click: Click) -> None:
        """The button that opens the modal."""
        approved = self._draft(web, click)
        if approved is not None:
            view = reach_view(approved, self.questions.shown(approved))
            web.open_view(click.trigger_id, view)

    def on_submission(self, web: SlackWeb, sent: Submission) -> Mapping[str, str] | None:
        """Publish a draft with the wordings that staff chose, or say what is wrong with them."""
        approved = self.state.approvals.get(sent.metadata)
        language = language_of(approved.question if approved else "")
        if not self.staff.includes(web, sent.user):
            logger.warning("a publication by somebody who is not staff was refused")
            return {ALSO: phrases(language).slack.staff_only}
        words = phrases(language).approval
        if approved is None or approved.status != "draft":
            return {ALSO: words.no_draft}
        also = [*self._texts(sent.choices(NEAR)), *_lines(sent.field(ALSO))]
        kept = set(sent.choices(ANSWERED))
        shown = approved.shown_questions or {}
        dropped = [key for key, is_answered in shown.items() if is_answered and key not in kept]
        excluded = [*self._texts(dropped), *_lines(sent.field(NOT))]
        wordings = _distinct((*approved.question.splitlines(), *also))
        both = {plain_question(w) for w in wordings} & {plain_question(x) for x in excluded}
        if both:
            return {NOT: words.in_both}
        self._publish(approved, sent.user, sent.team, "\n".join(wordings), _distinct(excluded))
        return None

    def _draft(self, web: SlackWeb, click: Click) -> ApprovedAnswer | None:
        """The draft of a button; who pressed it is told where there is none for them."""
        if not self.staff.includes(web, click.user):
            logger.warning("the draft of an approved answer was refused to one who is not staff")
            notice = phrases(web.locale(click.user)).slack.staff_only
            web.respond(click.response_url, render_notice(notice))
            return None
        approved = self.state.approvals.get(click.value)
        if approved is None or approved.status != "draft":
            notice = phrases(web.locale(click.user)).approval.no_draft
            web.respond(click.response_url, render_notice(notice))
            return None
        return approved

    def _texts(self, keys: Iterable[str]) -> list[str]:
        """The questions of some boxes, each on one line; what is not kept any more is left out."""
        found = (find_kept(self.state, key) for key in keys)
        return [" ".join(kept.text.split()) for kept in found if kept is not None]

    def _publish(
        self,
        approved: ApprovedAnswer,
        user: str,
        team: str,
        question: str,
        not_wordings: tuple[str, ...],
    ) -> None:
        approval_id = approved.approval_id
        self.state.approvals.publish_draft(
            approval_id, question=question, not_wordings=not_wordings
        )
        task = Publish(user=user, approval_id=approval_id)
        self.intake.put(task, key=f"publish:{approval_id}", team=team, channel="")


def _lines(text: str) -> list[str]:
    return [line for given in text.splitlines() if (line := " ".join(given.split()))]


def _distinct(questions: Iterable[str]) -> tuple[str, ...]:
    """Each question once, in the words in which it comes first."""
    return tuple({plain_question(one): one for one in reversed(list(questions))}.values())[::-1]
