"""Google's generateContent and streamGenerateContent, as documented."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.local_models.reading import Body, number, only, record, records, text
from tests.local_models.reply import THOUGHT, Asked, RefusedError, Reply

_PATH = re.compile(
    r"/v1beta/models/(?P<model>[\w.-]+):(?:(?P<one>generateContent)|streamGenerateContent\?alt=sse)"
)
_KNOWN = {"contents", "systemInstruction", "generationConfig"}
_CONFIG = {"temperature", "maxOutputTokens"}
MODEL: str = "gemini-2.5-flash"


def read(path: str, headers: Mapping[str, str], body: Body) -> Asked:
    match = _PATH.fullmatch(path)
    if match is None:
        raise RefusedError(404, f"no such path: {path}")
    if not headers.get("x-goog-api-key"):
        raise RefusedError(403, "no key")
    only(body, _KNOWN)
    config = record(body, "generationConfig")
    only(config, _CONFIG)
    contents = [
        (text(one, "role", {"user", "model"}), _parts(one)) for one in records(body, "contents")
    ]
    return Asked(
        key=headers["x-goog-api-key"],
        model=match["model"],
        system=_parts(record(body, "systemInstruction")) if "systemInstruction" in body else "",
        messages=tuple(("assistant" if role == "model" else role, said) for role, said in contents),
        max_tokens=int(number(config, "maxOutputTokens", least=1)),
        temperature=number(config, "temperature", least=0, most=2),
        is_streamed=match["one"] is None,
    )


def _parts(content: Body) -> str:
    parts = records(content, "parts")
    for part in parts:
        only(part, {"text"})
    return "\n".join(text(part, "text") for part in parts)


def events(asked: Asked, reply: Reply) -> Iterator[bytes]:
    del asked
    if reply.has_asides:
        yield _event(_with_parts(reply, [_THOUGHT]))
    for number_of_piece, piece in enumerate(reply.pieces, start=1):
        yield _event(_chunk(piece, reply, number_of_piece))
        if reply.has_asides:
            yield _event(_chunk("", reply, number_of_piece))
            yield _event({"usageMetadata": {"promptTokenCount": 11}})
    if reply.has_asides:
        yield _event(_with_parts(reply, [_CALL]))


_THOUGHT = {"text": THOUGHT, "thought": True}
_CALL = {"functionCall": {"name": "search", "args": {"said": "[9]"}}}


def _with_parts(reply: Reply, parts: list[dict[str, Any]]) -> dict[str, Any]:
    chunk = _chunk(None, reply, 0)
    chunk["candidates"][0]["content"]["parts"] = parts
    return chunk


def more(asked: Asked) -> bytes:
    del asked
    return _event(_chunk("and so on ", Reply(has_usage=False), 1))


def endless_line() -> bytes:
    return b'data: {"candidates": [{"content": {"parts": [{"text": "'


def ending(asked: Asked, reply: Reply) -> Iterator[bytes]:
    del asked
    # as the real one does: no parts in the last event
    last = _chunk(None, reply, len(reply.pieces))
    last["candidates"][0]["finishReason"] = _reason(reply)
    yield _event(last)


def whole(asked: Asked, reply: Reply) -> bytes:
    del asked
    chunk = _chunk(reply.text, reply, len(reply.pieces))
    if reply.has_asides:
        parts = chunk["candidates"][0]["content"]["parts"]
        chunk["candidates"][0]["content"]["parts"] = [_THOUGHT, *parts, _CALL]
    chunk["candidates"][0]["finishReason"] = _reason(reply)
    return json.dumps(chunk).encode()


def error(status: int, why: str) -> bytes:
    return json.dumps({"error": {"code": status, "message": why, "status": "UNKNOWN"}}).encode()


def _reason(reply: Reply) -> str:
    return {"length": "MAX_TOKENS", "refused": "SAFETY"}.get(reply.ending, "STOP")


def _chunk(piece: str | None, reply: Reply, written: int) -> dict[str, Any]:
    content: dict[str, object] = {"role": "model"}
    if piece is not None:
        content["parts"] = [{"text": piece}]
    chunk: dict[str, Any] = {"candidates": [{"content": content, "index": 0}]}
    if reply.has_usage:
        counts = {"promptTokenCount": 11, "candidatesTokenCount": written}
        chunk["usageMetadata"] = {**counts, "totalTokenCount": 11 + written}
    return chunk


def _event(chunk: Mapping[str, object]) -> bytes:
    return b"data: " + json.dumps(chunk).encode() + b"\r\n\r\n"
