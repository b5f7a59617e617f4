"""Questions in groups by what they ask → pairs to learn from.

Lines of `own/question-groups.jsonl` hold groups of wordings, written by hand: wordings of one group
ask the same, those of different groups of a line do not, though they are near (another role, time,
attribute, scheme). Wordings of other lines are taken as unrelated; edits of a question ask the
same.
"""

import json
import random
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from aspire_training.question_pairs import Pair
from aspire_training.surface_edits import edited

GROUPS = Path(__file__).parent / "own" / "question-groups.jsonl"
_ALIKE, _NEAR, _UNRELATED, _EDITED = 9, 10, 3, 4
"""Pairs drawn of each line each time: of a group, of two groups, with anything else, and of a
question with an edit of it."""

Line = Sequence[Sequence[str]]


def read_groups(leaving_out: Collection[str] = ()) -> list[Line]:
    """Read the groups of each line, without wordings that are left out, whatever their marks."""
    out = {_bare(text) for text in leaving_out}
    lines: list[Line] = []
    for row in GROUPS.read_text(encoding="utf-8").splitlines():
        groups = ([t for t in group if _bare(t) not in out] for group in json.loads(row)["groups"])
        lines.append([group for group in groups if group])
    return lines


def asked_questions(data: Path) -> list[str]:
    """Give the questions of the reader that stand alone: what nobody asks in the same breath."""
    found: dict[str, None] = {}
    for folder in (data / "own", GROUPS.parent):
        for file in sorted(folder.glob("*questions*.jsonl")):
            for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
                if row.get("quotes") and not row.get("history"):
                    found.setdefault(str(row["question"]))
    return list(found)


def drawn_pairs(lines: Sequence[Line], others: Sequence[str], chance: random.Random) -> list[Pair]:
    """Draw pairs of each line: the same, near ones, and unrelated ones, in any order."""
    anything = [text for line in lines for group in line for text in group] + list(others)
    found: list[Pair] = []
    for line in lines:
        same = [pair for group in line for pair in combinations(group, 2)]
        found += [_pair(pair, is_same=True) for pair in _some(same, _ALIKE, chance)]
        found += [_pair(pair, is_same=False) for pair in _near(line, chance)]
        texts = [text for group in line for text in group]
        for _ in range(_UNRELATED):
            pair = (chance.choice(texts), chance.choice(anything))
            if pair[1] not in texts:
                found.append(_pair(pair, is_same=False))
        for text in chance.sample(texts, min(_EDITED, len(texts))):
            found.append(_pair((text, edited(text, chance)), is_same=True))
    chance.shuffle(found)
    return found


def _near(line: Line, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Pairs of two groups of a line: those of the most letters in common, and some others."""
    apart = [(a, b) for one, two in combinations(line, 2) for a in one for b in two]
    drawn = _some(apart, 3 * _NEAR, chance)
    drawn.sort(key=lambda pair: -_likeness(*pair))
    half = _NEAR // 2
    yield from drawn[:half]
    yield from _some(drawn[half:], _NEAR - half, chance)


def _likeness(one: str, other: str) -> float:
    """The share of letter pairs in common, of the text that has fewer."""
    first, second = _letter_pairs(one), _letter_pairs(other)
    return len(first & second) / (1 + min(len(first), len(second)))


def _letter_pairs(text: str) -> set[str]:
    bare = _bare(text)
    return {bare[at : at + 2] for at in range(len(bare) - 1)}


def _bare(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _some(
    pairs: Sequence[tuple[str, str]], most: int, chance: random.Random
) -> list[tuple[str, str]]:
    return chance.sample(pairs, min(most, len(pairs)))


def _pair(texts: tuple[str, str], *, is_same: bool) -> Pair:
    return Pair(one=texts[0], other=texts[1], is_same=is_same)
