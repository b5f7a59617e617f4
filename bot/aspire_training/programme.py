"""The sample pages, invented documents of the programme, and our own questions about both.

    python -m aspire_training.programme WORK

Each collection has an index of its own, so that the wrong passages of a question are of documents
that do not answer it. The data folder holds shorter versions of the sample pages, and the invented
documents contradict them: together they would be right and wrong at once. Of the sample pages a
sixth of the questions is held out by the hash of their words; of the invented documents a whole
group is, as other documents of the programme that nothing was learnt from.
"""

import hashlib
import json
import pickle
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from aspire_ingest.index import DocumentInfo
from aspire_training.examples import INVENTED, SAMPLE, Group, Prepared
from aspire_training.own import own_groups, read_lines
from aspire_training.prepare import OWN, asked, documents_into, index_into, passages_in

UNSEEN = "unseen"
"""The folder, in the work folder, of the group of invented documents that is held out."""
_UNSEEN_GROUP = "d"
_HELD_OUT = 6
_UNANSWERED = 2
"""Of the questions that the sample pages do not answer one in so many is learnt from: from all
of them a reader learns that what these pages do not say no document says."""
_SEED = 1


def main(work: Path) -> None:
    """Prepare everything: `WORK/prepared.pickle` to learn from, and what is held out."""
    prepared = sample_pages(work)
    rows = read_lines([OWN / "aspire-questions.jsonl"])
    documents = read_lines([OWN / "aspire-documents.jsonl"])
    for group in sorted({row["group"] for row in documents}):
        is_unseen = group == _UNSEEN_GROUP
        invented = invented_documents(
            work / (UNSEEN if is_unseen else f"group-{group}"),
            [row for row in documents if row["group"] == group],
            [row for row in rows if row["group"] == group],
        )
        if is_unseen:
            _write(invented, work / UNSEEN)
        else:
            prepared.passages.update(invented.passages)
            prepared.own.extend(invented.own)
    _write(prepared, work)
    print(f"{len(prepared.own)} questions to learn from")


def sample_pages(work: Path) -> Prepared:
    """Index the sample pages and ask them our questions."""
    work.mkdir(parents=True, exist_ok=True)
    home = work / "home"
    with as_file(files("aspire_ingest") / "sample") as pages:
        index_into(home, pages)
    rows = read_lines([OWN / "sample-questions.jsonl"])
    by_document, texts, candidates = asked(home, rows, work / "candidates.jsonl")
    infos = {name: entries[0][0] for name, entries in by_document.items() if entries}
    questions = [with_document_ids(row, infos) for row in rows]
    learnt = [row for row in questions if is_learnt(row)]
    groups = _groups(learnt, by_document, texts, candidates)
    held_out = [row for row in questions if is_held_out(row["question"])]
    parts = {"train": learnt, SAMPLE: held_out}
    return Prepared(passages_in(by_document), list(groups), [], parts, candidates, texts)


def invented_documents(
    work: Path, documents: Sequence[Mapping[str, Any]], questions: Sequence[dict[str, Any]]
) -> Prepared:
    """Index one group of invented documents and ask them the questions about it."""
    work.mkdir(parents=True, exist_ok=True)
    home = work / "home"
    documents_into(home, documents, work / "documents.jsonl")
    by_document, texts, candidates = asked(home, questions, work / "candidates.jsonl")
    groups = _groups(questions, by_document, texts, candidates)
    parts = {INVENTED: list(questions)}
    return Prepared(passages_in(by_document), list(groups), [], parts, candidates, texts)


def _groups(
    questions: Sequence[Mapping[str, Any]],
    by_document: Mapping[str, Any],
    texts: Mapping[str, str],
    candidates: Mapping[str, Sequence[tuple[str, float]]],
) -> Iterator[Group]:
    return own_groups(
        questions,
        by_document,
        texts,
        {name: [key for key, _ in found] for name, found in candidates.items()},
        frozenset(by_document),
        random.Random(_SEED),
    )


def is_held_out(question: str) -> bool:
    """Say whether nothing is learnt from a question about the sample pages."""
    return _number(question) % _HELD_OUT == 0


def is_learnt(row: Mapping[str, Any]) -> bool:
    """Say whether a question about the sample pages is learnt from."""
    question: str = row["question"]
    is_taken = row["answerable"] or _number(question) // _HELD_OUT % _UNANSWERED == 0
    return is_taken and not is_held_out(question)


def _number(question: str) -> int:
    return int(hashlib.sha256(question.encode()).hexdigest(), 16)


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


def _write(prepared: Prepared, work: Path) -> None:
    (work / "prepared.pickle").write_bytes(pickle.dumps(prepared))
    print(json.dumps({part: len(some) for part, some in prepared.questions.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
