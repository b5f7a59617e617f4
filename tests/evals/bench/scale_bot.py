"""A bot, measured from inside: `python -m tests.evals.bench.scale_bot QUESTIONS exact|chroma`.

Reads the settings as any bot does, and searches vectors as it is told. Answers the questions of a
JSONL file (`language` says how they are counted) and writes one JSON line of what it measured.
Then, for each word on standard input, it waits for another generation of the index, asks for the
word, and writes when it had seen the one and when a document had been cited for the other.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.memory_words import query_terms

from aspire_bot.answering.search.retrieve import visible_to
from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.cli.json_lines import read_question
from aspire_bot.settings import read_settings
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.embedding.types import Embedder
from aspire_ingest.index.reader import IndexReader, VectorBackend

WARM_UP = 12
_DEPTH = 60
"""As deep as the retriever asks."""
_PATIENCE_S = 120.0
_PAUSE_S = 0.02
_EVERYBODY = visible_to("public")

Asked = tuple[str, Question]


def main(file: Path, vectors: VectorBackend) -> None:
    """Measure, then follow what is added."""
    asked, settings = list(_read(file)), read_settings()
    with open_assistant(settings, vectors=vectors) as assistant:
        first = _ms(lambda: assistant.answer(asked[0][1]))
        assistant.rehearse()  # as a bot that stays does when it starts
        for _, question in asked[:WARM_UP]:
            assistant.answer(question)
        told: dict[str, object] = {"first_ms": first}
        told |= {"answers": _answers(assistant, asked[WARM_UP:]), **_memory()}
        embedded = _embedded(configured_embedder(settings), asked)
        with assistant.reader() as index:
            told |= {"passages": index.manifest.passages, "parts": _parts(index, asked, embedded)}
        _say(told)
        for word in sys.stdin:
            _say(_follow(assistant, word.strip()))


def _read(file: Path) -> Iterator[Asked]:
    for line in file.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["language"], read_question(line)[1]


def _answers(assistant: Assistant, asked: Sequence[Asked]) -> Mapping[str, list[float]]:
    took: dict[str, list[float]] = {}
    for language, question in asked:
        took.setdefault(language, []).append(_ms(lambda: assistant.answer(question)))  # noqa: B023
    return took


def _embedded(embedder: Embedder, asked: Sequence[Asked]) -> list[NDArray[np.float32]]:
    return [embedder.embed_query(question.text) for _, question in asked]


def _parts(
    index: IndexReader, asked: Sequence[Asked], vectors: Sequence[NDArray[np.float32]]
) -> Mapping[str, list[float]]:
    """Time the searches alone, over all languages, as one question asks for them."""
    languages = index.languages()
    took: dict[str, list[float]] = {"vector search": [], "word search": []}
    for (_, question), vector in zip(asked, vectors, strict=True):
        start = time.perf_counter()
        for name in languages:
            index.search_vectors(vector, language=name, audiences=_EVERYBODY, k=_DEPTH)
        took["vector search"].append((time.perf_counter() - start) * 1000)
        terms = {name: query_terms(question.text, name) for name in languages}
        start = time.perf_counter()
        for name in languages:
            index.search_words(terms[name], language=name, audiences=_EVERYBODY, k=_DEPTH)
        took["word search"].append((time.perf_counter() - start) * 1000)
    return took


def _memory() -> Mapping[str, float]:
    """Resident memory in MB: all of it, its peak, and what is no mapped file."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    known = {name: value for name, _, value in (line.partition(":") for line in lines)}
    # Not `ru_maxrss`: it begins with what the process had that started this one.
    names = ("VmRSS", "RssAnon", "VmHWM")
    resident, own, peak = (int(known[name].split()[0]) * 1024 / 1e6 for name in names)
    return {"resident_mb": resident, "own_mb": own, "peak_mb": peak}


def _follow(assistant: Assistant, word: str) -> Mapping[str, float]:
    old = assistant.manifest().generation
    until = time.monotonic() + _PATIENCE_S
    while assistant.manifest().generation == old and time.monotonic() < until:
        time.sleep(_PAUSE_S)
    seen = time.time()
    answer = assistant.answer(Question(text=f"What is the {word} meeting about?"))
    if not any(word in citation.quote for citation in answer.citations):
        raise RuntimeError(f"{word} is not cited: {answer.text}")
    return {"seen_at": seen, "cited_at": time.time()}


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _say(told: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), "chroma" if sys.argv[2:] == ["chroma"] else "exact")
