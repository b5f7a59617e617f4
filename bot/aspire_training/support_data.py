"""Statements and passages → what the support model learns from, split by document.

Lines are of the form of `own/support-pairs.jsonl` (train/FORM.md of the data folder). Ours stand in
`own/support-more.jsonl` and are for training alone, as are the public sets.
"""

import hashlib
import json
import lzma
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aspire_training.splits import Part, known_parts

OWN = Path(__file__).with_name("own")
OWN_SOURCES = ("own", "more", "grouped")
"""Sources of examples that were written by hand; each is learnt from in every round."""
PUBLIC: Mapping[str, int] = {
    "fever-symmetric": 1416,
    "fever-athnlp": 6000,
    "fm2": 3194,
    "begin-wow": 1200,
    "factcheck-gpt": 1000,
    "tabfact-pairs": 2500,
    "jsick": 6000,
    "jnli-valid-test": 3500,
    "janli": 1500,
    "lawqa-jp": 150,
    "finegrained-qa-feedback": 500,
}
"""The most pairs of each set. AttributionBench is for evaluation, CDLA-Sharing is left out."""
_BALANCED = ("jsick", "jnli-valid-test", "begin-wow", "factcheck-gpt")
_MOST_FALSE = 1.6
"""Sets in which most pairs are not supported, and how many of these are taken for one that is."""
ATTRIBUTION = ("attributionbench-dev", "attributionbench-ood")
_LONGEST, _LONGEST_TABLE = 700, 500
"""Characters of a passage of a public set; longer ones cost more than they teach."""

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A statement held against a passage.

    `unsaid` are the places in the statement that the passage does not say: none where it is
    supported, None where nobody marked them.
    """

    name: str
    source: str
    passage: str
    statement: str
    is_supported: bool
    kind: str = ""
    title: str = ""
    question: str = ""
    language: str = "en"
    passage_language: str = "en"
    unsaid: Spans | None = None
    part: Part = "train"
    stands_alone: bool = False
    """Whether it is understood without the question."""


def own_examples(data: Path) -> list[Example]:
    """Read the pairs of the data folder, in parts by their documents, and ours."""
    parts = known_parts()
    given = [
        _own(row, "own", parts.get(row["doc_id"]) or part_of_document(row["doc_id"]))
        for row in _lines(data / "own" / "support-pairs.jsonl")
    ]
    return given + [_own(row, "more", "train") for row in _lines(OWN / "support-more.jsonl")]


def part_of_document(name: str) -> Part:
    """Give the part of a document that is in no list, by a hash of its name."""
    place = int.from_bytes(hashlib.sha256(f"support-1:{name}".encode()).digest()[:8], "big") / 2**64
    return "train" if place < 0.7 else "development" if place < 0.85 else "test"


def public_examples(data: Path, chance: random.Random) -> Iterator[Example]:
    """Yield so many pairs of each public set as `PUBLIC` says."""
    for name, most in PUBLIC.items():
        longest = _LONGEST_TABLE if name.startswith("tabfact") else _LONGEST
        rows = [row for row in _packed(data, name) if len(row["passage"]) <= longest]
        if name in _BALANCED:
            true, false = (
                [row for row in rows if row["supported"] is side] for side in (True, False)
            )
            rows = true + chance.sample(false, min(len(false), int(_MOST_FALSE * len(true))))
        for row in chance.sample(rows, min(most, len(rows))):
            yield public_example(name, row)


def attribution_examples(data: Path) -> list[Example]:
    """Read AttributionBench, which is for evaluation alone."""
    return [public_example(name, row) for name in ATTRIBUTION for row in _packed(data, name)]


def public_example(name: str, row: Mapping[str, Any]) -> Example:
    """Read a line of a public set."""
    is_supported = bool(row["supported"])
    return Example(
        name=str(row["id"]),
        source=name,
        passage=str(row["passage"]),
        statement=str(row["statement"]),
        is_supported=is_supported,
        kind=name,
        language=str(row["lang"]),
        passage_language=str(row["lang"]),
        unsaid=() if is_supported else None,
    )


def _own(row: Mapping[str, Any], source: str, part: Part) -> Example:
    is_supported = bool(row["supported"])
    return Example(
        name=str(row["id"]),
        source=source,
        passage=str(row["passage"]),
        statement=str(row["statement"]),
        is_supported=is_supported,
        kind=str(row["kind"]),
        title=str(row.get("title") or ""),
        question=str(row.get("question") or ""),
        language=str(row["lang"]),
        passage_language=str(row["passage_lang"]),
        unsaid=() if is_supported else None,
        part=part,
    )


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _packed(data: Path, name: str) -> Iterator[Mapping[str, Any]]:
    with lzma.open(data / "public" / f"support-{name}.jsonl.xz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
