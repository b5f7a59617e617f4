"""Patterns of addresses: `/report/**`, `https://example.org/*.html`, `re:[0-9]{6}`. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

_WILD = re.compile(r"\*\*/?|\*")


@lru_cache(maxsize=512)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Read a pattern.

    `*` stands for anything within one part of a path, `**` for anything at all. One that begins
    with `/` is held against path and query, one with `://` against the whole address. `re:` begins
    a regular expression, searched for in the whole address.

    Raises:
        ValueError: it is no pattern; the message says what one looks like.
    """
    if pattern.startswith("re:"):
        try:
            return re.compile(pattern[3:])
        except re.error as error:
            raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    if not pattern.startswith("/") and "://" not in pattern:
        raise ValueError(
            f"{pattern!r} is no pattern; write a path (/report/**), a whole address "
            "(https://example.org/**) or a regular expression (re:...)"
        )
    body, position = "", 0
    for wild in _WILD.finditer(pattern):
        body += re.escape(pattern[position : wild.start()])
        body += "[^/?]*" if wild.group() == "*" else ".*"
        position = wild.end()
    return re.compile(f"{body}{re.escape(pattern[position:])}\\Z")


def matches(patterns: Iterable[str], url: str) -> bool:
    """Tell whether an address fits one of the patterns."""
    parts = urlsplit(url)
    place = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    for pattern in patterns:
        compiled = compile_pattern(pattern)
        if pattern.startswith("re:"):
            if compiled.search(url):
                return True
        elif compiled.match(place if pattern.startswith("/") else url):
            return True
    return False
