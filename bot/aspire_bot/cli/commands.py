"""What the commands of `aspire-bot` do, between the parsed arguments and the printed result.

`doctor` and `eval` have modules of their own: who asks a question does not wait for theirs.
"""

import io
import json
import logging
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TextIO

import typer
from rich.console import Console

from aspire_bot.answering.types import Question, Turn
from aspire_bot.bootstrap import (
    Assistant,
    ModelUpkeep,
    open_assistant,
    open_standing_assistant,
)
from aspire_bot.cli.console_commands import console_opener, page_linker
from aspire_bot.cli.json_lines import (
    BadLineError,
    Json,
    QuestionId,
    answer_json,
    ranking_json,
    read_question,
)
from aspire_bot.cli.render import Speaker, print_answer, print_json, print_ranking, print_trace
from aspire_bot.models_ahead import models_loading
from aspire_bot.settings import Settings
from aspire_bot.slack.platform.manifest import http_manifest, load_manifest
from aspire_ingest.index import ConfigError
from aspire_ingest.index.program import DONE, IN_PART, result_console

_REMEMBERED = 8
"""Messages of a terminal chat that the next question is read with."""


def ask_one(settings: Settings, text: str, *, as_json: bool, is_explained: bool = False) -> None:
    """Answer one question on standard output; explained, with what a model's words met with."""
    question = Question(text=text, audience=settings.audience)
    with (
        models_loading(settings),
        open_assistant(settings) as assistant,
        page_linker(settings) as with_links,
    ):
        answer = with_links(assistant.answer(question))
    if as_json:
        print_json(answer_json(answer, is_explained=is_explained))
        return
    print_answer(answer, result_console())
    if is_explained:
        print_trace(answer.trace, result_console())


def ask_batch(settings: Settings, batch: Path) -> int:
    """Answer a file of questions, one JSON object a line, in input order; give the exit code."""
    with open_assistant(settings) as assistant, page_linker(settings) as with_links:
        return _each_line(
            settings,
            batch,
            lambda key, question: answer_json(with_links(assistant.answer(question)), key),
        )


def retrieve_one(settings: Settings, text: str, *, k: int, as_json: bool) -> None:
    """Print the `k` best passages for a question."""
    question = Question(text=text, audience=settings.audience)
    with open_assistant(settings) as assistant:
        ranking = assistant.retrieve(question)[:k]
    if as_json:
        print_json({"id": None, "passages": ranking_json(ranking, with_text=True)})
    else:
        print_ranking(ranking, result_console())


def retrieve_batch(settings: Settings, batch: Path) -> int:
    """Rank the passages for a file of questions; give the exit code."""
    with open_assistant(settings) as assistant:
        return _each_line(settings, batch, lambda key, question: _ranked(assistant, key, question))


def chat(settings: Settings) -> None:
    """Answer question after question from standard input."""
    console = Console()
    turns: list[Turn] = []
    with open_assistant(settings) as assistant:
        while True:
            try:
                text = console.input("[bold]› [/bold]").strip()
            except EOFError:
                return
            if not text:
                continue
            question = Question(
                text=text, history=tuple(turns[-_REMEMBERED:]), audience=settings.audience
            )
            speaker = Speaker(console)
            answer = assistant.answer(question, on_piece=speaker.say)
            speaker.finish(answer)
            turns += [Turn(role="user", text=text), Turn(role="assistant", text=answer.text)]


def _ranked(assistant: Assistant, key: QuestionId, question: Question) -> Json:
    return {"id": key, "passages": ranking_json(assistant.retrieve(question), with_text=True)}


def _each_line(
    settings: Settings, batch: Path, work: Callable[[QuestionId, Question], Json]
) -> int:
    """Do the work for each line; a line that cannot be read is named in its place."""
    code = DONE
    with _opened(batch) as lines:
        for number, line in _lines(lines):
            try:
                key, question = read_question(line, audience=settings.audience)
                print_json(work(key, question))
            except BadLineError as error:
                print_json({"id": error.question_id, "error": f"line {number}: {error}"})
                sys.stderr.write(f"aspire-bot: {batch}, line {number}: {error}\n")
                code = IN_PART
    return code


def _lines(lines: TextIO) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, line


@contextmanager
def _opened(batch: Path) -> Generator[TextIO]:
    """Open the batch, `-` for standard input; bytes that are not UTF-8 spoil only their line."""
    try:
        if str(batch) == "-":
            file = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")
        else:
            file = batch.open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise ConfigError(f"{batch} cannot be read: {error.strerror}") from error
    with file:
        yield file


def serve(settings: Settings, *, host: str, is_debug: bool = False) -> None:
    """Answer in Slack until stopped.

    Raises:
        ConfigError: a token is missing or refused, or the port is taken.
    """
    # Imported here: Bolt takes half a second that the other commands need not wait.
    from aspire_bot.doctor.environment import check_variables  # noqa: PLC0415 - see above
    from aspire_bot.logs import configure_logs  # noqa: PLC0415 - see above
    from aspire_bot.slack.service import run_service  # noqa: PLC0415 - see above

    configure_logs(settings, is_service=True, is_debug=is_debug)
    for check in check_variables(type(settings)):
        logging.getLogger(__name__).warning("%s %s: %s", check.name, check.found, check.to_do)

    def open_core(upkeep: ModelUpkeep) -> AbstractContextManager[Assistant]:
        return open_standing_assistant(settings, upkeep)

    opens = console_opener() if settings.console == "on" else None
    run_service(settings, open_core, host=host, console=opens)


