"""Learn what reading and rules are worth together of two questions, and say how well it holds.

    python -m aspire_training.same_question DATA [--weights FILE] [--write FILE]

Logistic weights over the log-odds of the weights that read (`question_reader`) and what rules tell,
for pairs of one language and of two, from the pairs that people judged (`own/same-question*.jsonl`
of the data folder and beside this module), of which the weights that read have seen none. The
figures come from ten folds; pairs that share a question are in one fold. The levels of a fold are
those that leave 2 % (given) and 4 % (given or offered) of the other folds' wrong pairs.
"""

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.approved.same_question.facts import QuestionFacts, are_surely_two, difference
from aspire_bot.answering.approved.same_question.model import (
    KINDS,
    RULE_NAMES,
    WEIGHTS_FILE,
    Kind,
    PairModel,
    kind_of,
    open_pair_model,
)
from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.message.glossary import load_glossary
from aspire_bot.answering.reader.weights import parse_weights
from aspire_ingest.index.text.analysis import analyze
from aspire_training.logistic import fit
from aspire_training.question_groups import GROUPS
from aspire_training.question_pairs import FOLDS, Pair, folds_of, judged_pairs

SHIPPED = Path(__file__).parents[1] / "aspire_bot/answering/approved/same_question" / WEIGHTS_FILE
_GIVEN, _OFFERED = 0.02, 0.04
"""Of pairs that are not the same: how many may be given an answer, and given or offered one."""
_PENALTY = 10.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Pairs that people judged: `rows` of `RULE_NAMES`, and whether a rule makes them two."""

    rows: Floats
    kinds: NDArray[np.str_]
    is_same: NDArray[np.bool_]
    are_two: NDArray[np.bool_]
    folds: NDArray[np.int64]

    def learnt(self, kind: Kind, rows: NDArray[np.bool_]) -> LinearModel:
        """Learn of some pairs of a kind."""
        chosen = rows & (self.kinds == kind)
        labels = self.is_same[chosen].astype(np.float64)
        return fit(self.rows[chosen], labels, RULE_NAMES, _PENALTY)

    def scores(self, model: LinearModel) -> Floats:
        """Give the log-odds of all pairs, as `PairRule` does."""
        found = np.array([model.log_odds(RULE_NAMES, row) for row in self.rows])
        return np.where(self.are_two, -np.inf, found)

    def folded(self) -> Floats:
        """Give the log-odds of each pair by what was learnt of the other folds."""
        found = np.zeros(len(self.rows))
        for fold in range(FOLDS):
            for kind in KINDS:
                held = (self.folds == fold) & (self.kinds == kind)
                found[held] = self.scores(self.learnt(kind, self.folds != fold))[held]
        return found

    def level(self, scores: Floats, kind: Kind, rows: NDArray[np.bool_], share: float) -> float:
        """Give the least log-odds that leave no more than a share of the wrong pairs."""
        wrong = np.sort(scores[rows & (self.kinds == kind) & ~self.is_same])[::-1]
        return float(wrong[int(share * len(wrong))]) + 1e-6


def read_judged(model: PairModel, pairs: Sequence[Pair]) -> Judged:
    """Read the pairs as the product does."""
    glossary = load_glossary(None, analyze)
    texts = dict.fromkeys(text for pair in pairs for text in (pair.one, pair.other))
    read = {text: model.read(text, glossary) for text in texts}
    both = [(read[pair.one], read[pair.other]) for pair in pairs]
    facts: list[tuple[QuestionFacts, QuestionFacts]] = [(a.facts, b.facts) for a, b in both]
    rows = [
        (model.together(*pair), *difference(*told)) for pair, told in zip(both, facts, strict=True)
    ]
    return Judged(
        rows=np.array(rows, np.float64),
        kinds=np.array([kind_of(*told) for told in facts]),
        is_same=np.array([pair.is_same for pair in pairs]),
        are_two=np.array([are_surely_two(*told) for told in facts]),
        folds=folds_of(pairs),
    )


def report(name: str, judged: Judged, scores: Floats) -> None:
    """Say how many that are the same are found, and how many others are taken for it."""
    for what, share in (("given", _GIVEN), ("given or offered", _OFFERED)):
        taken = np.zeros(len(scores), np.bool_)
        for fold in range(FOLDS):
            for kind in KINDS:
                level = judged.level(scores, kind, judged.folds != fold, share)
                held = (judged.folds == fold) & (judged.kinds == kind)
                taken[held] = scores[held] >= level
        found = [
            f"{kind} {taken[judged.is_same & (judged.kinds == kind)].mean():.3f}" for kind in KINDS
        ]
        wrong = taken[~judged.is_same].mean()
        print(f"{name}, {what}: recall {', '.join(found)}; false accepts {wrong:.4f}", flush=True)


def rule_of(judged: Judged) -> Mapping[str, object]:
    """Learn of all pairs; the levels are of the folded scores, which nothing was learnt from."""
    rows, folded = np.ones(len(judged.rows), np.bool_), judged.folded()
    found: dict[str, object] = {}
    for kind in KINDS:
        model = judged.learnt(kind, rows)
        levels = {
            name: round(judged.level(folded, kind, rows, share), 3)
            for name, share in (("same", _GIVEN), ("similar", _OFFERED))
        }
        weights = {name: round(value, 4) for name, value in model.weights.items()}
        found[kind] = {"weights": weights, "bias": round(model.bias, 4), "levels": levels}
    return found


def main() -> None:
    """Measure, and write the rule where it is wanted."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("--weights", type=Path, default=SHIPPED)
    options.add_argument("--write", type=Path)
    chosen = options.parse_args()
    content = chosen.weights.read_bytes()
    with TemporaryDirectory() as cache:
        name = hashlib.sha256(content).hexdigest()
        model = open_pair_model(Path(cache), parse_weights(content), name)
        judged = read_judged(model, judged_pairs((chosen.data / "own", GROUPS.parent)))
    report("read alone", judged, judged.rows[:, 0])
    report("with rules", judged, judged.folded())
    if chosen.write is not None:
        chosen.write.write_text(json.dumps(rule_of(judged), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
