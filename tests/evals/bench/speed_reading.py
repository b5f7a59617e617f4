"""What reading passages for a question costs, beside embedding the same texts."""

import time
from collections.abc import Callable
from pathlib import Path

from tests.evals.bench.results import Table
from tests.evals.bench.timing import median_of, ratio_of
from tests.evals.bench_embedding import built_in_texts

from aspire_bot.answering.reader.encode import ReaderText, question_text
from aspire_bot.answering.reader.model import open_reader
from aspire_bot.answering.reader.weights import VERSION, shipped_weights
from aspire_ingest.index.embedding import PassageInput
from aspire_ingest.index.embedding.e5 import E5Embedder

_ROUNDS = 5
_QUESTIONS = (
    "How long do young researchers stay in the partner laboratory?",
    "Who decides on the budget of a project?",
)
_FAST_INT8 = ("avx512_vnni", "avx_vnni", "amx_int8", "asimddp", "i8mm")
"""Flags of processors that multiply bytes in one step."""


def measure_reading(cache: Path, threads: int, texts: int = 32) -> Table:
    """Read and embed the same texts in turns; then read them again, for another question."""
    given = [f"passage: {text}" for text in built_in_texts(texts)]
    passages = [ReaderText(text=text, spans=((9, len(text)),)) for text in given]
    inputs = [PassageInput(text=text) for text in given]
    asked, again = map(question_text, _QUESTIONS)
    embedder = E5Embedder(cache_dir=cache, threads=threads)
    took: dict[str, list[float]] = {"embedding": [], "reading": [], "reading again": []}
    tokens = 0
    for number in range(_ROUNDS + 1):
        # a new one each time: nothing is remembered of the passages
        reader = open_reader(cache, shipped_weights(), VERSION)
        reader.read(asked, passages[:1])
        steps: dict[str, Callable[[], object]] = {
            "embedding": lambda: list(embedder.embed_passages(inputs)),
            "reading": lambda one=reader: one.read(asked, passages, threads),
            "reading again": lambda one=reader: one.read(again, passages, threads),
        }
        for name, step in steps.items():
            start = time.perf_counter()
            step()
            if number > 0:
                took[name].append(time.perf_counter() - start)
        tokens = reader.tokens(passages)
    has_int8 = any(flag in _processor_flags() for flag in _FAST_INT8)
    processor = "with fast int8" if has_int8 else "without fast int8"
    return {
        f"{name}, {processor}": {
            "tokens/s": median_of([tokens / one for one in seconds]),
            "ratio": ratio_of(seconds, took["embedding"]),
        }
        for name, seconds in took.items()
    }


def _processor_flags() -> frozenset[str]:
    """Give what the processor can do, as Linux names it; empty elsewhere."""
    file = Path("/proc/cpuinfo")
    if not file.is_file():
        return frozenset()
    return frozenset(file.read_text(encoding="utf-8").split())
