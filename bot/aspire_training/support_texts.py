"""The texts that statements are generated from: training documents, and some of public sets."""

import json
import lzma
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from aspire_training.generated_pairs import Text
from aspire_training.splits import known_parts

OWN = Path(__file__).with_name("own")
PUBLIC: Mapping[str, int] = {
    "jaquad": 260, "squad2-dev-a": 80, "squadshifts-new_wiki": 60, "policyqa": 60,
    "conditionalqa": 120,
}  # fmt: skip
"""Texts taken of public sets, so that more is talked of than research programmes."""


def training_texts(data: Path, chance: random.Random) -> list[Text]:
    """Read our own documents that are for training, and so many public texts."""
    return [*_own(data), *_public(data, chance)]


def _own(data: Path) -> Iterator[Text]:
    parts = known_parts()
    for folder in (data / "own", OWN):
        for file in sorted(folder.glob("docs-*.jsonl")):
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                if parts.get(row["doc_id"], "train") == "train":
                    yield Text(
                        name=row["doc_id"],
                        title=row["title"],
                        text=row["text"],
                        language=row["lang"],
                    )


def _public(data: Path, chance: random.Random) -> Iterator[Text]:
    for name, most in PUBLIC.items():
        found: dict[str, Text] = {}
        with lzma.open(data / "public" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                if row["lang"] in ("en", "ja"):
                    found.setdefault(
                        row["text"],
                        Text(
                            name=f"{name}:{len(found)}",
                            title=row["title"][:120],
                            text=row["text"],
                            language=row["lang"],
                        ),
                    )
        yield from chance.sample(list(found.values()), min(most, len(found)))
