"""`aspire-bot`: asks the index, in the terminal and in Slack."""

from pathlib import Path
from typing import Annotated

import typer

from aspire_bot.cli import commands, console_commands
from aspire_bot.settings import read_settings
from aspire_ingest.index.program import AsJson, Debug, Version, new_program, run

app = new_program("Answer questions about the programme from its documents, with citations.")

OptionalQuestion = Annotated[str | None, typer.Argument(help="The question, in quotes.")]
Batch = Annotated[
    Path | None,
    typer.Option("--batch", help="Read questions from a JSONL file; `-` reads standard input."),
]


@app.callback()
def common(*, version: Version = False, debug: Debug = False) -> None:
    """Answer questions about the programme from its documents, with citations."""


@app.command()
def ask(
    question: OptionalQuestion = None,
    *,
    batch: Batch = None,
    as_json: AsJson = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what became of each statement of a model.")
    ] = False,
    debug: Debug = False,
) -> None:
    """Answer one question, or one a line with --batch."""
    if batch is not None and question is None:
        raise typer.Exit(commands.ask_batch(read_settings(), batch))
    text = _one(question, batch)
    commands.ask_one(read_settings(), text, as_json=as_json, is_explained=explain)


@app.command()
def retrieve(
    question: OptionalQuestion = None,
    *,
    k: Annotated[int, typer.Option("-k", min=1, max=60, help="How many passages.")] = 10,
    batch: Batch = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Rank the passages for a question, without answering it."""
    if batch is not None and question is None:
        raise typer.Exit(commands.retrieve_batch(read_settings(), batch))
    commands.retrieve_one(read_settings(), _one(question, batch), k=k, as_json=as_json)


@app.command()
def chat(*, debug: Debug = False) -> None:
    """Ask one question after another; earlier ones are remembered. Ctrl-D ends."""
    commands.chat(read_settings())


@app.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    debug: Debug = False,
) -> None:
    """Answer in Slack, until stopped."""
    commands.serve(read_settings(), host=host, is_debug=debug)


@app.command()
def console(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    debug: Debug = False,
) -> None:
    """Serve the staff's page on ASPIRE_PORT, until stopped."""
    console_commands.console(read_settings(), host=host, is_debug=debug)


@app.command()
def audit(
    *,
    verify: Annotated[
        bool, typer.Option("--verify", help="Check that no act was changed or taken out.")
    ] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Print what staff did in Slack and in the console: JSON lines in the shape of OCSF."""
    raise typer.Exit(console_commands.audit(read_settings(), checks=verify))


@app.command()
def playground(
    *,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the page on loopback; 0 for a free one.")
    ] = 8765,
    sample: Annotated[
        bool, typer.Option("--sample", help="Ask the sample knowledge instead of the index.")
    ] = False,
    opens: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    debug: Debug = False,
) -> None:
    """Try the bot in a local Slack with a web page, until stopped. Nothing goes to Slack."""
    commands.playground(read_settings(), port=port, is_sample=sample, opens=opens, is_debug=debug)


@app.command("eval")
def measure(  # noqa: PLR0913  one for each option
    questions: Annotated[list[Path], typer.Argument(help="JSONL files of questions with answers.")],
    *,
    model: Annotated[
        str | None,
        typer.Option(metavar="PROVIDER/MODEL", help="Ask this model in the place of ASPIRE_LLM."),
    ] = None,
    prompts: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="DIR", help="Compare the prompts of folders; one, with those in force."
        ),
    ] = None,
    price_in: Annotated[
        float, typer.Option(min=0, help="What a million tokens that the model reads cost.")
    ] = 0,
    price_out: Annotated[
        float, typer.Option(min=0, help="What a million tokens that it writes cost.")
    ] = 0,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Measure answers and rankings over files of questions; compare prompts for a model."""
    # Here, not above: it loads what verifies a model's words; other commands need not wait for it.
    from aspire_bot.cli.evaluation_commands import Prices, evaluate  # noqa: PLC0415  as said

    evaluate(
        read_settings(),
        questions,
        as_json=as_json,
        model=model,
        prompts=prompts or (),
        prices=Prices(read=price_in, written=price_out),
    )


@app.command()
def doctor(
    *,
    live: Annotated[
        str | None,
        typer.Option(metavar="CHANNEL", help="Post, stream, update and delete in this channel."),
    ] = None,
    person: Annotated[
        str | None, typer.Option(metavar="USER", help="With --live: whom a stream is shown to.")
    ] = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Check settings, index, model and Slack, and say what to do."""
    from aspire_bot.cli import doctor_commands  # noqa: PLC0415 - as in `eval`

    if live is not None:
        raise typer.Exit(
            doctor_commands.doctor_live(read_settings(), live, person, as_json=as_json)
        )
    raise typer.Exit(doctor_commands.doctor(as_json=as_json))


@app.command()
def gaps(
    *,
    with_settled: Annotated[
        bool, typer.Option("--all", help="Also questions passed on to or answered by staff.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 100,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """List what was asked in Slack and the documents do not answer, most asked first."""
    commands.gaps(read_settings(), limit=limit, with_settled=with_settled, as_json=as_json)


@app.command()
def usage(*, as_json: AsJson = False, debug: Debug = False) -> None:
    """Count what was asked in Slack and which documents answered it. Names nobody."""
    commands.usage(read_settings(), as_json=as_json)


@app.command()
def stale(*, as_json: AsJson = False, debug: Debug = False) -> None:
    """List documents that may be out of date: closed calls, ended years, pages that are gone."""
    commands.stale(read_settings(), as_json=as_json)


@app.command("test-questions")
def keep_test_questions(
    file: Annotated[
        Path | None,
        typer.Argument(help="JSON lines or a .csv table of questions to keep; without it, none."),
    ] = None,
    *,
    runs: Annotated[
        bool, typer.Option("--run", help="Put them to the index now; exit 1 where one fails.")
    ] = False,
    remove: Annotated[
        str | None, typer.Option(metavar="ID", help="Drop the question with this id.")
    ] = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Keep, run and list staff's own test questions, with how each came out last."""
    raise typer.Exit(
        commands.keep_test_questions(
            read_settings(), file, runs=runs, remove=remove, as_json=as_json
        )
    )


@app.command()
def contradictions(*, as_json: AsJson = False, debug: Debug = False) -> None:
    """List sentences of the index that state different values for one thing; approved ones too."""
    commands.contradictions(read_settings(), as_json=as_json)


@app.command()
def figures(*, debug: Debug = False) -> None:
    """Print rates, votes and reply times by week, language and topic, as a CSV table."""
    commands.figures(read_settings())


@app.command()
def forget(
    user: Annotated[str, typer.Argument(metavar="USER", help="Id of a person, `U…`.")],
    *,
    team: Annotated[
        str | None, typer.Option(metavar="TEAM", help="In this workspace (`T…`) alone.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Remove all that is kept of a person: threads, answers, votes, gaps, escalations, the tour."""
    commands.forget(read_settings(), user, team, is_sure=yes, as_json=as_json)


@app.command()
def manifest(
    *,
    http: Annotated[
        str | None,
        typer.Option(metavar="REQUEST_URL", help="For signed HTTP: where Slack reaches the bot."),
    ] = None,
    debug: Debug = False,
) -> None:
    """Print the Slack app's manifest, for Socket Mode or for HTTP."""
    commands.print_manifest(http)


def main(arguments: list[str] | None = None) -> None:
    """Run the program and end the process with its exit code."""
    run("aspire-bot", app, arguments)


def _one(question: str | None, batch: Path | None) -> str:
    if question is None or not question.strip() or batch is not None:
        raise typer.BadParameter("give one question in quotes, or --batch FILE.jsonl")
    return question
