"""How good answers and rankings are, over every set."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tests.evals.bench.indexes import assistant_over
from tests.evals.bench.languages import cross_language
from tests.evals.bench.results import Row, Table, mean_of, measured
from tests.evals.sets import SETS, QuestionSet

from aspire_bot.bootstrap import Assistant
from aspire_bot.evaluation.cases import Case, read_cases
from aspire_bot.evaluation.measures import Judged, ranking_measures, summarise
from aspire_bot.evaluation.run import run_cases

BIPIA = QuestionSet(
    name="bipia_clean",
    documents=("bench/bipia_clean/corpus.jsonl",),
    questions="bench/bipia_clean/queries.jsonl",
)
_FREE_ANSWERS = ("mtrag_un_s",)
"""Sets whose answers are whole paragraphs in free words: none can be looked for in an answer."""
_OF_WORDS = ("right", "sure_and_wrong", "risk")
"""Measures for which they would have to be, by how their names begin."""

Say = Callable[[str], None]


def measure_quality(shared: Path, say: Say) -> dict[str, Table]:
    """Answer the questions of every set; one table a subject."""
    tables: dict[str, Table] = {"answers": {}, "ranking": {}, "by type": {}}
    for question_set in (*SETS.values(), BIPIA):
        say(f"quality: {question_set.name}")
        with assistant_over(question_set.name, targets_of(question_set, shared)) as assistant:
            cases = read_cases(shared / question_set.questions)
            judged = list(run_cases(assistant, cases))
            _add(tables, question_set.name, judged)
            if any(case.history for case in cases):
                label = f"{question_set.name}, last turn alone"
                tables["ranking"][label] = last_turn_alone(assistant, cases)
    say("quality: one index of two languages")
    tables["cross-language"] = cross_language(shared)
    return tables


def targets_of(question_set: QuestionSet, shared: Path) -> list[str]:
    """Give what a set's questions are asked of."""
    return [str(shared / path) for path in question_set.documents]


def _add(tables: Mapping[str, Table], name: str, judged: Sequence[Judged]) -> None:
    by_group = {
        group: {measure: measured(found) for measure, found in figures.items()}
        for group, figures in summarise(judged).items()
    }
    everything = by_group["all"]
    answers: Row = {key: one for key, one in everything.items() if not _is_ranking(key)}
    answers |= answered_right(judged)
    if name in _FREE_ANSWERS:
        answers = {key: one for key, one in answers.items() if not key.startswith(_OF_WORDS)}
    tables["answers"][name] = answers
    ranking: Row = {key: one for key, one in everything.items() if _is_ranking(key)}
    if ranking:
        tables["ranking"][name] = ranking
    if name in ("aspire", "guide"):
        for group, row in by_group.items():
            if group != "all":
                tables["by type"][f"{'ASPIRE' if name == 'aspire' else 'handbooks'}: {group}"] = row


def _is_ranking(measure: str) -> bool:
    return measure.startswith(("hit@", "nDCG@"))


def answered_right(judged: Sequence[Judged]) -> Row:
    """Give the share of right answers among those that were given."""
    given = [
        one.values["right_and_cited"]
        for one in judged
        if one.answer.outcome == "answered" and "right_and_cited" in one.values
    ]
    return {"right_of_answered": mean_of(given)} if given else {}


def last_turn_alone(assistant: Assistant, cases: Iterable[Case]) -> Row:
    """Rank by the last question alone, without what was said before."""
    columns: dict[str, list[float]] = {}
    for case in cases:
        ranking = assistant.retrieve(case.as_question(with_history=False))
        for name, value in ranking_measures(ranking, case):
            columns.setdefault(name, []).append(value)
    return {name: mean_of(values) for name, values in columns.items()}
