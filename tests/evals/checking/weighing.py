"""Learn how words, doubts and what the model reads are weighed, on development documents.

    python -m tests.evals.checking.weighing [--cases N]

From generated statements of the development half, and those written by hand about development
documents. Prints what each bound costs, and writes `support_rule.json`.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.evals.checking.alone import decided_alone
from tests.evals.checking.judging import judge
from tests.evals.checking.making import Amounts, make_cases
from tests.evals.sets import SETS, opened, shared_folder

import aspire_bot.answering.checking
from aspire_bot.answering.checking import Verifier
from aspire_bot.answering.checking.support_lazy import LazySupportModel
from aspire_bot.answering.checking.support_rule import Signs
from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.settings import Settings
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.text.analysis import analyze
from aspire_training.logistic import fit
from aspire_training.statement_groups import JUDGED, grouped_examples
from aspire_training.support_data import own_examples

TARGET = Path(aspire_bot.answering.checking.__path__[0]) / "support_rule.json"
KINDS = ("same near", "same free", "cross near", "cross free")
_ROUNDS, _PENALTY = 4, 1.0
_MARKERS = ("wrong marker", "missing marker")
_BOUNDS: Mapping[str, Mapping[str, float]] = {
    "strict": {"same near": 0.5, "same free": 0.25, "cross near": 0.0, "cross free": 0.35},
    "balanced": {"same near": 0.0, "same free": -0.4, "cross near": -0.3, "cross free": 0.0},
}
"""Chosen by what they cost, which is printed."""
_CURVE = (-0.5, 0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
_START = LinearModel(weights={"read": 1.0, "words": 0.3})

Numbers = NDArray[np.float64]


@dataclass(slots=True)
class Recorder:
    """Stands in the place of the rule: notes what it is shown, and keeps nothing."""

    seen: list[Signs] = field(default_factory=list)

    def is_enough(self, signs: Signs) -> bool:
        """Note it."""
        self.seen.append(signs)
        return False

    def log_odds(self, signs: Signs) -> float:
        """Nothing is known yet."""
        return 0.0

    def taken(self) -> list[Signs]:
        """Give what was noted since the last time."""
        found, self.seen = self.seen, []
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A statement, and the signs of all attempts at it; none where a rule of facts drops it.

    `is_kept` says that it is kept without being read.
    """

    kind: str
    source: str
    is_true: bool
    signs: Sequence[Signs]
    is_kept: bool


def noted(shared: Path, cases: int) -> Iterator[Weighed]:
    """Verify all statements of development documents, and give what is to be weighed of them."""
    settings, recorder = Settings(), Recorder()
    embedder = configured_embedder(settings)
    verifier = Verifier(
        load_glossary(None, analyze),
        embedder,
        support=LazySupportModel(settings.cache),
        rule=recorder,
    )
    for name in SETS:
        with opened(name, shared) as assistant, assistant.reader() as index:
            for case in make_cases(index, name, Amounts(truths=cases, lies=cases)):
                if case.is_held_out or case.made.kind in _MARKERS:
                    continue
                (judged,) = judge([case], verifier, index)
                yield Weighed(
                    kind=case.made.kind,
                    source="generated",
                    is_true=case.made.is_true,
                    signs=recorder.taken(),
                    is_kept=judged.is_shown,
                )
        print(name, file=sys.stderr)
    given = [one for one in own_examples(shared / "train") if one.part == "development"]
    for source, examples in (("by hand", grouped_examples(JUDGED)), ("pairs", given)):
        for one in examples:
            decision = decided_alone(one, verifier, embedder)
            yield Weighed(
                kind=one.kind,
                source=source,
                is_true=one.is_supported,
                signs=recorder.taken(),
                is_kept=decision.verdict != "dropped",
            )
        print(source, file=sys.stderr)


