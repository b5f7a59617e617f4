"""The short form of the figures in docs/benchmarks.md: cases generated from the sample knowledge.

`python -m tests.evals.verification --wrong` shows what went wrong, over all question sets.
"""

from collections.abc import Generator
from importlib import resources
from pathlib import Path

import pytest
from tests.evals.verification.judging import Judged
from tests.evals.verification.running import judged_in
from tests.knowledge import add

from aspire_bot.bootstrap import open_assistant
from aspire_bot.settings import Settings

OF_EACH_KIND = 16
LEAST_CASES = 300
MOST_LIES, LEAST_TRUTHS = 0.02, 0.9


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Generator[list[Judged]]:
    home = tmp_path_factory.mktemp("verified")
    add(home, Path(str(resources.files("aspire_ingest") / "sample")))
    with open_assistant(Settings(home=home)) as assistant, assistant.reader() as index:
        yield judged_in(index, "sample", OF_EACH_KIND)


def test_at_most_2_percent_of_lies_get_through(judged: list[Judged]) -> None:
    lies = [one for one in judged if not one.case.made.is_true]
    wrong = [(one.case.made.kind, one.case.made.text) for one in lies if one.is_wrong]
    assert len(judged) >= LEAST_CASES
    assert len({one.case.made.kind for one in lies}) >= 10
    assert len(wrong) <= MOST_LIES * len(lies), wrong


def test_at_least_90_percent_of_truths_are_kept(judged: list[Judged]) -> None:
    truths = [one for one in judged if one.case.made.is_true]
    lost = [(one.decision.reasons, one.case.made.text) for one in truths if one.is_wrong]
    assert {one.case.made.language for one in truths} == {"en", "ja"}
    assert len(truths) - len(lost) >= LEAST_TRUTHS * len(truths), lost


def test_what_is_shown_is_shown_with_quotes_that_stand_in_its_passages(
    judged: list[Judged],
) -> None:
    for one in judged:
        for quote in one.decision.quotes if one.is_shown else ():
            passage = one.case.passages[quote.passage].passage
            assert passage.start <= quote.start < quote.end <= passage.end
