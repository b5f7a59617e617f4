"""What people enter: the state of the elements of a view or a message, and an act on one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from aspire_bot.local_slack.blocks.limits import block_elements, open_blocks
from aspire_bot.local_slack.wire import Json, as_list, as_object, objects

Entered = str | list[str] | None
"""What a person enters: a text or the value of a choice, several for checkboxes, None for none."""

_SEVERAL = {"checkboxes", "multi_static_select"}
_CHOICES = {"static_select", "radio_buttons", "overflow"}
_KEYS = {
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "users_select": ("selected_user", "initial_user"),
    "datepicker": ("selected_date", "initial_date"),
}
_PRESSED = {"button", "icon_button", "feedback_buttons"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An element, with the ids by which Slack names it; it makes up those that are missing."""

    element: Json
    block_id: str
    action_id: str
    block: Json

    @property
    def kind(self) -> str:
        """The element's type."""
        return str(self.element.get("type"))


def placed_elements(blocks: object) -> list[Placed]:
    """All elements that a person can act on, in order."""
    found: list[Placed] = []
    for number, block in enumerate(open_blocks(blocks)):
        block_id = str(block.get("block_id") or f"b{number}")
        for at, element in enumerate(block_elements(block)):
            if element.get("type") == "image":
                continue
            action_id = str(element.get("action_id") or f"a{number}-{at}")
            found.append(
                Placed(element=element, block_id=block_id, action_id=action_id, block=block)
            )
    return found


def find_element(blocks: object, action_id: str, value: Entered = None) -> Placed:
    """Find the element of an action; of several buttons that share an id the one with the value.

    Raises:
        LookupError: a person would not find it either; names those there are.
    """
    there = placed_elements(blocks)
    named = [placed for placed in there if placed.action_id == action_id]
    if len(named) > 1 and value is not None:
        named = [placed for placed in named if placed.element.get("value") == value]
    if not named:
        raise LookupError(f"no {action_id}; there are {[p.action_id for p in there]}")
    return named[0]


def entered(placed: Placed, value: Entered) -> dict[str, object]:
    """The state of an element into which a person entered a value.

    Raises:
        LookupError: the value is not on offer.
    """
    kind = placed.kind
    if kind in _SEVERAL:
        wanted = value if isinstance(value, list) else [] if value is None else [value]
        return {"type": kind, "selected_options": [_option(placed, each) for each in wanted]}
    if kind in _CHOICES:
        chosen = None if value is None else _option(placed, str(value))
        return {"type": kind, "selected_option": chosen}
    if kind in _KEYS:
        return {"type": kind, _KEYS[kind][0]: value}
    return {"type": kind, "value": value}


def initial(placed: Placed) -> dict[str, object]:
    """The state of an element that nobody touched."""
    kind, element = placed.kind, placed.element
    if kind in _SEVERAL:
        return {"type": kind, "selected_options": list(objects(element.get("initial_options")))}
    if kind in _CHOICES:
        return {"type": kind, "selected_option": as_object(element.get("initial_option"))}
    if kind in _KEYS:
        selected, preset = _KEYS[kind]
        return {"type": kind, selected: element.get(preset)}
    return {"type": kind, "value": element.get("initial_value")}


def filled_in(
    blocks: object, values: Mapping[str, Entered]
) -> dict[str, dict[str, dict[str, object]]]:
    """The state of a form: `values` by action_id or block_id, else what was there.

    Raises:
        LookupError: there is no such element.
        ValueError: Slack would not let the person submit this.
    """
    state: dict[str, dict[str, dict[str, object]]] = {}
    fields = [p for p in placed_elements(blocks) if p.kind not in _PRESSED | {"overflow"}]
    names = {name for p in fields for name in (p.action_id, p.block_id)}
    if unknown := values.keys() - names:
        raise LookupError(f"no {sorted(unknown)}; there are {sorted(names)}")
    for placed in fields:
        given = next((n for n in (placed.action_id, placed.block_id) if n in values), None)
        value = initial(placed) if given is None else entered(placed, values[given])
        if placed.block.get("type") == "input":
            _check_complete(placed, value)
        state.setdefault(placed.block_id, {})[placed.action_id] = value
    return state


def state_of(blocks: object, acted: Placed, value: Entered) -> dict[str, dict[str, Json]]:
    """The state of a form in which one element was just acted on."""
    state: dict[str, dict[str, Json]] = {}
    for placed in placed_elements(blocks):
        if placed.kind in _PRESSED or placed.kind == "overflow":
            continue
        is_acted = (placed.block_id, placed.action_id) == (acted.block_id, acted.action_id)
        now = entered(placed, value) if is_acted else initial(placed)
        state.setdefault(placed.block_id, {})[placed.action_id] = now
    return state


def _check_complete(placed: Placed, value: Json) -> None:
    content = next((v for key, v in value.items() if key != "type"), None)
    if not content:
        if not placed.block.get("optional"):
            raise ValueError(f"{placed.action_id} must be filled in")
        return
    if placed.kind == "plain_text_input":
        length = len(str(content))
        low = cast("int", placed.element.get("min_length") or 0)
        high = cast("int", placed.element.get("max_length") or 3000)
        if not low <= length <= high:
            raise ValueError(f"{placed.action_id} takes {low} to {high} characters, not {length}")


def pressed(placed: Placed, value: Entered, at_ts: str) -> dict[str, object]:
    """The action of a payload: a button pressed, or a value chosen."""
    action: dict[str, object] = {
        "type": placed.kind,
        "action_id": placed.action_id,
        "block_id": placed.block_id,
        "action_ts": at_ts,
    }
    if placed.kind == "feedback_buttons":
        return {**action, "value": _vote(placed, value)}
    if placed.kind not in _PRESSED:
        return {**action, **entered(placed, value)}
    if value is not None and placed.element.get("value") != value:
        raise LookupError(f"{placed.action_id} has {placed.element.get('value')!r}, not {value!r}")
    shown = {key: placed.element[key] for key in ("text", "value", "url") if key in placed.element}
    return {**action, **shown}


def _vote(placed: Placed, value: Entered) -> str:
    for key in ("positive_button", "negative_button"):
        button = as_object(placed.element.get(key)) or {}
        if value in {key.removesuffix("_button"), button.get("value")}:
            return str(button.get("value"))
    raise LookupError(f"{value!r} is neither positive nor negative")


def _option(placed: Placed, value: str) -> Json:
    offered = objects(placed.element.get("options"))
    for group in objects(placed.element.get("option_groups")):
        offered += objects(as_list(group.get("options")))
    for option in offered:
        if option.get("value") == value:
            return option
    raise LookupError(f"{value!r} is not among {[option.get('value') for option in offered]}")
