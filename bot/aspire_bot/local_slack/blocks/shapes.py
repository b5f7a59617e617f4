"""Checks of JSON values, put together into the shapes of Block Kit.

A check yields what is wrong with a value, as paths and words; nothing where Slack would take it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from aspire_bot.local_slack.wire import Json, as_list, as_object

Check = Callable[[object], Iterator[str]]

TEXT_KEYS = {
    "mrkdwn": {"type", "text", "verbatim"},
    "plain_text": {"type", "text", "emoji"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An object's fields. `rule` sees the object whole, for what spans several fields."""

    required: Mapping[str, Check] = field(default_factory=dict[str, Check])
    optional: Mapping[str, Check] = field(default_factory=dict[str, Check])
    rule: Callable[[Json], Iterator[str]] | None = None

    def __call__(self, value: object) -> Iterator[str]:
        """Check an object; `type` is a known key of every shape."""
        found = as_object(value)
        if found is None:
            yield "is no object"
            return
        known = {"type", *self.required, *self.optional}
        yield from (f".{key} is unknown" for key in sorted(found.keys() - known))
        yield from (f".{key} is missing" for key in self.required if found.get(key) is None)
        for key, check in {**self.required, **self.optional}.items():
            if found.get(key) is not None:
                yield from under(f".{key}", check(found[key]))
        if self.rule is not None:
            yield from self.rule(found)


def under(path: str, found: Iterable[str]) -> Iterator[str]:
    """Say where in the whole a problem is."""
    for problem in found:
        yield f"{path}{problem}" if problem[:1] in {".", "["} else f"{path} {problem}"


def string(max_chars: int, *, min_chars: int = 1) -> Check:
    """A string of limited length."""

    def check(value: object) -> Iterator[str]:
        if not isinstance(value, str):
            yield "is no string"
        elif not min_chars <= len(value) <= max_chars:
            yield f"has {len(value)} characters, not {min_chars} to {max_chars}"

    return check


def boolean(value: object) -> Iterator[str]:
    """True or False."""
    if not isinstance(value, bool):
        yield "is no boolean"


def whole(low: int, high: int) -> Check:
    """A whole number."""

    def check(value: object) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            yield f"is no whole number of {low} to {high}"

    return check


def one_of(*allowed: str) -> Check:
    """One of some strings."""

    def check(value: object) -> Iterator[str]:
        if value not in allowed:
            yield f"is {value!r}, not one of {', '.join(allowed)}"

    return check


def url(value: object) -> Iterator[str]:
    """An address of the web."""
    yield from string(3000)(value)
    if isinstance(value, str) and not value.startswith(("https://", "http://", "mailto:")):
        yield "is no URL"


def text(max_chars: int, *kinds: str) -> Check:
    """A text object, plain or mrkdwn where `kinds` says no less."""
    allowed = kinds or ("plain_text", "mrkdwn")

    def check(value: object) -> Iterator[str]:
        found = as_object(value)
        if found is None:
            yield "is no text object"
            return
        kind = str(found.get("type"))
        if kind not in allowed:
            yield f".type is {kind}, not {' or '.join(allowed)}"
            return
        yield from (f".{key} is unknown" for key in sorted(found.keys() - TEXT_KEYS[kind]))
        yield from under(".text", string(max_chars)(found.get("text")))

    return check


def plain(max_chars: int) -> Check:
    """A plain text object."""
    return text(max_chars, "plain_text")


def several(check: Check, low: int, high: int) -> Check:
    """An array of limited length, each item checked."""

    def check_all(value: object) -> Iterator[str]:
        items = as_list(value)
        if items is None:
            yield "is no array"
            return
        if not low <= len(items) <= high:
            yield f"has {len(items)} items, not {low} to {high}"
        for index, item in enumerate(items):
            yield from under(f"[{index}]", check(item))

    return check_all


def by_type(shapes: Mapping[str, Check], *allowed: str) -> Check:
    """An object whose `type` names its shape, one of `allowed` where that is given."""

    def check(value: object) -> Iterator[str]:
        found = as_object(value)
        if found is None:
            yield "is no object"
            return
        kind = str(found.get("type"))
        if kind not in shapes or (allowed and kind not in allowed):
            yield f".type {kind} is not known here"
            return
        yield from shapes[kind](found)

    return check


def number(value: object) -> Iterator[str]:
    """A number, whole or not."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield "is no number"


def repeated(values: Iterable[object]) -> list[str]:
    """What occurs more than once."""
    seen: set[str] = set()
    again: list[str] = []
    for value in values:
        if isinstance(value, str):
            (again.append if value in seen else seen.add)(value)
    return again
