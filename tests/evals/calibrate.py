"""Learn the weights of `calibration.json` and say how well they do on questions left out.

    python -m tests.evals.calibrate

Two models with a quadratic penalty and signs fixed in advance (a signal that speaks for an answer
can never be learnt to speak against it): which sentence answers (a conditional logit) and whether
the documents answer at all (a logistic regression). Every set counts the same, the programme's own
questions more. Figures are of five-fold cross-validation over questions.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.evals.labels import holds_part_of_answer, is_labelled, labels_of
from tests.evals.sets import SETS, cases_of, opened, shared_folder

import aspire_bot.answering
from aspire_bot.answering.confidence import ANSWERABLE_SIGNALS, answerable_signals
from aspire_bot.answering.coverage import SIGNAL_NAMES, values
from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.query import Query
from aspire_bot.answering.quotes.choose_by_rules import select_by_rules as select
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.bootstrap import Assistant
from aspire_bot.evaluation.cases import Case
from aspire_bot.evaluation.reliability import auroc
from aspire_ingest.index.reader import IndexReader

TARGET = Path(aspire_bot.answering.__path__[0]) / "calibration.json"

EVIDENCE_SIGNS = {"is_off_programme": -1, "is_set_aside": -1, "is_fragment": -1}
ANSWERABLE_SIGNS = {
    "lacks_value": -1,
    "lacks_first_value": -1,
    "heaviest_unmet": -1,
    "is_off_programme": -1,
    "is_set_aside": -1,
    "is_other_language": 1,
    "is_follow_up": 1,
}
SET_WEIGHTS = {"aspire": 3.0, "guide": 3.0}
EVIDENCE_SETS = ("aspire", "guide", "jsquad_valid")
MOST_FALSE_REFUSALS = 0.06
"""The share of answerable own questions that may be refused, at the threshold."""
FOLDS = 5

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Signals with labels: features (n, signals), labels (n,), weights (n,), question (n,)."""

    features: Matrix
    labels: Matrix
    weights: Matrix
    groups: NDArray[np.int64]
    sets: NDArray[np.str_]


def main() -> int:
    """Learn, report, write."""
    shared = shared_folder()
    if shared is None:
        sys.stderr.write("The question sets are not on this machine; set ASPIRE_SHARED.\n")
        return 2
    read = {name: _read(name, shared) for name in SETS}
    evidence_rows = _evidence_rows({name: read[name] for name in EVIDENCE_SETS})
    evidence = _fit_choice(evidence_rows, SIGNAL_NAMES, EVIDENCE_SIGNS)
    _report_evidence(evidence_rows, evidence)
    rows = _answerable_rows(read, evidence)
    held_out = _cross_validated(rows)
    threshold = _threshold(rows, held_out)
    _report_answerable(rows, held_out, threshold)
    answerable = _fit(rows, ANSWERABLE_SIGNALS, ANSWERABLE_SIGNS)
    data = {
        "evidence": _as_json(evidence),
        "answerable": _as_json(answerable),
        "decision": {"threshold": round(threshold, 3)},
    }
    TARGET.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    return 0


Asked = Sequence[tuple[Case, Sequence[Evidence], Query]]


def _read(name: str, shared: Path) -> list[tuple[Case, tuple[Evidence, ...], Query]]:
    """Rank the evidence of every question of a set."""
    with opened(name, shared) as assistant, assistant.reader() as index:
        return [(case, *_evidence(assistant, case, index)) for case in cases_of(name, shared)]


def _evidence(
    assistant: Assistant, case: Case, index: IndexReader
) -> tuple[tuple[Evidence, ...], Query]:
    query, _, evidence = assistant.pipeline.evidence(case.as_question(), index)
    return evidence, query


def _evidence_rows(read: Mapping[str, Asked]) -> Rows:
    """One row a sentence; the sentences of a question that answer share half of its weight."""
    parts: list[tuple[Matrix, Matrix, Matrix, int, str]] = []
    group = 0
    for name, asked in read.items():
        usable = [(case, ev) for case, ev, _ in asked if case.answerable and is_labelled(case)]
        for case, evidence in usable:
            labels = labels_of(case, evidence)
            if not labels.any() or labels.all():
                continue
            right, wrong = float(labels.sum()), float((1 - labels).sum())
            scale = SET_WEIGHTS.get(name, 1.0) / len(usable) * 100
            weight = scale * (labels * 0.5 / right + (1 - labels) * 0.5 / wrong)
            features = np.array([values(one.signals) for one in evidence])
            parts.append((features, labels, weight, group, name))
            group += 1
    return _stacked(parts)


