"""The page that a citation opens: one document, by a signed link, and nothing else."""

from flask import Blueprint
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, parts, visitor_or_none, words
from aspire_bot.console.views.document_text import blocks_of
from aspire_bot.console.views.documents import name_of
from aspire_ingest.index.errors import AspireError

blueprint = Blueprint("reader", __name__)

_MOST_CHARACTERS = 300_000
_AROUND = 100_000


@blueprint.get("/d/<token>")
def show(token: str) -> Response:
    """Show the quoted sentence in its document."""
    console, told = parts(), words().console.reader
    link = console.page_links.read(token) if console.page_links else None
    if link is None:
        return _refused(told.not_valid, 403)
    try:
        with console.open_index() as index:
            document = index.document(link.document_id)
    except (KeyError, AspireError):
        return _refused(told.not_here, 404)
    # A link for everybody opens what is for everybody now; one for staff wants staff to be there.
    is_for_staff = document.info.audience == "staff"
    if is_for_staff and link.audience != "staff":
        return _refused(told.not_valid, 403)
    if is_for_staff and visitor_or_none() is None:
        return _refused(told.for_staff, 403)
    mark = link.marks(document.text)
    start, end = _part(len(document.text), mark)
    return page(
        "reader.html",
        info=document.info,
        name=name_of(document.info),
        mark=document.text[slice(*mark)] if mark else "",
        blocks=blocks_of(document.text, start, end, [mark] if mark else []),
    )


def _part(length: int, mark: tuple[int, int] | None) -> tuple[int, int]:
    """Give what is shown of a text: all, but of a very long one what is around the quote."""
    if length <= _MOST_CHARACTERS:
        return 0, length
    start, end = mark or (0, 0)
    return max(start - _AROUND, 0), min(end + _AROUND, length)


def _refused(said: str, status: int) -> Response:
    return page("reader_refused.html", status=status, told=said)
