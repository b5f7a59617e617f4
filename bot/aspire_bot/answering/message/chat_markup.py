"""The markup of a chat program in a message → the words that its author saw. Pure.

`<https://example.org|the form>` is "the form", `<#C1|help>` "#help". Mentions (`<@U1>`) are left:
they are no words, and the model of messages has learnt what they say.
"""

import re

_LABELLED = re.compile(
    r"<#[^<>|\s]*\|(?P<channel>[^<>\n]+)>"
    r"|<(?:https?://|mailto:|tel:)[^<>|\s]*\|(?P<label>[^<>\n]+)>",
    re.IGNORECASE,
)
_ENTITIES = {"&gt;": ">", "&lt;": "<", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


def without_markup(text: str) -> str:
    """Give a message as its author saw it; mentions and addresses without a label are left."""

    def seen(found: re.Match[str]) -> str:
        return found["label"] or f"#{found['channel']}"

    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], _LABELLED.sub(seen, text)).strip()
