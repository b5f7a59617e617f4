"""Staff's test questions: read from files, judged, told once when they come out differently."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from tests.local_slack.answers import ABSTAINED, GOALS, answer, cite
from tests.new_state import new_state
from tests.unit.bot.office.test_clusters import ByTopic

from aspire_bot.answering.types import Answer, Question
from aspire_bot.office.checks import StandingChecks
from aspire_bot.office.cluster_book import ClusterBook
from aspire_bot.office.test_questions import has_passed, read_file
from aspire_bot.state import open_state
from aspire_bot.state.office.test_questions import Expects, TestQuestion
from aspire_ingest.index import ConfigError, IndexManifest
from aspire_ingest.index.reader import IndexReader

FOUND = answer("Up to 50 %. [1]", cite(1, GOALS, "Travel: up to ５０ %"), certainty="sure")


def _question(expects: Expects, value: str = "") -> TestQuestion:
    return TestQuestion(test_id="t", question="How much?", expects=expects, value=value)


@pytest.mark.parametrize(
    ("expects", "value", "found", "is_right"),
    [
        ("document", "goals", FOUND, True),
        ("document", GOALS.url or "", FOUND, True),
        ("document", "guide", FOUND, False),
        ("quote", "travel: UP TO 50%", FOUND, True),
        ("quote", "up to 60 %", FOUND, False),
        ("none", "", FOUND, False),
        ("none", "", ABSTAINED, True),
        ("document", "goals", ABSTAINED, False),
    ],
)
def test_an_answer_is_held_against_what_staff_expect(
    expects: Expects, value: str, found: Answer, is_right: bool
) -> None:
    assert has_passed(_question(expects, value), found) is is_right


def test_questions_come_from_lines_and_tables(tmp_path: Path) -> None:
    lines = tmp_path / "q.jsonl"
    lines.write_text(
        '{"question": "How much?", "document": "goals"}\n\n{"question": "誰?", "none": true}\n',
        "utf-8",
    )
    table = tmp_path / "q.csv"
    table.write_text(
        "\ufeffquestion,document,quote,none\nHow  much?,goals,,\n誰?,,,yes\nX?,,words,no\n", "utf-8"
    )
    from_lines, from_table = read_file(lines), read_file(table)
    assert [(q.expects, q.value) for q in from_table] == [
        ("document", "goals"),
        ("none", ""),
        ("quote", "words"),
    ]
    assert [q.test_id for q in from_lines] == [q.test_id for q in from_table][:2]


@pytest.mark.parametrize(
    "text",
    ['{"question": "How much?"}', '{"question": "Q?", "none": true, "quote": "x"}', "[1]", "{"],
)
def test_a_line_that_is_no_test_question_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"q\.jsonl"):
        read_file(path)


@dataclass(slots=True)
class _Core:
    answers: list[Answer] = field(default_factory=list[Answer])

    def answer_in_quotes(self, question: Question) -> Answer:
        assert question.audience == "public"
        return self.answers.pop(0)

    def manifest(self) -> IndexManifest:
        raise NotImplementedError

    @contextmanager
    def reader(self) -> Generator[IndexReader]:
        yield cast("IndexReader", None)


def test_only_what_comes_out_differently_is_news_until_it_is_told(tmp_path: Path) -> None:
    state, core = open_state(new_state(tmp_path / "state.db")), _Core()
    book = ClusterBook(state=state, embedder=ByTopic())
    moment = datetime(2026, 11, 29, tzinfo=UTC)
    checks = StandingChecks(state=state, core=core, book=book, now=lambda: moment)
    state.test_questions.put([_question("document", "goals")])

    def news(found: Answer) -> list[bool]:
        core.answers.append(found)
        return [run.has_passed for _, run in checks.run_tests()]

    assert news(FOUND) == []  # it passes the first time
    assert news(ABSTAINED) == [False]
    assert news(ABSTAINED) == [False]  # staff were not told yet
    state.test_questions.set_told(["t"])
    assert news(ABSTAINED) == []
    assert news(FOUND) == [True]
    assert state.test_questions.remove("t")
    assert not state.test_questions.remove("t")
    assert checks.run_tests() == []
    state.close()
