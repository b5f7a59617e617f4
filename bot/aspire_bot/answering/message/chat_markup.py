"""The markup of a chat program in a message → the words that its author saw. Pure.

`<https://example.org|the form>` is "the form", `<#C1|help>` "#help"; whom a message mentions
(`<@U1>`) says nothing of what it asks.
"""

import re

_CONTROL = re.compile(
    r"<(?P<sign>[@#!])[^<>|\s]*(?:\|(?P<name>[^<>\n]*))?>"
    r"|<(?:https?://|mailto:|tel:)[^<>|\s]*\|(?P<label>[^<>\n]+)>",
    re.IGNORECASE,
)
_ENTITIES = {"&gt;": ">", "&lt;": "<", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


def without_markup(text: str) -> str:
    """Give a message as its author saw it, without mentions; addresses alone are left."""

    def seen(found: re.Match[str]) -> str:
        if found["label"]:
            return found["label"]
        return f"#{found['name']}" if found["sign"] == "#" and found["name"] else ""

    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], _CONTROL.sub(seen, text)).strip()
