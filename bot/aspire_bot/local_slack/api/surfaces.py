"""`views.*`, `assistant.threads.*` and `blocks.validate`."""

from aspire_bot.local_slack.api.request import Request, place, thread_of
from aspire_bot.local_slack.blocks.limits import block_problems, message_problems
from aspire_bot.local_slack.blocks.shapes import Shape, several, string
from aspire_bot.local_slack.blocks.views import view_problems
from aspire_bot.local_slack.model import View
from aspire_bot.local_slack.wire import Json, RefusedError, as_object

_loading = several(string(100), 1, 10)
_prompts = several(
    Shape(required={"title": string(75), "message": string(3000)}),
    1,
    4,
)


def open_view(request: Request) -> dict[str, object]:
    """Open a modal for the person whose trigger it is."""
    content = _content(request, "modal")
    return _about(request.workspace.views.open(request.text("trigger_id"), content))


def push_view(request: Request) -> dict[str, object]:
    """Put a modal over the one that is open."""
    content = _content(request, "modal")
    return _about(request.workspace.views.push(request.text("trigger_id"), content))


def update_view(request: Request) -> dict[str, object]:
    """Change an open modal."""
    content = _content(request, "modal")
    views = request.workspace.views
    view = views.find(
        view_id=request.text("view_id") or None, external_id=request.text("external_id") or None
    )
    _check_hash(request, view)
    return _about(views.update(view, content))


def publish_home(request: Request) -> dict[str, object]:
    """Show a person the Home of the app."""
    user = request.workspace.user(request.text("user_id")).user_id
    content = _content(request, "home")
    if home := request.workspace.views.homes.get(user):
        _check_hash(request, home)
    return _about(request.workspace.views.publish(user, content))


def set_status(request: Request) -> dict[str, object]:
    """Say what the bot is doing in a thread."""
    channel = place(request, "channel_id")
    thread_ts = thread_of(request, channel) or ""
    loading = request.arguments.get("loading_messages")
    if loading is not None:
        request.refuse([f"invalid_arguments: loading_messages{p}" for p in _loading(loading)])
    request.workspace.set_status(channel, thread_ts, request.text("status"))
    return {"ok": True}


def set_prompts(request: Request) -> dict[str, object]:
    """Offer questions in a conversation with the app."""
    channel = place(request, "channel_id")
    if request.workspace.channels[channel].kind != "direct":
        raise RefusedError("channel_not_supported", f"{channel} is no direct conversation")
    thread_ts = thread_of(request, channel) or ""
    prompts = request.arguments.get("prompts")
    request.refuse([f"invalid_arguments: prompts{problem}" for problem in _prompts(prompts)])
    shown: Json = {"title": request.text("title"), "prompts": prompts}
    request.workspace.prompts[channel, thread_ts] = shown
    _tell(request, "prompts_set", channel, {**shown, "thread_ts": thread_ts})
    return {"ok": True}


def set_title(request: Request) -> dict[str, object]:
    """Name a thread with the app."""
    channel = place(request, "channel_id")
    thread_ts, title = thread_of(request, channel) or "", request.text("title")
    request.workspace.titles[channel, thread_ts] = title
    _tell(request, "title_set", channel, {"thread_ts": thread_ts, "title": title})
    return {"ok": True}


def validate_blocks(request: Request) -> dict[str, object]:
    """Say what is wrong with blocks, a message or a view, without showing it to anybody."""
    given = {key: request.arguments.get(key) for key in ("blocks", "message", "view")}
    if sum(value is not None for value in given.values()) != 1:
        raise RefusedError("invalid_arguments", "exactly one of blocks, message, view")
    message, view = as_object(given["message"]), as_object(given["view"])
    if message is not None:
        problems = message_problems(message.get("text"), message.get("blocks"))
    elif view is not None:
        problems = view_problems(view, str(view.get("type")))
    else:
        problems = block_problems(given["blocks"])
    if problems:
        raise RefusedError("invalid_blocks", "; ".join(problems), is_breach=False)
    return {"ok": True}


def _content(request: Request, kind: str) -> Json:
    view = request.arguments.get("view")
    request.refuse(view_problems(view, kind))
    return as_object(view) or {}


def _check_hash(request: Request, view: View) -> None:
    given = request.text("hash")
    if given and given != view.hash:
        raise RefusedError("hash_conflict", f"{given} is not {view.hash}", is_breach=False)


def _about(view: View) -> dict[str, object]:
    return {"ok": True, "view": view.as_json()}


def _tell(request: Request, kind: str, channel: str, data: Json) -> None:
    workspace = request.workspace
    workspace.feed.publish(kind, team=workspace.team, channel=channel, data=data)
