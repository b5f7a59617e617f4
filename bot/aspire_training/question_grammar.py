"""Pairs of questions put together from phrases: what is asked is known, so is whether two ask it.

`own/question-grammar.toml` names things in several ways and asks for them in several ways, in both
languages. A pair that is the same says the same of the same in other words; a near miss says it of
another thing of that kind, or asks something else of it.
"""

import random
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aspire_training.question_pairs import Pair

GRAMMAR = Path(__file__).parent / "own" / "question-grammar.toml"
_LANGUAGES = ("en", "ja")
_OPENINGS = {
    "en": (
        "Hi, ",
        "Hello! ",
        "Quick question: ",
        "Sorry if this was asked before. ",
        "Dear office, ",
        "One more thing: ",
        "Just to check: ",
    ),
    "ja": (
        "お世話になります。",
        "すみません、",
        "質問です。",
        "確認ですが、",
        "教えてください。",
        "初めて応募する者です。",
    ),
}
_CLOSINGS = {
    "en": (" Thanks!", " Thank you in advance.", " Our office wants to know."),
    "ja": ("よろしくお願いします。", "急ぎです。", "事務に聞かれました。"),
}
_SAME, _WITHIN = 0.5, 0.6
"""Shares of pairs that are the same, and of those within one language."""
_OTHER_FRAME, _ONE_OTHER, _SAME_TEMPLATE = 0.42, 0.92, 0.6
"""Of near misses: up to where something else is asked, from where something else of another thing;
of those that ask the same of another thing within a language, how many in the very same words."""
_REPEATED = 0.3
"""Of pairs that are the same in one template and differ in names alone, how many stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is asked of things of some kinds: `{0}` in a template is the name of the first."""

    slots: tuple[str, ...]
    templates: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A frame and the things it is asked of."""

    frame: Frame
    things: tuple[str, ...]


class Grammar:
    """Makes pairs of questions; the same seed makes the same."""

    def __init__(self, file: Path, seed: int) -> None:
        """Read the phrases of `file`."""
        tables = tomllib.loads(file.read_text("utf-8"))
        self._frames = [
            Frame(slots=tuple(one["slots"]), templates={x: one[x] for x in _LANGUAGES})
            for one in tables.pop("frame")
        ]
        self._names = tables
        self._of_slots: dict[tuple[str, ...], list[Frame]] = defaultdict(list)
        for frame in self._frames:
            self._of_slots[frame.slots].append(frame)
        self._chance = random.Random(seed)

    def pairs(self, count: int) -> list[Pair]:
        """Make so many pairs, none twice."""
        found: dict[tuple[str, str], Pair] = {}
        while len(found) < count:
            pair = self._pair()
            if pair.one != pair.other:
                found.setdefault((pair.one, pair.other), pair)
        return list(found.values())

    def _pair(self) -> Pair:
        chance = self._chance
        frame = chance.choice(self._frames)
        asked = _Asked(frame=frame, things=self._things(frame))
        is_same, is_within = chance.random() < _SAME, chance.random() < _WITHIN
        language = chance.choice(_LANGUAGES)
        second = language if is_within else _LANGUAGES[1 - _LANGUAGES.index(language)]
        one, at = self._said(asked, language)
        if is_same:
            other = self._reworded(asked, second, (one, at if is_within else None))
            return Pair(one=one, other=other, is_same=True)
        near = self._near(asked)
        may_repeat = is_within and near.frame is frame
        is_repeated = may_repeat and chance.random() < _SAME_TEMPLATE
        other, _ = self._said(near, second, at if is_repeated else None)
        return Pair(one=one, other=other, is_same=False)

    def _reworded(self, asked: _Asked, language: str, first: tuple[str, int | None]) -> str:
        """The same in other words; mostly in another template than that of the first, if given."""
        text = ""
        for _ in range(5):
            text, at = self._said(asked, language)
            if text != first[0] and (at != first[1] or self._chance.random() < _REPEATED):
                break
        return text

    def _things(self, frame: Frame) -> tuple[str, ...]:
        chosen: list[str] = []
        for slot in frame.slots:
            chosen.append(self._chance.choice([t for t in self._names[slot] if t not in chosen]))
        return tuple(chosen)

    def _near(self, asked: _Asked) -> _Asked:
        """Something else of the same things, or the same of another thing."""
        chance = self._chance
        others = [f for f in self._of_slots[asked.frame.slots] if f is not asked.frame]
        kind = chance.random()
        if others and kind < _OTHER_FRAME:
            return _Asked(frame=chance.choice(others), things=asked.things)
        at = chance.randrange(len(asked.things))
        names = self._names[asked.frame.slots[at]]
        another = chance.choice([thing for thing in names if thing not in asked.things])
        things = (*asked.things[:at], another, *asked.things[at + 1 :])
        is_both = others and kind > _ONE_OTHER
        return _Asked(frame=chance.choice(others) if is_both else asked.frame, things=things)

    def _said(self, asked: _Asked, language: str, at: int | None = None) -> tuple[str, int]:
        """A question in words, and the number of its template, by chance where none is given."""
        chance, column = self._chance, _LANGUAGES.index(language)
        templates = asked.frame.templates[language]
        at = chance.randrange(len(templates)) if at is None else at % len(templates)
        names = [
            chance.choice(self._names[slot][thing][column])
            for slot, thing in zip(asked.frame.slots, asked.things, strict=True)
        ]
        text = templates[at].format(*names)
        text = self._cased(text) if language == "en" else text
        if chance.random() < 0.12:
            text = chance.choice(_OPENINGS[language]) + text
        if chance.random() < 0.06:
            text += chance.choice(_CLOSINGS[language])
        return text, at

    def _cased(self, text: str) -> str:
        """Most begin with a capital, some are written all small, some as they come."""
        if self._chance.random() < 0.75:
            return text[0].upper() + text[1:]
        return text.lower() if self._chance.random() < 0.5 else text
