"""Data → what training and evaluation read: groups, passages, kept in the work folder.

    python -m aspire_training.prepare DATA WORK

Our own documents are indexed by the product into a throw-away home, and its retrieval is asked each
question once: training sees the passages, and the mistakes, that the product has.
"""

import json
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aspire_bot.answering.types import Question, Turn
from aspire_bot.bootstrap import open_assistant
from aspire_bot.settings import Settings
from aspire_training.examples import Known, Prepared
from aspire_training.own import own_groups, read_lines
from aspire_training.public import public_groups
from aspire_training.splits import known_parts, named_in

OWN = Path(__file__).with_name("own")
_CANDIDATES = 24
_SEED = 20261128


def main(data: Path, work: Path) -> None:
    """Prepare everything and write `WORK/prepared.pickle`."""
    work.mkdir(parents=True, exist_ok=True)
    documents = read_lines(sorted((data / "own").glob("docs-*.jsonl")))
    newer = read_lines(sorted(OWN.glob("docs-*.jsonl")))
    questions = read_lines(sorted((data / "own").glob("questions-*.jsonl")))
    more = read_lines(sorted(OWN.glob("questions-*.jsonl")))
    parts = {**known_parts(), **{row["doc_id"]: "train" for row in newer}}
    home = work / "home"
    documents_into(home, [*documents, *newer], work / "documents.jsonl")
    by_part: dict[str, list[dict[str, Any]]] = {"train": [], "development": [], "test": []}
    for question in [*questions, *more]:
        named = {parts[name] for name in named_in(question) if name in parts}
        by_part[named.pop() if len(named) == 1 else "train"].append(question)
    print({part: len(rows) for part, rows in by_part.items()}, flush=True)
    by_document, texts, candidates = asked(home, [*questions, *more], work / "candidates.jsonl")
    chance = random.Random(_SEED)
    allowed = frozenset(name for name, part in parts.items() if part == "train")
    own = list(
        own_groups(
            by_part["train"],
            by_document,
            texts,
            {name: [key for key, _ in rows] for name, rows in candidates.items()},
            allowed,
            chance,
        )
    )
    passages = passages_in(by_document)
    kept = work / "public.pickle"
    if kept.exists():
        public, public_passages = pickle.loads(kept.read_bytes())  # noqa: S301  our own file
    else:
        public_passages: dict[str, Known] = {}
        public = list(public_groups(data / "public", public_passages, random.Random(_SEED)))
        kept.write_bytes(pickle.dumps((public, public_passages)))
    passages.update(public_passages)
    prepared = Prepared(passages, own, public, by_part, candidates, texts)
    (work / "prepared.pickle").write_bytes(pickle.dumps(prepared))
    count = {
        "own groups": len(own),
        "own pairs": sum(len(group.pairs) for group in own),
        "public groups": len(public),
        "public pairs": sum(len(group.pairs) for group in public),
        "passages": len(passages),
    }
    print(count)


def documents_into(home: Path, documents: Sequence[Mapping[str, Any]], file: Path) -> None:
    """Index documents of our own, written to `file` in the form that the product reads."""
    names = {"doc_id": "id", "lang": "language"}
    kept = ("doc_id", "title", "text", "lang", "date", "publisher")
    lines = (
        json.dumps(
            {names.get(key, key): row[key] for key in kept if row.get(key)}, ensure_ascii=False
        )
        for row in documents
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    index_into(home, file)


def index_into(home: Path, source: Path) -> None:
    """Index files with the product itself."""
    subprocess.run(  # noqa: S603  our own program
        [
            str(Path(sys.executable).with_name("aspire-ingest")),
            "add",
            str(source),
            "--accept-marks",
            "--json",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "ASPIRE_HOME": str(home)},
    )


def passages_in(by_document: Mapping[str, Sequence[Known]]) -> dict[str, Known]:
    """Give all passages by their ids."""
    return {
        passage.passage_id: (info, passage)
        for entries in by_document.values()
        for info, passage in entries
    }


def asked(
    home: Path, questions: Sequence[Mapping[str, Any]], kept: Path
) -> tuple[dict[str, list[Known]], dict[str, str], dict[str, list[tuple[str, float]]]]:
    """Ask retrieval every question, once for each index.

    Gives passages and text by document, and (passage id, score) by question, best first.
    """
    os.environ["ASPIRE_HOME"] = str(home)
    by_document: dict[str, list[Known]] = {}
    texts: dict[str, str] = {}
    found: dict[str, list[tuple[str, float]]] = {}
    with open_assistant(Settings()) as assistant, assistant.reader() as index:
        version = index.manifest.index_version
        for name, info in index.documents().items():
            texts[name] = index.document(name).text
            by_document[name] = [(info, passage) for passage in index.passages_of(name)]
        if kept.exists():
            known = json.loads(kept.read_text(encoding="utf-8"))
            found = known["found"] if known["version"] == version else {}
        for question in questions:
            if question["qid"] in found:
                continue
            history = tuple(Turn(role="user", text=turn) for turn in question.get("history") or ())
            whole = Question(text=question["question"], history=history)
            ranking = assistant.pipeline.retrieve(whole, index)[:_CANDIDATES]
            found[question["qid"]] = [
                (entry.passage.passage_id, round(entry.score, 4)) for entry in ranking
            ]
    kept.write_text(json.dumps({"version": version, "found": found}), encoding="utf-8")
    return by_document, texts, found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
