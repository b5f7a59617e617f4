"""Pairs of questions that ask the same, or do not, in two halves; unrelated questions beside them.

All pairs that share a question are in one half; which, a hash of their first question says. The
unrelated questions are answered by other documents; which half has whose, a hash of the document
says.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

Half = Literal["development", "test"]
_PER_DOCUMENT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its language; `answered_by` is the first quote that answers it, or None."""

    text: str
    language: str
    answered_by: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """Questions of pairs, then unrelated ones; groups by number, and which pairs are judged.

    Unrelated questions are alone. `judged`, shape (questions, questions): pairs that somebody
    labelled, those that follow from such, and those with an unrelated question. Whether questions
    of two unconnected pairs ask the same, nobody has said.
    """

    questions: tuple[Question, ...]
    groups: NDArray[np.intp]
    judged: NDArray[np.bool_]

    def f1(self, labels: NDArray[np.intp]) -> tuple[float, float, float]:
        """Give F1, precision and recall of the judged pairs that are in one group."""
        said = (labels[:, None] == labels[None]) & self.judged
        true = (self.groups[:, None] == self.groups[None]) & self.judged
        upper = np.triu(np.ones_like(said), 1)
        said, true = said & upper, true & upper
        both, given, wanted = (int(m.sum()) for m in (said & true, said, true))
        return 2 * both / max(1, given + wanted), both / max(1, given), both / max(1, wanted)


def mixture(data: Path, half: Half, unrelated: int) -> Mixture:
    """Mix one half of the pairs of `own/same-question.jsonl` with unrelated questions."""
    rows = list(_rows(data / "own" / "same-question.jsonl"))
    part = _components((str(row["a"]), str(row["b"])) for row in rows)
    mine = [row for row in rows if _half(part[str(row["a"])]) == half]
    languages = {str(row[k]): str(row[f"lang_{k}"]) for row in mine for k in ("a", "b")}
    texts = list(languages)
    place = {text: at for at, text in enumerate(texts)}
    same = _components((str(r["a"]), str(r["b"])) for r in mine if r["same"])
    others = unrelated_questions(data, half, unrelated, leaving_out=languages)
    count = len(texts) + len(others)
    named = [same.get(text, text) for text in texts] + [f"{n}" for n in range(len(others))]
    numbers: dict[str, int] = {}
    groups = np.array([numbers.setdefault(name, len(numbers)) for name in named])
    judged = np.ones((count, count), dtype=np.bool_)
    judged[: len(texts), : len(texts)] = groups[: len(texts), None] == groups[None, : len(texts)]
    for row in mine:
        one, other = place[str(row["a"])], place[str(row["b"])]
        judged[one, other] = judged[other, one] = True
    asked = (Question(text=text, language=languages[text]) for text in texts)
    return Mixture(questions=(*asked, *others), groups=groups, judged=judged)


def unrelated_questions(
    data: Path, half: Half, most: int, *, leaving_out: Mapping[str, str]
) -> tuple[Question, ...]:
    """Give questions that no two are answered by one quote, of the documents of a half."""
    found: dict[tuple[str, str], Question] = {}
    times: dict[str, int] = {}
    for one in sorted(answered_questions(data, half), key=lambda q: _hash(q.text)):
        quote = one.answered_by
        if quote is None or quote in found or one.text in leaving_out:
            continue
        if times.get(quote[0], 0) < _PER_DOCUMENT:
            times[quote[0]] = times.get(quote[0], 0) + 1
            found[quote] = one
    return tuple(found.values())[:most]


def answered_questions(data: Path, half: Half) -> Iterator[Question]:
    """Give the questions that the documents of a half answer."""
    for path in sorted((data / "own").glob("questions-*.jsonl")):
        for row in _rows(path):
            quotes = cast("Sequence[Mapping[str, str]]", row["quotes"])
            if quotes and _half(quotes[0]["doc_id"]) == half:
                answered_by = (quotes[0]["doc_id"], quotes[0]["quote"])
                text, language = str(row["question"]), str(row["lang"])
                yield Question(text=text, language=language, answered_by=answered_by)


def _half(name: str) -> Half:
    return "test" if _hash(name)[0] % 2 else "development"


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _components(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give each question the first, by name, of all that are connected with it."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            name = parent[name]
        return name

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {name: root(name) for name in parent}
