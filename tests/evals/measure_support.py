"""Measure whether passages support statements: the model, the verification, and plain floors.

    python -m tests.evals.measure_support [--part development|test] [--most N]

Statements are those of the training folder's `own/support-pairs.jsonl` whose documents no training
saw, and AttributionBench's. Thresholds of word overlap and of the cosine are the best ones on the
development part. The verification is asked as of an answer's only statement, which cites the
passage.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.evals.checking.alone import decided_alone
from tests.evals.checking.running import verifier_of
from tests.evals.sets import shared_folder

from aspire_bot.answering.checking.support_model import load_support_model
from aspire_bot.answering.checking.support_text import source_text, statement_text
from aspire_bot.settings import Settings
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.text.analysis import analyze
from aspire_training.support_data import Example, attribution_examples, own_examples

Scores = NDArray[np.float64]
MODEL, OVERLAP, COSINE = "model", "word overlap", "e5 cosine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What each system says of the examples: above 0 is supported."""

    examples: Sequence[Example]
    scores: Mapping[str, Scores]

    @property
    def labels(self) -> NDArray[np.bool_]:
        """Which are supported."""
        return np.array([one.is_supported for one in self.examples])


class Systems:
    """What is compared."""

    def __init__(self) -> None:
        settings = Settings()
        self._embedder = configured_embedder(settings)
        self._model = load_support_model(settings.cache)
        self._verifiers = {
            "rules, words, vectors": verifier_of(reads=False),
            "verification, strict": verifier_of(),
            "verification, balanced": verifier_of(strictness="balanced"),
        }
        self._least: dict[str, float] = {}

    def learn(self, told: Told) -> None:
        """Choose the thresholds of the floors where macro-F1 is best."""
        for name in (OVERLAP, COSINE):
            scores = told.scores[name]
            values = [macro_f1(scores - at, told.labels) for at in scores]
            self._least[name] = float(scores[int(np.argmax(values))])

    def tell(self, examples: Sequence[Example], *, is_long: bool = False) -> Told:
        """Ask all systems; of texts that are long the verification is not asked."""
        found: dict[str, list[float]] = defaultdict(list)
        for one in examples:
            title, question = one.title, one.question
            reading = self._model.read(
                source_text(title, one.passage), statement_text(one.statement, question)
            )
            found[MODEL].append(reading.log_odds)
            found[OVERLAP].append(_overlap(one) - self._least.get(OVERLAP, 0.0))
            found[COSINE].append(self._cosine(one) - self._least.get(COSINE, 0.0))
            for name, verifier in self._verifiers.items() if not is_long else ():
                decision = decided_alone(one, verifier, self._embedder)
                found[name].append(-1.0 if decision.verdict == "dropped" else 1.0)
        scores = {name: np.array(values) for name, values in found.items()}
        return Told(examples=examples, scores=scores)

    def _cosine(self, one: Example) -> float:
        left, right = (self._embedder.embed_query(text) for text in (one.statement, one.passage))
        return float(left @ right)


def _overlap(one: Example) -> float:
    said = set(analyze(one.statement, one.language))
    return len(said & set(analyze(one.passage, one.passage_language))) / max(1, len(said))


def macro_f1(scores: Scores, labels: NDArray[np.bool_]) -> float:
    """Give the mean of F1 of "supported" and of "not supported"."""
    told = scores > 0
    values: list[float] = []
    for side in (True, False):
        both = float(((told == side) & (labels == side)).sum())
        either = float((told == side).sum() + (labels == side).sum())
        values.append(2 * both / either if either else 1.0)
    return float(np.mean(values))


def report(told: Told, say: Callable[[str], None]) -> None:
    """Say macro-F1, and the share that goes wrong by kind and by languages."""
    labels = told.labels
    names = list(told.scores)
    say("| | n | " + " | ".join(names) + " |")
    say("|---" * (len(names) + 2) + "|")
    values = [f"{macro_f1(told.scores[name], labels):.3f}" for name in names]
    say(f"| macro-F1 | {len(labels)} | " + " | ".join(values) + " |")
    for group, rows in _groups(told.examples):
        at = np.array(rows)
        wrong = [float(((told.scores[name][at] > 0) != labels[at]).mean()) for name in names]
        say(f"| {group} | {len(rows)} | " + " | ".join(f"{one:.0%}" for one in wrong) + " |")


def _groups(examples: Sequence[Example]) -> Iterable[tuple[str, list[int]]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(examples):
        side = "truths lost" if one.is_supported else "lies through"
        found[side].append(at)
        found[f"{side}, {one.language} of {one.passage_language}"].append(at)
        found[f"{side}: {one.kind}"].append(at)
    return sorted(found.items())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(arguments: Sequence[str]) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", choices=("development", "test"), default="development")
    parser.add_argument("--most", type=int, default=400, help="of AttributionBench, each half")
    parser.add_argument("--tuned", type=int, default=150, help="development pairs for the floors")
    asked = parser.parse_args(arguments)
    shared = shared_folder()
    if shared is None:
        sys.stderr.write("The training folder is not on this machine; set ASPIRE_SHARED.\n")
        return 2
    data = Path(shared) / "train"
    systems = Systems()
    own = own_examples(data)
    development = [one for one in own if one.part == "development"][: asked.tuned]
    systems.learn(systems.tell(development, is_long=True))
    report(systems.tell([one for one in own if one.part == asked.part]), _say)
    by_half: dict[str, list[Example]] = defaultdict(list)
    for one in attribution_examples(data):
        by_half[one.source].append(one)
    for name, some in by_half.items():
        step = max(1, len(some) // asked.most)
        sys.stdout.write(f"\n{name}\n\n")
        report(systems.tell(some[::step], is_long=True), _say)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
