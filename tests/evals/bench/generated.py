"""Quoted and generated answers side by side, for the model that the settings name.

Without `ASPIRE_LLM` it is the small model of the tests, which invents freely: what is shown of it
is a measure of the checks, not of the model.
"""

import os
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.evals.bench.indexes import bring_up_to_date
from tests.evals.bench.results import Measured, Row, Table, measured
from tests.evals.sets import SETS
from tests.small_model import MODEL, small_model, weights

from aspire_bot.bootstrap import open_assistant
from aspire_bot.evaluation.cases import read_cases
from aspire_bot.evaluation.facts import sentences_of, unstated
from aspire_bot.evaluation.measures import Judged, summarise
from aspire_bot.evaluation.run import run_cases
from aspire_bot.settings import Settings

_OWN = ("aspire", "guide")
_SMALL_PATIENCE = {
    "ASPIRE_LLM_TIMEOUT_S": "240",
    "ASPIRE_LLM_FIRST_TOKEN_S": "240",
    "ASPIRE_LLM_MAX_TOKENS": "160",
}
QUOTED = "quoted sentences"

Say = Callable[[str], None]
Chosen = Mapping[str, str]
"""The variables `ASPIRE_LLM…` as they were set."""


def chosen_model() -> Chosen:
    """Read what the environment says of a language model, before the benchmark puts it aside."""
    return {name: value for name, value in os.environ.items() if name.startswith("ASPIRE_LLM")}


def measure_generated(chosen: Chosen, shared: Path, say: Say) -> dict[str, Table]:
    """Answer the own questions by quotes and by the model; one table a set."""
    if chosen.get("ASPIRE_LLM", "none") == "none" and weights() is None:
        say("generated: no ASPIRE_LLM is set and the small model of the tests is not installed")
        return {}
    tables: dict[str, Table] = {}
    with _model(chosen) as variables:
        label = variables["ASPIRE_LLM"]
        for name in _OWN:
            one = SETS[name]
            home = bring_up_to_date(name, [str(shared / path) for path in one.documents])
            cases = read_cases(shared / one.questions)
            rows: Table = {}
            ways: tuple[tuple[str, Chosen], ...] = ((QUOTED, {}), (label, variables))
            for row, llm in ways:
                say(f"generated: {name}, {row}")
                with _settings(home, llm) as settings, open_assistant(settings) as assistant:
                    judged: list[Judged] = []
                    for one in run_cases(assistant, cases):
                        judged.append(one)
                        _report(one, f"{len(judged)} of {len(cases)}", say)
                    rows[row] = _row(judged)
            tables[name] = rows
    return tables


def _report(one: Judged, place: str, say: Say) -> None:
    """Say how far it is where a model is slow, and what is not in the quotes it cites."""
    if one.answer.trace is None:
        return
    said = len(one.answer.trace.statements)
    failed = f", failed: {one.answer.trace.failure}" if one.answer.trace.failure else ""
    say(f"generated: {place}: {said} statements by {one.answer.model} shown{failed}")
    for sentence in sentences_of(one.answer) if one.answer.model != "extractive" else ():
        if missing := unstated(sentence, one.answer.question.text):
            say(f"generated: not in its quotes: {missing} of {sentence.text!r}")


def _row(judged: list[Judged]) -> Row:
    figures = summarise(judged)["all"]
    row: Row = {name: measured(found) for name, found in figures.items()}
    shown = sum(len(one.parts.get("facts_in_quotes", ())) for one in judged)
    said = sum(len(one.parts.get("groundedness", ())) for one in judged)
    if said:
        row |= {"said": Measured(value=said, n=1), "shown": Measured(value=shown, n=1)}
    return row


@contextmanager
def _model(chosen: Chosen) -> Generator[Chosen]:
    """Give the variables that choose the model, and serve the small one where none is chosen."""
    if chosen.get("ASPIRE_LLM", "none") != "none":
        yield chosen
        return
    with small_model() as url:
        address = {"ASPIRE_LLM": f"openai-like/{MODEL}", "ASPIRE_LLM_BASE_URL": url}
        yield _SMALL_PATIENCE | address | dict(chosen)


@contextmanager
def _settings(home: Path, variables: Chosen) -> Generator[Settings]:
    """Give settings that read these variables as the programs do."""
    os.environ.update(variables)
    try:
        yield Settings(home=home)
    finally:
        for name in variables:
            del os.environ[name]
