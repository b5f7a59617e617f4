"""The sample pages and our own questions about them → a work folder of their own.

    python -m aspire_training.sample WORK

They have an index of their own: the data folder holds shorter versions of the same pages, and two
of one page would be wrong passages for each other. All pages are learnt from; a sixth of the
questions, by the hash of their words, is held out as the part `sample`, on which the last, small
models are chosen together with the development documents.
"""

import hashlib
import pickle
import random
import sys
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from aspire_ingest.index import DocumentInfo
from aspire_training.examples import SAMPLE, Prepared
from aspire_training.own import own_groups, read_lines
from aspire_training.prepare import OWN, asked, index_into, passages_in

_HELD_OUT = 6
_SEED = 1


def main(work: Path) -> None:
    """Prepare everything and write `WORK/prepared.pickle`."""
    work.mkdir(parents=True, exist_ok=True)
    home = work / "home"
    with as_file(files("aspire_ingest") / "sample") as pages:
        index_into(home, pages)
    rows = read_lines([OWN / "sample-questions.jsonl"])
    by_document, texts, candidates = asked(home, rows, work / "candidates.jsonl")
    infos = {name: entries[0][0] for name, entries in by_document.items() if entries}
    questions = [with_document_ids(row, infos) for row in rows]
    learnt = [row for row in questions if not is_held_out(row["question"])]
    groups = own_groups(
        learnt,
        by_document,
        texts,
        {name: [key for key, _ in found] for name, found in candidates.items()},
        frozenset(by_document),
        random.Random(_SEED),
    )
    held_out = [row for row in questions if is_held_out(row["question"])]
    parts = {"train": learnt, SAMPLE: held_out}
    prepared = Prepared(passages_in(by_document), list(groups), [], parts, candidates, texts)
    (work / "prepared.pickle").write_bytes(pickle.dumps(prepared))
    print({part: len(some) for part, some in parts.items()})


def is_held_out(question: str) -> bool:
    """Say whether nothing is learnt from a question."""
    return int(hashlib.sha256(question.encode()).hexdigest(), 16) % _HELD_OUT == 0


def with_document_ids(row: Mapping[str, Any], infos: Mapping[str, DocumentInfo]) -> dict[str, Any]:
    """Give a question with the index's names of its pages; the file has those of their files."""
    ids = {Path(info.source).stem: name for name, info in infos.items()}

    def renamed(quotes: list[dict[str, str]]) -> list[dict[str, str]]:
        return [{**quote, "doc_id": ids[quote["doc_id"]]} for quote in quotes]

    return {
        **row,
        "doc_ids": [ids[name] for name in row["doc_ids"]],
        "near": [ids[name] for name in row.get("near") or ()],
        "quotes": renamed(row["quotes"]),
        "also": renamed(row.get("also") or []),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
