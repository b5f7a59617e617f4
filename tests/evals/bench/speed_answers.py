"""How long an answer takes in a process that stays, over some 10,000 passages."""

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.evals.bench import programs
from tests.evals.bench.results import Row, Table, plain
from tests.evals.bench.timing import median_of, quantile_of
from tests.evals.sets import SETS

from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.evaluation.cases import read_cases
from aspire_bot.settings import Settings
from aspire_ingest.index.reader import VectorBackend

QUESTIONS_OF_A_SET = 24
_WARM_UP = 24
_ADDED = 3

Say = Callable[[str], None]


def measure_answers(home: Path, shared: Path, say: Say) -> Table:
    """Answer questions of all sets, each once, with either way of searching vectors."""
    questions = mixed_questions(shared)
    table: Table = {}
    backends: tuple[VectorBackend, ...] = ("exact", "chroma")
    for backend in backends:
        say(f"speed: {len(questions)} warm answers, vectors by {backend}")
        with open_assistant(Settings(home=home), vectors=backend) as assistant:
            table |= _answer_all(assistant, questions, backend)
    return table


def mixed_questions(shared: Path) -> list[Question]:
    """Draw as many questions of every set, in a random order that is always the same."""
    generator = random.Random(11)  # noqa: S311 - the same questions every time
    drawn: list[Question] = []
    for one in SETS.values():
        cases = list(read_cases(shared / one.questions))
        chosen = generator.sample(cases, min(QUESTIONS_OF_A_SET, len(cases)))
        drawn += [case.as_question() for case in chosen]
    generator.shuffle(drawn)
    return drawn


def _answer_all(assistant: Assistant, questions: Sequence[Question], label: str) -> Table:
    with assistant.reader() as index:
        passages = index.manifest.passages
    for question in questions[:_WARM_UP]:
        assistant.answer(question)
    totals: list[float] = []
    steps: dict[str, list[float]] = {}
    for question in questions[_WARM_UP:]:  # never asked before: nothing is remembered of them
        start = time.perf_counter()
        answer = assistant.answer(question)
        totals.append((time.perf_counter() - start) * 1000)
        for step, took in answer.timings_ms.items():
            steps.setdefault(step, []).append(took)
    steps.pop("total")
    rows: Table = {f"{label}, whole answer": _times(totals) | {"passages": plain(passages)}}
    return rows | {f"{label}, {step}": _times(took) for step, took in steps.items()}


def _times(took: Sequence[float]) -> Row:
    return {"p50, ms": median_of(took), "p95, ms": quantile_of(took, 0.95)}


def measure_one_more(home: Path, say: Say) -> Table:
    """Add one document after another to the large index, and publish each time."""
    say("speed: one more document in the large index")
    seconds: list[float] = []
    with TemporaryDirectory(prefix="aspire-bench-") as folder:
        for number in range(_ADDED):
            file = Path(folder) / f"news-{number}.md"
            file.write_text(f"# News {number}\n\nMeeting {number} was held.\n", encoding="utf-8")
            _, summary = programs.add([str(file)], home)
            seconds.append(float(str(summary["seconds"])))
    return {"one document added and published": {"s": median_of(seconds)}}
