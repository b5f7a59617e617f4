"""Learn what of a message its questions lean on; write the weights and say how good they are.

    python -m aspire_training.context DATA WORK… [--out FILE.npz]

Examples are what the model of messages finds to ask nothing. Of messages (`DATA`, as for
`aspire_training.messages`) a run counts where its words come back in the questions as they would be
asked alone, and is mere talk where hardly any does. Of the reader's own questions (`WORK`, as
`aspire_training.prepare` makes them), which stand alone, each run counts. Messages keep their parts
and questions theirs: nothing is learnt from development or test.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.message.context import ContextModel, Run, features, runs_of
from aspire_bot.answering.message.hash_features import BUCKETS
from aspire_bot.answering.message.message import LazyMessageModel
from aspire_bot.answering.message.prepare import shortened, without_markup
from aspire_bot.answering.message.things.pieces import pieces_of
from aspire_bot.answering.message.things.things_asked import groups_of
from aspire_bot.answering.types import Turn
from aspire_bot.settings import Settings
from aspire_training.adam import descended
from aspire_training.examples import read_prepared
from aspire_training.logistic import area
from aspire_training.message_data import OWN, Message, read_messages
from aspire_training.own import read_lines

_COMES_BACK, _GONE = 0.5, 0.2
"""Shares of a run's words in the questions from which on it counts, and up to which it is talk."""
_ROUNDS, _RATE, _PENALTY = 150, 0.05, 3e-4
_KEEP_FROM = 0.5
_FEWEST = 4
"""Letters of an English word that says something."""
_PARTS = ("train", "development")


@dataclass(frozen=True, slots=True)
class Example:
    """A run, whether it counts, and where it comes from."""

    run: Run
    counts: bool
    kind: str
    part: str


def main() -> None:
    """Learn from the train part, and judge on development."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    model = LazyMessageModel(Settings().cache)
    found = [*_of_messages(given.data, model), *_of_questions(given.work, model)]
    learnt = learn([one for one in found if one.part == "train"])
    for part in _PARTS:
        tell(part, [one for one in found if one.part == part], learnt)
    if given.out:
        given.out.write_bytes(learnt.packed())


def _of_messages(data: Path, model: LazyMessageModel) -> Iterator[Example]:
    files = [data / "own" / "messages.jsonl", *sorted(OWN.glob("messages-*.jsonl"))]
    questions = {row["id"]: row["questions"] for row in read_lines(files) if row.get("questions")}
    for message in read_messages(data):
        wanted = questions.get(message.name)
        if message.part == "test" or not wanted:
            continue
        for run in _runs(message.text, message, model):
            share = _share(run.words, " ".join(wanted))
            if share >= _COMES_BACK or share <= _GONE:
                yield Example(run, share >= _COMES_BACK, "message", message.part)


def _of_questions(works: Iterable[Path], model: LazyMessageModel) -> Iterator[Example]:
    known: set[str] = set()
    for work in works:
        prepared = read_prepared(work)
        for part in _PARTS:
            for row in prepared.questions.get(part, ()):
                if row.get("history") or row["question"] in known:
                    continue
                known.add(row["question"])
                for run in _runs(row["question"], None, model):
                    yield Example(run, True, "question", part)


def _runs(typed: str, message: Message | None, model: LazyMessageModel) -> list[Run]:
    text = shortened(without_markup(typed))
    pieces = pieces_of(text)
    history: tuple[Turn, ...] = message.history if message else ()
    reading = model.read(text, pieces, message.place if message else "dm", history)
    groups = groups_of(text, pieces, reading.labels)
    return runs_of(text, pieces, groups) if groups else []


def _share(words: str, questions: str) -> float:
    """The share of the words of a run that come back: of Japanese, of its pairs of signs."""
    own = _said(words)
    return len(own & _said(questions)) / len(own) if own else 0.0


def _said(words: str) -> set[str]:
    latin = {word[:6] for word in re.findall(rf"[a-z0-9]{{{_FEWEST},}}|\d+", words.casefold())}
    other = re.findall(r"[ァ-ヶー一-龯]{2,}", words)
    return latin | {word[at : at + 2] for word in other for at in range(len(word) - 1)}


def learn(examples: Sequence[Example]) -> ContextModel:
    """Fit by Adam on all examples at once; both kinds weigh the same; no chance is in it."""
    rows = [features(one.run) for one in examples]
    sizes = np.array([len(numbers) for numbers, _ in rows])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    columns = np.concatenate([numbers for numbers, _ in rows])
    amounts = np.concatenate([given for _, given in rows])
    owners = np.repeat(np.arange(len(rows)), sizes)
    truth = np.array([float(one.counts) for one in examples])
    worth = np.where(truth == 1, 0.5 / truth.sum(), 0.5 / (1 - truth).sum())

    def slope_of(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        scores = np.add.reduceat(weights[columns] * amounts, starts) + weights[-1]
        error = (1 / (1 + np.exp(-scores)) - truth) * worth
        by_bucket = np.bincount(columns, error[owners] * amounts, minlength=BUCKETS)
        return np.append(by_bucket, error.sum()) + _PENALTY * weights

    weights = descended(np.zeros(BUCKETS + 1), slope_of, rounds=_ROUNDS, rate=_RATE)
    return ContextModel(
        weights=weights[:-1].astype(np.float32), bias=float(weights[-1]), keep_from=_KEEP_FROM
    )


def tell(part: str, examples: Sequence[Example], model: ContextModel) -> None:
    """Print how many of each kind are kept, and how well they are told apart."""
    likely = np.array([model.chance(one.run) for one in examples])
    truth = np.array([float(one.counts) for one in examples])
    kept: Counter[tuple[str, bool]] = Counter()
    every: Counter[tuple[str, bool]] = Counter()
    for one, chance in zip(examples, likely.tolist(), strict=True):
        every[one.kind, one.counts] += 1
        kept[one.kind, one.counts] += chance >= model.keep_from
    shown: Mapping[str, Any] = {
        f"{kind}, {'counts' if counts else 'talk'}": f"kept {kept[kind, counts]} of {number}"
        for (kind, counts), number in sorted(every.items())
    }
    print(part, json.dumps({**shown, "AUROC": round(float(area(likely, truth)), 3)}))


if __name__ == "__main__":
    main()
