"""Acts of the audit log as events of the Open Cybersecurity Schema Framework. Pure.

Signing in and out is `Authentication` (3002), all else `Entity Management` (3004).
"""

import json
from importlib.metadata import version

from aspire_bot.state.console.audit import AuditRow

OCSF_VERSION = "1.3.0"
_IAM = 3
_AUTHENTICATION, _ENTITY = 3002, 3004
_LOGON, _LOGOFF = 1, 2
_CREATE, _READ, _UPDATE, _DELETE, _OTHER = 1, 2, 3, 4, 99
_SESSIONS = {"begin": _LOGON, "end": _LOGOFF}
_VERBS = {
    "add": _CREATE,
    "publish": _CREATE,
    "reply": _CREATE,
    "export": _READ,
    "check": _READ,
    "look": _READ,
    "ask_again": _READ,
    "change": _UPDATE,
    "set": _UPDATE,
    "dismiss": _UPDATE,
    "decide": _UPDATE,
    "accept_held": _CREATE,
    "give": _UPDATE,
    "remind": _UPDATE,
    "merge": _UPDATE,
    "split": _UPDATE,
    "reopen": _UPDATE,
    "undo": _UPDATE,
    "watch": _CREATE,
    "unwatch": _DELETE,
    "withdraw": _DELETE,
    "remove": _DELETE,
    "remove_old": _DELETE,
}


def ocsf_event(row: AuditRow) -> dict[str, object]:
    """Give an act as an event; `unmapped` holds what binds it to the one before."""
    kind, _, verb = row.act.partition(".")
    is_session = kind == "session"
    class_uid = _AUTHENTICATION if is_session else _ENTITY
    activity = _SESSIONS.get(verb, _OTHER) if is_session else _VERBS.get(verb, _OTHER)
    user = {"uid": row.actor, **({"org": {"uid": row.team}} if row.team else {})}
    event: dict[str, object] = {
        "activity_id": activity,
        "activity_name": verb,
        "category_uid": _IAM,
        "class_uid": class_uid,
        "type_uid": class_uid * 100 + activity,
        "time": int(row.at.timestamp() * 1000),
        "severity_id": 1,
        "status_id": 1,
        "actor": {"user": user},
        "metadata": {
            "version": OCSF_VERSION,
            "uid": str(row.number),
            "event_code": row.act,
            "log_name": "audit",
            "product": {"name": "aspire-bot", "version": version("aspire-bot")},
        },
        "unmapped": {
            "surface": row.surface,
            "previous_hash": row.previous_hash,
            "hash": row.hash,
        },
    }
    if is_session:
        return {**event, "user": user, "is_remote": True}
    event["entity"] = _entity(kind, row.target, row.before)
    if row.after is not None:
        event["entity_result"] = _entity(kind, row.target, row.after)
    return event


def _entity(kind: str, target: str, facts: object) -> dict[str, object]:
    data = {"data": json.dumps(facts, ensure_ascii=False)} if facts is not None else {}
    return {"type": kind, "uid": target, **data}
