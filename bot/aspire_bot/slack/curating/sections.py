"""Lines as one section takes them: whole, for a line that is cut may end inside a link. Pure."""

from collections.abc import Iterable

from slack_sdk.models.blocks import SectionBlock

from aspire_bot.slack.render.blocks import MAX_SECTION, mrkdwn_text


def section(text: str) -> SectionBlock:
    """Give a section of text already written as mrkdwn."""
    return SectionBlock(text=mrkdwn_text(text))


def cut(lines: Iterable[str], room: int = MAX_SECTION) -> str:
    """Give as many whole lines as fit."""
    shown = list[str]()
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    return "\n".join(shown) or "…"
