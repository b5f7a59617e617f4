"""Statements in groups by passage → examples with what of a lie is not said.

Lines of `own/statement-groups.jsonl` hold a passage of a training document, and groups: a question,
true statements and false ones, all written by hand. Most false ones are twins of a true one, with
one thing changed, so that what is changed is what the passage does not say. Some are short answers
that need the question. Those of `own/statement-groups-judged.jsonl` are about development
documents.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from aspire_ingest.index.text.script import is_japanese
from aspire_training.support_data import Example, Spans

GROUPS = Path(__file__).parent / "own" / "statement-groups.jsonl"
JUDGED = GROUPS.with_name("statement-groups-judged.jsonl")
_TWIN = 0.55
"""The likeness from which on a false statement is a twin of a true one."""
_WORD = re.compile(r"[A-Za-z0-9.,'’%-]+|.", re.DOTALL)


def grouped_examples(file: Path = GROUPS) -> list[Example]:
    """Read all of a file."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [one for line in lines for one in _examples(json.loads(line))]


def unsaid_in(lie: str, truths: Sequence[str]) -> Spans | None:
    """Give the places of a lie in which it differs from the truth that is likest; None: no twin."""
    nearest = max(truths, key=lambda truth: _matcher(truth, lie).ratio(), default="")
    if _matcher(nearest, lie).ratio() <= _TWIN:
        return None
    said, words = _WORD.findall(nearest), _WORD.findall(lie)
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    found: list[tuple[int, int]] = []
    for kind, _, _, first, last in SequenceMatcher(None, said, words, autojunk=False).get_opcodes():
        if kind in ("replace", "insert"):
            found.append((ends[first], ends[last]))
        elif kind == "delete" and first < len(words):
            found.append((ends[first], ends[first + 1]))
    return tuple(found) or None


def _examples(row: Mapping[str, Any]) -> Iterator[Example]:
    for place, group in enumerate(row["groups"]):
        truths = [text for _, text in group["true"]]
        for is_supported, side in ((True, "true"), (False, "false")):
            for at, (kind, text) in enumerate(group[side]):
                yield Example(
                    name=f"{row['id']}-{place}-{side}-{at}",
                    source="grouped",
                    passage=row["passage"],
                    statement=text,
                    is_supported=is_supported,
                    kind=kind,
                    title=row["title"],
                    question=group["question"],
                    language="ja" if is_japanese(text) else "en",
                    passage_language=row["passage_lang"],
                    unsaid=() if is_supported else unsaid_in(text, truths),
                    part="train" if row["for"] == "training" else "development",
                    stands_alone=group["stands_alone"],
                )


def _matcher(one: str, other: str) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)