def _answerable_rows(read: Mapping[str, Asked], evidence_model: LinearModel) -> Rows:
    """One row a question, of the sentences that the learnt evidence model chooses.

    Questions that cannot be answered are few, so each labelled one that can is asked a second time
    with the sentences that answer it taken away: what is left is a near miss.
    """
    parts: list[tuple[Matrix, Matrix, Matrix, int, str]] = []
    group = 0
    for name, asked in read.items():
        rows = [(c, e, q, bool(c.answerable)) for c, e, q in asked if c.answerable is not None]
        if name in EVIDENCE_SETS:
            labelled = [(c, e, q) for c, e, q, yes in rows if yes and is_labelled(c)]
            rows += [(c, _without_answer(c, e), q, False) for c, e, q in labelled]
        for _, evidence, query, is_answerable in rows:
            chosen = select(query, _reordered(evidence, evidence_model)).basis
            if not chosen:
                continue
            share = sum(row[3] == is_answerable for row in rows)
            weight = np.array([SET_WEIGHTS.get(name, 1.0) / share * 50])
            features = np.array([answerable_signals(query, chosen)])
            parts.append((features, np.array([float(is_answerable)]), weight, group, name))
            group += 1
    return _stacked(parts)


def _without_answer(case: Case, evidence: Sequence[Evidence]) -> list[Evidence]:
    labels = labels_of(case, evidence)
    return [
        one
        for one, label in zip(evidence, labels, strict=True)
        if not label and not holds_part_of_answer(case, one.text)
    ]


def _reordered(evidence: Sequence[Evidence], model: LinearModel) -> list[Evidence]:
    scored = [
        replace(one, score=model.log_odds(SIGNAL_NAMES, values(one.signals))) for one in evidence
    ]
    return sorted(scored, key=lambda one: -one.score)


def _stacked(parts: Sequence[tuple[Matrix, Matrix, Matrix, int, str]]) -> Rows:
    return Rows(
        features=np.vstack([part[0] for part in parts]),
        labels=np.concatenate([part[1] for part in parts]),
        weights=np.concatenate([part[2] for part in parts]),
        groups=np.concatenate([np.full(len(part[1]), part[3]) for part in parts]),
        sets=np.concatenate([np.full(len(part[1]), part[4]) for part in parts]),
    )


def _fit(
    rows: Rows,
    names: Sequence[str],
    signs: Mapping[str, int],
    keep: NDArray[np.bool_] | None = None,
    penalty: float = 1.0,
) -> LinearModel:
    """Projected gradient descent with momentum (Nesterov) on the penalised weighted log loss."""
    keep = np.ones(len(rows.labels), bool) if keep is None else keep
    x = np.hstack([rows.features[keep], np.ones((int(keep.sum()), 1))])
    y, w = rows.labels[keep], rows.weights[keep]
    w = w / w.sum() * 1000
    direction = np.array([signs.get(name, 1) for name in names], dtype=np.float64)
    ridge = np.array([penalty] * len(names) + [0.0])
    step = 1.0 / (0.25 * float(np.linalg.norm(x * np.sqrt(w)[:, None], 2)) ** 2 + penalty)
    beta = np.zeros(x.shape[1])
    ahead, momentum = beta.copy(), 1.0
    for _ in range(6000):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ ahead, -30, 30)))
        moved = ahead - step * (x.T @ (w * (p - y)) + ridge * ahead)
        moved[:-1] = np.where(moved[:-1] * direction < 0, 0.0, moved[:-1])
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = moved + (momentum - 1) / following * (moved - beta)
        beta, momentum = moved, following
    return LinearModel(
        weights=dict(zip(names, beta[:-1].tolist(), strict=True)), bias=float(beta[-1])
    )


