"""A sync as staff see it: before and after. Pure."""

from slack_sdk.models.blocks import ActionsBlock, Block, ConfirmObject

from aspire_bot.curator import HeldItem, RemarkedItem, SourceCounts, Synced
from aspire_bot.curator_sources import Visit
from aspire_bot.messages import CuratingPhrases
from aspire_bot.slack.curating.buttons import button
from aspire_bot.slack.curating.sections import cut, section
from aspire_bot.slack.render.blocks import context
from aspire_bot.slack.render.mrkdwn import escape, link, safe_url, shorten

_MOST_SOURCES, _MOST_FAILED, _MOST_REMARKS = 20, 8, 3
_MOST_DOCUMENTS = 10
_MAX_PROBLEM = 150


def sync_blocks(
    synced: Synced, about: str, step: tuple[str, int], words: CuratingPhrases
) -> list[Block]:
    """Show what a sync would do, and the buttons for it."""
    blocks: list[Block] = [section(words.sync_head.format(about)), *_report(synced, words)]
    elements = [button("approve", words.sync_run, *step, style="primary")]
    if synced.gone:
        blocks.append(context(words.sync_gone))
        confirm = ConfirmObject(
            title=words.sync_prune[:100],
            text=words.sync_prune_confirm,
            confirm=words.remove,
            deny=words.cancel,
        )
        elements.append(button("prune", words.sync_prune, *step, style="danger", confirm=confirm))
    elements.append(button("cancel", words.cancel, *step))
    return [*blocks, ActionsBlock(elements=elements)]


def synced_blocks(synced: Synced, head: str, words: CuratingPhrases) -> list[Block]:
    """Show what a sync, or its undoing, did."""
    blocks: list[Block] = [section(head), *_report(synced, words)]
    if synced.index_version:
        blocks.append(context(words.in_index.format(_short(synced.index_version))))
    return blocks


def _report(synced: Synced, words: CuratingPhrases) -> list[Block]:
    lines = [_source_line(source, words) for source in synced.sources[:_MOST_SOURCES]]
    blocks: list[Block] = [section(cut(lines))] if lines else []
    blocks += _documents(synced, words)
    failed_lines = [
        f"• {_short(item.target)}: {_short(item.error)}" for item in synced.failed[:_MOST_FAILED]
    ]
    held_lines = [_held_line(item) for item in synced.held[:_MOST_FAILED]]
    remarked_lines = [_remarked_line(item) for item in synced.remarked[:_MOST_FAILED]]
    for head, lines, items in (
        (words.sync_failed, failed_lines, synced.failed),
        (words.sync_held, held_lines, synced.held),
        (words.sync_remarked, remarked_lines, synced.remarked),
    ):
        left_out = len(items) - len(lines)
        more = [words.more_lines.format(left_out)] if left_out else []
        if lines:
            blocks.append(section(cut([head, *lines, *more])))
    return blocks


def _held_line(item: HeldItem) -> str:
    source = f" [{_short(item.source)}]" if item.source else ""
    reason = _short(item.mark or item.reason)
    return f"• {_short(item.target)}{source}: {reason}"


def _documents(synced: Synced, words: CuratingPhrases) -> list[Block]:
    """Which documents were added, replaced and removed: a section for each group."""
    groups = (
        ("added", synced.added),
        ("changed", synced.replaced),
        ("removed", synced.removed),
    )
    blocks: list[Block] = []
    for name, ids in groups:
        if ids:
            lines = [f"*{words.sync_counts[name].format(len(ids))}:*"]
            lines += [
                f"• {_document_link(document_id, synced)}" for document_id in ids[:_MOST_DOCUMENTS]
            ]
            if len(ids) > _MOST_DOCUMENTS:
                lines.append(words.more_lines.format(len(ids) - _MOST_DOCUMENTS))
            blocks.append(section(cut(lines)))
    return blocks


def _document_link(document_id: str, synced: Synced) -> str:
    name = synced.named.get(document_id)
    title = shorten(name.title if name else "", _MAX_PROBLEM)
    return link(
        safe_url(name.place) if name else None,
        title or shorten(document_id, _MAX_PROBLEM) or "…",
    )


def _remarked_line(item: RemarkedItem) -> str:
    remarks = "; ".join(item.remarks[:_MOST_REMARKS])
    if len(item.remarks) > _MOST_REMARKS:
        remarks += "; …"
    return f"• {_short(item.title)}: {_short(remarks)}"


def _source_line(source: SourceCounts, words: CuratingPhrases) -> str:
    line = f"• *{escape(source.name)}*: {counted(source, words)}"
    if source.problem:
        line += f" ⚠️ {_short(source.problem)}"
    return line


def counted(found: SourceCounts | Visit, words: CuratingPhrases) -> str:
    """Say how many documents a visit added, changed and so on."""
    counts = ((name, getattr(found, name)) for name in words.sync_counts)
    said = ", ".join(words.sync_counts[name].format(n) for name, n in counts if n)
    return said or words.sync_nothing


def _short(text: str) -> str:
    """What a source, a document or an error says, cut, with nothing in it that formats."""
    return escape(shorten(text, _MAX_PROBLEM))
