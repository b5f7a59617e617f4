"""Slack's rules for the blocks of a message, as a check that names each breach.

From https://docs.slack.dev/reference/block-kit/blocks and the checks of `slack_sdk.models`.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from aspire_bot.local_slack.blocks import elements
from aspire_bot.local_slack.blocks.shapes import (
    TEXT_KEYS,
    Check,
    Shape,
    boolean,
    by_type,
    one_of,
    plain,
    repeated,
    several,
    string,
    text,
    under,
    url,
)
from aspire_bot.local_slack.blocks.tables import table, table_texts
from aspire_bot.local_slack.wire import Json, as_list, as_object, objects, text_of

Surface = Literal["message", "modal", "home"]

MAX_BLOCKS = 50
MAX_MESSAGE_CHARS = 12_000
"""Of one message in all. Slack refuses with `msg_blocks_too_long` from about 13,200 on."""
MAX_TEXT_CHARS = 3000
MAX_CONTEXT_ELEMENTS = 10

_ID = {"block_id": string(255)}
_MARKDOWN = string(MAX_MESSAGE_CHARS)
TASK_STATUS = one_of("pending", "in_progress", "complete", "error")


def _text_or_fields(section: Json) -> Iterator[str]:
    if section.get("text") is None and section.get("fields") is None:
        yield " needs a text or fields"


def _any_rich(value: object) -> Iterator[str]:
    """Rich text nests freely: the kinds are checked, and that links are addresses."""
    found = as_object(value)
    kind = str(found.get("type")) if found else ""
    if found is None or not (kind in _RICH or kind.startswith("rich_text_")):
        yield f".type {kind} is no rich text"
        return
    if kind == "link":
        yield from under(".url", url(found.get("url")))
    if kind == "text":
        yield from under(".text", string(MAX_MESSAGE_CHARS)(found.get("text")))
    for index, element in enumerate(as_list(found.get("elements")) or ()):
        yield from under(f".elements[{index}]", _any_rich(element))


_RICH = frozenset({"text", "link", "emoji", "user", "usergroup", "channel", "date", "broadcast"})
_RICH_TEXT = Shape(required={"elements": several(_any_rich, 1, 1000)}, optional=_ID)
_TASK: dict[str, Check] = {"task_id": string(255), "title": string(256)}
_TASK_CARD = Shape(
    required={**_TASK, "status": TASK_STATUS},
    optional={
        **_ID,
        "details": _RICH_TEXT,
        "output": _RICH_TEXT,
        "sources": several(elements.source, 0, 50),
    },
)

BLOCKS: dict[str, Check] = {
    "section": Shape(
        optional={
            **_ID,
            "text": text(MAX_TEXT_CHARS),
            "fields": several(text(2000), 1, 10),
            "accessory": elements.in_section,
            "expand": boolean,
        },
        rule=_text_or_fields,
    ),
    "header": Shape(required={"text": plain(150)}, optional=_ID),
    "divider": Shape(optional=_ID),
    "context": Shape(
        required={"elements": several(elements.in_context, 1, MAX_CONTEXT_ELEMENTS)}, optional=_ID
    ),
    "actions": Shape(required={"elements": several(elements.in_actions, 1, 25)}, optional=_ID),
    "context_actions": Shape(
        required={"elements": several(elements.in_context_actions, 1, 5)}, optional=_ID
    ),
    "input": Shape(
        required={"label": plain(2000), "element": elements.in_input},
        optional={**_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "markdown": Shape(required={"text": _MARKDOWN}, optional=_ID),
    "rich_text": _RICH_TEXT,
    "image": Shape(
        required={"image_url": url, "alt_text": string(2000)},
        optional={**_ID, "title": plain(2000)},
    ),
    "table": table(_RICH_TEXT),
    "task_card": _TASK_CARD,
    "plan": Shape(
        required={"title": string(256)}, optional={**_ID, "tasks": several(_TASK_CARD, 0, 50)}
    ),
}


def _container_rule(container: Json) -> Iterator[str]:
    if container.get("title") is None and container.get("rich_text_title") is None:
        yield " needs a title or rich_text_title"
    if container.get("is_collapsible") and container.get("has_header_divider"):
        yield ".has_header_divider excludes is_collapsible"
    if container.get("default_collapsed") and not container.get("is_collapsible"):
        yield ".default_collapsed needs is_collapsible"


_INSIDE = tuple(kind for kind in BLOCKS if kind not in {"plan", "task_card"})
"""What may stand in a container: no other container, and nothing of a stream."""
BLOCKS["container"] = Shape(
    required={"child_blocks": several(by_type(BLOCKS, *_INSIDE), 1, 10)},
    optional={
        **_ID,
        "title": plain(150),
        "rich_text_title": _RICH_TEXT,
        "subtitle": text(150),
        "icon": elements.ELEMENTS["image"],
        "width": one_of("narrow", "standard", "wide", "full"),
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    rule=_container_rule,
)

_MESSAGES_ONLY = frozenset(
    {"markdown", "context_actions", "task_card", "plan", "table", "container"}
)
_EVERYWHERE = tuple(kind for kind in BLOCKS if kind not in _MESSAGES_ONLY)
_ON: dict[Surface, Check] = {
    "message": by_type(BLOCKS),
    "modal": by_type(BLOCKS, *_EVERYWHERE),
    "home": by_type(BLOCKS, *_EVERYWHERE),
}


def message_problems(text: object, blocks: object) -> list[str]:
    """Name what Slack would refuse, or cut, in a message; each begins with Slack's own error."""
    problems: list[str] = []
    if not isinstance(text, str) or not text:
        problems.append("no_text: notifications would be empty")
    if as_list(blocks) is None:
        return [*problems, "invalid_blocks: no list of blocks"]
    problems += block_problems(blocks)
    total = sum(map(len, message_texts(as_list(blocks) or ()))) + len(str(text))
    if total >= MAX_MESSAGE_CHARS:
        problems.append(f"msg_blocks_too_long: {total} characters")
    return problems


