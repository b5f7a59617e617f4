"""Questions the reader has read passages for → the best sentences of all, to be read side by side.

    python -m aspire_training.digests WORK WEIGHTS [--most N] [--seed N]

What is read together is what answering would: the best sentences of several passages, under short
forms of their titles. They are chosen by weights that have not learnt these questions yet, so that
what is wrong among them is wrong as it will be later. Written to `WORK/digests.jsonl`.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from aspire_bot.answering.reader.encode import (
    ReaderText,
    digest_text,
    passage_text,
    question_text,
)
from aspire_bot.answering.reader.model import Reader
from aspire_bot.answering.reader.read import MOST_COMPARED
from aspire_bot.settings import Settings
from aspire_training.asked import reader_of
from aspire_training.examples import SKIPPED, Group, Known, Pair, Prepared, read_prepared

FILE = "digests.jsonl"
_PASSAGES = 6
"""As many as are read first."""
_OF_PASSAGE = 0.27
"""What the log-odds of a passage count beside a sentence's, as calibration has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A question and the best sentences for it: key of the passage, place in it, mark."""

    name: str
    language: str
    question: str
    history: Sequence[str]
    sentences: Sequence[tuple[str, int, int]]

    def by_passage(self, chance: random.Random | None = None) -> list[tuple[str, list[int]]]:
        """Give the places of each passage's sentences; the passages shuffled, where asked for."""
        places: dict[str, list[int]] = {}
        for key, place, _ in self.sentences:
            places.setdefault(key, []).append(place)
        found = [(key, sorted(given)) for key, given in places.items()]
        if chance is not None:
            chance.shuffle(found)
        return found


class Digests:
    """Digests to learn from: groups of one text each, and these texts by the groups' keys."""

    def __init__(self, digests: Sequence[Digest], seed: int) -> None:
        """Put the passages of each in an order by chance: it must tell nothing."""
        chance = random.Random(seed)
        self.groups: list[Group] = []
        self._parts: dict[str, list[tuple[str, list[int]]]] = {}
        for digest in digests:
            key, parts = f"digest {digest.name}", digest.by_passage(chance)
            marks = {(name, place): mark for name, place, mark in digest.sentences}
            given = [marks[name, place] for name, places in parts for place in places]
            answers = 1 if 1 in given else SKIPPED if SKIPPED in given else 0
            self._parts[key] = parts
            self.groups.append(
                Group(
                    name=digest.name,
                    source="digest",
                    language=digest.language,
                    question=digest.question,
                    history=tuple(digest.history),
                    pairs=[Pair(passage=key, marks=given, answers=answers)],
                )
            )

    def __contains__(self, key: str) -> bool:
        """Whether a key is a digest's."""
        return key in self._parts

    def text(self, key: str, passages: dict[str, Known]) -> ReaderText:
        """Give what is read."""
        return digest_text([(*passages[name], places) for name, places in self._parts[key]])


def digest_of(group: Group, prepared: Prepared, reader: Reader) -> Digest:
    """Read a question's passages, and others that retrieval found, and keep the best sentences."""
    marks = {pair.passage: pair.marks for pair in group.pairs}
    passages = prepared.passages
    right = {passages[pair.passage][0].document_id for pair in group.pairs if pair.answers != 0}
    for key, _ in prepared.candidates.get(group.name, ()):
        if len(marks) >= _PASSAGES:
            break
        if key in passages and passages[key][0].document_id not in right:
            marks.setdefault(key, [0] * len(passages[key][1].sentences))
    asked = question_text(group.question, group.history)
    readings = reader.read(asked, [passage_text(*passages[key]) for key in marks])
    scored = [
        (sentence + _OF_PASSAGE * reading.passage, key, place)
        for key, reading in zip(marks, readings, strict=True)
        for place, sentence in enumerate(reading.sentences)
    ]
    best = sorted(scored, reverse=True)[:MOST_COMPARED]
    return Digest(
        name=group.name,
        language=group.language,
        question=group.question,
        history=tuple(group.history),
        sentences=tuple((key, place, marks[key][place]) for _, key, place in best),
    )


def read_digests(work: Path) -> Sequence[Digest]:
    """Read what `main` left in a work folder."""
    lines = (work / FILE).read_text(encoding="utf-8").splitlines()
    return [Digest(**json.loads(line)) for line in lines]


def main() -> None:
    """Read and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--most", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=3)
    given = parser.parse_args()
    prepared = read_prepared(given.work)
    groups = list(prepared.own)
    random.Random(given.seed).shuffle(groups)
    reader = reader_of(given.weights, Settings().cache)
    found = [digest_of(group, prepared, reader) for group in groups[: given.most]]
    lines = (json.dumps(asdict(one), ensure_ascii=False) for one in found)
    (given.work / FILE).write_text("\n".join(lines), encoding="utf-8")
    print(f"{len(found)} digests")


if __name__ == "__main__":
    main()
