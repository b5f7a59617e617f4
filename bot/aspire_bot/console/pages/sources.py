"""Where documents come from, and how these places do."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, parts, words
from aspire_bot.curator import IndexStatus
from aspire_ingest.index.errors import AspireError

blueprint = Blueprint("sources", __name__)


@blueprint.get("/sources")
def show() -> Response:
    """Show the page; how the sources do takes a moment and comes after it."""
    # Without scripts nothing comes after the page: there it is asked for as a whole.
    is_whole = request.args.get("whole") == "yes"
    found, failure = _status() if is_whole else (None, "")
    return page("sources.html", is_whole=is_whole, found=found, failure=failure)


@blueprint.get("/sources/state")
def state() -> Response:
    """Show how the sources do, for the page that is there already."""
    found, failure = _status()
    return page("sources_table.html", found=found, failure=failure)


def _status() -> tuple[IndexStatus | None, str]:
    """Give how index and sources do, or why that is not known."""
    curator = parts().curator
    if curator is None:
        return None, words().console.documents.not_set_up
    try:
        return curator.status(), ""
    except AspireError as error:
        return None, words().console.sources.unknown.format(error)
