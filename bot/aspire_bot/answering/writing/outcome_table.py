"""What is said where a language model and the reader may disagree: a table of learnt chances.

`outcome_table.json` beside this file is written by `python -m aspire_training.outcomes`; nothing in
it is set by hand.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from aspire_bot.answering.search.search import Bands
from aspire_bot.answering.types import Answer, Certainty

Acted = Literal["passed", "in_part", "pointed", "none", "asked_back"]
"""What a model did: its first statement that bears passed with none dropped before it, or after
some were; nothing passed, but it points at sentences that the quotes are not; it said that the
passages do not answer; it asked back."""
Band = Literal["silent, far", "silent, near", "hedged", "sure"]
"""What the quotes alone would do; silent far from or near to where answers begin."""
_PRIOR_RIGHT, _PRIOR_WRONG = 1.0, 2.0
"""The Beta prior of a cell: where little was counted, rather wrong than right."""
_NEAR = 0.5
"""Share of the confidence from which answers begin, from which on silence is near to them."""
_ANSWER_FROM, _SURE_FROM = 0.5, 0.85
"""Chances (0 to 1) from which it is said, and said plainly: averages of a cell, which is why they
are above the thresholds on single probabilities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How often (weighted) what would be said in a case was right, and how often it was not."""

    right: float
    wrong: float

    @property
    def chance(self) -> float:
        """The mean of the posterior (0 to 1)."""
        prior = _PRIOR_RIGHT + _PRIOR_WRONG
        return (self.right + _PRIOR_RIGHT) / (self.right + self.wrong + prior)


_UNSEEN = Cell(right=0, wrong=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeTable:
    """Cells by what the reader thinks and what the model did.

    Of `passed` and `in_part` the words are right or not, of `pointed` the sentences pointed at, of
    `none` and `asked_back` the quotes.
    """

    cells: Mapping[tuple[Band, Acted], Cell]

    def chance(self, band: Band, acted: Acted) -> float:
        """Give the probability (0 to 1) that what would be said is right."""
        return self.cells.get((band, acted), _UNSEEN).chance

    def certainty(self, band: Band, acted: Acted, bands: Bands) -> Certainty | None:
        """Say how it is said; None where it is not. An operator's bands may ask for more."""
        chance = self.chance(band, acted)
        if chance < max(_ANSWER_FROM, bands.answer_from):
            return None
        return "sure" if chance >= max(_SURE_FROM, bands.sure_from) else "hedged"


def band_of(quoted: Answer, bands: Bands) -> Band:
    """Say what the quotes alone would do."""
    if quoted.outcome == "answered":
        return quoted.certainty or "hedged"
    is_near = quoted.confidence >= _NEAR * bands.answer_from
    return "silent, near" if is_near else "silent, far"


@lru_cache(maxsize=1)
def shipped_table() -> OutcomeTable:
    """Read the table that is shipped with the package."""
    path = resources.files("aspire_bot.answering.writing") / "outcome_table.json"
    return read_table(path.read_text("utf-8"))


def read_table(text: str) -> OutcomeTable:
    """Read a table from its JSON form."""
    rows: Mapping[Band, Mapping[Acted, Mapping[str, float]]] = json.loads(text)["cells"]
    return OutcomeTable(
        cells={
            (band, acted): Cell(right=cell["right"], wrong=cell["wrong"])
            for band, row in rows.items()
            for acted, cell in row.items()
        }
    )
