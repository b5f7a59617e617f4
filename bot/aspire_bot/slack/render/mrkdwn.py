"""Text and links as Slack's mrkdwn, so that nothing written by others becomes live.

mrkdwn has no escape character. `&`, `<` and `>` have entities, which disarms mentions, commands
and links; the signs of formatting have none and are shown as look-alikes where Slack would read
them as formatting. Characters that cannot be seen (zero-width, bidirectional controls, lone
surrogates) are dropped: they hide text or turn it around.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from aspire_bot.slack.render.cut import cut

ELLIPSIS = " …"
MAX_LINK_CHARS = 1500
"""Longest URL, as written into mrkdwn, that is emitted: one must fit a section with its text."""

_LOOK_ALIKES = {"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"}
# Slack formats neither inside a word (snake_case) nor around a sign that stands alone (2 * 3).
_FORMATTING = re.compile(
    r"`|(?!(?<=[A-Za-z0-9])[*_~](?=[A-Za-z0-9]))(?!(?<=\s)[*_~](?=\s))[*_~]",
)
# A line that begins with `>`, also as `&gt;`, is shown as a block quote.
_BLOCK_QUOTE = re.compile(r"^([^\S\n]*)>", re.MULTILINE)
_LINE_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
_ATOM = re.compile(r"\[(\d{1,4})\]|.", re.DOTALL)
# The end of a sentence takes its closing brackets and its markers along.
_SENTENCE_END = re.compile(
    r"(?:[.!?]+(?=[\s\[\])\"”’]|$)|[。！？]+|\n+)[」』）)\]\"”’]*(?:[^\S\n]?\[\d{1,4}\])*\s*",
)
# A link, which is left as it is; or bold text of our own: others' asterisks are look-alikes.
_BOLD = re.compile(
    r"<[^<>\n]*>|(?P<before>[^A-Za-z0-9*\n])?(?<![A-Za-z0-9*])\*(?P<bold>(?=\S)(?:<[^<>\n]*>|[^*<\n])+(?<=\S))\*"
    r"(?=(?P<after>[^A-Za-z0-9*]|$))",
    re.MULTILINE,
)
_OPENS_AFTER = frozenset("\n \u3000(['\"")
_CLOSES_BEFORE = frozenset("\n \u3000.,:;!?)]}'\"")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# `<`, `>` and `|` end a link in mrkdwn; quotes, backslash and backtick have no place in a URL.
_URL_SAFE = "".join(chr(n) for n in range(0x21, 0x7F) if chr(n) not in '<>|"\\^`{}')


def clean(text: str) -> str:
    """Make text inert but for the entities: formatting signs replaced, hidden characters gone."""
    text = _LINE_BREAKS.sub("\n", text).replace("\t", " ")
    seen = text if text.isprintable() else "".join(filter(_is_seen, text))
    seen = _FORMATTING.sub(lambda found: _LOOK_ALIKES[found[0]], seen)
    return _BLOCK_QUOTE.sub(r"\1›", seen)


def _is_seen(character: str) -> bool:
    # Not printable are controls, formats, surrogates, unassigned and private characters, and all
    # spaces but the plain one.
    return character.isprintable() or character == "\n" or unicodedata.category(character) == "Zs"


def escape(text: str) -> str:
    """Write text of documents, models or people as mrkdwn that shows it and does nothing."""
    return clean(text).translate(_ENTITIES)


def with_bold_apart(mrkdwn: str) -> str:
    """Put a space beside bold text where Slack would show its asterisks instead.

    Slack reads `*` as a sign of bold beside spaces and the punctuation of English alone: not beside
    an opening bracket, nor beside Japanese.
    """

    def apart(found: re.Match[str]) -> str:
        if found["bold"] is None:
            return found[0]
        before, after = found["before"] or "", found["after"]
        left = " " if before and before not in _OPENS_AFTER else ""
        right = " " if after and after not in _CLOSES_BEFORE else ""
        return f"{before}{left}*{found['bold']}*{right}"

    return _BOLD.sub(apart, mrkdwn)


def shorten(text: str, max_chars: int) -> str:
    """Make one line of inert text of at most `max_chars`, before entities are written.

    It ends after a word where it is cut; see `cut`.
    """
    return cut(" ".join(clean(text).split()), max_chars)


def safe_url(url: str) -> str | None:
    """Write a URL as it may stand in a link, or None where it may not be one.

    Only absolute http and https URLs pass; whatever is not printable ASCII is percent-encoded, and
    so are `<`, `>` and `|`.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        ascii_host = host.encode("idna").decode("ascii")
    except ValueError:  # also UnicodeError: a host that cannot be one
        return None
    if parts.scheme.lower() not in {"http", "https"} or not ascii_host:
        return None
    netloc = parts.netloc if host.isascii() else _with_host(parts.netloc, ascii_host)
    written = parts._replace(netloc=netloc).geturl()
    # Percent signs stay: the URL is encoded already where its owner encoded it.
    written = quote(written, safe=_URL_SAFE, errors="replace").translate(_ENTITIES)
    return written if len(written) <= MAX_LINK_CHARS else None


def _with_host(netloc: str, host: str) -> str:
    _, _, port = netloc.rpartition("@")[2].partition(":")
    return f"{host}:{port}" if port else host


def link(url: str | None, label: str) -> str:
    """Make a link of a safe URL (see `safe_url`) and a label; the label alone without a URL."""
    written = escape(label)
    return f"<{url}|{written}>" if url and written.strip() else written


def pack(text: str, links: Mapping[int, str], *, max_part: int, max_total: int) -> tuple[str, ...]:
    """Write an answer as mrkdwn parts of at most `max_part` characters, `max_total` in all.

    Markers `[n]` become links to `links[n]` (safe URLs). Parts begin and end between sentences
    where one fits; what is beyond the total is cut there, with an ellipsis. `max_total` must not
    be below `max_part`.
    """
    room = max_part - len(ELLIPSIS)
    parts, total = [""], 0
    for piece in _pieces(clean(text), links, room):
        if total + len(piece) > max_total - len(ELLIPSIS):
            parts[-1] = parts[-1].rstrip() + ELLIPSIS
            break
        if len(parts[-1]) + len(piece) > room:
            parts.append("")
        parts[-1] += piece
        total += len(piece)
    return tuple(part.strip() for part in parts if part.strip())


def _pieces(cleaned: str, links: Mapping[int, str], max_chars: int) -> Iterator[str]:
    """Written sentences, those longer than `max_chars` in parts."""
    start = 0
    for end in (*(found.end() for found in _SENTENCE_END.finditer(cleaned)), len(cleaned)):
        piece = ""
        for found in _ATOM.finditer(cleaned, start, end):
            atom = _write_atom(found, links)
            if len(piece) + len(atom) > max_chars:
                yield piece
                piece = ""
            piece += atom
        if piece:
            yield piece
        start = end


def _write_atom(found: re.Match[str], links: Mapping[int, str]) -> str:
    url = links.get(int(found[1])) if found[1] else None
    return f"<{url}|{found[0]}>" if url else found[0].translate(_ENTITIES)
