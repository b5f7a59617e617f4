"""Where documents come from: how these places do, what their visits changed, and new ones."""

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, parts, record, words
from aspire_bot.console.index_work import work
from aspire_bot.console.pages.watches import shown_watch
from aspire_bot.console.views.sources import SOURCE_TYPES, fault_of, source_from
from aspire_bot.curator import IndexStatus
from aspire_bot.curator_sources import NewSource
from aspire_ingest.index.errors import AspireError
from aspire_ingest.index.types import AUDIENCES, KINDS

blueprint = Blueprint("sources", __name__)


@blueprint.get("/sources")
def show() -> Response:
    """Show the page; how the sources do takes a moment and comes after it."""
    # Without scripts nothing comes after the page: there it is asked for as a whole.
    is_whole = request.args.get("whole") == "yes"
    found, failure = _status() if is_whole else (None, "")
    return page(
        "sources.html",
        is_whole=is_whole,
        found=found,
        failure=failure,
        may_change=parts().curator is not None,
    )


@blueprint.get("/sources/state")
def state() -> Response:
    """Show how the sources do, for the page that is there already."""
    found, failure = _status()
    return page("sources_table.html", found=found, failure=failure)


@blueprint.get("/sources/show")
def one() -> Response:
    """Show the visits to a source, what failed, and what the last one changed."""
    name = request.args.get("name", "")
    found, failure = _status()
    if found is None:
        return page("error.html", status=409, told=failure)
    state = next((one for one in found.sources if one.name == name), None)
    if state is None:
        abort(404)
    history = work(lambda curator: curator.source_history(name))
    if isinstance(history, Response):
        return history
    return page(
        "source.html",
        source=state,
        history=history,
        next_sync=found.next_sync,
        watch=shown_watch("source", name),
    )


@blueprint.post("/sources/sync")
def sync() -> Response:
    """Visit a source now, and show what that changed."""
    name = request.form.get("name", "")
    done = work(lambda curator: curator.sync([name], is_dry_run=False))
    if isinstance(done, Response):
        return done
    after = {name: len(getattr(done, name)) for name in ("added", "replaced", "removed", "failed")}
    record("source.visit", name, after={**after, "undo": done.undo or ""})
    return page("source_preview.html", name=name, found=done, source=None, is_done=True)


@blueprint.get("/sources/new")
def new() -> Response:
    """Show an empty form."""
    return _form(NewSource(name="", type="site", addresses=()))


@blueprint.post("/sources/new")
def look() -> Response:
    """Visit the first pages of a source that staff describe, and show what it would bring."""
    source = _described()
    if isinstance(source, Response):
        return source
    found = work(lambda curator: curator.look_at_source(source))
    if isinstance(found, Response):
        return found
    record("source.look", source.name, after=source.model_dump())
    return page("source_preview.html", name=source.name, found=found, source=source, is_done=False)


@blueprint.post("/sources/add")
def add() -> Response:
    """Put a source that was looked at into the sources file."""
    source = _described()
    if isinstance(source, Response):
        return source
    done = work(lambda curator: curator.add_source(source))
    if isinstance(done, Response):
        return done
    record("source.add", source.name, after=source.model_dump())
    return page("source_added.html", name=done.added)


def _described() -> NewSource | Response:
    """Give the source that the form describes, or the form again with what is wrong in it."""
    source = source_from(request.form)
    fault = fault_of(source)
    return _form(source, fault=fault) if fault else source


def _form(source: NewSource, *, fault: str = "") -> Response:
    return page(
        "source_form.html",
        status=400 if fault else 200,
        source=source,
        fault=fault,
        types=SOURCE_TYPES,
        audiences=AUDIENCES,
        kinds=KINDS,
    )


def _status() -> tuple[IndexStatus | None, str]:
    """Give how index and sources do, or why that is not known."""
    curator = parts().curator
    if curator is None:
        return None, words().console.documents.not_set_up
    try:
        return curator.status(), ""
    except AspireError as error:
        return None, words().console.sources.unknown.format(error)
