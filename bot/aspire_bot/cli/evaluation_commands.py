"""What `aspire-bot eval` does, between the parsed arguments and the printed result."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from rich.progress import track

from aspire_bot.bootstrap import open_assistant
from aspire_bot.cli.render import print_json
from aspire_bot.evaluation.cases import Case, read_sets
from aspire_bot.evaluation.labelled_statements import open_verifier
from aspire_bot.evaluation.measures import Judged
from aspire_bot.evaluation.prompt_lab import (
    NO_PRICES,
    Prices,
    comparison_json,
    priced,
    print_comparison,
    with_prompts,
)
from aspire_bot.evaluation.report import print_summary, summary_json
from aspire_bot.evaluation.run import run_cases
from aspire_bot.settings import Settings


def evaluate(
    settings: Settings,
    questions: Sequence[Path],
    *,
    as_json: bool,
    model: str | None = None,
    prompts: Sequence[Path] = (),
    prices: Prices = NO_PRICES,
) -> None:
    """Print the measures of answers and rankings over files of questions.

    With folders of prompts, those of each, side by side.

    Raises:
        ConfigError: a file or a folder cannot be used, or there is no model to ask.
    """
    cases = read_sets(questions)
    compared = with_prompts(settings, model, prompts)
    variants = {name: priced(_judged(one, cases), prices) for name, one in compared.items()}
    console = Console(width=None if sys.stdout.isatty() else 240)
    if len(variants) > 1:
        if as_json:
            print_json(comparison_json(variants))
        else:
            print_comparison(variants, console)
        return
    (judged,) = variants.values()
    if as_json:
        print_json(summary_json(judged))
    else:
        print_summary(judged, console)


def _judged(settings: Settings, cases: Sequence[Case]) -> list[Judged]:
    with open_assistant(settings) as assistant, ExitStack() as closing:
        verifier = open_verifier(settings) if any(case.statements for case in cases) else None
        if verifier:
            closing.callback(verifier.close)
        found = run_cases(assistant, cases, verifier=verifier)
        return list(track(found, total=len(cases), console=Console(stderr=True)))
