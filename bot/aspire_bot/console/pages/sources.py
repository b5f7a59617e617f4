"""Where documents come from, and how these places do."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, parts, words
from aspire_ingest.index.errors import AspireError

blueprint = Blueprint("sources", __name__)


@blueprint.get("/sources")
def show() -> Response:
    """Show the page; how the sources do takes a moment and comes after it."""
    return page("sources.html", is_whole=request.args.get("whole") == "yes", **_looked_at())


@blueprint.get("/sources/state")
def state() -> Response:
    """Show how the sources do, for the page that is there already."""
    return page("sources_table.html", **_status())


def _looked_at() -> dict[str, object]:
    # Without scripts nothing comes after the page.
    return _status() if request.args.get("whole") == "yes" else {"found": None, "failure": ""}


def _status() -> dict[str, object]:
    curator = parts().curator
    if curator is None:
        return {"found": None, "failure": words().console.documents.not_set_up}
    try:
        return {"found": curator.status(), "failure": ""}
    except AspireError as error:
        said = words().console.sources.unknown.format(error)
        return {"found": None, "failure": said}
