"""Anthropic's messages, as documented."""

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise

from tests.local_models.reading import Body, number, only, records, text, texts
from tests.local_models.reply import THOUGHT, Asked, RefusedError, Reply

_KNOWN = {"model", "messages", "system", "stream", "temperature", "max_tokens"}
MODEL: str = "claude-sonnet-4-5"


def read(path: str, headers: Mapping[str, str], body: Body) -> Asked:
    if path != "/v1/messages":
        raise RefusedError(404, f"no such path: {path}")
    if not headers.get("x-api-key"):
        raise RefusedError(401, "no key")
    if headers.get("anthropic-version") != "2023-06-01":
        raise RefusedError(400, "no version")
    only(body, _KNOWN)
    messages = tuple(
        (text(one, "role", {"user", "assistant"}), texts(one, "content"))
        for one in records(body, "messages")
    )
    roles = [role for role, _ in messages]
    if roles[0] != "user" or any(a == b for a, b in pairwise(roles)):
        raise RefusedError(400, "roles must alternate, beginning with user")
    return Asked(
        key=headers["x-api-key"],
        model=text(body, "model"),
        system=texts(body, "system") if body.get("system") else "",
        messages=messages,
        max_tokens=int(number(body, "max_tokens", least=1)),
        temperature=number(body, "temperature", least=0, most=1),
        is_streamed=body.get("stream") is True,
    )


def events(asked: Asked, reply: Reply) -> Iterator[bytes]:
    usage = {
        "input_tokens": 11 if reply.has_usage else 0,
        "output_tokens": 1 if reply.has_usage else 0,
    }
    yield _event("message_start", message={**_message(asked), "usage": usage})
    at = 0
    if reply.has_asides:
        yield _event("ping")
        thinking = {"type": "thinking", "thinking": "", "signature": ""}
        yield from _block(0, thinking, {"type": "thinking_delta", "thinking": THOUGHT})
        at = 1
    block = {"type": "text", "text": ""}
    yield _event("content_block_start", index=at, content_block=block)
    for piece in reply.pieces:
        yield _delta(piece, at)
        if reply.has_asides:
            yield _event("ping")
            yield _delta("", at)


def _block(at: int, block: Mapping[str, object], delta: Mapping[str, object]) -> Iterator[bytes]:
    yield _event("content_block_start", index=at, content_block=block)
    yield _event("content_block_delta", index=at, delta=delta)
    yield _event("content_block_stop", index=at)


def more(asked: Asked) -> bytes:
    del asked
    return _delta("and so on ")


def endless_line() -> bytes:
    return b'event: content_block_delta\ndata: {"type": "'


def ending(asked: Asked, reply: Reply) -> Iterator[bytes]:
    del asked
    yield _event("content_block_stop", index=1 if reply.has_asides else 0)
    if reply.has_asides:
        arguments = {"type": "input_json_delta", "partial_json": '{"said": "[9]"}'}
        yield from _block(2, {**_TOOL_USE, "input": {}}, arguments)
    usage = {"output_tokens": len(reply.pieces) if reply.has_usage else 0}
    delta = {"stop_reason": _reason(reply), "stop_sequence": None}
    yield _event("message_delta", delta=delta, usage=usage)
    yield _event("message_stop")


def whole(asked: Asked, reply: Reply) -> bytes:
    usage = {"input_tokens": 11, "output_tokens": len(reply.pieces)}
    if not reply.has_usage:
        usage = {"input_tokens": 0, "output_tokens": 0}
    content: list[dict[str, object]] = [{"type": "text", "text": reply.text}]
    if reply.has_asides:
        thinking: dict[str, object] = {"type": "thinking", "thinking": THOUGHT, "signature": "s"}
        content = [thinking, *content, {**_TOOL_USE, "input": {"said": "[9]"}}]
    said = {"content": content, "stop_reason": _reason(reply), "usage": usage}
    return json.dumps({**_message(asked), **said}).encode()


def error(status: int, why: str) -> bytes:
    kind = "invalid_request_error" if status < 500 else "api_error"
    return json.dumps({"type": "error", "error": {"type": kind, "message": why}}).encode()


def _reason(reply: Reply) -> str:
    return {"length": "max_tokens", "refused": "refusal"}.get(reply.ending, "end_turn")


_TOOL_USE: dict[str, object] = {"type": "tool_use", "id": "toolu_1", "name": "search"}


def _message(asked: Asked) -> dict[str, object]:
    return {
        "id": "msg_1", "type": "message", "role": "assistant", "model": asked.model, "content": [],
        "stop_reason": None, "stop_sequence": None,
    }  # fmt: skip


def _delta(piece: str, at: int = 0) -> bytes:
    return _event("content_block_delta", index=at, delta={"type": "text_delta", "text": piece})


def _event(kind: str, **fields: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()
