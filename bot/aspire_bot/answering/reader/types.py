"""What the reader says of a passage."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reader says of one passage, in log-odds.

    `sentences`: that each belongs to the answer, in the passage's order. `passage`: that it
    answers at all.
    """

    sentences: tuple[float, ...]
    passage: float
