"""`chat.*`: messages, ephemerals and streams."""

from dataclasses import replace

from aspire_bot.local_slack.api.request import (
    Request,
    from_bot,
    own_message,
    place,
    settle,
    thread_of,
    written,
)
from aspire_bot.local_slack.blocks.limits import block_problems
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.streams import MAX_TEXT_CHARS, Stream, chunk_problems
from aspire_bot.local_slack.wire import RefusedError, as_object, objects


def post_message(request: Request) -> dict[str, object]:
    """Post a message of the bot's."""
    channel = place(request)
    thread_ts = thread_of(request, channel)
    text, blocks = written(request)
    request.world.rates.take_post(request.method, request.workspace.team, channel)
    message = request.workspace.post(
        replace(
            from_bot(request, channel),
            text=text,
            blocks=blocks,
            thread_ts=thread_ts,
            metadata=as_object(request.arguments.get("metadata")),
        )
    )
    return _about(message)


def post_ephemeral(request: Request) -> dict[str, object]:
    """Show a message to one member of a channel."""
    channel = place(request)
    user = request.workspace.user(request.text("user")).user_id
    if user not in request.workspace.channels[channel].members:
        raise RefusedError("user_not_in_channel", f"{user} {channel}")
    thread_ts = thread_of(request, channel)
    text, blocks = written(request)
    shown = replace(from_bot(request, channel), text=text, blocks=blocks, thread_ts=thread_ts)
    message = request.workspace.post(replace(shown, ephemeral_to=user))
    return {"ok": True, "message_ts": message.ts}


def update(request: Request) -> dict[str, object]:
    """Put another text in the place of one of the bot's; not into an open stream."""
    message = settle(request, own_message(request))
    if message.is_streaming:
        raise RefusedError("streaming_state_conflict", f"{message.ts} is being streamed")
    text, blocks = written(request, max_text=4000)
    given = as_object(request.arguments.get("metadata"))
    changed = request.workspace.change(
        replace(
            message,
            text=text,
            blocks=blocks,
            edited_ts=request.workspace.new_ts(),
            metadata=given or message.metadata,
        )
    )
    return {**_about(changed), "text": text}


def delete(request: Request) -> dict[str, object]:
    """Delete one of the bot's messages; not one that is being streamed."""
    message = settle(request, own_message(request))
    if message.is_streaming:
        raise RefusedError("cant_delete_message", f"{message.ts} is being streamed")
    request.workspace.delete(message)
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def permalink(request: Request) -> dict[str, object]:
    """Give the address of a message."""
    channel = request.workspace.channel(request.text("channel")).channel_id
    message = request.workspace.message(channel, request.text("message_ts"))
    link = request.workspace.permalink(message)
    return {"ok": True, "channel": channel, "permalink": link}


def start_stream(request: Request) -> dict[str, object]:
    """Begin a message that grows; always a reply, and for somebody where it is in a channel."""
    channel = place(request)
    kind = request.workspace.channels[channel].kind
    for name in ("recipient_team_id", "recipient_user_id"):
        if kind != "direct" and not request.text(name):
            raise RefusedError(f"missing_{name}", f"in {channel}")
    if user := request.text("recipient_user_id"):
        request.workspace.user(user)
    thread_ts = thread_of(request, channel)
    chunks = _chunks(request)
    stream = Stream(
        started_s=request.world.clock(),
        mode="plan" if request.text("task_display_mode") == "plan" else "timeline",
    )
    message = replace(
        from_bot(request, channel), thread_ts=thread_ts, streaming_state="in_progress"
    )
    request.workspace.streams[channel, message.ts] = stream
    stream.add(chunks)
    request.workspace.post(replace(message, text=stream.text, blocks=stream.blocks()))
    return {"ok": True, "channel": channel, "ts": message.ts}


def append_stream(request: Request) -> dict[str, object]:
    """Add to an open stream."""
    message, stream = _open_stream(request)
    chunks = _chunks(request)
    if not chunks:
        raise RefusedError("no_text", "neither chunks nor markdown_text")
    stream.add(chunks)
    request.workspace.change(replace(message, text=stream.text, blocks=stream.blocks()))
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def stop_stream(request: Request) -> dict[str, object]:
    """End an open stream; its blocks are shown under what was streamed."""
    message, stream = _open_stream(request)
    chunks, blocks = _chunks(request), request.arguments.get("blocks")
    if blocks is not None:
        request.refuse(block_problems(blocks))
    stream.add(chunks)
    stream.state = "stopped"
    stopped = request.workspace.change(
        replace(
            message,
            text=stream.text,
            blocks=(*stream.blocks(), *objects(blocks)),
            streaming_state="completed",
            metadata=as_object(request.arguments.get("metadata")) or message.metadata,
        )
    )
    return _about(stopped)


def _open_stream(request: Request) -> tuple[Message, Stream]:
    message = settle(request, own_message(request))
    stream = request.workspace.streams.get((message.channel, message.ts))
    if stream is None or stream.state != "streaming":
        # Time running out is nobody's fault. To look whether a message is a stream is no breach
        # either: a caller that was cut off cannot know.
        raise RefusedError("message_not_in_streaming_state", message.ts, is_breach=False)
    return message, stream


def _chunks(request: Request) -> list[dict[str, object]]:
    """What is streamed by a call: its chunks, and its text as one more of them."""
    chunks, text = request.arguments.get("chunks"), request.text("markdown_text")
    if len(text) > MAX_TEXT_CHARS:
        raise RefusedError("msg_too_long", f"markdown_text of {len(text)} characters")
    if chunks is not None:
        request.refuse(chunk_problems(chunks))
    given = [dict(chunk) for chunk in objects(chunks)]
    return [*given, {"type": "markdown_text", "text": text}] if text else given


def _about(message: Message) -> dict[str, object]:
    return {
        "ok": True,
        "channel": message.channel,
        "ts": message.ts,
        "message": message.as_json(),
    }
