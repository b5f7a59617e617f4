"""Learn which passages are to be read first, on development questions, and say how good.

    python -m aspire_training.reading_order WORK [--programme WORK2] [--most N] [--fit CALIBRATION]

Nothing is read for it, so that it comes before `calibrate`, whatever the weights. Printed is for
how many questions a passage that answers is among the first ones: in the order of the ranking, of
the best sentences by words and vectors, and learnt (five-fold over questions), passage by passage
and within each question.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.reader.order import (
    ORDER_FEATURES,
    by_passage,
    in_reading_order,
    order_rows,
    passages_of,
)
from aspire_bot.answering.reader.read import FIRST_READ, MOST_READ
from aspire_bot.answering.types import ScoredPassage
from aspire_training.asked import Asked, searched
from aspire_training.calibrate import as_json
from aspire_training.examples import INVENTED, SAMPLE, read_prepared
from aspire_training.logistic import Matrix, fit, fit_choice
from aspire_training.programme import UNSEEN

_FOLDS = 5
_SHOWN = (1, 4, FIRST_READ, 12, MOST_READ, 24)


def main() -> None:
    """Report, and fit where that is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("--programme", type=Path, help="the work folder of that module")
    parser.add_argument("--most", type=int, default=2000)
    parser.add_argument("--fit", type=Path)
    given = parser.parse_args()
    parts = [(given.work, "development")]
    if given.programme:
        parts += [(given.programme, SAMPLE), (given.programme / UNSEEN, INVENTED)]
    asked: list[Asked] = []
    part_of: list[str] = []
    for work, part in parts:
        found = list(searched(read_prepared(work), work, part, given.most))
        answered = [one for one in found if one.question["answerable"] and one.evidence]
        asked += answered
        part_of += [part] * len(answered)
    fold = np.random.default_rng(0).integers(0, _FOLDS, len(asked))
    known = [[asked[at] for at in np.flatnonzero(fold != k)] for k in range(_FOLDS)]
    ways = {
        "learnt by the passage": [learn(some, within_questions=False) for some in known],
        "learnt": [learn(some) for some in known],
    }
    for part in dict.fromkeys(part_of):
        own = [at for at, name in enumerate(part_of) if name == part]
        say(part, "ranking", [_by_rank(asked[at]) for at in own], [asked[at] for at in own])
        best = [passages_of(asked[at].evidence) for at in own]
        say(part, "best sentences", best, [asked[at] for at in own])
        for title, models in ways.items():
            order = [
                in_reading_order(asked[at].evidence, models[fold[at]], asked[at].query.language)
                for at in own
            ]
            say(part, title, [passages_of(one) for one in order], [asked[at] for at in own])
    if given.fit:
        kept = json.loads(given.fit.read_text(encoding="utf-8"))
        kept["order"] = as_json(learn(asked))
        given.fit.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def learn(asked: Sequence[Asked], *, within_questions: bool = True) -> LinearModel:
    """Fit the order on some questions; without `within_questions` passage by passage."""
    rows: list[Matrix] = []
    labels: list[Matrix] = []
    for one in asked:
        right = {id(one.evidence[at]) for at in one.right | one.also}
        passages = list(by_passage(one.evidence).values())
        rows.append(np.array(order_rows(passages, one.query.language)))
        labels.append(np.array([float(any(id(s) in right for s in some)) for some in passages]))
    if within_questions:
        return fit_choice(rows, labels, ORDER_FEATURES)
    return fit(np.concatenate(rows), np.concatenate(labels), ORDER_FEATURES)


def say(
    part: str, title: str, orders: Sequence[Sequence[ScoredPassage]], asked: Sequence[Asked]
) -> None:
    """Print for how many questions one of the first passages answers."""
    ranks: list[float] = []
    for one, order in zip(asked, orders, strict=True):
        right = {one.evidence[at].passage.passage.passage_id for at in one.right | one.also}
        found = [at for at, entry in enumerate(order) if entry.passage.passage_id in right]
        ranks.append(found[0] if found else np.inf)
    shares = (f"{count}: {np.mean([rank < count for rank in ranks]):.3f}" for count in _SHOWN)
    print(f"{part} ({len(asked)}), order {title}: among the first", ", ".join(shares))


def _by_rank(one: Asked) -> list[ScoredPassage]:
    return sorted(passages_of(one.evidence), key=lambda entry: entry.rank)


if __name__ == "__main__":
    main()
