"""What waits and needs nothing done: dismissed with a reason, and taken up again."""

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import parts, record, visitor, words
from aspire_bot.console.inbox_page import inbox_page
from aspire_bot.console.views.documents import WELL_READ
from aspire_bot.console.views.held import version_of
from aspire_bot.slack.office.messages import MAX_REASON
from aspire_bot.state.gaps import GapStatus
from aspire_bot.state.office.dismissals import DismissedKind

blueprint = Blueprint("dismissals", __name__)

_ACTS: Mapping[DismissedKind, tuple[str, str]] = {
    "disliked": ("answer.dismiss", "answer.reopen"),
    "escalation": ("escalation.dismiss", "escalation.reopen"),
    "held": ("document.dismiss_held", "document.reopen_held"),
    "doubtful": ("document.dismiss_doubtful", "document.reopen_doubtful"),
    "contradiction": ("contradiction.dismiss", "contradiction.reopen"),
}


@blueprint.post("/dismissals/<kind>")
def dismiss(kind: str) -> Response:
    """Say that something that waits needs nothing done, and why."""
    known, item = _known(kind), request.form.get("item", "")
    version_now = _VERSION_NOW.get(known) or abort(404)
    told, reason = words().console.inbox, " ".join(request.form.get("reason", "").split())
    if not reason:
        return inbox_page(told.empty_reason, status=400)
    version = version_now(item)
    if version is None:
        return inbox_page(told.not_waiting, status=409)
    session = visitor().session
    reason = reason[:MAX_REASON]
    parts().state.dismissals.add(
        known, item, team=session.team, user=session.user, reason=reason, version=version
    )
    record(_ACTS[known][0], item, before={"status": "open"}, after=_facts(reason))
    return redirect(url_for("inbox.show", told="dismissed"), 303)


@blueprint.post("/dismissals/<kind>/reopen")
def reopen(kind: str) -> Response:
    """Take up again what was dismissed."""
    known, item = _known(kind), request.form.get("item", "")
    said = parts().state.dismissals.remove(known, item)
    if said is None:
        return inbox_page(words().console.inbox.not_waiting, status=409)
    if known == "contradiction":
        parts().state.contradictions.set_status([item], "told")
    if known == "escalation":
        _take_up_escalation(item)
    record(_ACTS[known][1], item, before=_facts(said.reason), after={"status": "open"})
    return redirect(url_for("inbox.show", told="reopened"), 303)


def _known(kind: str) -> DismissedKind:
    kinds: dict[str, DismissedKind] = {known: known for known in _ACTS}
    return kinds.get(kind) or abort(404)


def _facts(reason: str) -> dict[str, object]:
    return {"status": "dismissed", "reason": reason}


# Each gives what the item is now, "" where it has one version only; None: it does not wait. Quotes
# that differ are dismissed on their own page's route.


def _disliked(answer_id: str) -> str | None:
    votes = parts().state.feedback.of(answer_id)
    return "" if any(vote.value == "down" for vote in votes) else None


def _escalation(escalation_id: str) -> str | None:
    state = parts().state
    if not state.escalations.dismiss(escalation_id):
        return None
    _set_gap(escalation_id, "escalated", "dismissed")
    return ""


def _held(target: str) -> str | None:
    console = parts()
    if console.curator is None:
        return None
    status = console.recent_status.of(console.curator)
    return next((version_of(one) for one in status.held if one.target == target), None)


def _doubtful(document_id: str) -> str | None:
    with parts().open_index() as index:
        info = index.documents().get(document_id)
    return info.content_hash if info is not None and info.quality < WELL_READ else None


_VERSION_NOW: Mapping[DismissedKind, Callable[[str], str | None]] = {
    "disliked": _disliked,
    "escalation": _escalation,
    "held": _held,
    "doubtful": _doubtful,
}


def _take_up_escalation(escalation_id: str) -> None:
    if parts().state.escalations.reopen(escalation_id):
        _set_gap(escalation_id, "dismissed", "escalated")


def _set_gap(escalation_id: str, before: GapStatus, after: GapStatus) -> None:
    """Have the unanswered question that was brought to the office follow it."""
    state = parts().state
    escalation = state.escalations.get(escalation_id)
    gap = state.gaps.of_answer(escalation.answer_id) if escalation else None
    if gap is not None and gap.status == before:
        state.gaps.set_status(gap.gap_id, after)
