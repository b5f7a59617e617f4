"""What staff are told of a document or source that they watch: pure, like `blocks`."""

from collections.abc import Sequence
from urllib.parse import quote

from slack_sdk.models.blocks import Block

from aspire_bot.curator import DocumentChange
from aspire_bot.curator_sources import SourceHistory, VisitedDocument
from aspire_bot.messages import phrases
from aspire_bot.slack.curating.messages import difference_blocks
from aspire_bot.slack.curating.sections import cut, section
from aspire_bot.slack.curating.sync_messages import counted
from aspire_bot.slack.render.blocks import context
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.render.mrkdwn import escape, link, safe_url, shorten
from aspire_bot.state.office.page_watches import PageWatch, WatchedKind

_MAX_TITLE = 150
_MOST_DOCUMENTS = 10
_PAGES: dict[WatchedKind, str] = {
    "document": "/documents/show?id={}",
    "source": "/sources/show?name={}",
}


def document_message(
    watch: PageWatch, change: DocumentChange | None, *, is_gone: bool, console_url: str | None
) -> SlackMessage:
    """Say that a document has changed, or is gone; and what changed, where that is known."""
    words = phrases(watch.language)
    said = words.office_work.page_change
    head = said.document_gone if is_gone else said.document_changed
    known = difference_blocks(change, words.curating) if change else []
    return _message(watch, head, known, console_url)


def source_message(
    watch: PageWatch, visit: str, history: SourceHistory | None, console_url: str | None
) -> SlackMessage:
    """Say that a visit to a source changed documents; how many and which, where that is known."""
    words = phrases(watch.language)
    known: list[Block] = []
    found = next((one for one in history.visits if one.run == visit), None) if history else None
    if found is not None:
        known.append(section(counted(found, words.curating)))
    if history is not None and history.last is not None and history.last.run == visit:
        last = history.last
        named = (*last.added, *last.changed, *last.moved, *last.removed, *last.gone)
        known.append(section(cut(_lines(named, console_url))))
    return _message(watch, words.office_work.page_change.source_changed, known, console_url)


def _lines(documents: Sequence[VisitedDocument], console_url: str | None) -> list[str]:
    shown = documents[:_MOST_DOCUMENTS]
    lines = [
        "• "
        + link(
            _address("document", one.document_id, console_url),
            shorten(one.title or one.document_id, _MAX_TITLE) or "…",
        )
        for one in shown
    ]
    return lines + ["…"] * (len(documents) > len(shown))


def _message(
    watch: PageWatch, head: str, known: Sequence[Block], console_url: str | None
) -> SlackMessage:
    said = head.format(escape(shorten(watch.title, _MAX_TITLE)))
    address = _address(watch.kind, watch.item, console_url)
    to_page = phrases(watch.language).office_work.page_change.to_page
    blocks = [section(said), *known, *([context(link(address, to_page))] if address else [])]
    return SlackMessage.of(said.replace("*", ""), blocks)


def _address(kind: WatchedKind, item: str, console_url: str | None) -> str | None:
    if not console_url:
        return None
    return safe_url(console_url.rstrip("/") + _PAGES[kind].format(quote(item, safe="")))
