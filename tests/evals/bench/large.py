"""An index of some 10,000 passages, made from the public sets.

They hold some 4,000 passages of their own. The others are put together from the sentences of two
texts of one set each: new texts of the same words and lengths.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.evals.bench.results import FOLDER
from tests.evals.sets import SETS

PASSAGES = 10_000
_PUBLIC = ("jsquad_valid", "mtrag_un_s", "nomiracl_en_s", "nomiracl_ja_s")
_JAPANESE = ("jsquad_valid", "nomiracl_ja_s")
_OWN = ("aspire", "guide")
_TEXTS = 9_300
"""Texts that give some 10,000 passages: few are so long that they are split."""
_MOST_SENTENCES = 12
_END = re.compile(r"(?<=[.!?。])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    document_id: str
    title: str
    text: str


def large_targets(shared: Path) -> list[str]:
    """Write the texts where they can be indexed, and give what is to be indexed."""
    file = FOLDER / "large.jsonl"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as out:
        for one in _texts(shared):
            line = {"id": one.document_id, "title": one.title, "text": one.text}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    own = [str(shared / path) for name in _OWN for path in SETS[name].documents]
    return [str(file), *own]


def _texts(shared: Path) -> Iterator[_Text]:
    originals = {name: _read(name, shared) for name in _PUBLIC}
    count = 0
    for texts in originals.values():
        yield from texts
        count += len(texts)
    generator = random.Random(7)  # noqa: S311 - the same texts every time
    drawn: set[tuple[str, str]] = set()
    for number in range(_TEXTS - count):
        name = _PUBLIC[number % len(_PUBLIC)]
        one, other = generator.sample(originals[name], 2)
        if (one.document_id, other.document_id) in drawn:
            continue
        drawn.add((one.document_id, other.document_id))
        yield _Text(
            document_id=f"mixed/{number}",
            title=one.title,
            text=_mixed(one.text, other.text, "" if name in _JAPANESE else " "),
        )


def _read(name: str, shared: Path) -> list[_Text]:
    lines = (shared / f"bench/{name}/corpus.jsonl").read_text("utf-8").splitlines()
    return [
        _Text(document_id=f"{name}/{one['id']}", title=one["title"], text=one["text"])
        for one in map(json.loads, lines)
    ]


def _mixed(one: str, other: str, space: str) -> str:
    return space.join((*_sentences(one)[::2], *_sentences(other)[1::2])) or one


def _sentences(text: str) -> Sequence[str]:
    return [part for part in _END.split(text) if part][:_MOST_SENTENCES]
