"""One thing that was looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from aspire_bot.settings import Settings

State = Literal["ok", "warning", "failed", "unset"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: how it stands and, where it is not well, what to do."""

    name: str
    state: State
    found: str
    to_do: str = ""


Probe = Callable[[Settings], Sequence[Check]]


def is_well(checks: Sequence[Check]) -> bool:
    """Whether questions can be answered: nothing that is set failed."""
    return all(check.state != "failed" for check in checks)


def left_to_do(checks: Sequence[Check]) -> str:
    """Say in one sentence what is left to do, the most pressing thing first."""
    failed = [check for check in checks if check.state == "failed"]
    warned = [check for check in checks if check.state == "warning"]
    if not failed and not warned:
        return "Nothing is left to do."
    first = (failed or warned)[0]
    others = len(failed) + len(warned) - 1
    what = first.to_do or f"look at {first.name}: {first.found}"
    pressing = "Questions cannot be answered yet" if failed else "Questions are answered"
    more = f" Then {others} more." if others else ""
    return f"{pressing}. First ({first.name}): {what.rstrip('.')}.{more}"
