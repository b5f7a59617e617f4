"""A sync as staff see it: before and after. Pure."""

from slack_sdk.models.blocks import ActionsBlock, Block, ConfirmObject

from aspire_bot.curator import HeldItem, RemarkedItem, SourceCounts, Synced
from aspire_bot.slack.curating.buttons import button
from aspire_bot.slack.curating.lines import cut, section
from aspire_bot.slack.curating.wording import CuratingWording
from aspire_bot.slack.render.blocks import context
from aspire_bot.slack.render.mrkdwn import escape, shorten

_MOST_SOURCES, _MOST_FAILED, _MOST_REMARKS = 20, 8, 3
_MAX_PROBLEM = 150


def sync_blocks(
    synced: Synced, about: str, step: tuple[str, int], words: CuratingWording
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


def synced_blocks(synced: Synced, about: str, words: CuratingWording) -> list[Block]:
    """Show what a sync did."""
    blocks: list[Block] = [section(words.synced.format(about)), *_report(synced, words)]
    if synced.index_version:
        blocks.append(
            context(words.in_index.format(escape(shorten(synced.index_version, _MAX_PROBLEM))))
        )
    return blocks


def _report(synced: Synced, words: CuratingWording) -> list[Block]:
    lines = [_source(one, words) for one in synced.sources[:_MOST_SOURCES]]
    blocks: list[Block] = [section(cut(lines))] if lines else []
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


def _remarked(one: RemarkedItem) -> str:
    told = "; ".join(one.remarks[:_MOST_REMARKS])
    if len(one.remarks) > _MOST_REMARKS:
        told += "; …"
    return f"• {escape(shorten(one.title, _MAX_PROBLEM))}: {escape(shorten(told, _MAX_PROBLEM))}"


def _source(one: SourceCounts, words: CuratingWording) -> str:
    counts = ((name, getattr(one, name)) for name in words.sync_counts)
    told = ", ".join(words.sync_counts[name].format(n) for name, n in counts if n)
    line = f"• *{escape(one.name)}*: {told or words.sync_nothing}"
    if one.problem:
        line += f" ⚠️ {escape(shorten(one.problem, _MAX_PROBLEM))}"
    return line
