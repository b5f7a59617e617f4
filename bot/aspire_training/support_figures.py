"""What a model of support is worth on statements whose documents it has not seen."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.checking.support_model import SupportModel
from aspire_bot.answering.checking.support_text import source_text, statement_text
from aspire_training.support_data import Example

Scores = NDArray[np.float64]


def log_odds(model: SupportModel, some: Sequence[Example]) -> Scores:
    """Give the log-odds that each statement is supported."""
    return np.array(
        [
            model.read(
                source_text(one.title, one.passage), statement_text(one.statement, one.question)
            ).log_odds
            for one in some
        ]
    )


def area(scores: Scores, labels: Scores) -> float:
    """Give the area under the curve: how often a true statement scores above a false one."""
    order = scores.argsort(kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    true = labels.sum()
    false = len(labels) - true
    return float((ranks[labels == 1].sum() - true * (true + 1) / 2) / max(1.0, true * false))


def macro_f1(scores: Scores, labels: Scores, threshold: float = 0.0) -> float:
    """Give the mean of F1 of "supported" and of "not supported"."""
    told = scores > threshold
    values = []
    for side in (True, False):
        both = float(((told == side) & (labels == side)).sum())
        either = float((told == side).sum() + (labels == side).sum())
        values.append(2 * both / either if either else 1.0)
    return float(np.mean(values))


def judge(model: SupportModel, some: Sequence[Example]) -> None:
    """Print accuracy, area and macro-F1, by languages and by kinds."""
    scores = log_odds(model, some)
    labels = np.array([float(one.is_supported) for one in some])
    groups: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(some):
        groups["all"].append(at)
        groups[f"{one.language} of {one.passage_language}"].append(at)
        groups[f"{'true' if one.is_supported else 'false'}: {one.kind}"].append(at)
    for name, rows in sorted(groups.items()):
        at = np.array(rows)
        right = float(((scores[at] > 0) == (labels[at] == 1)).mean())
        line = f"{name:34} {len(at):5} right {right:.3f}"
        if 0 < labels[at].sum() < len(at):
            line += f" area {area(scores[at], labels[at]):.3f}"
            line += f" macro-F1 {macro_f1(scores[at], labels[at]):.3f}"
        print(line)
