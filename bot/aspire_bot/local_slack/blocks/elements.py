"""Block elements and composition objects: their fields and limits.

From https://docs.slack.dev/reference/block-kit/block-elements and the checks of `slack_sdk.models`.
"""

import re
from collections.abc import Iterator

from aspire_bot.local_slack.blocks.shapes import (
    Check,
    Shape,
    boolean,
    by_type,
    one_of,
    plain,
    several,
    string,
    text,
    url,
    whole,
)
from aspire_bot.local_slack.wire import Json, as_list, as_object, objects

_ACTION_ID = string(255)
_STYLE = one_of("primary", "danger")
_CONFIRM = Shape(
    required={"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    optional={"style": _STYLE},
)
_DISPATCH = Shape(
    optional={
        "trigger_actions_on": several(one_of("on_enter_pressed", "on_character_entered"), 1, 2)
    }
)


def _option(text_check: Check) -> Shape:
    return Shape(
        required={"text": text_check, "value": string(150)},
        optional={"description": text(75), "url": url},
    )


_CHOICE = _option(plain(75))  # of selects and overflow menus; boxes and radios take mrkdwn too
_BOX = _option(text(75))
_GROUP = Shape(required={"label": plain(75), "options": several(_CHOICE, 1, 100)})


def _date(value: object) -> Iterator[str]:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        yield "is no date of the form YYYY-MM-DD"


def _input(*, required: dict[str, Check] | None = None, **optional: Check) -> Shape:
    """An element that takes a value: what all of them have, and its own."""
    return Shape(
        required=required or {},
        optional={
            "action_id": _ACTION_ID,
            "confirm": _CONFIRM,
            "focus_on_load": boolean,
            "placeholder": plain(150),
            **optional,
        },
    )


def _either_options(element: Json) -> Iterator[str]:
    if (element.get("options") is None) == (element.get("option_groups") is None):
        yield " needs options or option_groups, and not both"


def _initial_is_offered(element: Json) -> Iterator[str]:
    """Slack refuses an initial choice that is not, to the letter, among the options."""
    offered = objects(element.get("options"))
    for group in objects(element.get("option_groups")):
        offered += objects(group.get("options"))
    initial = as_list(element.get("initial_options")) or [element.get("initial_option")]
    if any(choice is not None and choice not in offered for choice in initial):
        yield ".initial_option is not among the options"


def _select_rule(element: Json) -> Iterator[str]:
    yield from _either_options(element)
    yield from _initial_is_offered(element)


def _lengths_agree(element: Json) -> Iterator[str]:
    low, high = element.get("min_length"), element.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield ".min_length is over max_length"


_FEEDBACK = Shape(
    required={"text": plain(75), "value": string(2000)},
    optional={"accessibility_label": string(75)},
)
_STATIC = _input(
    options=several(_CHOICE, 1, 100), option_groups=several(_GROUP, 1, 100), initial_option=_CHOICE
)
_SEVERAL = _input(
    options=several(_CHOICE, 1, 100),
    option_groups=several(_GROUP, 1, 100),
    initial_options=several(_CHOICE, 1, 100),
    max_selected_items=whole(1, 100),
)
_BOXES = _input(required={"options": several(_BOX, 1, 10)}, initial_options=several(_BOX, 1, 10))
_RADIOS = _input(required={"options": several(_BOX, 1, 10)}, initial_option=_BOX)
_TEXT_INPUT = _input(
    initial_value=string(3000, min_chars=0),
    multiline=boolean,
    min_length=whole(0, 3000),
    max_length=whole(1, 3000),
    dispatch_action_config=_DISPATCH,
)
_FILTER = Shape(
    optional={
        "include": several(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    }
)

ELEMENTS: dict[str, Check] = {
    "button": Shape(
        required={"text": plain(75)},
        optional={
            "action_id": _ACTION_ID,
            "url": url,
            "value": string(2000),
            "style": _STYLE,
            "confirm": _CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "feedback_buttons": Shape(
        required={
            "action_id": _ACTION_ID,
            "positive_button": _FEEDBACK,
            "negative_button": _FEEDBACK,
        }
    ),
    "icon_button": Shape(
        required={"icon": one_of("trash"), "text": plain(75)},
        optional={
            "action_id": _ACTION_ID,
            "value": string(2000),
            "accessibility_label": string(75),
            "confirm": _CONFIRM,
            "visible_to_user_ids": several(string(20), 1, 10),
        },
    ),
    "static_select": Shape(required=_STATIC.required, optional=_STATIC.optional, rule=_select_rule),
    "multi_static_select": Shape(
        required=_SEVERAL.required, optional=_SEVERAL.optional, rule=_select_rule
    ),
    "conversations_select": _input(
        initial_conversation=string(20),
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
        filter=_FILTER,
    ),
    "users_select": _input(initial_user=string(20)),
    "checkboxes": Shape(
        required=_BOXES.required, optional=_BOXES.optional, rule=_initial_is_offered
    ),
    "radio_buttons": Shape(
        required=_RADIOS.required, optional=_RADIOS.optional, rule=_initial_is_offered
    ),
    "overflow": Shape(
        required={"options": several(_CHOICE, 1, 5)},
        optional={"action_id": _ACTION_ID, "confirm": _CONFIRM},
    ),
    "plain_text_input": Shape(
        required=_TEXT_INPUT.required, optional=_TEXT_INPUT.optional, rule=_lengths_agree
    ),
    "url_text_input": _input(initial_value=string(3000), dispatch_action_config=_DISPATCH),
    "datepicker": _input(initial_date=_date),
    "image": Shape(required={"image_url": url, "alt_text": string(2000)}),
    "url": Shape(required={"url": url, "text": string(3000)}),
}
"""Every element the local Slack knows, by its type; `url` is a source of a task card."""

_CHOOSERS = (
    *("static_select", "multi_static_select", "conversations_select", "users_select"),
    *("checkboxes", "radio_buttons", "datepicker"),
)

in_actions: Check = by_type(
    ELEMENTS, "button", "overflow", *(each for each in _CHOOSERS if not each.startswith("multi_"))
)
in_section: Check = by_type(ELEMENTS, "button", "overflow", "image", *_CHOOSERS)
in_context_actions: Check = by_type(ELEMENTS, "feedback_buttons", "icon_button")
in_input: Check = by_type(ELEMENTS, "plain_text_input", "url_text_input", *_CHOOSERS)
source: Check = by_type(ELEMENTS, "url")


def in_context(value: object) -> Iterator[str]:
    """An image or a text of a context block."""
    found = as_object(value)
    is_image = found is not None and found.get("type") == "image"
    yield from ELEMENTS["image"](value) if is_image else text(3000)(value)
