"""What waits for staff."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aspire_bot.console.inbox_page import inbox_page, told_of

blueprint = Blueprint("inbox", __name__)


@blueprint.get("/")
def show() -> Response:
    """Show all that waits, and what was done just now."""
    return inbox_page(told_of(request.args.get("told", "")))
