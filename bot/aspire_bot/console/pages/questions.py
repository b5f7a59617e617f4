"""Questions that the documents do not answer: put together, taken apart, dismissed."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.answering.types import Question
from aspire_bot.console.context import page, parts, record, visitor, words
from aspire_bot.console.inbox_page import MOST_CHARACTERS, inbox_page
from aspire_bot.office.cluster_decisions import ClusterDecisions
from aspire_ingest.index.errors import AspireError

blueprint = Blueprint("questions", __name__)


_A_PAGE = 20
_MOST_SEARCHED = 200


@blueprint.get("/questions")
def show() -> Response:
    """List all groups, or those that hold words, or what may be put together with a cluster."""
    given = request.args
    text, into = given.get("text", "")[:_MOST_SEARCHED].strip(), given.get("into", "")
    state, number = parts().state, given.get("from", "")
    start = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 0
    joined = list(state.gaps.some(state.clusters.gaps_of(into) if into else ()).values())
    if into and not joined:
        return _is_gone()
    found, total = parts().groups.found(text, start=start, limit=_A_PAGE, beside=into)
    return page(
        "groups.html",
        groups=found,
        total=total,
        start=start,
        a_page=_A_PAGE,
        text=text,
        into=into,
        title=joined[0].question if joined else "",
    )


@blueprint.post("/questions/<gap_id>/dismiss")
def dismiss(gap_id: str) -> Response:
    """Say that an unanswered question needs no answer, and why."""
    told, reason = words().console.inbox, _reason()
    gap = parts().state.gaps.get(gap_id)
    if gap is None:
        return inbox_page(words().console.no_answer_kept, status=404)
    if not reason:
        return inbox_page(told.empty_reason, status=400)
    parts().state.gaps.set_status(gap_id, "dismissed")
    after = {"status": "dismissed", "reason": reason}
    record("question.dismiss", gap_id, before={"status": gap.status}, after=after)
    return redirect(url_for("inbox.show", told="dismissed"), 303)


@blueprint.post("/questions/<gap_id>/ask")
def ask(gap_id: str) -> Response:
    """Show what the documents answer to an unanswered question by now, for whom it was asked."""
    state = parts().state
    gap = state.gaps.get(gap_id)
    if gap is None:
        return inbox_page(words().console.no_answer_kept, status=404)
    posted = state.answers.by_id(gap.answer_id) if gap.answer_id else None
    audience = posted.audience if posted else "public"
    question = Question(text=gap.question, audience=audience, act="question")
    record("question.ask_again", gap_id)
    try:
        answer, failure = parts().answerer.answer(question), ""
    except AspireError as error:
        answer, failure = None, words().slack.error(error)
    is_part = bool(request.headers.get("HX-Request"))
    template = "question_today.html" if is_part else "question_today_page.html"
    return page(template, gap=gap, today=answer, failure=failure)


@blueprint.post("/clusters/<cluster_id>/dismiss")
def dismiss_cluster(cluster_id: str) -> Response:
    """Say that questions that ask the same, now or later, need no answer, and why."""
    reason = _reason()
    if not reason:
        return inbox_page(words().console.inbox.empty_reason, status=400)
    if not _decisions().dismiss(cluster_id, visitor().session.user, reason):
        return _is_gone()
    after = {"status": "dismissed", "reason": reason}
    record("cluster.dismiss", cluster_id, before={"status": "open"}, after=after)
    return redirect(url_for("inbox.show", told="dismissed"), 303)


@blueprint.post("/clusters/<cluster_id>/reopen")
def reopen(cluster_id: str) -> Response:
    """Take up again what was dismissed."""
    if not _decisions().reopen(cluster_id, visitor().session.user):
        return _is_gone()
    record("cluster.reopen", cluster_id, before={"status": "dismissed"}, after={"status": "open"})
    return redirect(url_for("inbox.show", told="reopened"), 303)


@blueprint.post("/clusters/<cluster_id>/merge")
def merge(cluster_id: str) -> Response:
    """Put another cluster's questions into this one, for good."""
    other = request.form.get("other", "")
    moved = list(parts().state.clusters.gaps_of(other))
    if not _decisions().merge(cluster_id, other):
        return _is_gone()
    record("cluster.merge", cluster_id, before={"other": other}, after={"joined": moved})
    return redirect(url_for("inbox.show", told="merged"), 303)


@blueprint.post("/clusters/<cluster_id>/split")
def split(cluster_id: str) -> Response:
    """Give some questions of a cluster one of their own, for good."""
    wanted = request.form.getlist("gap")
    if not wanted:
        return inbox_page(words().console.inbox.split_none, status=400)
    made = _decisions().split(cluster_id, wanted)
    if made is None:
        return inbox_page(words().console.inbox.split_all, status=409)
    moved = list(parts().state.clusters.gaps_of(made))
    record("cluster.split", cluster_id, after={"cluster": made, "moved": moved})
    return redirect(url_for("inbox.show", told="split"), 303)


def _decisions() -> ClusterDecisions:
    return ClusterDecisions(state=parts().state, team=request.form.get("team", ""))


def _reason() -> str:
    return " ".join(request.form.get("reason", "").split())[:MOST_CHARACTERS]


def _is_gone() -> Response:
    return inbox_page(words().console.inbox.cluster_gone, status=409)
