"""JSON as it crosses the wire, and reading it without trust."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

Json = Mapping[str, object]


class RefusedError(Exception):
    """Slack's answer to a call that it does not take.

    `code` is Slack's own error, `detail` says what exactly is wrong. `is_breach` is False where a
    correct caller may meet it: a message that a person deleted, a stream that ran out of time.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        is_breach: bool = True,
        retry_after_s: int | None = None,
    ) -> None:
        """Refuse; with `retry_after_s` by status 429."""
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.is_breach = is_breach
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the Web API that took effect. `at_s` is monotonic."""

    method: str
    arguments: Json
    team: str = ""
    at_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back over HTTP."""

    content: Json
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    drops: bool = False


def as_object(value: object) -> Json | None:
    """The value where it is a JSON object."""
    return cast("Json", value) if isinstance(value, Mapping) else None


def as_list(value: object) -> Sequence[object] | None:
    """The value where it is a JSON array."""
    is_list = isinstance(value, Sequence) and not isinstance(value, str | bytes)
    return cast("Sequence[object]", value) if is_list else None


def objects(value: object) -> list[Json]:
    """The objects of an array; nothing where it is none."""
    return [found for item in as_list(value) or () if (found := as_object(item)) is not None]


def text_of(value: object) -> str:
    """The text of a text object, or ""."""
    found = as_object(value)
    return str(found.get("text", "")) if found else ""


def unpacked(value: object) -> object:
    """A JSON text as what it says; form-encoded calls carry arrays and objects so."""
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return value


def flag(value: object, *, default: bool = False) -> bool:
    """A truth value, of JSON or of a form."""
    if value is None:
        return default
    return str(value).lower() in {"true", "1"}
