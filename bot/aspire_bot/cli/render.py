"""Answers and rankings as a terminal shows them, and JSON as scripts read it."""

import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from aspire_bot.answering.approved.say import approval_note
from aspire_bot.answering.ports import Piece
from aspire_bot.answering.types import Answer, Citation, ScoredPassage, Trace
from aspire_bot.cli.json_lines import Json
from aspire_bot.messages import phrases
from aspire_ingest.index.program import one_line


def print_json(value: Json) -> None:
    """Print a JSON object in a line of its own, at once."""
    text = json.dumps(value, ensure_ascii=False)
    # A lone surrogate (in an id) has no UTF-8; escaped, it is what JSON writes for it.
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")
    sys.stdout.flush()


def print_answer(answer: Answer, console: Console) -> None:
    """Print an answer, its numbered sources with dates and links, and as of when it holds."""
    console.print(Text(answer.brief or answer.text))
    _print_below(answer, console)


class Speaker:
    """Prints an answer as it comes, and the rest of it when it is whole."""

    def __init__(self, console: Console) -> None:
        """Print to `console`."""
        self._console = console
        self._said = ""

    def say(self, piece: Piece) -> None:
        """Print a piece that stays."""
        self._said += piece.text
        self._console.print(Text(piece.text), end="")

    def finish(self, answer: Answer) -> None:
        """Print what is still to be said; the whole where what was said is not the answer."""
        if self._said:
            self._console.print()
        if self._said == answer.text:
            _print_below(answer, self._console)
        else:
            print_answer(answer, self._console)


def print_trace(trace: Trace | None, console: Console) -> None:
    """Print what was decided of each statement of a language model."""
    if trace is None:
        console.print("[dim]No language model took part.[/dim]")
        return
    for question in trace.rewritten:
        console.print(Text(f"searched for: {question}", style="dim"))
    table = Table("verdict", "cited", "found in", "why", "statement", box=None, header_style="bold")
    for one in trace.statements:
        cited, found = (" ".join(map(str, numbers)) for numbers in (one.markers, one.sources))
        table.add_row(one.verdict, cited, found, " ".join(one.reasons), Text(one_line(one.text)))
    console.print(table)
    tokens = f"{trace.prompt_tokens} + {trace.completion_tokens} tokens"
    failure = f" · failed: {trace.failure}" if trace.failure else ""
    console.print(
        f"[dim]{escape(trace.model)} · prompt {trace.prompt_hash} · {tokens}{failure}[/dim]"
    )


def _print_below(answer: Answer, console: Console) -> None:
    console.print()
    for citation in answer.citations:
        console.print(_source_line(citation, answer.language))
    if answer.nearest and answer.outcome == "abstained":  # asked back, the text leads to them
        console.print(Text(phrases(answer.language).slack.nearest))
    for info in answer.nearest:
        console.print(_link(f"  • {info.title}", info.url))
    console.print(
        f"[dim]as of {escape(answer.as_of[:16].replace('T', ' '))} · index {answer.index_version}"
        f" · confidence {answer.confidence:.2f} · {answer.timings_ms.get('total', 0):.0f} ms[/dim]"
    )


def print_ranking(ranking: Sequence[ScoredPassage], console: Console) -> None:
    """Print a ranking as a table."""
    table = Table("rank", "score", "document", "passage", box=None, header_style="bold")
    for entry in ranking:
        text = one_line(entry.passage.text)
        table.add_row(
            str(entry.rank),
            f"{entry.score:.3f}",
            Text(one_line(entry.document.title)),
            Text(text[:160] + ("…" if len(text) > 160 else "")),
        )
    console.print(table)


def _source_line(citation: Citation, language: str) -> Text:
    info = citation.document
    facts = [info.title, info.publisher, info.published, info.edition]
    if citation.heading:
        facts.append(" › ".join(citation.heading))
    if citation.page is not None:
        facts.append(f"p. {citation.page}")
    if citation.is_ocr:
        facts.append(phrases(language).answer.ocr)
    if info.gone_since:
        facts.append(f"gone from the site since {info.gone_since}")
    if note := approval_note(info, "en"):
        facts.append(note)
    line = _link(f"  [{citation.marker}] {' · '.join(f for f in facts if f)}", citation.deep_link)
    where = info.url or info.source
    line.append(f"\n      {where}", style="dim")
    return line


def _link(label: str, url: str | None) -> Text:
    return Text(label, style=f"link {url}" if url else "")
