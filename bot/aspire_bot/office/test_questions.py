"""Staff's own test questions: read from a file, put to the index, judged."""

import csv
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import cast

from aspire_bot.answering.types import Answer, Citation, Question
from aspire_bot.state.office.test_questions import Expects, TestQuestion, TestRun
from aspire_bot.suggestions.check import QuotingCore
from aspire_ingest.index import ConfigError

MOST_QUESTIONS = 500
_EXPECTS: tuple[Expects, ...] = ("document", "quote", "none")
_MAX_SAID = 200


def read_file(path: Path) -> tuple[TestQuestion, ...]:
    """Read test questions from JSON lines or, where the name ends in `.csv`, from a table.

    Each has a `question`, and one of `document` (id, source, address or title of what must be
    cited), `quote` (words that must be quoted) and `none` (the documents must not answer).

    Raises:
        ConfigError: the file cannot be read, or a line is no test question; the message names it.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file) if path.suffix.lower() == ".csv" else _json_rows(file)
            found = [_question(row, number, path) for number, row in enumerate(rows, start=1)]
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        raise ConfigError(f"{path} cannot be read as test questions: {error}") from error
    if len(found) > MOST_QUESTIONS:
        raise ConfigError(f"{path} has {len(found)} questions; the most are {MOST_QUESTIONS}")
    return tuple(found)


def test_id_of(question: str) -> str:
    """Give the id of a test question: the same for the same words."""
    plain = " ".join(unicodedata.normalize("NFKC", question).casefold().split())
    return hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=6).hexdigest()


def run_tests(
    core: QuotingCore, questions: Iterable[TestQuestion], *, now: datetime
) -> tuple[TestRun, ...]:
    """Put each question to the index, as the public, and judge what comes of it.

    Raises:
        AspireError: the index cannot be read.
    """
    runs: list[TestRun] = []
    for one in questions:
        answer = core.answer_in_quotes(Question(text=one.question, act="question"))
        first = answer.citations[0].document.title if answer.citations else ""
        runs.append(
            TestRun(
                test_id=one.test_id,
                has_passed=has_passed(one, answer),
                outcome=answer.outcome,
                said=first[:_MAX_SAID],
                index_version=answer.index_version,
                ran_at=now,
            )
        )
    return tuple(runs)


def has_passed(one: TestQuestion, answer: Answer) -> bool:
    """Whether an answer is what staff expect."""
    if one.expects == "none":
        return answer.outcome == "abstained"
    if answer.outcome != "answered":
        return False
    if one.expects == "quote":
        wanted = _plain(one.value)
        return any(wanted in _plain(citation.quote) for citation in answer.citations)
    return any(one.value in _names(citation) for citation in answer.citations)


def _names(citation: Citation) -> tuple[str | None, ...]:
    document = citation.document
    return (document.document_id, document.source, document.url, document.title)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _json_rows(lines: Iterable[str]) -> Iterator[Mapping[str, object]]:
    for line in lines:
        if line.strip():
            row: object = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError(f"{line.strip()[:80]} is no object")
            yield cast("dict[str, object]", row)


def _question(row: Mapping[str, object], number: int, path: Path) -> TestQuestion:
    question = str(row.get("question") or "").strip()
    given: list[tuple[Expects, str]] = [
        (name, str(row[name]).strip()) for name in _EXPECTS if _is_said(row.get(name))
    ]
    if not question or len(given) != 1:
        raise ConfigError(
            f"{path}, question {number}: give a `question` and just one of `document`, `quote`, "
            "`none`"
        )
    ((expects, value),) = given
    return TestQuestion(
        test_id=test_id_of(question),
        question=question,
        expects=expects,
        value="" if expects == "none" else value,
    )


def _is_said(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().casefold() not in _UNSAID)


_UNSAID = frozenset({"", "false", "no", "0"})
