"""Where words, the rules of facts and the model that reads decide together on a statement."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import log
from typing import Literal, Protocol

from aspire_bot.answering.checking.agreement.faults import Fault, Reason
from aspire_bot.answering.linear import LinearModel

Strictness = Literal["strict", "balanced"]
"""`strict` lets few lies through, `balanced` loses fewer truths."""
Pair = Literal["same", "cross"]
"""Whether a statement is in the language of what it rests on."""
DOUBTS: tuple[Reason, ...] = ("negation", "modality", "bound", "count")
"""What rules of words say of a statement that the model may know better; facts it never does."""
NEAR = 0.6
"""The share of a statement's words from which on it speaks in the words of its source."""
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for a statement beside some sentences, and what against it.

    `read` are the log-odds of the model, `by_words` the probability by words and vectors; `doubts`
    what rules of words have against it; `covered` the share of its words that the sentences say.
    """

    pair: Pair
    read: float
    by_words: float
    doubts: frozenset[Reason]
    covered: float

    @property
    def kind(self) -> str:
        """Which model weighs them: words tell much of what is near, little of free words."""
        return f"{self.pair} {'near' if self.covered >= NEAR else 'free'}"

    def row(self) -> Mapping[str, float]:
        """Give them as numbers by name."""
        chance = min(max(self.by_words, _LEAST), 1 - _LEAST)
        return {
            "read": self.read,
            "words": log(chance / (1 - chance)),
            **{doubt: float(doubt in self.doubts) for doubt in DOUBTS},
        }


class Weighing(Protocol):
    """Weighs signs; `SupportRule` does."""

    def log_odds(self, signs: Signs) -> float:
        """Give the log-odds that the sentences support the statement."""
        ...

    def is_enough(self, signs: Signs) -> bool:
        """Whether that is enough."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRule:
    """A logistic model for each kind of signs, and the log-odds that it must reach."""

    models: Mapping[str, LinearModel]
    bounds: Mapping[str, float]

    def log_odds(self, signs: Signs) -> float:
        """See `Weighing.log_odds`."""
        row = signs.row()
        return self.models[signs.kind].log_odds(list(row), list(row.values()))

    def is_enough(self, signs: Signs) -> bool:
        """See `Weighing.is_enough`."""
        return self.log_odds(signs) >= self.bounds[signs.kind]


def are_doubts(faults: Collection[Fault]) -> bool:
    """Whether nothing but doubts of words speaks against a statement."""
    return all(fault.reason in DOUBTS for fault in faults)


def says_the_contrary(covered: float, faults: Collection[Fault]) -> bool:
    """Whether a statement turns the very words of its source: denies, demands, allows otherwise."""
    return any(fault.is_plain or (fault.is_turned and covered >= NEAR) for fault in faults)


@lru_cache(maxsize=1)
def shipped_rules() -> Mapping[Strictness, SupportRule]:
    """Read the rules that are shipped with the package."""
    return rules_from(
        json.loads((resources.files(__package__ or "") / "support_rule.json").read_text("utf-8"))
    )


def rules_from(data: Mapping[str, Mapping[str, float]]) -> Mapping[Strictness, SupportRule]:
    """Read rules out of their JSON form: bias and bounds stand among the weights."""
    beside = ("bias", "strict", "balanced")
    models = {
        kind: LinearModel(
            weights={name: value for name, value in values.items() if name not in beside},
            bias=values["bias"],
        )
        for kind, values in data.items()
    }

    def rule(strictness: Strictness) -> SupportRule:
        bounds = {kind: values[strictness] for kind, values in data.items()}
        return SupportRule(models=models, bounds=bounds)

    return {"strict": rule("strict"), "balanced": rule("balanced")}
