"""How many lies the verification lets through, how many truths it loses, and what it takes."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.evals.bench.indexes import assistant_over
from tests.evals.bench.results import Row, Table, mean_of
from tests.evals.bench.timing import median_of, quantile_of
from tests.evals.checking.judging import Judged
from tests.evals.checking.running import judged_of
from tests.evals.sets import SETS

from aspire_bot.answering.checking import StatementReader, Verifier
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.ports import QueryEmbedder
from aspire_bot.answering.types import ScoredPassage
from aspire_bot.bootstrap import Assistant, build_verifier
from aspire_bot.evaluation.cases import Case, read_cases
from aspire_bot.settings import Settings
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.text.analysis import analyze

CASES = 25
"""Of each kind, set and language."""
LANGUAGES = {
    ("en", "same"): "English",
    ("ja", "same"): "Japanese",
    ("en", "cross"): "English of Japanese sources",
    ("ja", "cross"): "Japanese of English sources",
}
BOTH = "all"
IN_WORDS = ("another end", "another word")
"""Lies not in a fact that can be checked but in what else is said of a thing."""
FACTS = "all but in words"
_PROMPT = 6
_OWN = ("aspire", "guide")

Say = Callable[[str], None]


def measure_verification(shared: Path, say: Say) -> dict[str, Table]:
    """Verify generated truths and lies of all sets, then time the verification of answers."""
    judged = judged_of(SETS, shared, CASES, say=lambda what: say(f"verification: {what}"))
    truths = [one for one in judged if one.case.made.is_true]
    lies = [one for one in judged if not one.case.made.is_true]
    say("verification: times")
    return {"lies": by_kind(lies), "truths": by_kind(truths), "times": _times(shared)}


def by_kind(judged: Sequence[Judged]) -> Table:
    """Give the share that went wrong, a row a kind and one for all, a column a language."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one in judged:
        language = LANGUAGES[one.case.made.language, one.case.pair]
        made = one.case.made
        is_fact = not made.is_true and made.kind not in IN_WORDS
        for kind in (BOTH, made.kind, *((FACTS,) if is_fact else ())):
            for column in (language, BOTH):
                found[kind][column].append(float(one.is_wrong))
    kinds = (BOTH, FACTS, *sorted(kind for kind in found if kind not in (BOTH, FACTS)))
    columns = (BOTH, *LANGUAGES.values())
    return {
        kind: {column: mean_of(found[kind][column]) for column in columns if found[kind][column]}
        for kind in kinds
        if kind in found
    }


class TimedEmbedder:
    """An embedder that adds up what it takes of the asking thread."""

    def __init__(self, embedder: QueryEmbedder) -> None:
        """Ask `embedder`."""
        self._embedder = embedder
        self.seconds = 0.0

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Give the vector of a text."""
        start = time.thread_time()
        vector = self._embedder.embed_query(text)
        self.seconds += time.thread_time() - start
        return vector


def _times(shared: Path) -> Table:
    """Verify the quoted answers to the own questions as if a model had said them."""
    embedder = TimedEmbedder(configured_embedder(Settings()))
    verifier = build_verifier(Settings(), load_glossary(None, analyze), embedder)
    taken: Mapping[str, list[float]] = defaultdict(list)
    for name in _OWN:
        targets = [str(shared / path) for path in SETS[name].documents]
        with assistant_over(name, targets) as assistant:
            cases = [one for one in read_cases(shared / SETS[name].questions) if one.answerable]
            for case in cases[:2]:  # what a process reads once is read
                _time(case, assistant, verifier, embedder)
            for case in cases[2:]:
                for label, value in _time(case, assistant, verifier, embedder).items():
                    taken[label].append(value)
    return {label: _row(values) for label, values in taken.items()}


def _row(values: Sequence[float]) -> Row:
    return {"p50, ms": median_of(values), "p95, ms": quantile_of(values, 0.95)}


def _time(
    case: Case, assistant: Assistant, verifier: Verifier, embedder: TimedEmbedder
) -> dict[str, float]:
    """Take what one answer takes, in milliseconds; nothing is known of its passages before."""
    question = case.as_question()
    answer = assistant.answer(question)
    if answer.outcome != "answered":
        return {}
    with assistant.reader() as index:
        query, _, evidence = assistant.pipeline.evidence(question, index)
        prompt: dict[str, ScoredPassage] = {}
        for one in evidence:
            if len(prompt) < _PROMPT:
                prompt.setdefault(one.passage.passage.passage_id, one.passage)
        reader = StatementReader()
        statements = (*reader.feed(answer.text), *reader.close())
        began, embedder.seconds, firsts = time.perf_counter(), 0.0, list[float]()
        busy = time.thread_time()
        for statement in statements:
            verifier.verify(
                statement,
                tuple(prompt.values()),
                question=query.text,
                language=query.answer_language,
                vectors=index,
            )
            firsts.append(time.perf_counter() - began)
        busy = time.thread_time() - busy
    if not firsts:
        return {}
    return {
        "an answer, besides embedding its sentences": (busy - embedder.seconds) * 1000,
        "an answer, with embedding": firsts[-1] * 1000,
        "its first sentence, with embedding": firsts[0] * 1000,
    }
