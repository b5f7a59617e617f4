"""`make demo`: both programs at work on the sample knowledge, in a throw-away folder."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TypedDict

from rich.console import Console
from rich.panel import Panel
from rich.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One question of the demonstration and what it shows."""

    label: str
    question: str
    history: tuple[str, ...] = ()


class _Citation(TypedDict):
    marker: int
    title: str
    published: str | None
    url: str | None


class _Answer(TypedDict):
    """What is shown of a line that `aspire-bot ask` prints."""

    answer: str
    citations: list[_Citation]


QUESTIONS = (
    Shown(label="goals", question="What are the goals of ASPIRE?"),
    Shown(
        label="a meeting's outcome",
        question="What worried participants at the January 2026 debriefing session?",
    ),
    Shown(
        label="funding flexibility",
        question="How is the flexibility of ASPIRE funding expected to help?",
    ),
    Shown(label="in Japanese", question="バイオ分野の領域会議はいつ開かれましたか?"),
    Shown(
        label="a follow-up",
        question="And who moderated it?",
        history=("When did the bioengineering field meeting take place?",),
    ),
    Shown(
        label="not in the documents",
        question="What is the daily allowance for travel to Brazil?",
    ),
)


def main() -> int:
    """Index the sample knowledge, answer the questions, say what to do next."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="aspire-demo-") as home:
        environment = {**os.environ, "ASPIRE_HOME": home}
        sample = resources.files("aspire_ingest") / "sample"
        console.print("[bold]aspire-ingest add[/bold] the sample knowledge …")
        added = _run("aspire_ingest.cli.app", "add", str(sample), environment=environment)
        if added.returncode != 0:
            return added.returncode
        console.print("[bold]aspire-bot ask[/bold] six questions …\n")
        batch = Path(home) / "questions.jsonl"
        batch.write_text("".join(_line(shown) for shown in QUESTIONS), encoding="utf-8")
        asked = _run(
            "aspire_bot.cli.app",
            "ask",
            "--batch",
            str(batch),
            environment=environment,
            capture=True,
        )
    for shown, line in zip(QUESTIONS, asked.stdout.splitlines(), strict=False):
        console.print(_panel(shown, json.loads(line)))
    console.print(_NEXT)
    return asked.returncode


_NEXT = """[bold]What next[/bold]
The sample documents are digests of public pages, in our own words. To ask your own:

  .venv/bin/aspire-ingest add FOLDER-OR-URL   index documents (HTML, PDF, DOCX, Markdown, …)
  .venv/bin/aspire-bot ask "…"                ask them
  .venv/bin/aspire-bot doctor                 see the settings, and what Slack still needs
"""


def _line(shown: Shown) -> str:
    line = {"id": shown.label, "question": shown.question, "history": list(shown.history)}
    return json.dumps(line, ensure_ascii=False) + "\n"


def _run(
    module: str, *arguments: str, environment: dict[str, str], capture: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run one of the programs as a user would, by this very interpreter."""
    return subprocess.run(  # noqa: S603 - our own programs with arguments made here
        [sys.executable, "-c", f"from {module} import main; main()", *arguments],
        env=environment,
        text=True,
        encoding="utf-8",
        check=False,
        stdout=subprocess.PIPE if capture else None,
    )


def _panel(shown: Shown, answer: _Answer) -> Panel:
    body = Text(answer["answer"])
    sources: dict[str, list[str]] = {}
    for citation in answer["citations"]:
        source = f"{citation['title']} ({citation['published'] or 'no date'})"
        sources.setdefault(f"{source}\n    {citation['url']}", []).append(f"[{citation['marker']}]")
    for source, markers in sources.items():
        body.append(f"\n{''.join(markers)} {source}", style="dim")
    asked = "".join(f"{earlier} → " for earlier in shown.history) + shown.question
    return Panel(body, title=f"{asked}", subtitle=shown.label, title_align="left", padding=(1, 2))


if __name__ == "__main__":
    sys.exit(main())
