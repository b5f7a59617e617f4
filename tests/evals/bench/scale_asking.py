"""What a bot costs over an index, measured on the programs as they are run."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

from tests.evals.bench import programs
from tests.evals.bench.results import FOLDER, Row, plain
from tests.evals.bench.scale_bot import WARM_UP
from tests.evals.bench.scale_texts import JAPANESE
from tests.evals.bench.timing import median_of, quantile_of
from tests.evals.sets import ROOT, SETS

from aspire_bot.evaluation.cases import read_cases
from aspire_ingest.index.reader import VectorBackend

_QUESTIONS_OF_A_SET = 33
_STARTS = 3
_CHANGES = 3


def questions_file(shared: Path, names: Sequence[str]) -> Path:
    """Write questions of the named sets, in a mixed order that is always the same."""
    generator = random.Random(11)  # noqa: S311 - the same questions every time
    lines: list[dict[str, object]] = []
    for name in names:
        cases = list(read_cases(shared / SETS[name].questions))
        for case in generator.sample(cases, min(_QUESTIONS_OF_A_SET, len(cases))):
            history = [{"role": turn.role, "text": turn.text} for turn in case.history]
            language = "ja" if name in JAPANESE else "en"
            lines.append({"language": language, "question": case.question, "history": history})
    generator.shuffle(lines)
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / "scale-questions.jsonl"
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    file.write_text(text + "\n", encoding="utf-8")
    return file


def measure_start(home: Path, embedding: str) -> Row:
    """Start `aspire-bot ask` a few times, after once that fills the system's file cache."""
    ask = [str(programs.BIN / "aspire-bot"), "ask", "--json", "When was the meeting held?"]
    starts = [_run(ask, home, embedding) for _ in range(_STARTS + 1)][1:]
    return {"cold start, s": median_of(starts)}


def measure_bot(
    home: Path, embedding: str, asked: Path, vectors: VectorBackend
) -> Mapping[str, Row]:
    """Ask a bot that stays, and add to its index meanwhile."""
    with _running(home, embedding, asked, vectors) as (commands, answers):
        told = json.loads(answers.readline())
        changes = [_change(home, embedding, commands, answers, n) for n in range(_CHANGES)]
    both = [took for each in told["answers"].values() for took in each]
    parts = cast("Mapping[str, Sequence[float]]", told["parts"])
    timed = {name: each[WARM_UP:] for name, each in parts.items()}
    return {
        "memory": {
            "resident, MB": plain(told["resident_mb"]),
            "peak, MB": plain(told["peak_mb"]),
            "without mapped files, MB": plain(told["own_mb"]),
        },
        "answers": {
            **_quantiles("", both),
            **_quantiles("en ", told["answers"]["en"]),
            **_quantiles("ja ", told["answers"]["ja"]),
            "first, ms": plain(told["first_ms"]),
        },
        "parts": {f"{name}, p50 ms": median_of(took) for name, took in timed.items()},
        "change": {
            "add to answer, s": median_of([one["answered"] for one in changes]),
            "of that after publishing, s": median_of([one["followed"] for one in changes]),
            "whole add, s": median_of([one["added"] for one in changes]),
        },
    }


def _quantiles(of: str, took: Sequence[float]) -> Row:
    return {f"{of}p50, ms": median_of(took), f"{of}p95, ms": quantile_of(took, 0.95)}


def _environment(home: Path, embedding: str) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), *sys.path])
    return {
        **os.environ,
        "ASPIRE_HOME": str(home),
        "ASPIRE_EMBEDDING": embedding,
        "PYTHONPATH": path,
    }


@contextmanager
def _running(
    home: Path, embedding: str, asked: Path, vectors: VectorBackend
) -> Generator[tuple[IO[str], IO[str]]]:
    """A bot that stays; its standard input and output."""
    with subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.evals.bench.scale_bot", str(asked), vectors],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(home, embedding),
    ) as child:
        yield cast("IO[str]", child.stdin), cast("IO[str]", child.stdout)


def _change(
    home: Path, embedding: str, commands: IO[str], answers: IO[str], number: int
) -> dict[str, float]:
    """Add one document; when a running bot had answered from it, in seconds since `add` began."""
    word = "".join(random.Random(time.time_ns() + number).choices("bdfgklmnprstvz", k=9))  # noqa: S311
    with TemporaryDirectory(prefix="aspire-bench-") as folder:
        file = Path(folder) / f"{word}.md"
        file.write_text(f"# News\n\nThe {word} meeting is about soil and rain.\n", "utf-8")
        commands.write(word + "\n")
        commands.flush()
        began = time.time()
        added = _run([str(programs.BIN / "aspire-ingest"), "add", str(file)], home, embedding)
    followed = json.loads(answers.readline())
    return {
        "added": added,
        "answered": followed["cited_at"] - began,
        "followed": followed["cited_at"] - followed["seen_at"],
    }


def _run(command: Sequence[str], home: Path, embedding: str) -> float:
    start = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own programs with our own arguments
        command, env=_environment(home, embedding), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr[-2000:]}")
    return time.perf_counter() - start
