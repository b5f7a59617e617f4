"""Ollama's /api/chat, as documented: one JSON object a line."""

import json
from collections.abc import Iterator, Mapping

from tests.local_models.reading import Body, number, only, record, records, text
from tests.local_models.reply import THOUGHT, Asked, RefusedError, Reply

EVENTS = "application/x-ndjson"
MODEL: str = "qwen3:8b"
_KNOWN = {"model", "messages", "stream", "options", "tools", "format", "think", "keep_alive"}
_OPTIONS = {"temperature", "num_ctx", "num_predict"}
_ROLES = {"system", "user", "assistant"}


def read(path: str, headers: Mapping[str, str], body: Body) -> Asked:
    if path != "/api/chat":
        raise RefusedError(404, f"no such path: {path}")
    only(body, _KNOWN)
    options = record(body, "options")
    only(options, _OPTIONS)
    messages = [(text(m, "role", _ROLES), text(m, "content")) for m in records(body, "messages")]
    return Asked(
        key=headers.get("Authorization", "").removeprefix("Bearer "),
        model=text(body, "model"),
        system="\n".join(said for role, said in messages if role == "system"),
        messages=tuple(one for one in messages if one[0] != "system"),
        max_tokens=int(number(options, "num_predict", least=1)),
        temperature=number(options, "temperature", least=0, most=2),
        is_streamed=body.get("stream") is True,
        extras={"num_ctx": options.get("num_ctx")},
    )


def events(asked: Asked, reply: Reply) -> Iterator[bytes]:
    if reply.has_asides:
        yield _line(asked, {"content": "", "thinking": THOUGHT})
    for piece in reply.pieces:
        yield _line(asked, {"content": piece})
        if reply.has_asides:
            yield _line(asked, {"content": ""})
    if reply.has_asides:
        called = {"function": {"name": "search", "arguments": {"said": "[9]"}}}
        yield _line(asked, {"content": "", "tool_calls": [called]})


def more(asked: Asked) -> bytes:
    return _line(asked, {"content": "and so on "})


def endless_line() -> bytes:
    return b'{"model": "'


def ending(asked: Asked, reply: Reply) -> Iterator[bytes]:
    yield _line(asked, {"content": ""}, **_ended(reply))


def whole(asked: Asked, reply: Reply) -> bytes:
    return _line(asked, {"content": reply.text}, **_ended(reply))


def error(status: int, why: str) -> bytes:
    del status
    return json.dumps({"error": why}).encode()


def _ended(reply: Reply) -> dict[str, object]:
    reason = "length" if reply.ending == "length" else "stop"
    counts = {"prompt_eval_count": 11, "eval_count": len(reply.pieces)} if reply.has_usage else {}
    return {"done": True, "done_reason": reason, **counts}


def _line(asked: Asked, message: Mapping[str, object], **fields: object) -> bytes:
    said = {"role": "assistant", **message}
    head = {"model": asked.model, "created_at": "2026-01-01T00:00:00Z", "done": False}
    return json.dumps({**head, "message": said, **fields}).encode() + b"\n"
