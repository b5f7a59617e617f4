"""One index of two languages: is a document found that answers in the language not asked in?

The index holds the Japanese encyclopaedia passages of JSQuAD, the English texts of mtRAG-UN and
all of the programme's pages, look-alikes and handbooks. Asked are the own questions whose answer
also (or only) stands in a document of the other language. That document's version in the
language of the question is left out, so that nothing but crossing the languages can find it; all
else in the language of the question stays in and competes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tests.evals.bench.indexes import assistant_over
from tests.evals.bench.results import Row, Table, mean_of
from tests.evals.sets import SETS

from aspire_bot.evaluation.cases import Case, read_cases
from aspire_bot.evaluation.measures import ranking_measures

_OWN = ("aspire", "guide")
_PUBLIC = ("jsquad_valid", "mtrag_un_s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Questions asked in one language whose answers are left in the other alone."""

    asked_in: str
    cases: tuple[Case, ...]
    left_out: frozenset[str]
    """Names of the files that answer in the language of the questions."""


def crossing(cases: Iterable[Case], asked_in: str) -> Crossing:
    """Choose the questions of one language that a document of the other answers."""
    chosen = [
        case
        for case in cases
        if case.answerable and case.lang == asked_in and _others(case, asked_in)
    ]
    left_out = {name for case in chosen for name in case.source_files if _is_in(name, asked_in)}
    return Crossing(asked_in=asked_in, cases=tuple(chosen), left_out=frozenset(left_out))


def cross_language(shared: Path) -> Table:
    """Give hit@1, hit@5 and nDCG@10 for each direction, and for both together."""
    cases = [case for name in _OWN for case in read_cases(shared / SETS[name].questions)]
    table: Table = {}
    columns: dict[str, list[float]] = {}
    for asked_in, label in (("en", "asked in English"), ("ja", "asked in Japanese")):
        one = crossing(cases, asked_in)
        found = _measure(one, shared)
        table[label] = _means(found)
        for name, values in found.items():
            columns.setdefault(name, []).extend(values)
    table["both"] = _means(columns)
    return table


def _measure(one: Crossing, shared: Path) -> dict[str, list[float]]:
    columns: dict[str, list[float]] = {}
    with assistant_over(f"crossing_{one.asked_in}", targets(one.left_out, shared)) as assistant:
        for case in one.cases:
            ranking = assistant.retrieve(case.as_question())
            in_other = case.model_copy(update={"source_files": _others(case, one.asked_in)})
            for name, value in ranking_measures(ranking, in_other):
                columns.setdefault(name, []).append(value)
    return columns


def targets(left_out: frozenset[str], shared: Path) -> list[str]:
    """Give all files of the index but those left out."""
    own = [
        path
        for name in _OWN
        for folder in SETS[name].documents
        for path in sorted((shared / folder).iterdir())
    ]
    public = [shared / path for name in _PUBLIC for path in SETS[name].documents]
    return [str(path) for path in (*public, *own) if path.name not in left_out]


def _others(case: Case, asked_in: str) -> tuple[str, ...]:
    return tuple(name for name in case.source_files if not _is_in(name, asked_in))


def _is_in(name: str, language: str) -> bool:
    """The own files say their language at the end of their names."""
    return PurePosixPath(name).stem.endswith(f"-{language}")


def _means(columns: dict[str, list[float]]) -> Row:
    return {name: mean_of(values) for name, values in columns.items()}
