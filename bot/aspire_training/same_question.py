"""Train the weights that say whether two questions ask the same, and say what they are worth.

python -m aspire_training.same_question DATA WORK [--fit FILE]

Adapters on the reader's layers learn from pairs that are put together from phrases; the head over
them from `DATA/own/same-question*.jsonl` and those beside this module, which people judged, and
from pairs of questions that were judged by the same one. The figures come from ten folds of the
judged pairs, of which the adapters have seen none; pairs that share a question are in one fold.
"""

import argparse
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from aspire_bot.answering.approved.same_question.adapted_weights import AdaptedWeights
from aspire_bot.answering.approved.same_question.facts import QuestionFacts, are_surely_two
from aspire_bot.answering.approved.same_question.model import (
    KINDS,
    Kind,
    PairLevels,
    open_pair_reader,
)
from aspire_bot.answering.message.glossary import load_glossary
from aspire_bot.answering.reader.weights import shipped_weights
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.language import language_of
from aspire_training import question_head
from aspire_training.question_grammar import GRAMMAR, Grammar
from aspire_training.question_head import Judged, PairHead, judged
from aspire_training.question_pairs import (
    FOLDS,
    balanced,
    folds_of,
    judged_pairs,
    related_pairs,
)
from aspire_training.question_reader import Lesson, QuestionReader, fit, read_apart

LEVELS: Mapping[Kind, PairLevels] = {
    "within": PairLevels(same=2.0, same_alike=1.5, similar=1.75, similar_alike=0.4, unlike=3.8),
    "across": PairLevels(
        same=1.4127, same_alike=1.4127, similar=1.25, similar_alike=1.25, unlike=1.4127
    ),
}
"""Chosen so that of the judged pairs that are not the same 2 % at most are given an answer and 4 %
given or offered one, and no near question of `tests/evals/approved.jsonl` is."""
_PUT_TOGETHER = 10_000
_EPOCHS: Mapping[Kind, int] = {"within": 12, "across": 8}
Floats = NDArray[np.float32]


