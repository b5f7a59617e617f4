"""What staff decide of drafts, offers and questions to the office, in Slack or in the console.

A decision is kept at once, so that the second of two who press hears that the first was earlier.
The task under the same key brings it to Slack, after a crash too.
"""

from dataclasses import dataclass

from aspire_bot.slack.jobs.office_task import SettleDraft, SettleOffer, TakeEscalation
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.state import State
from aspire_bot.state.console.audit import Act, Facts, Surface
from aspire_bot.state.office.drafts import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDecisions:
    """Keeps decisions, has them carried out, and writes them down; who may is checked before."""

    state: State
    posting: Posting
    surface: Surface

    def settle_draft(self, task: SettleDraft, *, key: str, team: str) -> bool:
        """Decide of a draft; False where somebody has done so before.

        `key` names the press: the same one may come twice.
        """
        is_new = self.posting.put(task, key=key, team=team, about=f"draft:{task.answer_id}")
        decision = Decision(
            status=task.act, decided_by=task.user, wording=task.wording, reason=task.reason
        )
        if self.state.drafts.decide(task.answer_id, decision, job_key=key) is None:
            return False
        if is_new:
            facts = {"status": task.act} | ({"reason": task.reason} if task.reason else {})
            self._record(
                task.user, team, "draft.decide", task.answer_id, {"status": "waiting"}, facts
            )
        return True

    def settle_offer(self, task: SettleOffer, *, team: str) -> bool:
        """Decide whether an offered answer is sent; False where somebody has done so before.

        The task has one key for each offer, so that the first press is the one that counts.
        """
        before = self.state.offers.get(task.offer_id)
        if before is None or before.status != "open":
            return False
        about = f"offer:{task.offer_id}"
        if not self.posting.put(task, key=f"settle_{about}", team=team, about=about):
            return False
        self.state.offers.decide(task.offer_id, task.act, task.user)
        self._record(
            task.user,
            team,
            "offer.decide",
            task.offer_id,
            {"status": before.status},
            {"status": task.act},
        )
        return True

    def give(self, task: TakeEscalation, *, key: str, team: str) -> None:
        """Give a question to one of staff, or to nobody."""
        about = f"escalation:{task.escalation_id}"
        before = self.state.escalations.get(task.escalation_id)
        is_new = self.posting.put(task, key=key, team=team, about=about)
        if before is None or not is_new:
            return
        self.state.escalations.take(task.escalation_id, task.new_owner)
        self._record(
            task.user,
            team,
            "escalation.give",
            task.escalation_id,
            {"owner": before.owner},
            {"owner": task.new_owner},
        )

    def _record(
        self, user: str, team: str, act: str, target: str, before: Facts, after: Facts
    ) -> None:
        self.state.audit.record(
            Act(
                surface=self.surface,
                team=team,
                actor=user,
                act=act,
                target=target,
                before=before,
                after=after,
            )
        )
