"""What staff do in Slack is in the audit log: every act, in order, and nobody else's."""

from dataclasses import dataclass, field, replace

from tests.local_slack.answers import ABSTAINED
from tests.local_slack.scene import OPTIONS, run_bot

from aspire_bot.slack.render import buttons
from aspire_bot.state.approvals import ApprovedAnswer

ANSWER = "Yes, up to 10,000 yen a day."
QUESTION = "May I pay for childcare?"


@dataclass(slots=True)
class Shelf:
    """Takes approved answers, and keeps which are there."""

    there: list[str] = field(default_factory=list[str])

    def publish(self, approved: ApprovedAnswer, *, by: str) -> str:
        del by
        self.there.append(approved.approval_id)
        return f"approved-{approved.approval_id}"

    def withdraw(self, approved: ApprovedAnswer) -> None:
        self.there.remove(approved.approval_id)


def test_a_day_of_staff_is_written_down() -> None:
    with run_bot(ABSTAINED, options=replace(OPTIONS, publisher=Shelf())) as scene:
        asked = scene.alice.asks("C1", QUESTION)
        scene.settle()
        (reply,) = scene.alice.replies(asked)
        scene.alice.clicks(reply, buttons.ESCALATE)
        scene.settle()
        (brought,) = scene.sato.sees("G1")
        scene.ken.runs("/aspire", "settings", channel="C1")  # not staff: no act
        scene.sato.says("G1", "With receipts.", thread_ts=brought.ts)
        scene.settle()
        scene.sato.runs("/aspire", "settings", channel="C1")
        scene.sato.submits(scene.sato.waits_for_view(), {"mode": "mention"})
        scene.sato.clicks(brought, buttons.SET_RIGHT)
        scene.sato.submits(scene.sato.waits_for_view(), {"text": ANSWER, "audience": "public"})
        scene.settle()
        scene.sato.clicks(scene.sato.sees("G1")[-1], buttons.WITHDRAW)
        scene.settle()
        rows = list(scene.state.audit.all())
        assert [row.act for row in rows] == [
            "escalation.reply",
            "channel.set",
            "approval.add",
            "approval.withdraw",
        ]
        assert {(row.surface, row.actor, row.team) for row in rows} == {("slack", "U3", "T1")}
        reply_row, channel, added, withdrawn = rows
        assert channel.target == "C1"
        assert channel.before is None
        assert channel.after == {"mode": "mention", "audience": "public", "language": "auto"}
        assert added.after is not None
        assert added.after["text"] == ANSWER
        assert withdrawn.before is not None
        assert withdrawn.before["status"] == "published"
        assert (reply_row.before, reply_row.after) == (None, None)
        assert scene.state.audit.faults() == ()
        assert "U1" not in str(rows)
