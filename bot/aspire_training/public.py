"""Public question answering sets → groups of a question and its passages."""

import json
import lzma
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aspire_ingest.index import Document, DocumentInfo, Passage
from aspire_ingest.split import split_document
from aspire_training.examples import Group, Pair, marks_of

# Questions taken of each set. CDLA-Sharing sets (aitqa, topicalchat) and the sets that are for
# evaluation (AttributionBench) are left out.
SHARES: Mapping[str, int] = {
    "squad2-dev-a": 2600,
    "squad2-dev-b": 1800,
    "disfl-qa": 700,
    "squad1-train-part-a": 900,
    "squad1-train-part-c": 400,
    "squadshifts-new_wiki": 500,
    "policyqa": 1000,
    "conditionalqa": 1800,
    "or-sharc": 700,
    "sharc-dev": 500,
    "covid-faq": 120,
    "covid-qa": 500,
    "medquad": 400,
    "tatqa": 500,
    "wikitablequestions": 1200,
    "fetaqa": 700,
    "timeqa-human": 800,
    "qed-dev": 400,
    "qamr": 400,
    "qmsum": 58,
    "pubmedqa-l": 250,
    "selqa": 600,
    "hotpotqa": 300,
    "2wikimultihopqa": 300,
    "fairytaleqa": 400,
    "jaquad": 5000,
    "niilc-qa": 400,
    "cmrc2018": 250,
    "drcd": 250,
    "nomiracl-nonrelevant-other": 400,
    "xquad-other": 500,
}
_TABLES = frozenset({"wikitablequestions", "fetaqa"})
_LONGEST = 9_000
"""Characters of a text; longer ones cost more than they teach."""
_MOST_PASSAGES = 3


def public_groups(
    folder: Path, passages: dict[str, tuple[DocumentInfo, Passage]], chance: random.Random
) -> Iterator[Group]:
    """Yield the groups of all sets; their passages are put into `passages` by a key."""
    for name, share in SHARES.items():
        rows = list(_rows(folder, name))
        by_text: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            by_text.setdefault(row["text"], []).append(row)
        # whole texts, so that what is worked out for a passage serves all questions about it
        texts = sorted(by_text)
        chance.shuffle(texts)
        taken: list[dict[str, Any]] = []
        for text in texts:
            if len(taken) >= share:
                break
            taken.extend(by_text[text][:12])
        questions = {row["question"] for row in taken}
        others: dict[str, list[dict[str, Any]]] = {}
        for row in _rows(folder, name + "-neg"):
            if row["question"] in questions:
                others.setdefault(row["question"], []).append(row)
        for row in taken:
            group = _group(name, row, others.get(row["question"], ())[:1], passages, chance)
            if group.pairs:
                yield group


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    path = folder / f"{name}.jsonl.xz"
    if not path.exists():
        return
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if len(row["text"]) <= _LONGEST and row["question"].strip():
                yield row


def _group(
    name: str,
    row: dict[str, Any],
    others: Any,
    passages: dict[str, tuple[DocumentInfo, Passage]],
    chance: random.Random,
) -> Group:
    group = Group(
        name=row["qid"],
        source=name,
        language=row["lang"],
        question=row["question"],
        history=tuple(row.get("history") or ()),
    )
    for at, one in enumerate((row, *others)):
        text, spans = _as_table(one) if name in _TABLES else (one["text"], one["answers"])
        found = _split(name, one, text, passages)
        right: list[Pair] = []
        wrong: list[Pair] = []
        for key in found:
            marks = marks_of(passages[key][1], spans)
            pair = Pair(passage=key, marks=marks, answers=int(any(marks)))
            (right if any(marks) else wrong).append(pair)
        if spans and not right:
            continue
        chance.shuffle(wrong)
        group.pairs += right[:_MOST_PASSAGES] + wrong[: 1 if right or at else 2]
    return group


def _split(
    name: str,
    row: dict[str, Any],
    text: str,
    passages: dict[str, tuple[DocumentInfo, Passage]],
) -> list[str]:
    base = f"{name}:{hash_of(row['title'] + text)}"
    keys = [key for n in range(40) if (key := f"{base}:{n}") in passages]
    if keys:
        return keys
    info = DocumentInfo(
        document_id=base, source=base, title=row["title"][:120], language=row["lang"]
    )
    for n, passage in enumerate(split_document(Document(info=info, text=text))[:40]):
        if passage.sentences:
            passages[f"{base}:{n}"] = (info, passage)
            keys.append(f"{base}:{n}")
    return keys


def hash_of(text: str) -> str:
    """Give a short name of a text that stays the same."""
    import hashlib  # noqa: PLC0415

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _as_table(row: dict[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """Give lines of cells as a Markdown table, and the places of the rows that answer."""
    lines = row["text"].split("\n")
    out, spans, at = "", [], 0
    for number, line in enumerate(lines):
        start = len(out)
        out += f"| {line} |\n"
        if any(first < at + len(line) and at < last for first, last in row["answers"]):
            spans.append((start, len(out) - 1))
        if number == 0:
            out += "|" + "---|" * (line.count(" | ") + 1) + "\n"
        at += len(line) + 1
    return out, spans
