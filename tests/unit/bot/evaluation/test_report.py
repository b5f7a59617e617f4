"""Figures as JSON and as tables."""

import io
from typing import cast

import pytest
from rich.console import Console

from aspire_bot.answering.types import Answer, Certainty, Outcome, Question
from aspire_bot.evaluation.cases import Case
from aspire_bot.evaluation.measures import Judged, judge
from aspire_bot.evaluation.report import SECTIONS, print_summary, summary_json


def judged(
    confidence: float,
    *,
    answerable: bool,
    outcome: Outcome = "answered",
    certainty: Certainty | None = None,
) -> Judged:
    case = Case(id="q", question="?", answerable=answerable, lang="ja", must_include=("Yes",))
    answer = Answer(
        question=Question(text="?"),
        outcome=outcome,
        text="No.",
        language="en",
        confidence=confidence,
        certainty=certainty,
    )
    return judge(case, answer, quotes_valid=True)


SOME = [
    judged(0.9, answerable=True, certainty="sure"),
    judged(0.6, answerable=True, certainty="hedged"),
    judged(0.2, answerable=False, outcome="abstained"),
]


def printed(*some: Judged) -> str:
    file = io.StringIO()
    print_summary(some, Console(file=file, width=240))
    return file.getvalue()


def groups_of(some: list[Judged]) -> dict[str, dict[str, dict[str, float]]]:
    return cast("dict[str, dict[str, dict[str, float]]]", summary_json(some)["by"])


def test_every_measure_has_its_words_and_stands_in_one_section() -> None:
    names = [name for measures in SECTIONS.values() for name in measures]
    assert len(names) == len(set(names))
    by = groups_of(SOME)
    assert set(by["all"]) <= set(names)


def test_json_of_every_group_with_intervals() -> None:
    by = groups_of(SOME)
    assert set(by) == {"all", "ja"}
    assert by["ja"] == by["all"]
    assert by["all"]["hedged"] == {"value": 0.5, "n": 2, "low": 0.0, "high": 1.0}
    assert by["all"]["sure_and_wrong"]["value"] == pytest.approx(0.3333)
    assert by["all"]["AUROC"] == {"value": 1.0, "n": 3, "low": 1.0, "high": 1.0}
    assert set(by["all"]) >= {"ECE", "risk_at_60", "risk_at_80", "silent", "silent_or_hedged"}


def test_tables_say_what_was_refused_and_leave_out_what_was_not_measured() -> None:
    text = printed(*SOME)
    assert "refused though answerable" in text
    assert "false_refusal" not in text
    assert "abstained" not in text
    assert "complete_tight" not in text
    assert "Language model" not in text
    assert "0.500 (0.00–1.00, n=2)" in text


def test_a_group_without_any_measure_of_a_table_has_no_row_in_it() -> None:
    unknown = Case(id="q", question="?", type="place", gold=("d",))
    text = printed(*SOME, judge(unknown, SOME[0].answer, quotes_valid=True))
    confidence, ranking = _tables(text, "Confidence", "Ranking")
    assert [line.split()[0] for line in confidence] == ["all", "ja"]
    assert [line.split()[0] for line in ranking] == ["all", "place"]


def _tables(text: str, *titles: str) -> list[list[str]]:
    """The rows below each title and its line of headers, up to the next title."""
    lines = text.splitlines()
    starts = [at for at, line in enumerate(lines) if line[0] != " "]
    found: list[list[str]] = []
    for title in titles:
        start = next(at for at in starts if lines[at].startswith(title))
        end = min((at for at in starts if at > start), default=len(lines))
        found.append(lines[start + 2 : end])
    return found


def test_reliability_is_a_table_of_bins() -> None:
    table = printed(*SOME).split("Reliability")[1].splitlines()
    assert table[1].split() == ["mean", "confidence", "share", "answerable", "n"]
    assert [line.split() for line in table[2:]] == [
        ["0.20–0.20", "0.200", "0.000", "1"],
        ["0.60–0.60", "0.600", "1.000", "1"],
        ["0.90–0.90", "0.900", "1.000", "1"],
    ]


def test_no_reliability_where_nobody_knows_what_is_answerable() -> None:
    unknown = judge(Case(id="q", question="?"), SOME[0].answer, quotes_valid=True)
    assert "Reliability" not in printed(unknown)
