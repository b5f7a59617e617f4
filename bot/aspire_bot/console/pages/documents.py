"""Documents: looked through, and one with its text as it is indexed."""

from pathlib import Path

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from aspire_bot.console.context import language, page, parts
from aspire_bot.console.originals import PictureError
from aspire_bot.console.pages.watches import shown_watch
from aspire_bot.console.views.document_settings import (
    field_of,
    left_out,
    pages_shown,
    undoable,
    with_page,
)
from aspire_bot.console.views.document_text import MOST_PASSAGES, passages_shown
from aspire_bot.console.views.documents import DocumentFilter, listed, name_of
from aspire_bot.curator import MAX_FILE_BYTES
from aspire_bot.office.staleness import stale_note, stale_of
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.types import APPROVED_BY, AUDIENCES, KINDS

blueprint = Blueprint("documents", __name__)

_A_PAGE = 50
_MOST_SEARCHED = 200
_MOST_PAGES = 5000
_CHANGES = ("document.change", "document.undo")
_MOST_CHANGES = 10


@blueprint.get("/documents")
def show() -> Response:
    """List documents, the newest first."""
    console, wanted = parts(), _wanted()
    with console.open_index() as index:
        shelf = console.shelves.of(index)
    found = shelf.matching(wanted)
    first = min(_number("from", 0), max(len(found) - 1, 0))
    template = "documents_table.html" if request.headers.get("HX-Request") else "documents.html"
    shown = found[first : first + _A_PAGE]
    cited = console.state.answer_list.times_cited([info.document_id for info in shown])
    return page(
        template,
        wanted=wanted,
        documents=listed(shown, cited, console.today()),
        stale={info.document_id: _stale(info) for info in shown},
        total=len(found),
        first=first,
        size=_A_PAGE,
        kinds=KINDS,
        audiences=AUDIENCES,
        languages=shelf.languages,
    )


@blueprint.get("/documents/show")
def one() -> Response:
    """Show a document."""
    console, document_id = parts(), request.args.get("id", "")
    with console.open_index() as index:
        try:
            document = index.document(document_id)
        except KeyError:
            abort(404)
        passages = index.passages_of(document_id)
        languages = console.shelves.of(index).languages
    info = document.info
    is_approved = APPROVED_BY in info.extra
    changes = console.state.audit.about(document_id, _CHANGES, _MOST_CHANGES)
    original = console.pictures.original_of(info)
    is_counted = original is not None and original.suffix.lower() == ".pdf"
    return page(
        "document.html",
        document=document,
        info=info,
        stale=_stale(info),
        name=name_of(info),
        set_fields=info.override.fields if info.override else (),
        file=info.override.file if info.override else "",
        left_out=left_out(info),
        left_out_pages=info.override.left_out if info.override else (),
        with_page=with_page,
        pages_shown=pages_shown,
        field_of=field_of,
        changes=changes,
        undoable=undoable(changes),
        is_approved=is_approved,
        watch=None if is_approved else shown_watch("document", document_id),
        max_megabytes=MAX_FILE_BYTES // (1024 * 1024),
        audiences=AUDIENCES,
        kinds=KINDS,
        languages=sorted({"en", "ja", *languages}),
        passages=passages_shown(document.text, passages),
        total=len(passages),
        is_cut=len(passages) > MOST_PASSAGES,
        pages=len(document.page_starts),
        has_original=original is not None,
        drawn=max(len(document.page_starts), 1) if is_counted else None,
        citing=console.state.answer_list.citing(document_id),
        may_change=console.curator is not None,
    )


def _stale(info: DocumentInfo) -> str:
    """Say why a document may be out of date; nothing where no rule says so."""
    stale = stale_of(info, parts().today())
    return stale_note(stale, language()) if stale else ""


@blueprint.get("/documents/pictures")
def pictures() -> Response:
    """Show the pages of an office file, which must be drawn before one knows how many it has."""
    info, original = _original()
    try:
        drawn = parts().pictures.count(original)
    except PictureError:
        drawn = 0
    return page(
        "document_pictures.html",
        info=info,
        drawn=drawn,
        pages=0,
        left_out=left_out(info),
        with_page=with_page,
        may_change=False,
    )


@blueprint.get("/documents/picture")
def picture() -> Response:
    """Draw a page of a document's original."""
    _, original = _original()
    number = _number("page", 1)
    if not 1 <= number <= _MOST_PAGES:
        abort(404)
    try:
        return Response(parts().pictures.draw(original, number), content_type="image/png")
    except PictureError:
        abort(404)


def _original() -> tuple[DocumentInfo, Path]:
    """Give the document that is asked for and its file; 404 where it is not at hand."""
    with parts().open_index() as index:
        info = index.documents().get(request.args.get("id", ""))
    original = parts().pictures.original_of(info) if info else None
    if info is None or original is None:
        abort(404)
    return info, original


def _wanted() -> DocumentFilter:
    given = request.args
    return DocumentFilter(
        text=given.get("text", "")[:_MOST_SEARCHED],
        kind=given.get("kind", ""),
        language=given.get("language", ""),
        audience=given.get("audience", ""),
        doubtful=given.get("doubtful", "") == "yes",
    )


def _number(name: str, otherwise: int) -> int:
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else otherwise
