"""Messages as people type them → what the model of messages learns from, split by conversation.

Lines are of the form of `own/messages.jsonl` (train/FORM.md of the data folder), with `asks`: the
verbatim pieces that ask, one for each of `questions`. Those of the data folder's lines stand apart,
in `own/messages-asks.jsonl`.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from aspire_bot.answering.message.things.pieces import Piece, pieces_of
from aspire_bot.answering.message.types import ACTS
from aspire_bot.answering.types import Place, Turn
from aspire_training.splits import Part

OWN = Path(__file__).with_name("own")
_SALT = "messages-1"
_TEST, _DEVELOPMENT = 0.2, 0.4
_HALF = 0.5
"""The share of a piece that must lie in what asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message and what is right for it; `labels` are indices of `LABELS`, one for each piece."""

    name: str
    text: str
    place: Place
    history: tuple[Turn, ...]
    act: int
    pieces: tuple[Piece, ...]
    labels: tuple[int, ...]
    asks: tuple[str, ...]
    part: Part
    is_own: bool
    """Whether it was written for this repository: such messages are for training alone."""


def read_messages(data: Path) -> list[Message]:
    """Read the messages of the data folder and those of the repository.

    Both go to parts by a hash of what their conversation began with; ours are for training, and
    left out where the data folder has the same conversation in another part.
    """
    asks = {row["id"]: row["asks"] for row in _rows(OWN / "messages-asks.jsonl")}
    given = [
        _message({**row, "asks": asks.get(row["id"], [])}, is_own=False)
        for row in _rows(data / "own" / "messages.jsonl")
    ]
    held = {_beginning(message) for message in given if message.part != "train"}
    ours = [
        _message(row, is_own=True)
        for file in sorted(OWN.glob("messages-*.jsonl"))
        if file.name != "messages-asks.jsonl"
        for row in _rows(file)
    ]
    return given + [message for message in ours if _beginning(message) not in held]


def _rows(file: Path) -> Iterator[Mapping[str, Any]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _message(row: Mapping[str, Any], *, is_own: bool) -> Message:
    history = tuple(
        Turn(role="user", text=turn) if isinstance(turn, str) else Turn(**turn)
        for turn in row.get("history") or ()
    )
    text = str(row["text"])
    pieces = pieces_of(text)
    asks = tuple(cast("Sequence[str]", row.get("asks") or ()))
    began = history[0].text if history else text
    return Message(
        name=str(row["id"]),
        text=text,
        place=row.get("place") or "dm",
        history=history,
        act=ACTS.index(row["act"]),
        pieces=pieces,
        labels=tuple(labels_of(text, pieces, asks)),
        asks=asks,
        part="train" if is_own else part_of_conversation(began),
        is_own=is_own,
    )


def _beginning(message: Message) -> str:
    return _folded(message.history[0].text if message.history else message.text)


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def part_of_conversation(began: str) -> Part:
    """Give the part of a conversation by the words that it began with."""
    digest = hashlib.sha256(f"{_SALT}:{_folded(began)}".encode()).digest()
    place = int.from_bytes(digest[:8], "big") / 2**64
    if place < _TEST:
        return "test"
    return "development" if place < _DEVELOPMENT else "train"


def labels_of(text: str, pieces: Sequence[Piece], asks: Sequence[str]) -> list[int]:
    """Label the pieces: the first of each thing asked begins it, the others go on with it."""
    labels = [0] * len(pieces)
    for ask in asks:
        start = text.find(ask)
        end, begun = start + len(ask), False
        for at, piece in enumerate(pieces):
            shared = min(end, piece.end) - max(start, piece.start)
            if shared > _HALF * (piece.end - piece.start):
                if labels[at] != 1:
                    labels[at] = 2 if begun else 1
                begun = True
    return labels
