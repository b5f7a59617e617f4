"""Every third development question, where they are on this machine: floors, not aims.

`make bench` asks all of them, also of a real small model, and reports the figures; this says when a
change has broken something.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager

import pytest
from tests.evals.sets import SETS, assistant_over, cases_of, shared_folder

from aspire_bot.bootstrap import Assistant
from aspire_bot.evaluation.cases import Case
from aspire_bot.evaluation.figures import Figure
from aspire_bot.evaluation.measures import Judged, summarise
from aspire_bot.evaluation.run import run_cases

_EVERY = 3


@contextmanager
def _opened(name: str) -> Generator[tuple[Assistant, Sequence[Case]]]:
    shared = shared_folder()
    if shared is None:
        pytest.skip("the development questions (the shared folder) are not here")
    # kept between runs, apart from the indexes of calibration and benchmarks
    targets = [str(shared / path) for path in SETS[name].documents]
    with assistant_over(f"test-{name}", targets) as assistant:
        yield assistant, cases_of(name, shared)[1::_EVERY]


@pytest.fixture(scope="module", params=["aspire", "guide"])
def judged(request: pytest.FixtureRequest) -> Sequence[Judged]:
    with _opened(request.param) as (assistant, cases):
        return list(run_cases(assistant, cases))


def test_what_is_quoted_stands_in_its_document(judged: Sequence[Judged]) -> None:
    assert summarise(judged)["all"]["quotes_valid"].value == 1


def test_development_questions_stay_above_their_floors(judged: Sequence[Judged]) -> None:
    figures = summarise(judged)["all"]
    said = {measure: (round(figure.value, 3), figure.n) for measure, figure in figures.items()}
    wrong = [one.case.id for one in judged if _is_wrong(one.values)]
    assert _is_met(figures["right_and_cited"], 0.8), (said, wrong)
    assert _is_met(figures["abstained"], 0.85), (said, wrong)
    assert figures["false_refusal"].value <= 0.1, (said, wrong)


def _is_met(figure: Figure, floor: float) -> bool:
    assert figure.n > 0
    return figure.value >= floor


def _is_wrong(values: Mapping[str, float]) -> bool:
    return values.get("right_and_cited") == 0 or values.get("abstained") == 0
