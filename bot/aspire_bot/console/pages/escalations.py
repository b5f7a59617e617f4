"""Questions that were brought to the office: answered, given to somebody, reminded of."""

import hashlib
import secrets

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import parts, record, visitor, words
from aspire_bot.console.decisions import decisions
from aspire_bot.console.inbox_page import MOST_CHARACTERS, inbox_page
from aspire_bot.console.views.inbox import nine_on
from aspire_bot.slack.jobs.office_task import TakeEscalation
from aspire_bot.slack.jobs.task import AnswerForOffice, write_task
from aspire_bot.state.escalations import Escalation
from aspire_bot.state.inbox import Arrival

blueprint = Blueprint("escalations", __name__)


@blueprint.post("/escalations/<escalation_id>/reply")
def reply(escalation_id: str) -> Response:
    """Have the bot bring a reply to the asker."""
    told = words().console.inbox
    escalation = _open(escalation_id)
    text = request.form.get("text", "").strip()[:MOST_CHARACTERS]
    if escalation is None:
        return inbox_page(told.was_answered, status=409)
    if not text:
        return inbox_page(told.empty_reply, status=400)
    user = visitor().session.user
    task = AnswerForOffice(
        user=user,
        escalation_id=escalation_id,
        text=text,
        source_key=_key_of_reply(escalation_id, user, text),
    )
    arrival = Arrival(
        kind="task",
        key=task.source_key,
        team=escalation.team,
        user=task.user,
        body=write_task(task),
    )
    if parts().state.inbox.put(arrival) is not None:
        record("escalation.reply", escalation_id, after={"text": text})
    return redirect(url_for("inbox.show", told="sent"), 303)


@blueprint.post("/escalations/<escalation_id>/give")
def give(escalation_id: str) -> Response:
    """Give a question to one of staff, or to nobody."""
    told = words().console.inbox
    escalation = _open(escalation_id)
    if escalation is None:
        return inbox_page(told.was_answered, status=409)
    owner = request.form.get("owner", "")
    is_self = owner == visitor().session.user
    if owner and not is_self and not parts().is_staff(escalation.team, owner):
        return inbox_page(told.no_owner, status=400)
    task = TakeEscalation(user=visitor().session.user, escalation_id=escalation_id, owner=owner)
    decisions().give(task, key=f"console:{secrets.token_hex(8)}", team=escalation.team)
    return redirect(url_for("inbox.show", told="given"), 303)


@blueprint.post("/escalations/<escalation_id>/remind")
def remind(escalation_id: str) -> Response:
    """Set the day on which staff are reminded, or none."""
    told = words().console.inbox
    escalation, console = _open(escalation_id), parts()
    if escalation is None:
        return inbox_page(told.was_answered, status=409)
    day = request.form.get("day", "").strip()
    at = nine_on(day, console.options.timezone, console.today())
    if day and at is None:
        return inbox_page(told.bad_day, status=400)
    console.state.escalations.set_remind_at(escalation_id, at)
    before = escalation.remind_at.isoformat() if escalation.remind_at else None
    after = at.isoformat() if at else None
    record("escalation.remind", escalation_id, before={"at": before}, after={"at": after})
    return redirect(url_for("inbox.show", told="reminder_set" if at else "reminder_off"), 303)


def _key_of_reply(escalation_id: str, user: str, text: str) -> str:
    """The same for the same words: whoever presses the button twice sends one reply."""
    named = "\n".join((escalation_id, user, text)).encode("utf-8", "replace")
    return f"console:{hashlib.sha256(named).hexdigest()[:32]}"


def _open(escalation_id: str) -> Escalation | None:
    """Find a question that nobody has answered yet."""
    found = parts().state.escalations.get(escalation_id)
    return found if found is not None and found.status == "open" else None
