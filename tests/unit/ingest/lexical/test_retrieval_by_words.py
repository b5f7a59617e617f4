"""Retrieval by words alone: on public sets where they are at hand, and on small own ones."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.memory_words import query_terms

from aspire_ingest.index.types import DocumentInfo, Passage
from aspire_ingest.index.words.tantivy_words import WordIndex, WordIndexWriter
from aspire_ingest.index.words.types import entries_of

BESIDE = Path(__file__).parents[4].parent / "shared"
SHARED = Path(os.environ.get("ASPIRE_SHARED", BESIDE))
OWN = Path(__file__).parents[3] / "data"


def lines(path: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("name", "language", "floor"),
    [
        ("jsquad_valid", "ja", 0.97),
        ("mtrag_un_s", "en", 0.92),
        ("own_ja", "ja", 1.0),
        ("own_en", "en", 1.0),
    ],
)
def test_what_answers_is_found(name: str, language: str, floor: float, tmp_path: Path) -> None:
    folder = (OWN if name.startswith("own_") else SHARED) / "bench" / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent: set ASPIRE_SHARED to the folder of the public sets")
    with WordIndexWriter(tmp_path) as writer:
        for line in lines(folder / "corpus.jsonl"):
            document_id, text = str(line["id"]), str(line["text"])
            info = DocumentInfo(
                document_id=document_id, source="", title=line["title"], language=language
            )
            whole = Passage(
                passage_id=document_id, document_id=document_id, start=0, end=len(text), text=text
            )
            writer.add(entries_of(info, [whole]))
        writer.commit()
    k = 1 if name.startswith("own_") else 5  # a dozen texts: the right one comes first
    asked = [line for line in lines(folder / "queries.jsonl") if line["gold"]]
    with WordIndex(tmp_path) as index:
        found = [
            {
                scored.passage_id
                for scored in index.search(
                    query_terms(line["question"], language), audiences=("public",), k=k
                )
            }
            for line in asked
        ]
    hits = sum(bool(ids & set(line["gold"])) for ids, line in zip(found, asked, strict=True))
    assert hits / len(asked) >= floor
