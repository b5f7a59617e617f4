"""What staff did, newest first, and all of it as a file."""

import json
from collections.abc import Iterator

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aspire_bot.audit_events import ocsf_event
from aspire_bot.console.context import page, parts, record

blueprint = Blueprint("audit", __name__)

_A_PAGE = 50


@blueprint.get("/audit")
def show() -> Response:
    """List acts."""
    given = request.args.get("before", "")
    before = int(given) if given.isascii() and given.isdecimal() and len(given) < 18 else None
    found = parts().state.audit.latest(_A_PAGE + 1, before=before)
    rows = found[:_A_PAGE]
    older = rows[-1].number if len(found) > _A_PAGE else None
    return page("audit.html", rows=rows, older=older, is_first=before is None, dumped=_dumped)


@blueprint.get("/audit.jsonl")
def export() -> Response:
    """Give all acts as JSON lines, in the shape of OCSF."""
    record("audit.export", "audit")
    log = parts().state.audit

    def lines() -> Iterator[bytes]:
        for row in log.all():
            yield json.dumps(ocsf_event(row), ensure_ascii=False).encode() + b"\n"

    headers = {"Content-Disposition": 'attachment; filename="audit.jsonl"'}
    return Response(lines(), headers=headers, content_type="application/x-ndjson")


def _dumped(facts: object) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=1) if facts else ""
