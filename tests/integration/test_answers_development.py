"""The development questions, where they are on this machine: floors, not aims.

`make bench` reports the figures; this says when a change has broken something.
"""

from collections.abc import Mapping

import pytest
from tests.evals.sets import SETS, assistant_over, cases_of, shared_folder

from aspire_bot.evaluation.measures import Figure, summarise
from aspire_bot.evaluation.run import run_cases


@pytest.mark.parametrize("name", ["aspire", "guide"])
def test_development_questions_stay_above_their_floors(name: str) -> None:
    shared = shared_folder()
    if shared is None:
        pytest.skip("the development questions (the shared folder) are not here")
    cases = cases_of(name, shared)
    # kept between runs, apart from the indexes of calibration and benchmarks
    targets = [str(shared / path) for path in SETS[name].documents]
    with assistant_over(f"test-{name}", targets) as assistant:
        judged = list(run_cases(assistant, cases))
    figures = summarise(judged)["all"]
    said = {measure: (round(figure.value, 3), figure.n) for measure, figure in figures.items()}
    wrong = [one.case.id for one in judged if _is_wrong(one.values)]
    assert _is_met(figures["right_and_cited"], 0.8), (said, wrong)
    assert _is_met(figures["abstained"], 0.85), (said, wrong)
    assert figures["false_refusal"].value <= 0.1, (said, wrong)
    assert figures["quotes_valid"].value == 1, (said, wrong)


def _is_met(figure: Figure, floor: float) -> bool:
    assert figure.n > 0
    return figure.value >= floor


def _is_wrong(values: Mapping[str, float]) -> bool:
    return values.get("right_and_cited") == 0 or values.get("abstained") == 0
