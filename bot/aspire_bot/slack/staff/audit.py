"""What of staff's work in Slack goes into the audit log. Askers and their words stay out of it."""

from collections.abc import Mapping

from aspire_bot.slack.jobs.task import AnyTask, BeginOperation, Publish, StepOperation, Withdraw
from aspire_bot.state import State
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.channels import ChannelPolicy
from aspire_bot.state.console.audit import Act, Facts

_STEPS: Mapping[str, str] = {
    "approve": "document.change",
    "prune": "document.remove",
    "change": "document.look",
    "cancel": "document.cancel",
    "undo": "document.undo",
}


def record_task(state: State, task: AnyTask, team: str) -> None:
    """Write down what staff wanted done, when it is taken in; what others want is no act."""
    found = _act(state, task)
    if found is not None:
        name, target, before, after = found
        act = Act(
            surface="slack",
            team=team,
            actor=task.user,
            act=name,
            target=target,
            before=before,
            after=after,
        )
        state.audit.record(act)


def record_channel(
    state: State,
    place: tuple[str, str],
    by: str,
    *,
    before: ChannelPolicy | None,
    after: ChannelPolicy,
) -> None:
    """Write down that the rules of a channel, by (team, channel), were set."""
    team, channel = place
    act = Act(
        surface="slack",
        team=team,
        actor=by,
        act="channel.set",
        target=channel,
        before=_rules(before) if before else None,
        after=_rules(after),
    )
    state.audit.record(act)


def record_reply(state: State, team: str, by: str, escalation_id: str) -> None:
    """Write down that somebody replied for the office; what they wrote is kept with the reply."""
    act = Act(surface="slack", team=team, actor=by, act="escalation.reply", target=escalation_id)
    state.audit.record(act)


def approval_facts(approved: ApprovedAnswer) -> Facts:
    """Say what staff approved."""
    return {
        "approval_id": approved.approval_id,
        "question": approved.question,
        "text": approved.text,
        "valid_until": approved.valid_until.isoformat() if approved.valid_until else None,
        "audience": approved.audience,
        "status": approved.status,
        **({"not_wordings": list(approved.not_wordings)} if approved.not_wordings else {}),
    }


def _act(state: State, task: AnyTask) -> tuple[str, str, Facts | None, Facts | None] | None:
    """Name the act, what it is done to, and how that stood before and is to stand after."""
    if isinstance(task, Publish | Withdraw):
        approved = state.approvals.get(task.approval_id)
        facts = approval_facts(approved) if approved else None
        if isinstance(task, Publish):
            return "approval.add", task.approval_id, None, facts
        return "approval.withdraw", task.approval_id, facts, None
    if isinstance(task, BeginOperation):
        return f"document.begin_{task.kind}", task.operation_id, None, dict(task.request)
    if isinstance(task, StepOperation):
        operation = state.operations.get(task.operation_id)
        if operation is not None and operation.turn != task.turn:
            return None  # a button of an earlier step has no effect
        before = {"status": operation.status, **operation.request} if operation else None
        return _STEPS[task.act], task.operation_id, before, dict(task.wanted) or None
    return None


def _rules(policy: ChannelPolicy) -> Facts:
    return {"mode": policy.mode, "audience": policy.audience, "language": policy.language}
