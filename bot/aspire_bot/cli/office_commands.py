"""What staff keep true: `stale`, `test-questions`, `contradictions` and `figures`."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from aspire_bot.answering.clock import Clock, utc_now
from aspire_bot.bootstrap import open_assistant
from aspire_bot.cli.json_lines import Json
from aspire_bot.office.approved_check import ContradictedApproval, contradicted_approvals
from aspire_bot.office.contradictions import find_contradictions
from aspire_bot.office.figures import figures_csv, weekly_figures
from aspire_bot.office.staleness import Stale, stale_documents, stale_note
from aspire_bot.office.test_questions import read_file, run_tests
from aspire_bot.settings import Settings
from aspire_bot.state.from_settings import state_of
from aspire_bot.state.office.contradictions import Contradiction
from aspire_bot.state.office.test_questions import TestQuestion, TestRun
from aspire_ingest.index import ConfigError
from aspire_ingest.index.program import one_line

Tested = tuple[TestQuestion, TestRun | None]


def stale(settings: Settings) -> tuple[Stale, ...]:
    """Give the documents that may be out of date today, for whoever runs the program.

    Raises:
        AspireError: the index cannot be read.
    """
    today = Clock(timezone=settings.timezone).today()
    with open_assistant(settings) as assistant:
        documents = assistant.documents("staff")
    return stale_documents(documents, today, unseen_days=settings.stale_days)


def stale_json(entry: Stale) -> Json:
    """Give one as JSON."""
    info = entry.document
    return {
        "document_id": info.document_id,
        "title": info.title,
        "url": info.url,
        "kind": info.kind,
        "edition": info.edition,
        "rule": entry.rule,
        "since": entry.since.isoformat(),
        "note": stale_note(entry, "en"),
    }


def print_stale(entries: Sequence[Stale], console: Console) -> None:
    """Print them as a table."""
    if not entries:
        console.print("No document looks out of date.")
        return
    table = Table("since", "why", "document", "title", box=None, header_style="bold")
    for entry in entries:
        names = (entry.document.document_id, one_line(entry.document.title))
        table.add_row(entry.since.isoformat(), stale_note(entry, "en"), *map(Text, names))
    console.print(table)


def keep_test_questions(
    settings: Settings, file: Path | None, *, runs: bool, remove: str | None
) -> Sequence[Tested]:
    """Keep the questions of a file, drop one, run all; give them with how each came out last.

    Raises:
        ConfigError: the file or the state cannot be used, or there is none to drop.
        AspireError: the index cannot be read.
    """
    with state_of(settings) as state:
        if file is not None:
            state.test_questions.put(read_file(file))
        if remove is not None and not state.test_questions.remove(remove):
            raise ConfigError(f"there is no test question {remove}; `test-questions` lists them")
        questions = state.test_questions.all()
        if runs:
            with open_assistant(settings) as assistant:
                for run in run_tests(assistant, questions, now=utc_now()):
                    # Whoever runs them sees how they come out: staff need not be told again.
                    state.test_questions.keep_run(replace(run, is_told=True))
        last = state.test_questions.runs()
    return [(question, last.get(question.test_id)) for question in questions]


def test_json(question: TestQuestion, run: TestRun | None) -> Json:
    """Give one as JSON."""
    return {
        "test_id": question.test_id,
        "question": question.question,
        "expects": question.expects,
        "value": question.value,
        "passed": None if run is None else run.has_passed,
        "outcome": None if run is None else run.outcome,
        "said": None if run is None else run.said,
        "index_version": None if run is None else run.index_version,
        "ran_at": None if run is None else run.ran_at.isoformat(timespec="seconds"),
    }


def print_tests(tested: Sequence[Tested], console: Console) -> None:
    """Print them as a table."""
    if not tested:
        console.print("There are no test questions; give a file of them.")
        return
    table = Table("id", "outcome", "expects", "question", box=None, header_style="bold")
    for question, run in tested:
        outcome = "not run" if run is None else "passes" if run.has_passed else "FAILS"
        expects = one_line(f"{question.expects} {question.value}")
        table.add_row(
            Text(question.test_id), outcome, Text(expects), Text(one_line(question.question))
        )
    console.print(table)


def contradictions(
    settings: Settings,
) -> tuple[Sequence[Contradiction], Sequence[ContradictedApproval]]:
    """Give the sentences that contradict each other, and the approved answers among them.

    Raises:
        AspireError: the index cannot be read.
    """
    with open_assistant(settings) as assistant, assistant.reader() as index:
        pairs = find_contradictions(index, utc_now())
        return pairs, contradicted_approvals(index, pairs)


def contradictions_json(
    pairs: Sequence[Contradiction], approved: Sequence[ContradictedApproval]
) -> Json:
    """Give both as JSON."""
    return {
        "contradictions": [
            {"pair_id": pair.pair_id, "quotes": [asdict(quote) for quote in pair.quotes]}
            for pair in pairs
        ],
        "approved": [asdict(approval) for approval in approved],
    }


def print_contradictions(
    pairs: Sequence[Contradiction], approved: Sequence[ContradictedApproval], console: Console
) -> None:
    """Print each pair on lines of its own, and which approved answers are concerned."""
    if not pairs:
        console.print("No sentences state different values for one thing.")
    for pair in pairs:
        for quote in pair.quotes:
            console.print(Text(f"{quote.document_id}: {quote.quote}"), soft_wrap=True)
        console.print()
    for approval in approved:
        line = f"approved answer {approval.document_id}: {approval.said.quote}"
        console.print(Text(line), soft_wrap=True)


def figures(settings: Settings) -> str:
    """Give the figures of each week as a CSV table.

    Raises:
        ConfigError: the state cannot be opened.
    """
    with state_of(settings) as state:
        return figures_csv(weekly_figures(state.database))
