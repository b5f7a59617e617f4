"""How index and sources do, and what staff are told is wrong. Pure."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block

from aspire_bot.curator import IndexStatus, Run, SourceState
from aspire_bot.messages import CuratingPhrases, phrases
from aspire_bot.messages.ingest_reports import reason_in
from aspire_bot.slack.curating.sections import cut, section
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.render.mrkdwn import escape, shorten

_MAX_LINE = 250
_ROOM = 2900
_MOST_SOURCES, _MOST_RUNS, _MOST_TROUBLES = 20, 5, 8


def status_message(status: IndexStatus, language: str) -> SlackMessage:
    """Show the index, its sources, the last runs, and what needs attention."""
    words, wording = phrases(language).curating, phrases(language).slack
    languages = ", ".join(
        f"{words.languages.get(name, name)} {count}" for name, count in status.languages.items()
    )
    head = words.status_head.format(
        version=escape(status.index_version),
        moment=wording.dates.moment(status.as_of) or status.as_of,
    )
    counts = words.status_counts.format(
        documents=status.documents, passages=status.passages, languages=escape(languages)
    )
    parts = [f"{head}\n{counts}"]
    if status.sources:
        parts.append(cut(_source(source, language) for source in status.sources[:_MOST_SOURCES]))
    if status.runs:
        runs = (_run(run, words) for run in status.runs[:_MOST_RUNS])
        parts.append(f"{words.status_runs}\n{cut(runs, _ROOM)}")
    if status.alerts:
        bullets = (_bullet(alert.text) for alert in status.alerts[:_MOST_TROUBLES])
        parts.append(f"{words.status_alerts}\n{cut(bullets, _ROOM)}")
    blocks = [section(part) for part in parts]
    return SlackMessage.of(escape(f"{status.index_version}: {status.documents}"), blocks)


def trouble_message(
    raised: Mapping[str, str], over: Mapping[str, str], language: str
) -> SlackMessage:
    """Tell staff what is wrong since now, and what no more."""
    words = phrases(language).curating
    blocks: list[Block] = []
    if raised:
        blocks.append(section(f"⚠️ {words.trouble}\n{_bullets(raised, words)}"))
    if over:
        blocks.append(section(f"✅ {words.over}\n{_bullets(over, words)}"))
    summary = " ".join([*raised.values(), *over.values()])
    return SlackMessage.of(escape(shorten(summary, 300)) or "…", blocks)


def _bullets(troubles: Mapping[str, str], words: CuratingPhrases) -> str:
    lines = [_bullet(text) for text in list(troubles.values())[:_MOST_TROUBLES]]
    left_out = len(troubles) - len(lines)
    return cut([*lines, *([words.more_lines.format(left_out)] if left_out else [])], _ROOM)


def _bullet(text: str) -> str:
    return f"• {escape(shorten(text, _MAX_LINE))}"


def _source(source: SourceState, language: str) -> str:
    words, wording = phrases(language).curating, phrases(language).slack
    day = (wording.dates.moment(source.last_success) if source.last_success else None) or "–"
    if source.failures:
        problem = shorten(reason_in(language, source.problem or ""), _MAX_LINE)
        state = "⚠️ " + words.status_source["failing"].format(source.failures, problem)
    elif source.last_success is None:
        state = words.status_source["never"]
    else:
        is_stale = source.is_stale
        state = words.status_source["stale" if is_stale else "ok"].format(day)
        state = f"⚠️ {state}" if is_stale else state
    return f"• *{escape(source.name)}*: {escape(state)}"


def _run(run: Run, words: CuratingPhrases) -> str:
    groups = (
        ("added", run.added),
        ("changed", run.replaced),
        ("removed", run.removed),
        ("failed", run.failed),
    )
    counts = ", ".join(words.sync_counts[name].format(n) for name, n in groups if n)
    moment = run.run.partition("-")[0].partition(".")[0]
    summary = f"{moment} {run.command}: {run.outcome}"
    return f"• {escape(summary)}{f' ({counts})' if counts else ''}"