def block_problems(
    blocks: object, *, surface: Surface = "message", max_blocks: int = MAX_BLOCKS
) -> list[str]:
    """Name what is wrong with blocks on a surface; each begins with `invalid_blocks`."""
    found = list(under("blocks", several(_ON[surface], 1, max_blocks)(blocks)))
    each = open_blocks(blocks)
    found += [f"block_id {i} occurs twice" for i in repeated(b.get("block_id") for b in each)]
    for index, block in enumerate(each):
        actions = repeated(element.get("action_id") for element in block_elements(block))
        found += [f"blocks[{index}]: action_id {action} occurs twice" for action in actions]
    if {"plan", "task_card"} <= {str(block.get("type")) for block in each}:
        found.append("a plan and task cards exclude each other")
    if [str(block.get("type")) for block in each].count("table") > 1:
        found.append("only_one_table_allowed")
    return [f"invalid_blocks: {problem}" for problem in found]


def open_blocks(blocks: object) -> list[Json]:
    """Blocks with those that stand in containers after each of them."""
    return [
        inner for block in objects(blocks) for inner in (block, *objects(block.get("child_blocks")))
    ]


def block_elements(block: Json) -> list[Json]:
    """The elements of a block that a person can act on."""
    if str(block.get("type")) in {"context", "rich_text"}:
        return []
    single = [block.get("accessory"), block.get("element")]
    return [*objects([s for s in single if s is not None]), *objects(block.get("elements"))]


def message_texts(blocks: Sequence[object]) -> list[str]:
    """Collect the texts that are read, in order: not those of buttons and inputs."""
    return [text for block in open_blocks(blocks) for text in _texts(block)]


def _texts(block: Json) -> Iterator[str]:
    kind = str(block.get("type"))
    if kind == "markdown":
        yield str(block.get("text", ""))
    elif kind == "table":
        yield from table_texts(block)
    elif kind == "container":
        yield from (
            text_of(block[part]) for part in ("title", "subtitle") if as_object(block.get(part))
        )
    elif kind in {"section", "header"}:
        for written in (block.get("text"), *(as_list(block.get("fields")) or ())):
            if as_object(written):
                yield text_of(written)
    elif kind == "context":
        yield from (
            text_of(element)
            for element in objects(block.get("elements"))
            if str(element.get("type")) in TEXT_KEYS
        )
