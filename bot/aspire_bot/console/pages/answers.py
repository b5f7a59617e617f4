"""The kept answers: looked through, one in full, asked again."""

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from aspire_bot.answering.types import Answer, Outcome, Question
from aspire_bot.console.context import page, parts, record, words
from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.console.answer_list import AnswerFilter, ListedAnswer
from aspire_bot.state.feedback import VoteValue
from aspire_ingest.index.errors import AspireError

blueprint = Blueprint("answers", __name__)

_A_PAGE = 50
_OUTCOMES: tuple[Outcome, ...] = ("answered", "abstained", "clarify", "conversation")
_VOTES: tuple[VoteValue, ...] = ("up", "down")
_MOST_SEARCHED = 200
_MOST_GROUPS = 20


@blueprint.get("/answers")
def show() -> Response:
    """List answers, the newest first."""
    wanted = _wanted()
    found = parts().state.answer_list.page(wanted, _A_PAGE + 1, before=_before())
    template = "answers_table.html" if request.headers.get("HX-Request") else "answers.html"
    return page(
        template,
        wanted=wanted,
        answers=found[:_A_PAGE],
        outcomes=_OUTCOMES,
        groups=_groups(wanted.group) if template == "answers.html" else {},
        older=_place(found[_A_PAGE - 1]) if len(found) > _A_PAGE else None,
        is_first=_before() is None,
    )


@blueprint.get("/answers/<answer_id>")
def one(answer_id: str) -> Response:
    """Show an answer, and how it came about."""
    return _detail(_kept(answer_id), None, "")


@blueprint.post("/answers/<answer_id>/again")
def again(answer_id: str) -> Response:
    """Ask the same question now, and show what is said beside what was."""
    posted = _kept(answer_id)
    question = Question(text=posted.question, audience=posted.audience, act="question")
    record("answer.ask_again", answer_id)
    try:
        answer, failure = parts().answerer.answer(question), ""
    except AspireError as error:
        answer, failure = None, words().slack.error(error)
    if request.headers.get("HX-Request"):
        return page("answer_today.html", today=answer, failure=failure)
    return _detail(posted, answer, failure)


def _kept(answer_id: str) -> PostedAnswer:
    found = parts().state.answers.by_id(answer_id)
    if found is None:
        abort(404)
    return found


def _detail(posted: PostedAnswer, today: Answer | None, failure: str) -> Response:
    state = parts().state
    votes = state.feedback.of(posted.answer_id)
    return page(
        "answer.html",
        posted=posted,
        is_direct=posted.channel.startswith("D"),
        trace=state.traces.get(posted.answer_id),
        up=sum(vote.value == "up" for vote in votes),
        down=sum(vote.value == "down" for vote in votes),
        comments=[vote for vote in votes if vote.comment or vote.reason],
        today=today,
        failure=failure,
    )


def _wanted() -> AnswerFilter:
    given = request.args
    outcome: Outcome | None = next((x for x in _OUTCOMES if x == given.get("outcome")), None)
    vote: VoteValue | None = next((x for x in _VOTES if x == given.get("vote")), None)
    return AnswerFilter(
        text=given.get("text", "")[:_MOST_SEARCHED],
        outcome=outcome,
        language=given.get("language", "")[:10],
        vote=vote,
        group=given.get("group", "")[:_MOST_SEARCHED],
    )


def _groups(chosen: str) -> Mapping[str, str]:
    """Give the groups asked most, and the one that is chosen: the first question of each, by id."""
    state = parts().state
    groups = parts().groups.groups(_MOST_GROUPS)
    found = {one.cluster_id: one.title for one in groups if one.cluster_id}
    if chosen and chosen not in found:
        first = next(iter(state.gaps.some(state.clusters.gaps_of(chosen)).values()), None)
        found[chosen] = first.question if first else chosen
    return found


def _before() -> tuple[datetime, str] | None:
    """Where the page before ended; None where the address says nothing that can be used."""
    at, _, answer_id = request.args.get("before", "").partition("_")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, answer_id) if moment.tzinfo and answer_id else None


def _place(last: ListedAnswer) -> str:
    return f"{last.asked_at.isoformat()}_{last.answer_id}"
