"""Our own questions → groups: what a colleague quoted, and passages that only look like it.

The passages are those of an index that the product itself made of the documents, and the wrong
ones are those that its retrieval puts first.
"""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from aspire_ingest.index import DocumentInfo, Passage
from aspire_training.examples import SKIPPED, Group, Pair, marks_of

Quoted = list[tuple[str, int, int]]
"""Places in documents: document, start, end."""

_WRONG = 4
_WRONG_WITHOUT_ANSWER = 4


def read_lines(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Read JSON lines of several files."""
    return [
        json.loads(line)
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def places(quotes: Iterable[Mapping[str, str]], texts: Mapping[str, str]) -> Quoted:
    """Find quotes in the indexed texts of their documents, wherever each stands first."""
    found: Quoted = []
    for quote in quotes:
        text, wanted = texts.get(quote["doc_id"], ""), quote["quote"].strip()
        at = text.find(wanted)
        if at >= 0:
            found.append((quote["doc_id"], at, at + len(wanted)))
            continue
        # a quote over several lines: each of its lines by itself
        for line in wanted.split("\n"):
            bare = line.strip().lstrip("-・ ").strip()
            at = text.find(bare) if len(bare) > 3 else -1
            if at >= 0:
                found.append((quote["doc_id"], at, at + len(bare)))
    return found


def own_groups(
    questions: Sequence[Mapping[str, Any]],
    by_document: Mapping[str, Sequence[tuple[DocumentInfo, Passage]]],
    texts: Mapping[str, str],
    candidates: Mapping[str, Sequence[str]],
    allowed: frozenset[str],
    chance: random.Random,
) -> Iterator[Group]:
    """Yield a group for each question, with wrong passages from documents that are `allowed`.

    `candidates` are passage ids by question, as retrieval ranks them.
    """
    home = {
        passage.passage_id: (info, passage)
        for entries in by_document.values()
        for info, passage in entries
    }
    for question in questions:
        right_at = places(question["quotes"], texts)
        also_at = places(question.get("also") or (), texts)
        if question["answerable"] and not right_at:
            continue
        group = Group(
            name=question["qid"],
            source="own",
            language=question["lang"],
            question=question["question"],
            history=tuple(question.get("history") or ()),
        )
        right, known = [], set[str]()
        for document in dict.fromkeys(name for name, _, _ in right_at + also_at):
            for _, passage in by_document.get(document, ()):
                pair = _right(passage, document, right_at, also_at)
                if pair is not None:
                    right.append(pair)
                    known.add(passage.passage_id)
        ranked = [
            name
            for name in candidates.get(question["qid"], ())
            if name not in known and home[name][1].document_id in allowed
        ]
        wrong = _wrong(question, ranked, home, chance)
        group.pairs = right[:4] + [
            Pair(passage=name, marks=[0] * len(home[name][1].sentences), answers=0)
            for name in wrong
        ]
        if group.pairs:
            yield group


def _right(passage: Passage, document: str, right_at: Quoted, also_at: Quoted) -> Pair | None:
    right = [(a, b) for name, a, b in right_at if name == document]
    also = [(a, b) for name, a, b in also_at if name == document]
    marks = marks_of(passage, right)
    others = marks_of(passage, also)
    if any(marks):
        # another way to say it beside what was quoted: neither right nor wrong
        marks = [
            SKIPPED if other and not mark else mark
            for mark, other in zip(marks, others, strict=True)
        ]
    elif any(others):
        marks = others
    else:
        return None
    return Pair(passage=passage.passage_id, marks=marks, answers=1)


def _wrong(
    question: Mapping[str, Any],
    ranked: Sequence[str],
    home: Mapping[str, tuple[DocumentInfo, Passage]],
    chance: random.Random,
) -> list[str]:
    """Choose wrong passages: of the answering or near documents, and of what ranks high.

    Another scheme may hold something that answers a question which names none, so of other
    documents fewer are taken, and the very first ones seldom.
    """
    near = {*question["doc_ids"], *(question.get("near") or ())}
    same = [name for name in ranked[:24] if home[name][1].document_id in near]
    other = [
        name
        for rank, name in enumerate(ranked[:16])
        if home[name][1].document_id not in near and (rank >= 3 or chance.random() < 0.4)
    ]
    if question["answerable"]:
        most_same, most = 3, _WRONG
    else:
        most_same, most = 3, _WRONG_WITHOUT_ANSWER
    taken = same[:2] + chance.sample(same[2:], min(len(same[2:]), most_same - 2))
    return taken + chance.sample(other[:10], min(len(other[:10]), most - len(taken)))
