"""The development questions, where they are on this machine: floors, not aims.

`make bench` reports the figures; this says when a change has broken something.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager

import pytest
from tests.evals.sets import KEPT, SETS, assistant_over, cases_of, shared_folder
from tests.small_model import MODEL

from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.evaluation.cases import Case
from aspire_bot.evaluation.facts import sentences_of, unstated
from aspire_bot.evaluation.figures import Figure
from aspire_bot.evaluation.measures import summarise
from aspire_bot.evaluation.run import run_cases
from aspire_bot.settings import Settings

_EVERY = 18
"""A small model takes half a minute to a question: `make bench` asks it all of them."""
_PATIENT_S = 300.0


@contextmanager
def _opened(name: str) -> Generator[tuple[Assistant, Sequence[Case]]]:
    shared = shared_folder()
    if shared is None:
        pytest.skip("the development questions (the shared folder) are not here")
    # kept between runs, apart from the indexes of calibration and benchmarks
    targets = [str(shared / path) for path in SETS[name].documents]
    with assistant_over(f"test-{name}", targets) as assistant:
        yield assistant, cases_of(name, shared)


@pytest.mark.parametrize("name", ["aspire", "guide"])
def test_development_questions_stay_above_their_floors(name: str) -> None:
    with _opened(name) as (assistant, cases):
        judged = list(run_cases(assistant, cases))
    figures = summarise(judged)["all"]
    said = {measure: (round(figure.value, 3), figure.n) for measure, figure in figures.items()}
    wrong = [one.case.id for one in judged if _is_wrong(one.values)]
    assert _is_met(figures["right_and_cited"], 0.8), (said, wrong)
    assert _is_met(figures["abstained"], 0.85), (said, wrong)
    assert figures["false_refusal"].value <= 0.1, (said, wrong)
    assert figures["quotes_valid"].value == 1, (said, wrong)


@pytest.mark.parametrize("name", ["aspire", "guide"])
def test_whatever_a_small_model_says_nothing_false_is_shown(
    name: str, small_model_url: str
) -> None:
    """Of numbers, dates, amounts and names."""
    with _opened(name) as (_, cases):
        some = cases[::_EVERY]
    settings = Settings(
        home=KEPT / f"test-{name}",
        llm=f"openai-like/{MODEL}",
        llm_base_url=small_model_url,
        llm_timeout_s=_PATIENT_S,
        llm_first_token_s=_PATIENT_S,
        llm_max_tokens=60,
    )
    with open_assistant(settings) as assistant:
        worded = list(run_cases(assistant, some))
    traces = [one.answer.trace for one in worded]
    assert any(trace and trace.completion_tokens for trace in traces)
    for one in (one for one in worded if one.answer.model != "extractive"):
        for said in sentences_of(one.answer):
            assert unstated(said, one.case.question) == ()


def _is_met(figure: Figure, floor: float) -> bool:
    assert figure.n > 0
    return figure.value >= floor


def _is_wrong(values: Mapping[str, float]) -> bool:
    return values.get("right_and_cited") == 0 or values.get("abstained") == 0
