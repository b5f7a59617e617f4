"""The buttons under an operation, and how their clicks come back. Pure."""

from collections.abc import Mapping
from typing import Literal

from slack_sdk.models.blocks import ButtonElement, ConfirmObject

from aspire_bot.slack.render.buttons import button_label

Act = Literal["approve", "prune", "change", "cancel", "undo"]
PREFIX = "aspire:op_"
ACTS: Mapping[str, Act] = {
    f"{PREFIX}approve": "approve",
    f"{PREFIX}prune": "prune",
    f"{PREFIX}change": "change",
    f"{PREFIX}cancel": "cancel",
    f"{PREFIX}undo": "undo",
}
"""The steps by the actions of their buttons."""
CHANGE_VIEW = "aspire:op_change_view"
INGEST_SHORTCUT = "ingest_files"


def button(
    act: Act,
    label: str,
    operation_id: str,
    turn: int,
    *,
    style: Literal["primary", "danger"] | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    """Give a button for one step; it is good for this turn only."""
    return ButtonElement(
        text=button_label(label),
        action_id=f"{PREFIX}{act}",
        value=written(operation_id, turn),
        style=style,
        confirm=confirm,
    )


def written(operation_id: str, turn: int) -> str:
    """Write which step of which operation something is about."""
    return f"{operation_id}:{turn}"


def read(value: str) -> tuple[str, int] | None:
    """Read what `written` wrote; None where it did not."""
    operation_id, _, turn = value.rpartition(":")
    return (operation_id, int(turn)) if operation_id and turn.isdecimal() else None
