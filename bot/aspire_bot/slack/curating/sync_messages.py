"""A sync as staff see it: before and after. Pure."""

from slack_sdk.models.blocks import ActionsBlock, Block, ConfirmObject

from aspire_bot.curator import HeldItem, RemarkedItem, SourceCounts, Synced
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
        blocks.append(
            context(words.in_index.format(escape(shorten(synced.index_version, _MAX_PROBLEM))))
        )
    return blocks


def _report(synced: Synced, words: CuratingPhrases) -> list[Block]:
    lines = [_source(one, words) for one in synced.sources[:_MOST_SOURCES]]
    blocks: list[Block] = [section(cut(lines))] if lines else []
    blocks += _documents(synced, words)
    failed = [
        f"• {escape(shorten(one.target, _MAX_PROBLEM))}: {escape(shorten(one.error, _MAX_PROBLEM))}"
        for one in synced.failed[:_MOST_FAILED]
    ]
    held = [_held(one) for one in synced.held[:_MOST_FAILED]]
    remarked = [_remarked(one) for one in synced.remarked[:_MOST_FAILED]]
    for head, lines, all_of_them in (
        (words.sync_failed, failed, synced.failed),
        (words.sync_held, held, synced.held),
        (words.sync_remarked, remarked, synced.remarked),
    ):
        rest = len(all_of_them) - len(lines)
        more = [words.more_lines.format(rest)] if rest else []
        if lines:
            blocks.append(section(cut([head, *lines, *more])))
    return blocks


def _held(one: HeldItem) -> str:
    of = f" [{escape(shorten(one.source, _MAX_PROBLEM))}]" if one.source else ""
    why = escape(shorten(one.mark or one.reason, _MAX_PROBLEM))
    return f"• {escape(shorten(one.target, _MAX_PROBLEM))}{of}: {why}"


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
            lines += [f"• {_titled(one, synced)}" for one in ids[:_MOST_DOCUMENTS]]
            if len(ids) > _MOST_DOCUMENTS:
                lines.append(words.more_lines.format(len(ids) - _MOST_DOCUMENTS))
            blocks.append(section(cut(lines)))
    return blocks


def _titled(document_id: str, synced: Synced) -> str:
    known = synced.named.get(document_id)
    title = shorten(known.title if known else "", _MAX_PROBLEM)
    return link(
        safe_url(known.place) if known else None,
        title or shorten(document_id, _MAX_PROBLEM) or "…",
    )


def _remarked(one: RemarkedItem) -> str:
    told = "; ".join(one.remarks[:_MOST_REMARKS])
    if len(one.remarks) > _MOST_REMARKS:
        told += "; …"
    return f"• {escape(shorten(one.title, _MAX_PROBLEM))}: {escape(shorten(told, _MAX_PROBLEM))}"


def _source(one: SourceCounts, words: CuratingPhrases) -> str:
    counts = ((name, getattr(one, name)) for name in words.sync_counts)
    told = ", ".join(words.sync_counts[name].format(n) for name, n in counts if n)
    line = f"• *{escape(one.name)}*: {told or words.sync_nothing}"
    if one.problem:
        line += f" ⚠️ {escape(shorten(one.problem, _MAX_PROBLEM))}"
    return line
