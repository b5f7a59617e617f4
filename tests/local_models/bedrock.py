"""Amazon Bedrock's Converse and ConverseStream, as documented: events are binary frames."""

import json
import re
import struct
import zlib
from collections.abc import Iterator, Mapping

from tests.local_models.reading import Body, number, only, record, records, text
from tests.local_models.reply import THOUGHT, Asked, RefusedError, Reply

EVENTS = "application/vnd.amazon.eventstream"
MODEL: str = "anthropic.claude-sonnet-4-5-20250929-v1:0"
_PATH = re.compile(r"/model/(?P<model>[^/]+)/converse(?P<streamed>-stream)?")
_KNOWN = {"messages", "system", "inferenceConfig"}


def read(path: str, headers: Mapping[str, str], body: Body) -> Asked:
    match = _PATH.fullmatch(path)
    if match is None:
        raise RefusedError(404, f"no such path: {path}")
    key = re.search(r"Credential=([^/]+)/", headers.get("Authorization", ""))
    if key is None:
        raise RefusedError(403, "not signed")
    only(body, _KNOWN)
    config = record(body, "inferenceConfig")
    return Asked(
        key=key[1],
        model=match["model"].replace("%3A", ":"),
        system=_texts(body, "system"),
        messages=tuple(
            (text(one, "role", {"user", "assistant"}), _texts(one, "content"))
            for one in records(body, "messages")
        ),
        max_tokens=int(number(config, "maxTokens", least=1)),
        temperature=number(config, "temperature", least=0, most=1),
        is_streamed=match["streamed"] is not None,
    )


def _texts(body: Body, name: str) -> str:
    blocks = records(body, name)
    for block in blocks:
        only(block, {"text"})
    return "\n".join(text(block, "text") for block in blocks)


def events(asked: Asked, reply: Reply) -> Iterator[bytes]:
    del asked
    yield _frame("messageStart", {"role": "assistant"})
    at = 0
    if reply.has_asides:
        yield _delta({"reasoningContent": {"text": THOUGHT}}, 0)
        yield _delta({"reasoningContent": {"signature": "signed"}}, 0)
        yield _frame("contentBlockStop", {"contentBlockIndex": 0})
        at = 1
    for piece in reply.pieces:
        yield _delta({"text": piece}, at)
        if reply.has_asides:
            yield _delta({"text": ""}, at)
    yield _frame("contentBlockStop", {"contentBlockIndex": at})
    if reply.has_asides:
        use = {"toolUse": {"toolUseId": "tool_1", "name": "search"}}
        yield _frame("contentBlockStart", {"start": use, "contentBlockIndex": 2})
        yield _delta({"toolUse": {"input": '{"said": "[9]"}'}}, 2)
        yield _frame("contentBlockStop", {"contentBlockIndex": 2})


def more(asked: Asked) -> bytes:
    del asked
    return _delta({"text": "and so on "}, 0)


def endless_line() -> bytes:
    return _frame("contentBlockDelta", {"delta": {"text": "x" * 100}})[:50]


def ending(asked: Asked, reply: Reply) -> Iterator[bytes]:
    del asked
    yield _frame("messageStop", {"stopReason": _reason(reply)})
    if reply.has_usage:
        yield _frame("metadata", {"usage": _usage(reply), "metrics": {"latencyMs": 1}})


def whole(asked: Asked, reply: Reply) -> bytes:
    del asked
    message = {"role": "assistant", "content": [{"text": reply.text}]}
    said = {"output": {"message": message}, "stopReason": _reason(reply), "usage": _usage(reply)}
    return json.dumps(said).encode()


def error(status: int, why: str) -> bytes:
    del status
    return json.dumps({"message": why}).encode()


def _reason(reply: Reply) -> str:
    named = {"length": "max_tokens", "refused": "guardrail_intervened"}
    return named.get(reply.ending, "end_turn")


def _usage(reply: Reply) -> dict[str, int]:
    written = len(reply.pieces)
    return {"inputTokens": 11, "outputTokens": written, "totalTokens": 11 + written}


def _delta(delta: Mapping[str, object], at: int) -> bytes:
    return _frame("contentBlockDelta", {"delta": delta, "contentBlockIndex": at})


def _frame(kind: str, payload: Mapping[str, object]) -> bytes:
    """One message of an event stream: lengths, headers, payload, and a checksum of each half."""
    named = {":event-type": kind, ":content-type": "application/json", ":message-type": "event"}
    headers = b"".join(
        struct.pack(">B", len(name)) + name.encode() + struct.pack(">BH", 7, len(value))
        + value.encode()
        for name, value in named.items()
    )  # fmt: skip
    body = json.dumps(payload).encode()
    prelude = struct.pack(">II", 16 + len(headers) + len(body), len(headers))
    framed = prelude + struct.pack(">I", zlib.crc32(prelude)) + headers + body
    return framed + struct.pack(">I", zlib.crc32(framed))
