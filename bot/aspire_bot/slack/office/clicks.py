"""What people press and send: checked, and kept as tasks.

Who is staff is checked at each press and again when a modal is sent: both can come from anyone.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aspire_bot.messages import Phrases, phrases
from aspire_bot.slack.jobs.office_task import (
    SettleDraft,
    SettleOffer,
    ShowHome,
    TakeEscalation,
    TellMe,
)
from aspire_bot.slack.listeners.payloads import Click, Submission
from aspire_bot.slack.office.decisions import OfficeDecisions
from aspire_bot.slack.office.drafts import editable
from aspire_bot.slack.office.messages import WORDING, decline_view, edit_view
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render import buttons
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.render.modals import COMMENT
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State

logger = logging.getLogger(__name__)

OnClick = Callable[[SlackWeb, Click], None]
OnSubmission = Callable[[SlackWeb, Submission], Mapping[str, str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeClicks:
    """Takes what people press under questions, drafts and offers, and on the Home of staff."""

    state: State
    staff: Staff
    posting: Posting

    def reactions(self) -> Mapping[str, OnClick]:
        """Give who reacts to which button."""
        return {
            buttons.TELL_ME: self._tell_me,
            buttons.TAKE: self._take,
            buttons.SEND_OFFER: self._send_offer,
            buttons.DECLINE_OFFER: self._decline_offer,
            buttons.ACCEPT_DRAFT: self._accept,
            buttons.EDIT_DRAFT: self._edit,
            buttons.DECLINE_DRAFT: self._decline,
        }

    def submissions(self) -> Mapping[str, OnSubmission]:
        """Give who takes which modal."""
        return {
            buttons.EDIT_DRAFT_VIEW: self._on_edited,
            buttons.DECLINE_DRAFT_VIEW: self._on_declined,
        }

    def _tell_me(self, web: SlackWeb, click: Click) -> None:
        del web
        task = TellMe(user=click.user, answer_id=click.value, response_url=click.response_url)
        key = f"tell_me:{click.user}:{click.value}:{click.key}"
        self.posting.put(task, key=key, team=click.team)

    def _take(self, web: SlackWeb, click: Click) -> None:
        escalation_id = click.action_id.rpartition(":")[2]
        task = TakeEscalation(user=click.user, escalation_id=escalation_id)
        if self._is_staff(web, click):
            self._decisions().give(task, key=click.key, team=click.team)
            self._show_home(click, about=f"escalation:{escalation_id}")

    def _send_offer(self, web: SlackWeb, click: Click) -> None:
        self._settle_offer(
            web, click, SettleOffer(user=click.user, offer_id=click.value, act="sent")
        )

    def _decline_offer(self, web: SlackWeb, click: Click) -> None:
        task = SettleOffer(user=click.user, offer_id=click.value, act="declined")
        self._settle_offer(web, click, task)

    def _settle_offer(self, web: SlackWeb, click: Click, task: SettleOffer) -> None:
        if self._is_staff(web, click):
            self._decisions().settle_offer(task, team=click.team)
            self._show_home(click, about=f"offer:{task.offer_id}")

    def _accept(self, web: SlackWeb, click: Click) -> None:
        task = SettleDraft(user=click.user, answer_id=click.value, act="accepted")
        if self._is_staff(web, click):
            self._decisions().settle_draft(task, key=click.key, team=click.team)
            self._show_home(click, about=f"draft:{click.value}")

    def _edit(self, web: SlackWeb, click: Click) -> None:
        draft = self.state.drafts.get(click.value)
        if self._is_staff(web, click) and draft is not None:
            web.open_view(click.trigger_id, edit_view(draft, editable(draft)))

    def _decline(self, web: SlackWeb, click: Click) -> None:
        draft = self.state.drafts.get(click.value)
        if self._is_staff(web, click) and draft is not None:
            web.open_view(click.trigger_id, decline_view(draft))

    def _on_edited(self, web: SlackWeb, sent: Submission) -> Mapping[str, str] | None:
        wording = sent.field(WORDING).strip()
        if not wording:
            return {WORDING: self._words(sent).approval.empty}
        task = SettleDraft(user=sent.user, answer_id=sent.metadata, act="edited", wording=wording)
        return self._settle(web, sent, task, WORDING)

    def _on_declined(self, web: SlackWeb, sent: Submission) -> Mapping[str, str] | None:
        reason = sent.field(COMMENT).strip()
        if not reason:
            return {COMMENT: self._words(sent).approval.empty}
        task = SettleDraft(user=sent.user, answer_id=sent.metadata, act="declined", reason=reason)
        return self._settle(web, sent, task, COMMENT)

    def _settle(
        self, web: SlackWeb, sent: Submission, task: SettleDraft, field: str
    ) -> Mapping[str, str] | None:
        if not self.staff.includes(web, sent.user):
            logger.warning("a draft settled by somebody who is not staff was refused")
            return {field: self._words(sent).slack.staff_only}
        key = f"settle:{sent.team}:{sent.view_id}"
        self._decisions().settle_draft(task, key=key, team=sent.team)
        return None

    def _decisions(self) -> OfficeDecisions:
        return OfficeDecisions(state=self.state, posting=self.posting, surface="slack")

    def _words(self, sent: Submission) -> Phrases:
        draft = self.state.drafts.get(sent.metadata)
        return phrases(draft.language if draft else "en")

    def _show_home(self, click: Click, *, about: str) -> None:
        """Where something was pressed on the Home, show that anew after it."""
        if not click.message_ts:
            home = ShowHome(user=click.user)
            self.posting.put(home, key=f"home:{click.key}", team=click.team, about=about)

    def _is_staff(self, web: SlackWeb, click: Click) -> bool:
        if self.staff.includes(web, click.user):
            return True
        logger.warning("refused: user=%s action=%s", click.user, click.action_id)
        if click.response_url:
            notice = render_notice(phrases(web.locale(click.user)).slack.staff_only)
            web.respond(click.response_url, notice)
        return False
