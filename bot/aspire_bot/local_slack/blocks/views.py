"""Slack's rules for modals and Home tabs.

From https://docs.slack.dev/reference/views.
"""

from collections.abc import Iterator

from aspire_bot.local_slack.blocks.limits import block_problems
from aspire_bot.local_slack.blocks.shapes import Shape, boolean, one_of, plain, string
from aspire_bot.local_slack.wire import Json, as_object, objects

MAX_VIEW_BLOCKS = 100


def _anything(value: object) -> Iterator[str]:
    """Blocks have a check of their own."""
    del value
    yield from ()


def _submit_where_asked(view: Json) -> Iterator[str]:
    has_input = any(block.get("type") == "input" for block in objects(view.get("blocks")))
    if has_input and view.get("submit") is None:
        yield ".submit is missing beside an input block"


_COMMON = {
    "callback_id": string(255),
    "private_metadata": string(3000, min_chars=0),
    "external_id": string(255),
}
_SHAPES = {
    "modal": Shape(
        required={"title": plain(24), "blocks": _anything},
        optional={
            **_COMMON,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
        },
        rule=_submit_where_asked,
    ),
    "home": Shape(required={"blocks": _anything}, optional=_COMMON),
}


def view_problems(view: object, kind: str) -> list[str]:
    """Name what Slack would refuse in a view; each begins with Slack's own error."""
    found = as_object(view)
    if found is None:
        return ["invalid_arguments: view is no object"]
    if wrong := list(one_of(kind)(found.get("type"))):
        return [f"invalid_arguments: view.type {problem}" for problem in wrong]
    surface = "home" if kind == "home" else "modal"
    return [
        *(f"invalid_arguments: view{problem}" for problem in _SHAPES[kind](found)),
        *block_problems(found.get("blocks"), surface=surface, max_blocks=MAX_VIEW_BLOCKS),
    ]
