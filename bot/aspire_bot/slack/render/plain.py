"""A kept Slack message as plain text, for pages that are not Slack. Pure."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from aspire_bot.slack.render.message import JsonObject, SlackMessage, unfolded

_LINK = re.compile(r"<(?:[^<>|\n]*\|)?([^<>|\n]*)>")
_BOLD = re.compile(r"(?<!\w)\*(\S(?:[^*\n]*\S)?)\*(?!\w)")


def shown_text(message: SlackMessage) -> str:
    """Give what a message shows, a block a paragraph: links as their labels, without buttons."""
    texts = (_shown(text) for block in unfolded(message.blocks) for text in _texts(block))
    return "\n\n".join(text for text in texts if text) or _shown(message.text)


def _texts(block: JsonObject) -> Iterator[str]:
    """The texts of a section or a context; other blocks, controls and lines, have none."""
    given = block.get("elements") if block.get("type") == "context" else [block.get("text")]
    for one in cast("Sequence[object]", given or ()):
        if isinstance(one, Mapping):
            yield str(cast("Mapping[str, object]", one).get("text", ""))


def _shown(mrkdwn: str) -> str:
    return html.unescape(_BOLD.sub(r"\1", _LINK.sub(r"\1", mrkdwn))).strip()
