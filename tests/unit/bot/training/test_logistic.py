"""Fits of a few features: within a question, and over all sentences."""

import numpy as np
import pytest

from aspire_training.calibrate import fit_sentences
from aspire_training.logistic import Matrix, fit, fit_choice

_NAMES = ("signal", "noise")


def _questions(seed: int, count: int = 60) -> tuple[list[Matrix], list[Matrix]]:
    """Rows of questions that differ in level: which is right shows within a question alone."""
    chance = np.random.default_rng(seed)
    rows: list[Matrix] = []
    labels: list[Matrix] = []
    for _ in range(count):
        some = np.column_stack([chance.normal(size=8), chance.normal(size=8)])
        right = np.zeros(8)
        right[np.argmax(some[:, 0] + 0.1 * chance.normal(size=8))] = 1.0
        rows.append(some + np.array([chance.normal() * 5, 0.0]))
        labels.append(right)
    return rows, labels


def _first_is_right(rows: list[Matrix], labels: list[Matrix], weights: Matrix) -> float:
    return float(np.mean([y[np.argmax(x @ weights)] for x, y in zip(rows, labels, strict=True)]))


def test_a_choice_is_learnt_within_its_group() -> None:
    model = fit_choice(*_questions(1), _NAMES)
    weights = np.array([model.weights[name] for name in _NAMES])
    assert weights[0] > 3 * abs(weights[1])
    assert _first_is_right(*_questions(2), weights) > 0.9


def test_a_choice_takes_any_right_row_and_leaves_groups_without_one() -> None:
    rows, labels = _questions(3)
    labels[0][:] = 0.0
    labels[1][:2] = 1.0
    known = fit_choice(rows, labels, _NAMES)
    without = fit_choice(rows[1:], labels[1:], _NAMES)
    assert known.weights == pytest.approx(without.weights, abs=1e-6)


def test_far_values_end_in_numbers() -> None:
    rows, labels = _questions(4)
    rows[0][0] = [1e4, -1e4]
    assert np.isfinite(list(fit_choice(rows, labels, _NAMES).weights.values())).all()


def test_sentences_are_ordered_within_a_question_and_worth_log_odds() -> None:
    rows, labels = _questions(5)
    whole, right = np.concatenate(rows), np.concatenate(labels)
    groups = np.repeat(np.arange(len(rows)), 8)
    model = fit_sentences(whole, right, groups, _NAMES)
    weights = np.array([model.weights[name] for name in _NAMES])
    plain = fit(whole, right, _NAMES)
    pointwise = np.array([plain.weights[name] for name in _NAMES])
    fresh = _questions(6)
    assert _first_is_right(*fresh, weights) >= _first_is_right(*fresh, pointwise)
    chance = 1 / (1 + np.exp(-(whole @ weights + model.bias)))
    assert chance.mean() == pytest.approx(right.mean(), abs=0.02)
