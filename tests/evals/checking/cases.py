"""A statement as a model could have written it, the passages it was given, and whether it is true."""

import random
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aspire_bot.answering.quotes.evidence import quoted
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index import Passage, Sentence
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.language import detect_language

_LONG = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A sentence of an index that statements are made from."""

    passage: Passage
    at: int
    language: str
    group: str
    """What is on one side of the split: a document, of a long one a section."""

    @property
    def sentence(self) -> Sentence:
        return self.passage.sentences[self.at]

    @property
    def text(self) -> str:
        return quoted(self.passage, self.sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A statement of one kind, not yet in a prompt.

    `places` are what it was made from; `foreign` is what must not stand in the prompt besides, and
    `apart` are the documents that must not: they say what here is to be a lie.
    """

    kind: str
    is_true: bool
    text: str
    places: tuple[Place, ...]
    language: str
    foreign: str = ""
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationCase:
    """A statement with its markers in a prompt."""

    made: Made
    markers: tuple[int, ...]
    right: tuple[int, ...]
    """The passages, numbered from 1, that it was made from."""
    passages: tuple[ScoredPassage, ...]
    set_name: str

    @property
    def pair(self) -> str:
        """Whether statement and sources are in one language."""
        spoken = {place.language for place in self.made.places}
        return "same" if spoken == {self.made.language} else "cross"

    @property
    def is_held_out(self) -> bool:
        """Whether its first document (a long one: its section) is in the half for the report."""
        return is_held_out(self.made.places[0])


def is_held_out(place: Place) -> bool:
    """Split by document; the few long ones by section."""
    return zlib.crc32(place.group.encode()) % 2 == 1


def places_of(index: IndexReader, language: str | None = None) -> list[Place]:
    """All prose sentences and items of usable length."""
    found: list[Place] = []
    for document_id, info in index.documents().items():
        if language is not None and info.language != language:
            continue
        passages = index.passages_of(document_id)
        for passage in passages:
            section = _section(passage) if len(passages) > _LONG else ""
            group = section or document_id
            for at, sentence in enumerate(passage.sentences):
                place = Place(passage=passage, at=at, language=info.language, group=group)
                if sentence.form == "prose" and _is_usable(place):
                    found.append(place)
    return found


def _section(passage: Passage) -> str:
    """The number of its chapter, the same in all editions and languages."""
    found = re.match(r"\d+", passage.heading[0]) if passage.heading else None
    return f"chapter {found.group()}" if found else ""


def _is_usable(place: Place) -> bool:
    text = place.text
    shortest, longest = (14, 160) if place.language == "ja" else (30, 320)
    if place.language not in ("en", "ja") or not shortest <= len(text) <= longest:
        return False
    if detect_language(text) != place.language:
        return False
    if text.rstrip()[-1:] not in ".。" or "http" in text or text.count("\n") > 1:
        return False
    return "@" not in text and "<" not in text and "](" not in text and "![" not in text


class Prompts:
    """Puts statements into prompts of six passages."""

    def __init__(self, index: IndexReader, set_name: str, *, size: int = 6) -> None:
        self._index = index
        self._set_name = set_name
        self._size = size
        self._documents = index.documents()
        self._ids = list(self._documents)
        self._read: dict[str, Sequence[Passage]] = {}
        # editions of one handbook say the same, or nearly: a lie about one is true of the other
        self._mixes = len(self._ids) > size

    def case(self, made: Made, generator: random.Random) -> VerificationCase:
        """The passages it is made from, others of their documents, others; in random order.

        A lie "wrong marker" cites one of the others, a lie "missing marker" none.
        """
        own = {place.passage.passage_id: place.passage for place in made.places}
        beside = [
            passage
            for place in made.places
            for passage in self._passages_of(place.passage.document_id)
            if passage.passage_id not in own
        ]
        generator.shuffle(beside)
        beside = [p for p in beside if not _tells(p, made)]
        chosen = [*own.values(), *beside[: self._size // 2]]
        while len(chosen) < self._size and self._mixes:
            extra = self._passages_of(generator.choice(self._ids))
            known = {passage.passage_id for passage in chosen}
            chosen += [p for p in extra[:1] if p.passage_id not in known and not _tells(p, made)]
        generator.shuffle(chosen)
        numbers = {passage.passage_id: n for n, passage in enumerate(chosen, start=1)}
        right = tuple(numbers[place.passage.passage_id] for place in made.places)
        return VerificationCase(
            made=made,
            markers=_markers(made.kind, right, len(chosen), generator),
            right=right,
            passages=tuple(self._scored(chosen)),
            set_name=self._set_name,
        )

    def _passages_of(self, document_id: str) -> Sequence[Passage]:
        # a document is asked for thousands of times, and each time read and parsed anew
        if document_id not in self._read:
            self._read[document_id] = self._index.passages_of(document_id)
        return self._read[document_id]

    def _scored(self, chosen: Sequence[Passage]) -> Iterator[ScoredPassage]:
        for rank, passage in enumerate(chosen, start=1):
            info = self._documents[passage.document_id]
            yield ScoredPassage(passage=passage, document=info, score=1.0, rank=rank)


def _markers(
    kind: str, right: tuple[int, ...], count: int, generator: random.Random
) -> tuple[int, ...]:
    if kind == "missing marker":
        return ()
    if kind == "wrong marker":
        others = [n for n in range(1, count + 2) if n not in right]
        return (generator.choice(others),)
    return tuple(dict.fromkeys(right))


def _tells(passage: Passage, made: Made) -> bool:
    """Whether a passage would make a lie true."""
    if passage.document_id in made.apart:
        return True
    return bool(made.foreign) and made.foreign in _flat(passage.text)


def _flat(text: str) -> str:
    """On one line and small: a clause may have lost its capital."""
    return " ".join(text.split()).casefold()
