"""What no statement of a model may carry: links, mentions, images, invisible signs. Pure."""

import re
from collections.abc import Iterable

_GONE: dict[int, str | None] = {
    code: None
    for span in (
        (0x00, 0x09), (0x0B, 0x0C), (0x0D, 0x20), (0x7F, 0x85), (0x86, 0xA0), (0xAD, 0xAE),
        (0x61C, 0x61D), (0x180E, 0x180F), (0x200B, 0x2010), (0x202A, 0x202F), (0x2060, 0x2070),
        (0xD800, 0xE000), (0xFE00, 0xFE10), (0xFEFF, 0xFF00), (0xFFF0, 0xFFFD), (0xE0000, 0xE1000),
    )
    for code in range(*span)
}  # fmt: skip
"""Controls, marks of direction, zero-width signs, tags, lone surrogates: they can hide or fake."""
_INVISIBLE = _GONE | {0x09: " ", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}

_FORBIDDEN = re.compile(
    r"!?\[[^\]]{0,300}\]\s?\([^)\s]"  # [text](address), ![image](address)
    r"|!\[|\]\("  # what is left of one
    r"|\[[^\]]{1,200}\]\s?\[[^\]]*\]|^\s*\[[^\]]{1,60}\]:\s"  # links by reference
    r"|<[/!?a-z@#][^>]{0,500}(?:>|$)"  # HTML, and Slack's <@U1>, <!channel>, <#C1>, <https://…>
    r"|&(?:#x?[0-9a-f]{1,6}|[a-z]{2,8});"
    r"|(?<![\w.])@(?:channel|here|everyone|[\w][\w.-]*)"
    r"|\b(?:javascript|data|vbscript|file|mailto|tel|slack)\s?:\s?(?=[^\s])"
    r"|:\w[\w+-]{0,60}:(?=\s|$)",  # Slack's emoji may be pictures of anything
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.)[^\s<>\"'「」（）()、。［］\[\]]+"
    r"|(?<![\w@./-])(?:[a-z0-9-]{1,63}\.)+(?:com|org|net|io|jp|uk|de|fr|ch|edu|gov|info|biz|dev|app"
    r"|ai|co|ly|gl|me|xyz|site|online|top|ru|cn|kr|eu|us|ca|fi|se|link|click|page|zip|mov)"
    r"(?![\w-]|\.\w)(?:[/?#][^\s<>\"'「」（）()、。［］\[\]]*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CODE = re.compile(r"(?<![0-9a-z])(?=[a-f]*\d)[0-9a-f]{16,}(?![0-9a-z])", re.IGNORECASE)
"""A key, a hash, the line around data in the prompt: no word of an answer."""
_END = ".,;:!?…"


def without_invisible(text: str) -> str:
    """Give the text without signs that a reader cannot see; line breaks stay."""
    return text.translate(_INVISIBLE)


def addresses(text: str) -> tuple[str, ...]:
    """Give all addresses of pages and mailboxes in a text, small, without the stop after them."""
    mails = tuple(match.group() for match in _MAIL.finditer(text))
    pages = (match.group() for match in _ADDRESS.finditer(_MAIL.sub(" ", text)))
    return tuple(found.rstrip(_END).casefold() for found in (*mails, *pages))


def is_foreign(text: str, known: Iterable[str]) -> bool:
    """Whether a text carries markup that could act, or an address or code that `known` lacks."""
    if _FORBIDDEN.search(text):
        return True
    found = (*addresses(text), *_codes(text))
    if not found:
        return False
    stated = {place for one in known for place in (*addresses(one), *_codes(one))}
    return any(place not in stated for place in found)


def _codes(text: str) -> list[str]:
    return [code.casefold() for code in _CODE.findall(text)]
