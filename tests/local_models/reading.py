"""Reading a request strictly: what is missing, unknown or of another type is refused."""

from collections.abc import Collection, Mapping
from typing import cast

from tests.local_models.reply import RefusedError

Body = Mapping[str, object]


def only(body: Body, known: Collection[str]) -> None:
    unknown = sorted(set(body) - set(known))
    if unknown:
        raise RefusedError(400, f"unknown: {', '.join(unknown)}")


def text(body: Body, name: str, allowed: Collection[str] | None = None) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value or (allowed is not None and value not in allowed):
        raise RefusedError(400, f"{name} is {value!r}")
    return value


def texts(body: Body, name: str) -> str:
    """A text, or text blocks."""
    value = body.get(name)
    if isinstance(value, str) and value:
        return value
    blocks = records(body, name)
    for block in blocks:
        only(block, {"type", "text"})
        text(block, "type", {"text"})
    return "\n".join(text(block, "text") for block in blocks)


def number(body: Body, name: str, *, least: float, most: float = 10**6) -> float:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise RefusedError(400, f"{name} is {value!r}")
    return value


def record(body: Body, name: str) -> Body:
    value = body.get(name)
    if not isinstance(value, dict):
        raise RefusedError(400, f"{name} is no object")
    return cast("Body", value)


def records(body: Body, name: str) -> list[Body]:
    value = body.get(name)
    if not isinstance(value, list) or not value:
        raise RefusedError(400, f"{name} is no list, or an empty one")
    return [record({name: one}, name) for one in cast("list[object]", value)]
