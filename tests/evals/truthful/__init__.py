"""Answers written by hand, and a model that says them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from tests.local_models import Asked, Reply

from aspire_bot.answering.writing.prompt_files import NO_ANSWER

_FOLDER = Path(__file__).parent
_STOPS = ".。!?！？"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of an answer; `rests_on` are places among the item's quotes."""

    text: str
    rests_on: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question with a true answer, and a sentence of it with one fact changed."""

    name: str
    question: str
    language: str
    quotes: Sequence[Mapping[str, str]]
    also: Sequence[Mapping[str, str]]
    sentences: Sequence[Sentence]
    lie: Sentence
    fact: str


def read_items(language: str, folder: str = "") -> list[Item]:
    """Read the answers to the questions in a language, those of a further set from its folder."""
    lines = (_FOLDER / folder / f"{language}.jsonl").read_text("utf-8").splitlines()
    return [_item(json.loads(line)) for line in lines]


def funder_documents() -> list[dict[str, Any]]:
    """Give the documents of the set `funder`, which stand beside its questions."""
    lines = (_FOLDER / "funder" / "documents.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def funder_items(half: Literal["development", "test"]) -> list[Item]:
    """Give half of the set `funder`, by the hashes of its ids."""
    items = [*read_items("en", "funder"), *read_items("ja", "funder")]
    in_order = sorted(items, key=lambda one: sha256(one.name.encode()).hexdigest())
    middle = len(items) // 2
    chosen = in_order[:middle] if half == "development" else in_order[middle:]
    return [one for one in items if one in chosen]


def _item(row: dict[str, Any]) -> Item:
    return Item(
        name=row["id"],
        question=row["question"],
        language=row["language"],
        quotes=row["quotes"],
        also=row.get("also", ()),
        sentences=[_sentence(one) for one in row["sentences"]],
        lie=_sentence(row["lie"]),
        fact=row["lie"]["fact"],
    )


def _sentence(row: dict[str, Any]) -> Sentence:
    return Sentence(text=row["text"], rests_on=tuple(row["rests_on"]))


@dataclass
class Speaker:
    """A model that says what it is given of an item, with the markers of the passages it sees.

    Of what none of its passages holds it says nothing; where that is all, that they do not answer.
    """

    item: Item | None = None
    said: Sequence[Sentence] = ()
    more: str = ""
    """Said after that, as it is."""
    pieces: int = 9
    """Characters at once."""
    misbehaves: Reply | None = None
    shown: list[int] = field(default_factory=list[int])
    """How many of the quotes its passages held, for each request."""

    def reply(self, asked: Asked) -> Reply:
        """Answer a request."""
        assert self.item is not None
        places = [_place(one["quote"], asked) for one in self.item.quotes]
        self.shown.append(sum(place is not None for place in places))
        if self.misbehaves is not None:
            return self.misbehaves
        lines = [
            _marked(one.text, numbers)
            for one in self.said
            if (numbers := [n for at in one.rests_on if (n := places[at]) is not None])
        ]
        if not lines:
            return Reply(pieces=(NO_ANSWER,))
        gap = "\n" if any(line.startswith("- ") for line in lines) else " "
        text = gap.join((*lines, *((self.more,) if self.more else ())))
        return Reply(
            pieces=tuple(text[at : at + self.pieces] for at in range(0, len(text), self.pieces))
        )


def _place(quote: str, asked: Asked) -> int | None:
    wanted = _bare(quote)
    found = (number for number, (_, text) in asked.passages().items() if wanted in _bare(text))
    return next(found, None)


def _bare(text: str) -> str:
    return "".join(text.split())


def _marked(text: str, numbers: Sequence[int]) -> str:
    """Put the markers where a model puts them, before each stop."""
    marks = "".join(f"[{number}]" for number in dict.fromkeys(numbers))
    parts: list[str] = []
    rest = text
    while rest:
        end = next((at for at in range(len(rest)) if _ends(rest, at)), len(rest))
        parts.append(f"{rest[:end]} {marks}{rest[end : end + 1]}")
        rest = rest[end + 1 :]
    return "".join(parts)


def _ends(text: str, at: int) -> bool:
    """Whether a sentence ends at a place: a stop with nothing or a blank behind it; 。 anywhere."""
    if text[at] not in _STOPS:
        return False
    if text[at] in "。！？":
        return True
    behind = text[at + 1 : at + 2]
    before = text[:at].rpartition(" ")[2]
    is_short = before in ("Mr", "Dr", "Prof")
    return (not behind or behind == " ") and not is_short
