"""Slack's rules for a message, as a check that names each breach."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

Json = Mapping[str, object]

MAX_BLOCKS = 50
MAX_MESSAGE_CHARS = 12_000
MAX_TEXT_CHARS = 3000
MAX_CONTEXT_ELEMENTS = 10

_BLOCK_KEYS = {
    "section": {"type", "block_id", "text"},
    "context": {"type", "block_id", "elements"},
}
_TEXT_KEYS = {
    "mrkdwn": {"type", "text", "verbatim"},
    "plain_text": {"type", "text", "emoji"},
}


def message_problems(text: object, blocks: object) -> list[str]:
    """Name what Slack would refuse, or cut, in a message."""
    problems: list[str] = []
    if not isinstance(text, str) or not text:
        problems.append("no text for notifications")
    if not isinstance(blocks, Sequence) or isinstance(blocks, str):
        return [*problems, "invalid_blocks: no list of blocks"]
    checked = cast("Sequence[object]", blocks)
    if not 1 <= len(checked) <= MAX_BLOCKS:
        problems.append(f"invalid_blocks: {len(checked)} blocks")
    for index, block in enumerate(checked):
        problems += [f"invalid_blocks: {index}: {p}" for p in _block_problems(block)]
    total = sum(map(len, message_texts(checked))) + len(str(text))
    if total >= MAX_MESSAGE_CHARS:
        problems.append(f"msg_blocks_too_long: {total} characters")
    return problems


def message_texts(blocks: Sequence[object]) -> list[str]:
    """Collect the texts of sections and contexts, in order."""
    return [str(text.get("text")) for block in blocks for text in _texts(block)]


def _block_problems(block: object) -> Iterator[str]:
    if not isinstance(block, Mapping):
        yield "not an object"
        return
    fields = cast("Json", block)
    kind = str(fields.get("type"))
    if kind not in _BLOCK_KEYS:
        yield f"unknown block type {kind}"
        return
    yield from (f"unknown key {key}" for key in set(fields) - _BLOCK_KEYS[kind])
    texts = list(_texts(fields))
    if kind == "section" and len(texts) != 1:
        yield "a section has one text"
    if kind == "context" and not 1 <= len(texts) <= MAX_CONTEXT_ELEMENTS:
        yield f"a context has 1 to {MAX_CONTEXT_ELEMENTS} elements, not {len(texts)}"
    for text in texts:
        yield from _text_problems(text)


def _text_problems(text: Json) -> Iterator[str]:
    kind = str(text.get("type"))
    if kind not in _TEXT_KEYS:
        yield f"unknown text type {kind}"
        return
    yield from (f"unknown key {key}" for key in set(text) - _TEXT_KEYS[kind])
    written = text.get("text")
    if not isinstance(written, str) or not 1 <= len(written) <= MAX_TEXT_CHARS:
        yield f"text of {len(str(written))} characters"


def _texts(block: object) -> Iterator[Json]:
    if not isinstance(block, Mapping):
        return
    fields = cast("Json", block)
    found = fields.get("elements") if fields.get("type") == "context" else [fields.get("text")]
    for text in cast("Sequence[object]", found or []):
        if isinstance(text, Mapping):
            yield cast("Json", text)
