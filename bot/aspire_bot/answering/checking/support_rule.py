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


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRule:
    """The log-odds of the model, and `words` times those of words and vectors, must reach a bound.

    `kept_from` is the bound where words and vectors would keep the statement, `found_from` where
    they would drop it.
    """

    words: float
    kept_from: float
    found_from: float

    def is_enough(self, log_odds: float, *, by_words: float, is_kept: bool) -> bool:
        """Whether a statement is supported; `by_words` is its probability by words and vectors."""
        chance = min(max(by_words, _LEAST), 1 - _LEAST)
        joined = log_odds + self.words * log(chance / (1 - chance))
        return joined >= (self.kept_from if is_kept else self.found_from)


def is_open(coverage: Coverage) -> bool:
    """Whether the sources leave words of the statement unsaid: else there is nothing to read."""
    return coverage.missing > 0 or coverage.unknown > 0 or coverage.replaced > 0


@lru_cache(maxsize=1)
def shipped_rules() -> Mapping[Strictness, SupportRule]:
    """Read the rules that are shipped with the package."""
    text = (resources.files(__package__ or "") / "support_rule.json").read_text("utf-8")
    return {name: SupportRule(**values) for name, values in json.loads(text).items()}
