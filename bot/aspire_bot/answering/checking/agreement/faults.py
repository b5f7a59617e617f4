"""Why a statement is not supported, and what of it."""

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "no_marker", "count", "number", "amount", "date", "name", "negation", "modality", "direction",
    "bound", "unit", "coverage", "incomplete", "no_support", "link", "second_opinion", "question",
    "language", "first_person",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that a statement says and its sources do not, or say otherwise.

    `is_turned` where they say the very thing, and the statement denies, demands or allows it
    otherwise; `is_plain` where one of them says so however little else is alike.
    """

    reason: Reason
    said: str = ""
    is_turned: bool = False
    is_plain: bool = False