def _fit_choice(
    rows: Rows, names: Sequence[str], signs: Mapping[str, int], penalty: float = 1.0
) -> LinearModel:
    """The conditional logit: sentences of one question compete, those of two never do.

    What is maximised is the chance that a sentence drawn by the softmax of the scores is one that
    answers. There is no bias: only differences within a question count.
    """
    direction = np.array([signs.get(name, 1) for name in names], dtype=np.float64)
    starts = np.flatnonzero(np.diff(rows.groups, prepend=-1))
    weight = np.add.reduceat(rows.weights, starts)
    weight = weight / weight.sum() * 300
    size = np.diff(np.append(starts, len(rows.labels)))
    beta = np.zeros(len(names))
    square = np.zeros(len(names))
    for step in range(4000):
        odds = rows.features @ beta
        odds -= np.repeat(np.maximum.reduceat(odds, starts), size)
        drawn = np.exp(odds)
        drawn /= np.repeat(np.add.reduceat(drawn, starts), size)
        right = drawn * rows.labels
        right /= np.repeat(np.add.reduceat(right, starts) + 1e-12, size)
        pull = np.repeat(weight, size) * (drawn - right)
        slope = rows.features.T @ pull + penalty * beta
        square = 0.99 * square + 0.01 * slope**2
        beta -= 0.05 / (1 + step / 500) * slope / (np.sqrt(square) + 1e-6)
        beta = np.where(beta * direction < 0, 0.0, beta)
    return LinearModel(weights=dict(zip(names, beta.tolist(), strict=True)))


def _cross_validated(rows: Rows) -> Matrix:
    """The confidence of each question by a model that has not seen it."""
    held_out = np.zeros(len(rows.labels))
    folds = np.random.default_rng(7).permutation(int(rows.groups.max()) + 1) % FOLDS
    for fold in range(FOLDS):
        out = folds[rows.groups] == fold
        model = _fit(rows, ANSWERABLE_SIGNALS, ANSWERABLE_SIGNS, keep=~out)
        held_out[out] = _predict(model, rows.features[out])
    return held_out


def _predict(model: LinearModel, features: Matrix) -> Matrix:
    odds = features @ np.array([model.weights[name] for name in ANSWERABLE_SIGNALS]) + model.bias
    return 1.0 / (1.0 + np.exp(-odds))


def _threshold(rows: Rows, held_out: Matrix) -> float:
    """The highest confidence at which few enough own answerable questions are refused."""
    own = np.isin(rows.sets, list(SET_WEIGHTS)) & (rows.labels == 1)
    return float(np.quantile(held_out[own], MOST_FALSE_REFUSALS))


def _report_evidence(rows: Rows, model: LinearModel) -> None:
    odds = rows.features @ np.array([model.weights[name] for name in SIGNAL_NAMES])
    for name in dict.fromkeys(rows.sets.tolist()):
        first: list[float] = []
        three: list[float] = []
        for group in np.unique(rows.groups[rows.sets == name]):
            member = rows.groups == group
            order = np.argsort(-odds[member])
            first.append(float(rows.labels[member][order[:1]].max()))
            three.append(float(rows.labels[member][order[:3]].max()))
        print(f"{name}: evidence first {np.mean(first):.3f}, in three {np.mean(three):.3f}")  # noqa: T201


def _report_answerable(rows: Rows, held_out: Matrix, threshold: float) -> None:
    for name in dict.fromkeys(rows.sets.tolist()):
        yes = held_out[(rows.sets == name) & (rows.labels == 1)]
        no = held_out[(rows.sets == name) & (rows.labels == 0)]
        print(  # noqa: T201
            f"{name}: AUROC {auroc(yes.tolist(), no.tolist()):.3f}, "
            f"refused {np.mean(yes < threshold):.3f} of {len(yes)} answerable, "
            f"{np.mean(no < threshold):.3f} of {len(no)} unanswerable (threshold {threshold:.3f})"
        )


def _as_json(model: LinearModel) -> dict[str, float]:
    return {"bias": round(model.bias, 4)} | {k: round(v, 4) for k, v in model.weights.items()}


if __name__ == "__main__":
    sys.exit(main())