def report(taken: NDArray[np.bool_], pairs: Judged) -> str:
    """Say how many that are the same are found, and how many others are taken for it."""
    shown: list[str] = []
    for name, part in (("within", ~pairs.is_across), ("across", pairs.is_across)):
        right, wrong = taken[part & pairs.is_same].mean(), taken[part & ~pairs.is_same].mean()
        shown.append(f"{name}: recall {right:.3f}, false accepts {wrong:.4f}")
    return f"{'; '.join(shown)}; all false accepts {taken[~pairs.is_same].mean():.4f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """All that the head learns from and is judged by; what people judged comes first."""

    adapters: dict[str, Floats]
    pairs: Judged
    folds: NDArray[np.int64]
    are_two: NDArray[np.bool_]
    """Of the pairs that people judged: whether a rule says that they are two questions."""
    levels: Floats
    """Of the same pairs: from which log-odds on an answer is given, and offered; (pairs, 2)."""

    @property
    def count(self) -> int:
        """How many pairs people judged."""
        return len(self.are_two)

    def trained(self, kind: Kind, rows: NDArray[np.bool_]) -> PairHead:
        """Train the head for pairs within a language, or across, on some of the pairs.

        That within a language learns from what people judged alone: related pairs lack what people
        do, who write a near miss with nearly the same words and the same with others.
        """
        chosen = rows if kind == "across" else rows & (np.arange(len(rows)) < self.count)
        return question_head.fit(self.pairs.at(chosen), epochs=_EPOCHS[kind], rate=1e-3, seed=0)

    def folded(self) -> Floats:
        """Give log-odds of what people judged, each by heads that learnt from other folds."""
        said = np.zeros(self.count, np.float32)
        for fold in range(FOLDS):
            for kind in KINDS:
                part = self.pairs.is_across[: self.count] == (kind == "across")
                own = np.flatnonzero(part & (self.folds[: self.count] == fold))
                said[own] = self.trained(kind, self.folds != fold).scores(self.pairs.at(own))
        return said


def prepare(data: Path, work: Path) -> Course:
    """Teach the adapters, and read what the head learns from, as it is read when it is run."""
    own = judged_pairs((data / "own", GRAMMAR.parent))
    pairs = [*own, *related_pairs(own)]
    adapters = stored(_taught(work / "question-adapters.pt").numbers())
    adapted = AdaptedWeights(shipped_weights(), adapters)
    reader = open_pair_reader(work / "cache", adapted, _hash(adapters))
    glossary = load_glossary(None, analyze)
    texts = dict.fromkeys(text for p in pairs for text in (p.one, p.other))
    read = {text: reader.read(text, glossary) for text in texts}
    facts = {text: one.facts for text, one in read.items()}
    rows = np.stack([reader.together(read[p.one], read[p.other]) for p in pairs])
    return Course(
        adapters=adapters,
        pairs=judged(pairs, rows, facts),
        folds=folds_of(pairs),
        are_two=np.array([are_surely_two(facts[p.one], facts[p.other]) for p in own]),
        levels=np.array([_levels(facts[p.one], facts[p.other]) for p in own], np.float32),
    )


def _levels(one: QuestionFacts, other: QuestionFacts) -> tuple[float, float]:
    kind: Kind = "within" if one.language == other.language else "across"
    found = LEVELS[kind].for_pair(one, other)
    return found.same, found.similar


def _taught(kept: Path) -> QuestionReader:
    """The reader with adapters that learnt from the pairs put together, or as it is kept."""
    torch.manual_seed(0)
    reader = QuestionReader()
    if kept.exists():
        reader.load_state_dict(torch.load(kept))
        return reader.eval()
    pairs = Grammar(GRAMMAR, seed=1).pairs(_PUT_TOGETHER)
    known = read_apart([text for p in pairs for text in (p.one, p.other)])
    languages = [(language_of(p.one), language_of(p.other)) for p in pairs]
    weights = torch.from_numpy(balanced(languages, [p.is_same for p in pairs]))
    fit(reader, Lesson(pairs=pairs, weights=weights, epochs=1), known, seed=1)
    torch.save(reader.state_dict(), kept)
    return reader


def shipped_numbers(course: Course) -> dict[str, Floats]:
    """Give what is learnt of all pairs: the adapters and both heads."""
    rows = np.ones(len(course.folds), np.bool_)
    heads = [course.trained(kind, rows).numbers(kind) for kind in KINDS]
    return {**course.adapters, **heads[0], **heads[1]}


def stored(numbers: Mapping[str, Floats]) -> dict[str, Floats]:
    """Give numbers as they are after they were stored in half precision."""
    return {name: value.astype(np.float16).astype(np.float32) for name, value in numbers.items()}


def write(file: Path, numbers: Mapping[str, Floats]) -> None:
    """Write the file that the package carries, numbers in half precision."""
    content = io.BytesIO()
    halves = {name: value.astype(np.float16) for name, value in numbers.items()}
    levels = np.array([LEVELS[kind] for kind in KINDS], np.float32)
    np.savez_compressed(content, **halves, levels=levels)
    file.write_bytes(content.getvalue())
    print("SHA-256", hashlib.sha256(content.getvalue()).hexdigest())


def _hash(numbers: Mapping[str, Floats]) -> str:
    parts = (name.encode() + value.tobytes() for name, value in sorted(numbers.items()))
    return hashlib.sha256(b"".join(parts)).hexdigest()


def main() -> None:
    """Train, measure, and write the weights where they are wanted."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("work", type=Path)
    options.add_argument("--fit", type=Path)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    chosen.work.mkdir(parents=True, exist_ok=True)
    course = prepare(chosen.data, chosen.work)
    said = course.folded()
    own = course.pairs.at(np.arange(course.count))
    with_rule = np.where(course.are_two, -np.inf, said).astype(np.float32)
    given, offered = (with_rule[:, np.newaxis] >= course.levels).T
    print("given:", report(given, own), flush=True)
    print("given or offered:", report(given | offered, own), flush=True)
    if chosen.fit is not None:
        write(chosen.fit, shipped_numbers(course))


if __name__ == "__main__":
    main()
