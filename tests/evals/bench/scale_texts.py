"""Texts for indexes of any size: the public sets first, then their sentences put together anew.

The sets hold some 4,000 passages. Every further text takes every other sentence of two texts of one
set: new texts of real sentences, of the same words and lengths. None is made twice.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.evals.bench.results import FOLDER

from aspire_ingest.index.reader import IndexReader

JAPANESE = frozenset({"jsquad_valid", "nomiracl_ja_s"})
PUBLIC = ("jsquad_valid", "mtrag_un_s", "nomiracl_en_s", "nomiracl_ja_s")
_MOST_SENTENCES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A document to be indexed, and whether its words were put together here."""

    document_id: str
    title: str
    text: str
    is_made: bool = False


def originals(shared: Path) -> dict[str, list[Text]]:
    """Read the documents of the public sets, by set."""
    return {name: _read(name, shared) for name in PUBLIC}


def write_targets(texts: Sequence[Text], name: str) -> str:
    """Write texts as a bulk file, and give its path."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for one in texts:
            line = {"id": one.document_id, "title": one.title, "text": one.text}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return str(file)


def sentences_of(index: IndexReader) -> dict[str, list[str]]:
    """Give the sentences of each document as the index cuts them, the first few."""
    found: dict[str, list[str]] = {}
    for name in index.documents():
        sentences = [
            passage.text[one.start - passage.start : one.end - passage.start].strip()
            for passage in index.passages_of(name)
            for one in passage.sentences
        ]
        found[name] = [one for one in sentences if one][:_MOST_SENTENCES]
    return found


def grown(
    texts: Mapping[str, Sequence[Text]], sentences: Mapping[str, Sequence[str]]
) -> Iterator[Text]:
    """Give all texts of the sets in a mixed order, then made ones, as many as are taken."""
    generator = random.Random(7)  # noqa: S311 - the same texts every time
    real = [one for each in texts.values() for one in each]
    generator.shuffle(real)
    yield from real
    names, drawn, number = list(texts), set[tuple[str, str]](), 0
    while True:
        number += 1
        name = names[number % len(names)]
        one, other = generator.sample(texts[name], 2)
        pair = one.document_id, other.document_id
        if pair not in drawn:
            drawn.add(pair)
            space = "" if name in JAPANESE else " "
            mixed = (*sentences[pair[0]][::2], *sentences[pair[1]][1::2])
            text = space.join(mixed) or one.text
            made = f"made/{number}"
            yield Text(document_id=made, title=one.title, text=text, is_made=True)


def _read(name: str, shared: Path) -> list[Text]:
    lines = (shared / f"bench/{name}/corpus.jsonl").read_text("utf-8").splitlines()
    return [
        Text(document_id=f"{name}/{one['id']}", title=one["title"], text=one["text"])
        for one in map(json.loads, lines)
    ]
