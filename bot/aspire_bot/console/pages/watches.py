"""Staff ask to be told in Slack when a document or a source changes, and stop that."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, parts, record, visitor, words
from aspire_bot.console.index_work import refusal_of, work
from aspire_bot.console.views.documents import name_of
from aspire_bot.curator import IndexStatus
from aspire_bot.curator_sources import SourceHistory
from aspire_bot.office.page_state import document_state, source_state
from aspire_bot.slack.curating.ports import Curator
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.office.page_watches import PageWatch, WatchedKind

blueprint = Blueprint("watches", __name__)

_ACTS: Mapping[WatchedKind, tuple[str, str]] = {
    "document": ("document.watch", "document.unwatch"),
    "source": ("source.watch", "source.unwatch"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWatch:
    """What a page says of being told: whether the visitor is."""

    kind: WatchedKind
    item: str
    is_on: bool


def shown_watch(kind: WatchedKind, item: str) -> ShownWatch | None:
    """Say whether the visitor is told of a document or source; None: Slack does not know them."""
    if not _is_of_slack():
        return None
    session = visitor().session
    found = parts().state.page_watches.of_person(kind, item, session.team, session.user)
    return ShownWatch(kind=kind, item=item, is_on=found is not None)


@blueprint.post("/watches/<kind>")
def begin(kind: str) -> Response:
    """Keep that the visitor wants to be told."""
    known, item = _known(kind), request.form.get("item", "")
    if not _is_of_slack():
        return page("error.html", status=409, told=words().console.watches.not_from_slack)
    found = _document(item) if known == "document" else _source(item)
    if isinstance(found, Response):
        return found
    if parts().state.page_watches.add(found):
        record(_ACTS[known][0], item)
    return _back(known, item)


@blueprint.post("/watches/<kind>/stop")
def stop(kind: str) -> Response:
    """Tell the visitor no more."""
    known, item = _known(kind), request.form.get("item", "")
    session = visitor().session
    if parts().state.page_watches.remove(known, item, session.team, session.user):
        record(_ACTS[known][1], item)
    return _back(known, item)


def _document(document_id: str) -> PageWatch | Response:
    with parts().open_index() as index:
        info, generation = index.documents().get(document_id), index.manifest.generation
    if info is None:
        abort(404)
    stands = document_state(info)
    return refusal_of(info) or _watch(
        "document", document_id, name_of(info), stands, generation=generation
    )


def _source(name: str) -> PageWatch | Response:
    def look(curator: Curator) -> tuple[IndexStatus, SourceHistory]:
        return curator.status(), curator.source_history(name)

    found = work(look)
    if isinstance(found, Response):
        return found
    status, history = found
    if name not in {one.name for one in status.sources}:
        abort(404)
    return _watch("source", name, name, source_state(history))


def _watch(
    kind: WatchedKind, item: str, title: str, stands: str, *, generation: int = 0
) -> PageWatch:
    session = visitor().session
    return PageWatch(
        kind=kind,
        item=item,
        title=title,
        team=session.team,
        user=session.user,
        language=session.language,
        stands=stands,
        generation=generation,
        asked_at=utc_now(),
    )


def _known(kind: str) -> WatchedKind:
    kinds: dict[str, WatchedKind] = {known: known for known in _ACTS}
    return kinds.get(kind) or abort(404)


def _is_of_slack() -> bool:
    """Whether Slack knows the visitor by the name of the session; a proxy names people itself."""
    return visitor().session.method != "proxy"


def _back(kind: WatchedKind, item: str) -> Response:
    if kind == "document":
        return redirect(url_for("documents.one", id=item), 303)
    return redirect(url_for("sources.one", name=item), 303)
