"""How index and sources do, and what staff are told is wrong. Pure."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block

from aspire_bot.curator import IndexStatus, Run, SourceState
from aspire_bot.messages import CuratingPhrases, phrases
from aspire_bot.messages.ingest_reports import reason_in
from aspire_bot.slack.curating.lines import cut, section
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
        parts.append(cut(_source(one, language) for one in status.sources[:_MOST_SOURCES]))
    if status.runs:
        runs = (_run(one, words) for one in status.runs[:_MOST_RUNS])
        parts.append(f"{words.status_runs}\n{cut(runs, _ROOM)}")
    if status.alerts:
        told = (_told(alert.text) for alert in status.alerts[:_MOST_TROUBLES])
        parts.append(f"{words.status_alerts}\n{cut(told, _ROOM)}")
    blocks = [section(part) for part in parts]
    return SlackMessage.of(escape(f"{status.index_version}: {status.documents}"), blocks)


def trouble_message(
    raised: Mapping[str, str], over: Mapping[str, str], language: str
) -> SlackMessage:
    """Tell staff what is wrong since now, and what no more."""
    words = phrases(language).curating
    blocks: list[Block] = []
    if raised:
        blocks.append(section(f"⚠️ {words.trouble}\n{_most(raised, words)}"))
    if over:
        blocks.append(section(f"✅ {words.over}\n{_most(over, words)}"))
    told = " ".join([*raised.values(), *over.values()])
    return SlackMessage.of(escape(shorten(told, 300)) or "…", blocks)


def _most(told: Mapping[str, str], words: CuratingPhrases) -> str:
    lines = [_told(text) for text in list(told.values())[:_MOST_TROUBLES]]
    rest = len(told) - len(lines)
    return cut([*lines, *([words.more_lines.format(rest)] if rest else [])], _ROOM)


def _told(text: str) -> str:
    return f"• {escape(shorten(text, _MAX_LINE))}"


def _source(one: SourceState, language: str) -> str:
    words, wording = phrases(language).curating, phrases(language).slack
    day = (wording.dates.moment(one.last_success) if one.last_success else None) or "–"
    if one.failures:
        problem = shorten(reason_in(language, one.problem or ""), _MAX_LINE)
        told = "⚠️ " + words.status_source["failing"].format(one.failures, problem)
    elif one.last_success is None:
        told = words.status_source["never"]
    else:
        is_stale = one.is_stale
        told = words.status_source["stale" if is_stale else "ok"].format(day)
        told = f"⚠️ {told}" if is_stale else told
    return f"• *{escape(one.name)}*: {escape(told)}"


def _run(one: Run, words: CuratingPhrases) -> str:
    groups = (
        ("added", one.added),
        ("changed", one.replaced),
        ("removed", one.removed),
        ("failed", one.failed),
    )
    counts = ", ".join(words.sync_counts[name].format(n) for name, n in groups if n)
    moment = one.run.partition("-")[0].partition(".")[0]
    told = f"{moment} {one.command}: {one.outcome}"
    return f"• {escape(told)}{f' ({counts})' if counts else ''}"
