"""Which documents are for training, which for development, which for the test.

Documents belong together where a question names both (as an answer, in a quote, as a near miss) or
where one is the translation of the other. Such components go whole, by a hash; the list is in the
repository (`splits.json`), so that a document once seen in training can never be a test.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

Part = Literal["train", "development", "test"]
SPLITS = Path(__file__).with_name("splits.json")
_SALT = "reader-2"
_TRAIN, _DEVELOPMENT = 0.68, 0.84
_LANGUAGE_MARK = re.compile(r"-(?:en|ja)$")


def components(
    documents: Iterable[str], questions: Iterable[Mapping[str, object]]
) -> list[list[str]]:
    """Give the documents that belong together, each list sorted, the lists too."""
    above = {name: name for name in documents}

    def root(name: str) -> str:
        while above[name] != name:
            name = above[name]
        return name

    def join(names: Iterable[str]) -> None:
        known = sorted({root(name) for name in names if name in above})
        for other in known[1:]:
            above[other] = known[0]

    stems: dict[str, list[str]] = {}
    for name in above:
        stems.setdefault(_LANGUAGE_MARK.sub("", name), []).append(name)
    for names in stems.values():
        join(names)
    for question in questions:
        join(named_in(question))
    found: dict[str, list[str]] = {}
    for name in sorted(above):
        found.setdefault(root(name), []).append(name)
    return sorted(found.values())


def named_in(question: Mapping[str, object]) -> set[str]:
    """Give all documents that a question of the own form names."""
    names: set[str] = set()
    for key in ("doc_ids", "near"):
        names.update(question.get(key) or ())  # type: ignore[arg-type]
    for key in ("quotes", "also"):
        names.update(quote["doc_id"] for quote in question.get(key) or ())  # type: ignore[attr-defined]
    return names


def part_of(component: list[str], seen: frozenset[str]) -> Part:
    """Give the part of a component; what has been seen before is for training."""
    if seen.intersection(component):
        return "train"
    digest = hashlib.sha256(f"{_SALT}:{component[0]}".encode()).digest()
    place = int.from_bytes(digest[:8], "big") / 2**64
    if place < _TRAIN:
        return "train"
    return "development" if place < _DEVELOPMENT else "test"


def known_parts() -> dict[str, Part]:
    """Read the list in the repository."""
    return json.loads(SPLITS.read_text(encoding="utf-8"))["documents"]
