"""What becomes of a modal that was submitted, by what the bot says to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aspire_bot.local_slack.blocks.views import view_problems
from aspire_bot.local_slack.courier import Delivery
from aspire_bot.local_slack.inputs import placed_elements
from aspire_bot.local_slack.model import View
from aspire_bot.local_slack.viewstack import Views
from aspire_bot.local_slack.wire import Json, RefusedError, as_object


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """How a submission went: `errors` by block id where the bot found fault with it."""

    delivery: Delivery
    errors: Mapping[str, str] = field(default_factory=dict[str, str])


def take_response(views: Views, view: View, delivery: Delivery) -> Submission:
    """Do with a modal what the bot says: close it where it says nothing.

    Raises:
        RefusedError: the bot was late, or says what Slack does not understand.
    """
    if not delivery.is_acknowledged:
        raise RefusedError("not_acknowledged", f"{view.view_id}: people see an error")
    response = delivery.response
    match response.get("response_action"):
        case None if not response:
            _close(views, view)
        case "clear":
            views.close(view.user, all_of_them=True)
        case "errors":
            return Submission(delivery=delivery, errors=_errors(view, response))
        case "update":
            views.update(view, _content(response))
        case "push":
            views.put(view.user, _content(response))
        case other:
            raise RefusedError("invalid_response_action", f"{other} of {sorted(response)}")
    return Submission(delivery=delivery)


def _close(views: Views, view: View) -> None:
    if any(open_view.view_id == view.view_id for open_view in views.stack(view.user)):
        views.close(view.user)


def _errors(view: View, response: Json) -> dict[str, str]:
    errors = as_object(response.get("errors")) or {}
    known = {p.block_id for p in placed_elements(view.content.get("blocks"))}
    if not errors or errors.keys() - known:
        raise RefusedError("invalid_errors", f"{sorted(errors)} are not among {sorted(known)}")
    return {block_id: str(text) for block_id, text in errors.items()}


def _content(response: Json) -> Json:
    content = response.get("view")
    if problems := view_problems(content, "modal"):
        raise RefusedError(problems[0].partition(":")[0], "; ".join(problems))
    return as_object(content) or {}