def learnt(some: Sequence[Weighed], kind: str) -> LinearModel:
    """Learn the weights: of each statement the attempt counts that speaks most for it."""
    model = _START
    reached = [
        (one, own)
        for one in some
        if not one.is_kept and (own := [s for s in one.signs if s.kind == kind])
    ]
    labels = np.array([float(one.is_true) for one, _ in reached])
    for _ in range(_ROUNDS):
        best = [max(((_odds(model, s), s) for s in own), key=itemgetter(0)) for _, own in reached]
        rows = np.array([list(signs.row().values()) for _, signs in best])
        model = fit(rows, labels, list(best[0][1].row()), _PENALTY)
    return model


def _odds(model: LinearModel, signs: Signs) -> float:
    row = signs.row()
    return model.log_odds(list(row), list(row.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Statements with the log-odds of the attempt that speaks most for each; -inf where none is."""

    some: Sequence[Weighed]
    kinds: NDArray[np.str_]
    log_odds: Numbers
    is_true: NDArray[np.bool_]


def scored(some: Sequence[Weighed], models: Mapping[str, LinearModel]) -> Scored:
    """Weigh statements."""
    best: list[tuple[float, str]] = [
        max(((_odds(models[s.kind], s), s.kind) for s in one.signs), default=(-np.inf, "none"))
        for one in some
    ]
    return Scored(
        some=some,
        kinds=np.array([kind for _, kind in best]),
        log_odds=np.array([odds for odds, _ in best]),
        is_true=np.array([one.is_true for one in some]),
    )


def report(found: Scored, bounds: Mapping[str, float]) -> None:
    """Print what bounds cost, by source and kind; some kinds alone matter by themselves."""
    least = np.array([bounds.get(kind, np.inf) for kind in found.kinds.tolist()])
    is_kept = (found.log_odds >= least) | np.array([one.is_kept for one in found.some])
    groups: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(found.some):
        side = "truths lost" if one.is_true else "lies through"
        groups[f"{one.source}: {side}"].append(at)
        groups[f"{one.source}: {side}: {one.kind}"].append(at)
    for name, rows in sorted(groups.items()):
        wrong = is_kept[rows] != found.is_true[rows]
        print(f"  {name:60} {int(wrong.sum()):4}/{len(rows):<4} {wrong.mean():6.1%}")


def curve(found: Scored) -> None:
    """Print what other bounds for near statements would cost, by the language of their sources."""
    unread = np.array([one.is_kept for one in found.some])
    made = np.array([one.kind if one.source == "generated" else "" for one in found.some])
    for kind, truth in (("same near", "paraphrase"), ("cross near", "translation")):
        pair = kind.split()[0]
        # what no model weighs is of the pair in which such statements are made
        of = np.char.startswith(found.kinds, pair) | (found.kinds == "none")
        for bound in _CURVE:
            least = np.array(
                [
                    bound if one == kind else _BOUNDS["strict"].get(one, np.inf)
                    for one in found.kinds.tolist()
                ]
            )
            is_kept = (found.log_odds >= least) | unread
            lost, told = (~is_kept)[of & (made == truth)], is_kept[of & (made == "another word")]
            print(
                f"{kind} from {bound:5}: {truth}s lost {lost.mean():.0%} of {len(lost)},"
                f" lies in another word through {told.mean():.0%} of {len(told)}"
            )


def main() -> int:
    """Learn, print and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=25, help="of each kind, set and language")
    asked = parser.parse_args()
    shared = shared_folder()
    if shared is None:
        print("The question sets are not on this machine; set ASPIRE_SHARED.", file=sys.stderr)
        return 2
    some = list(noted(shared, asked.cases))
    models = {kind: learnt(some, kind) for kind in KINDS}
    found = scored(some, models)
    curve(found)
    for name, least in _BOUNDS.items():
        print(name)
        report(found, least)
    data = {
        kind: {
            **model.weights,
            "bias": model.bias,
            **{name: least[kind] for name, least in _BOUNDS.items()},
        }
        for kind, model in models.items()
    }
    TARGET.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
