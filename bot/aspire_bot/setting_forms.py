"""Forms that values of settings have: each is given back, or it is said what to write. Pure."""

import re
from urllib.parse import urlsplit

_BIND = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):(\d{1,5})")
"""`HOST:PORT`, an IPv6 address in brackets."""
_MODEL = re.compile(r"[a-z-]+/\S+|local/.+")
"""`PROVIDER/MODEL`."""


def is_model(value: str) -> bool:
    """Whether a value names a language model."""
    return _MODEL.fullmatch(value) is not None


def at_least(value: float | None, lowest: float | None, variable: str) -> float | None:
    """Check a threshold against the one of `variable` below it; raises `ValueError`."""
    if value is not None and lowest is not None and value < lowest:
        raise ValueError(f"write {variable} ({lowest}) or more: below that nothing is said")
    return value


def bind_address(value: str) -> str:
    """Check `HOST:PORT`, or `off`; raises `ValueError`."""
    found = _BIND.fullmatch(value)
    if value != "off" and (found is None or int(found[2]) > 65535):
        raise ValueError("write HOST:PORT, for example 127.0.0.1:9464, or off")
    return value


def page_address(value: str) -> str:
    """Check where people open a page; raises `ValueError`."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise ValueError("write http(s)://HOST/PATH, without a user's name")
    return value


def server_address(value: str, key: str) -> str:
    """Check where a server is; `key` is the variable that its key belongs into.

    Raises:
        ValueError: it is no address, or holds a user's name.
    """
    address = urlsplit(value)
    if address.scheme not in ("http", "https") or not address.hostname or address.username:
        raise ValueError(f"write http(s)://HOST/PATH, with the key in {key}")
    _ = address.port  # what is no port says so itself
    return value


def header_name(value: str) -> str:
    """Check the name of a header of HTTP; raises `ValueError`."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", value):
        raise ValueError("write the name of a header: letters, digits and hyphens")
    return value


def slack_id(value: str, kinds: str, what: str) -> str:
    """Check the form of an id: names, and mentions such as `<@U1>`, are a common mistake.

    Raises:
        ValueError: it does not begin with one of the letters `kinds`, or holds other signs.
    """
    if not re.fullmatch(f"[{kinds}][A-Z0-9]+", value):
        raise ValueError(f"{value!r} is not the id of {what}: it begins with {' or '.join(kinds)}")
    return value
