"""Calls as funders publish them, written by hand, with the days on which one can apply.

Odd documents of `documents.jsonl` are for developing, even ones for judging: nobody mends what
these show. Those of `hard.jsonl`, for developing too, have every shape that could be thought of,
and no questions.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

_FILES = tuple(Path(__file__).with_name(f"{name}.jsonl") for name in ("documents", "hard"))


class Term(BaseModel):
    """A day on which something that concerns applying opens or closes, as the text has it.

    `of` says what: the application itself, what is handed in before it, or something else.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["opening", "deadline"]
    of: Literal["application", "first step", "other"]
    date: str
    said: str


class Asked(BaseModel):
    """A question about one of a document's days, and the days that a right answer tells."""

    model_config = ConfigDict(frozen=True)

    question: str
    asks: str
    dates: tuple[str, ...]


class Call(BaseModel):
    """A document, its terms, and questions about it."""

    model_config = ConfigDict(frozen=True)

    id: str
    half: Literal["development", "test", "hard"]
    language: str
    title: str
    text: str
    terms: tuple[Term, ...]
    questions: tuple[Asked, ...]


def read_calls(half: str) -> Sequence[Call]:
    """Read one half of the documents, or the hard ones."""
    lines = [line for file in _FILES for line in file.read_text(encoding="utf-8").splitlines()]
    return [one for line in lines if (one := Call(**json.loads(line))).half == half]
