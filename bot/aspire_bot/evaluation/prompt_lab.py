"""Prompts compared: the same questions to the same model, told what to do in other words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from rich.console import Console

from aspire_bot.evaluation.figures import Figure, figure
from aspire_bot.evaluation.measures import Judged, summarise
from aspire_bot.evaluation.report import figure_json, print_figures, summary_json
from aspire_bot.settings import Settings
from aspire_ingest.index.errors import ConfigError

COST = "cost_per_1000"
_PER_MILLION = 1_000_000
_ANSWERS = 1_000

Variants = Mapping[str, Sequence[Judged]]
"""The answers to the same questions, in their order, by the name of the prompts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What a million tokens cost, read and written, in any money."""

    read: float = 0.0
    written: float = 0.0

    def of(self, one: Judged) -> float | None:
        """What a thousand such answers cost; None where no model was asked, or nothing is known."""
        tokens = (one.values.get("prompt_tokens"), one.values.get("completion_tokens"))
        if tokens[0] is None or tokens[1] is None or not (self.read or self.written):
            return None
        return (tokens[0] * self.read + tokens[1] * self.written) * _ANSWERS / _PER_MILLION


NO_PRICES = Prices()


def with_prompts(
    settings: Settings, model: str | None, folders: Sequence[Path]
) -> Mapping[str, Settings]:
    """Give the settings to compare, by the name of their prompts; `model` is asked, where given.

    One folder is compared with the prompts in force.

    Raises:
        ConfigError: there is no model to ask, or a folder is named twice.
    """
    asked = settings.model_copy(update={"llm": model}) if model else settings
    if not folders:
        return {"": asked}
    if asked.llm == "none":
        raise ConfigError(
            "--prompts compares what a language model says: name it with --model PROVIDER/MODEL"
        )
    own = [folder.expanduser().resolve() for folder in folders]
    if len(set(own)) < len(own):
        raise ConfigError("--prompts names the same folder twice")
    compared: list[Path | None] = [*own] if len(own) > 1 else [asked.prompts_dir, *own]
    names = _names(compared)
    return {
        name: asked.model_copy(update={"prompts_dir": folder})
        for name, folder in zip(names, compared, strict=True)
    }


def _names(folders: Sequence[Path | None]) -> list[str]:
    """The last part of each path where that tells them apart, else the path."""
    short = ["shipped" if folder is None else folder.name for folder in folders]
    if len(set(short)) == len(short):
        return short
    return ["shipped" if folder is None else str(folder) for folder in folders]


def priced(judged: Sequence[Judged], prices: Prices) -> list[Judged]:
    """Give each answer its cost, where that is known."""
    costs = [prices.of(one) for one in judged]
    return [
        one if cost is None else replace(one, values={**one.values, COST: cost})
        for one, cost in zip(judged, costs, strict=True)
    ]


def differences(first: Sequence[Judged], other: Sequence[Judged]) -> dict[str, Figure]:
    """Give by how much each measure of `other` is above that of `first`, question by question.

    The interval is that of the paired differences: what makes a question hard for both is in
    neither. Of what a question has several values, their mean is compared.
    """
    found: dict[str, list[float]] = {}
    for one, two in zip(first, other, strict=True):
        before, after = _values(one), _values(two)
        for name in before.keys() & after.keys():
            found.setdefault(name, []).append(after[name] - before[name])
    return {name: figure(values) for name, values in found.items()}


def _values(one: Judged) -> dict[str, float]:
    return {**one.values, **{name: fmean(values) for name, values in one.parts.items() if values}}


def comparison_json(variants: Variants) -> dict[str, object]:
    """Give the figures of each, and how far each of the others is from the first.

    `{"prompts": {name: {"hashes", "by"}}, "differences": {name: {measure: figure}}}`
    """
    return {
        "prompts": {
            name: {"hashes": _hashes(judged), **summary_json(judged)}
            for name, judged in variants.items()
        },
        "differences": {
            name: {measure: figure_json(one) for measure, one in found.items()}
            for name, found in _from_the_first(variants).items()
        },
    }


def print_comparison(variants: Variants, console: Console) -> None:
    """Print a row for each, and one for the difference of each other from the first."""
    rows = {name: summarise(judged)["all"] for name, judged in variants.items()}
    first = next(iter(variants))
    below = {f"{name} − {first}": one for name, one in _from_the_first(variants).items()}
    print_figures({**rows, **below}, console)
    for name, judged in variants.items():
        console.print(f"{name}: prompts {', '.join(_hashes(judged)) or 'never used'}")


def _from_the_first(variants: Variants) -> dict[str, dict[str, Figure]]:
    (_, first), *others = variants.items()
    return {name: differences(first, judged) for name, judged in others}


def _hashes(judged: Sequence[Judged]) -> list[str]:
    """The hashes of the prompts that answers came of: those of a trace of `ask --explain`."""
    traces = (one.answer.trace for one in judged)
    return sorted({trace.prompt_hash for trace in traces if trace and trace.prompt_hash})


__all__ = [
    "COST",
    "NO_PRICES",
    "Prices",
    "Variants",
    "comparison_json",
    "differences",
    "priced",
    "print_comparison",
    "with_prompts",
]