def playground(
    settings: Settings, *, port: int, is_sample: bool, opens: bool, is_debug: bool = False
) -> None:
    """Serve the playground on loopback until stopped.

    Raises:
        AspireError: the port is taken, or the sample knowledge cannot be indexed.
    """
    from aspire_bot.logs import configure_logs  # noqa: PLC0415 - as in serve
    from aspire_bot.playground.run import run_playground  # noqa: PLC0415 - as in serve

    configure_logs(settings, is_debug=is_debug)
    tell = _progress().print
    run_playground(settings, port=port, is_sample=is_sample, opens=opens, tell=tell)


def gaps(settings: Settings, *, limit: int, with_settled: bool, as_json: bool) -> None:
    """Print the questions that the documents do not answer, most asked first.

    Raises:
        ConfigError: what the bot keeps cannot be opened.
    """
    from aspire_bot.cli import state_commands  # noqa: PLC0415 - SQLAlchemy, as in serve

    found = state_commands.list_gaps(settings, limit=limit, with_settled=with_settled)
    if as_json:
        print_json({"gaps": [state_commands.gap_json(gap) for gap in found]})
    else:
        state_commands.print_gaps(found, result_console())


def usage(settings: Settings, *, as_json: bool) -> None:
    """Print how often which document was cited, and the questions left open, as counts.

    Raises:
        ConfigError: what the bot keeps cannot be opened.
    """
    from aspire_bot.cli import usage_counts  # noqa: PLC0415 - SQLAlchemy, as in serve

    found, gaps = usage_counts.usage_of(settings)
    if as_json:
        print_json(usage_counts.usage_json(found, gaps))
    else:
        usage_counts.print_usage(found, gaps, result_console())


def stale(settings: Settings, *, as_json: bool) -> None:
    """Print the documents that may be out of date, the longest first.

    Raises:
        AspireError: the index cannot be read.
    """
    from aspire_bot.cli import office_commands  # noqa: PLC0415 - SQLAlchemy, as in serve

    found = office_commands.stale(settings)
    if as_json:
        print_json({"stale": [office_commands.stale_json(one) for one in found]})
    else:
        office_commands.print_stale(found, result_console())


def keep_test_questions(
    settings: Settings, file: Path | None, *, runs: bool, remove: str | None, as_json: bool
) -> int:
    """Keep, drop, run and print test questions; give the exit code.

    Raises:
        AspireError: the file, the state or the index cannot be read.
    """
    from aspire_bot.cli import office_commands  # noqa: PLC0415 - SQLAlchemy, as in serve

    found = office_commands.keep_test_questions(settings, file, runs=runs, remove=remove)
    if as_json:
        print_json({"questions": [office_commands.test_json(*one) for one in found]})
    else:
        console = result_console()
        office_commands.print_tests(found, console)
    return IN_PART if runs and any(run and not run.has_passed for _, run in found) else DONE


def contradictions(settings: Settings, *, as_json: bool) -> None:
    """Print the sentences of the index that state different values.

    Raises:
        AspireError: the index cannot be read.
    """
    from aspire_bot.cli import office_commands  # noqa: PLC0415 - SQLAlchemy, as in serve

    found, approved = office_commands.contradictions(settings)
    if as_json:
        print_json(office_commands.contradictions_json(found, approved))
    else:
        office_commands.print_contradictions(found, approved, result_console())


def figures(settings: Settings) -> None:
    """Print the figures of each week as CSV.

    Raises:
        ConfigError: what the bot keeps cannot be opened.
    """
    from aspire_bot.cli import office_commands  # noqa: PLC0415 - SQLAlchemy, as in serve

    sys.stdout.write(office_commands.figures(settings))


def forget(
    settings: Settings, user: str, team: str | None, *, is_sure: bool, as_json: bool
) -> None:
    """Remove all that is kept of a person, and print how much that was; ask before, on a terminal.

    Raises:
        ConfigError: one of the ids is none, or what the bot keeps cannot be opened.
    """
    from aspire_bot.cli import state_commands  # noqa: PLC0415 - SQLAlchemy, as in serve

    user, team = state_commands.person_id(user), state_commands.team_id(team)
    if not is_sure and sys.stdin.isatty():
        where = f"in workspace {team}" if team else "in all workspaces"
        typer.confirm(f"Remove all that is kept of {user} {where}?", abort=True, err=True)
    counts = state_commands.forget(settings, user, team)
    if as_json:
        print_json({"user": user, "team": team, "forgotten": counts})
    else:
        lines = [f"{count} {name}" for name, count in counts.items() if count]
        sys.stdout.write("\n".join(lines or [f"nothing was kept of {user}"]) + "\n")


def print_manifest(request_url: str | None) -> None:
    """Print the manifest of the Slack app, for HTTP where a request URL is given.

    Raises:
        ConfigError: Slack would not take the URL.
    """
    manifest = http_manifest(request_url) if request_url is not None else load_manifest()
    sys.stdout.write(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


def _progress() -> Console:
    return Console(stderr=True)
