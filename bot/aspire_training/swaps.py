"""Questions made unanswerable by one change: another name, another year.

The passages stay, and nothing in them answers any more. Nothing teaches better that "FOREST" is not
"CREST", and that what was said of 2024 says nothing of 2023.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from aspire_training.examples import SKIPPED, Group, Pair

_NAME = re.compile(
    r"(?<![A-Za-z])[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:-[A-Z][a-z]+)?(?![A-Za-z])"
    r"|(?<=[a-z,] )[A-Z][a-zà-ÿ]{3,}(?![A-Za-z])"
    r"|「[^」]{2,12}」"
)
_YEAR = re.compile(r"(?<![\d/-])(?:20[12]\d)(?![\d/-])")
_ERA = re.compile(r"令和(\d{1,2})年")
_USUAL = frozenset(
    [
        *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
        *("October", "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday"),
        *("Friday", "Saturday", "Sunday", "Japan", "Japanese", "English", "Form", "Annex", "Table"),
        *("Section", "Article", "Round", "Type", "Call", "FAQ", "URL", "PDF"),
    ]
)
_LEAST = 3
"""Questions in which a name stands before it is one to put in the place of another."""
_SHORTEST = 3
_TEXT = Callable[[str], str]


class Swaps:
    """Makes such questions out of groups; `text_of` gives what is read of a passage."""

    def __init__(self, groups: Sequence[Group], text_of: _TEXT) -> None:
        """Learn which names there are, by language; a word that is also written small is none."""
        self._text_of = text_of
        self._words = {w for group in groups for w in re.findall(r"[a-zà-ÿ]+", group.question)}
        found: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        for group in groups:
            found[group.language == "ja"].update(set(self._names(group.question)))
        self._pool = {
            is_japanese: sorted(name for name, count in names.items() if count >= _LEAST)
            for is_japanese, names in found.items()
        }

    def swapped(self, group: Group, chance: random.Random) -> Group | None:
        """Give the question with another name or year, which nothing answers; None where none is.

        What is put in the place must not stand in the passages, and what it replaces must.
        """
        right = [pair for pair in group.pairs if pair.answers == 1]
        if not right:
            return None
        text = "\n".join(self._text_of(pair.passage) for pair in group.pairs)
        asked = group.question
        tries = [lambda: self._renamed(asked, text, chance, is_japanese=group.language == "ja")]
        tries.append(lambda: _redated(asked, text, chance))
        chance.shuffle(tries)
        question = next((made for made in (one() for one in tries) if made), None)
        if question is None:
            return None
        pairs = [_unanswered(pair) for pair in group.pairs]
        return replace(group, question=question, pairs=pairs)

    def _renamed(
        self, asked: str, text: str, chance: random.Random, *, is_japanese: bool
    ) -> str | None:
        names = [name for name in self._names(asked) if name in text]
        others = [name for name in self._pool[is_japanese] if name not in text]
        if not names or not others:
            return None
        return asked.replace(chance.choice(names), chance.choice(others))

    def _names(self, text: str) -> list[str]:
        return [
            name
            for name in _NAME.findall(text)
            if len(name) >= _SHORTEST and name not in _USUAL and name.lower() not in self._words
        ]


def _redated(asked: str, text: str, chance: random.Random) -> str | None:
    for pattern, low, high in ((_YEAR, 2015, 2029), (_ERA, 1, 12)):
        match = pattern.search(asked)
        if match is None or match.group() not in text:
            continue
        digits = match.group(1) if pattern is _ERA else match.group()
        near = [int(digits) + step for step in (-3, -2, -1, 1, 2, 3)]
        new = [match.group().replace(digits, str(year)) for year in near if low <= year <= high]
        new = [written for written in new if written not in text]
        if new:
            return asked[: match.start()] + chance.choice(new) + asked[match.end() :]
    return None


def _unanswered(pair: Pair) -> Pair:
    """Give a passage that answers no more; sentences left out of the loss stay out."""
    marks = [SKIPPED if mark == SKIPPED else 0 for mark in pair.marks]
    return replace(pair, marks=marks, answers=0)
