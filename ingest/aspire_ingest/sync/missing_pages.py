"""Pages that say in words, not by their status, that there is nothing here. Pure."""

import re

_SAYS_SO = re.compile(
    r"^\W*(?:error\W*)?(?:404|410)\b|\b(?:page|file|document|url|content)s?\b.{0,30}\b"
    r"(?:not (?:be )?found|does(?:n.t| not) exist|no longer (?:available|exists))|^\W*not found\b|"
    r"(?:ページ|ファイル|記事|コンテンツ|url).{0,12}(?:見つか(?:りません|らない)|(?:存在し|ござい|あり)ません)|"
    r"お探しの(?:ページ|記事)|指定された(?:ページ|url)",
    re.IGNORECASE,
)
_MOST_CHARACTERS = 1_500
"""An error page is short; a longer page speaks about errors."""
_SAME_LINES = 0.8


def says_missing(title: str | None, text: str) -> bool:
    """Whether a short page calls itself an error page, in its title or its first line."""
    if len(text) > _MOST_CHARACTERS:
        return False
    first = next((line for line in text.splitlines() if line.strip("# ")), "")
    return any(_SAYS_SO.search(line.strip("# ")) for line in (title or "", first[:120]))


def is_like(text: str, missing: str | None) -> bool:
    """Whether a page says what its host says of pages that cannot exist."""
    wanted = _lines(missing or "")
    found = _lines(text)
    if not wanted or not found:
        return False
    shared = len(wanted & found)
    return shared >= _SAME_LINES * len(wanted) and shared >= _SAME_LINES * len(found)


def _lines(text: str) -> set[str]:
    return {" ".join(line.split()).lower() for line in text.splitlines() if line.strip()}
