"""What reading two questions is worth: on pairs that people judged, and from which log-odds on.

    python -m aspire_training.same_question DATA [--weights FILE]

The pairs are those of `own/same-question*.jsonl` of the data folder and beside this module; the
weights have seen none of them. The figures come from ten folds, and pairs that share a question are
in one fold: the levels of a fold are those that leave 2 % (given) and 4 % (given or offered) of the
other folds' wrong pairs. It ends with the levels over all folds, which `model.LEVELS` holds.
"""

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.approved.same_question.model import (
    KINDS,
    WEIGHTS_FILE,
    Kind,
    PairModel,
    kind_of,
    open_pair_model,
)
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.reader.weights import parse_weights
from aspire_ingest.index.text.analysis import analyze
from aspire_training.question_groups import GROUPS
from aspire_training.question_pairs import FOLDS, Pair, folds_of, judged_pairs
from aspire_training.support_figures import area

SHIPPED = Path(__file__).parents[1] / "aspire_bot/answering/approved/same_question" / WEIGHTS_FILE
_GIVEN, _OFFERED = 0.02, 0.04
"""Of pairs that are not the same: how many may be given an answer, and given or offered one."""
_LOWEST = -99.0
"""In the place of -inf, which a rule says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Pairs that people judged: what the product says of them, and in which fold each is."""

    log_odds: NDArray[np.float64]
    kinds: NDArray[np.str_]
    is_same: NDArray[np.bool_]
    folds: NDArray[np.int64]

    def level(self, kind: Kind, rows: NDArray[np.bool_], share: float) -> float:
        """Give the least log-odds that leave no more than a share of the wrong pairs."""
        wrong = np.sort(self.log_odds[rows & (self.kinds == kind) & ~self.is_same])[::-1]
        return float(wrong[int(share * len(wrong))]) + 1e-6

    def taken(self, share: float) -> NDArray[np.bool_]:
        """Say which pairs are taken for the same by the levels of the other folds."""
        found = np.zeros(len(self.log_odds), np.bool_)
        for fold in range(FOLDS):
            for kind in KINDS:
                held = (self.folds == fold) & (self.kinds == kind)
                found[held] = self.log_odds[held] >= self.level(kind, self.folds != fold, share)
        return found


def read_judged(model: PairModel, pairs: Sequence[Pair]) -> Judged:
    """Read the pairs as the product does."""
    glossary = load_glossary(None, analyze)
    texts = dict.fromkeys(text for pair in pairs for text in (pair.one, pair.other))
    read = {text: model.read(text, glossary) for text in texts}
    both = [(read[pair.one], read[pair.other]) for pair in pairs]
    return Judged(
        log_odds=np.array([max(_LOWEST, model.log_odds(*pair)[0]) for pair in both]),
        kinds=np.array([kind_of(one.facts, other.facts) for one, other in both]),
        is_same=np.array([pair.is_same for pair in pairs]),
        folds=folds_of(pairs),
    )


def report(judged: Judged) -> None:
    """Say how many that are the same are found, and how many others are taken for it."""
    for kind in KINDS:
        of = judged.kinds == kind
        print(f"{kind}: AUC {area(judged.log_odds[of], judged.is_same[of].astype(float)):.3f}")
    for name, share in (("given", _GIVEN), ("given or offered", _OFFERED)):
        taken = judged.taken(share)
        recall = [
            f"{kind} {taken[judged.is_same & (judged.kinds == kind)].mean():.3f}" for kind in KINDS
        ]
        wrong = taken[~judged.is_same].mean()
        print(f"{name}: recall {', '.join(recall)}; false accepts {wrong:.4f}")
    everything = np.ones(len(judged.folds), np.bool_)
    for kind in KINDS:
        same, similar = (judged.level(kind, everything, share) for share in (_GIVEN, _OFFERED))
        print(f"{kind}: same from {same:.3f}, similar from {similar:.3f}")


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("--weights", type=Path, default=SHIPPED)
    chosen = options.parse_args()
    content = chosen.weights.read_bytes()
    with TemporaryDirectory() as cache:
        name = hashlib.sha256(content).hexdigest()
        model = open_pair_model(Path(cache), parse_weights(content), name)
        report(read_judged(model, judged_pairs((chosen.data / "own", GROUPS.parent))))


if __name__ == "__main__":
    main()
