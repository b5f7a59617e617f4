"""Where words and the model that reads decide together whether a passage supports a statement."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import log
from typing import Literal

from aspire_bot.answering.checking.coverage import Coverage

Strictness = Literal["strict", "balanced"]
"""`strict` lets few lies through, `balanced` loses fewer truths."""
_LEAST = 1e-6
_COPIED = 0.6


Pair = Literal["same", "copied", "cross"]
"""Whether statement and passage are in one language, and the statement but for a word a copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRule:
    """The log-odds of the model, and `words` times those of words and vectors, reach `least`."""

    words: float
    least: float

    def is_enough(self, log_odds: float, *, by_words: float) -> bool:
        """Whether a statement is supported; `by_words` is its probability by words and vectors."""
        chance = min(max(by_words, _LEAST), 1 - _LEAST)
        return log_odds + self.words * log(chance / (1 - chance)) >= self.least


def is_open(coverage: Coverage) -> bool:
    """Whether the sources leave words of the statement unsaid: else there is nothing to read."""
    return coverage.missing > 0 or coverage.unknown > 0 or coverage.replaced > 0


def is_copied(coverage: Coverage, in_order: float) -> bool:
    """Whether a statement is its source's sentence, but for a word that it does not say.

    `in_order` is the share of its words that follow each other there, too. In a copy another word
    is more often another thing than in free wording: the model that reads is too easily content.
    """
    is_other = coverage.longest_gap > 0 or coverage.replaced > 0
    return is_other and in_order >= _COPIED


@lru_cache(maxsize=1)
def shipped_rules() -> Mapping[Strictness, Mapping[Pair, SupportRule]]:
    """Read the rules that are shipped with the package."""
    text = (resources.files(__package__ or "") / "support_rule.json").read_text("utf-8")
    return {
        strictness: {pair: SupportRule(**values) for pair, values in pairs.items()}
        for strictness, pairs in json.loads(text).items()
    }
