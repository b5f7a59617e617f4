"""OpenAI's chat completions, as documented; the subset that servers compatible with it share."""

import json
from collections.abc import Iterator, Mapping

from tests.local_models.reading import Body, number, only, records, text, texts
from tests.local_models.reply import THOUGHT, Asked, RefusedError, Reply

_KNOWN = {"model", "messages", "stream", "stream_options", "temperature", "max_tokens",
          "max_completion_tokens"}  # fmt: skip
_ROLES = {"system", "developer", "user", "assistant"}
MODEL: str = "local-model"


def read(path: str, headers: Mapping[str, str], body: Body) -> Asked:
    if path not in ("/v1/chat/completions", "/openai/v1/chat/completions"):  # the second: Azure
        raise RefusedError(404, f"no such path: {path}")
    scheme, _, key = headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not key:
        raise RefusedError(401, "no bearer token")
    only(body, _KNOWN)
    messages = [
        (text(one, "role", _ROLES), texts(one, "content")) for one in records(body, "messages")
    ]
    system = "\n".join(said for role, said in messages if role in ("system", "developer"))
    wanted = body.get("max_tokens", body.get("max_completion_tokens"))
    return Asked(
        key=key,
        model=text(body, "model"),
        system=system,
        messages=tuple((role, said) for role, said in messages if role in ("user", "assistant")),
        max_tokens=int(number({"max_tokens": wanted}, "max_tokens", least=1)),
        temperature=number(body, "temperature", least=0, most=2),
        is_streamed=body.get("stream") is True,
        extras={"stream_options": body.get("stream_options")},
    )


def events(asked: Asked, reply: Reply) -> Iterator[bytes]:
    yield _event(asked, {"role": "assistant", "content": ""})
    if reply.has_asides:
        yield b": ping\n\n"
        yield _event(asked, {"reasoning_content": THOUGHT})  # DeepSeek, llama.cpp
        yield _event(asked, {"reasoning": THOUGHT})  # vLLM
    for piece in reply.pieces:
        yield _event(asked, {"content": piece})
        if reply.has_asides:
            yield _event(asked, {"content": ""})
            yield _event(asked, {"content": None})
            yield _event(asked, {})
            yield b"data: " + json.dumps({**_head(asked), "choices": []}).encode() + b"\n\n"
    if reply.has_asides:
        yield _event(asked, {"tool_calls": [{"index": 0, **_TOOL_CALL}]})


_TOOL_CALL = {
    "id": "call_1",
    "type": "function",
    "function": {"name": "search", "arguments": '{"said": "[9]"}'},
}
_REASONS = {"length": "length", "refused": "content_filter"}


def more(asked: Asked) -> bytes:
    return _event(asked, {"content": "and so on "})


def endless_line() -> bytes:
    return b'data: {"id": "'


def ending(asked: Asked, reply: Reply) -> Iterator[bytes]:
    if reply.ending == "refused":
        yield _event(asked, {"refusal": "I cannot help with that [9]."})
    yield _event(asked, {}, finish=_REASONS.get(reply.ending, "stop"))
    options = asked.extras["stream_options"]
    if reply.has_usage and options == {"include_usage": True}:
        yield (
            b"data: "
            + json.dumps({**_head(asked), "choices": [], "usage": _usage(reply)}).encode()
            + b"\n\n"
        )
    yield b"data: [DONE]\n\n"


def whole(asked: Asked, reply: Reply) -> bytes:
    message: dict[str, object] = {"role": "assistant", "content": reply.text}
    if reply.has_asides:
        message |= {"reasoning_content": THOUGHT, "tool_calls": [_TOOL_CALL]}
    reason = _REASONS.get(reply.ending, "stop")
    choice = {"index": 0, "message": message, "finish_reason": reason}
    head = {**_head(asked), "object": "chat.completion"}
    usage = {"usage": _usage(reply)} if reply.has_usage else {}
    return json.dumps({**head, "choices": [choice], **usage}).encode()


def error(status: int, why: str) -> bytes:
    kind = "invalid_request_error" if status < 500 else "server_error"
    return json.dumps({"error": {"message": why, "type": kind, "code": None}}).encode()


def _event(asked: Asked, delta: Mapping[str, object], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return b"data: " + json.dumps({**_head(asked), "choices": [choice]}).encode() + b"\n\n"


def _head(asked: Asked) -> dict[str, object]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": asked.model,
    }


def _usage(reply: Reply) -> dict[str, int]:
    written = len(reply.pieces)
    return {"prompt_tokens": 11, "completion_tokens": written, "total_tokens": 11 + written}
