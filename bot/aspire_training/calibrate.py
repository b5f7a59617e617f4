"""Scores → answers: learn the last, small models on development documents, and say how good.

    python -m aspire_training.calibrate WORK WEIGHTS [--part development] [--fit TARGET] [--most N]

Every question of the part is asked of the product itself over all documents indexed together. What
it read is kept beside the weights' name, so that a second run takes seconds. Figures are of
five-fold cross-validation over questions; `--part test` fits nothing and uses what is shipped.
"""

import argparse
import hashlib
import json
import os
import pickle
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.quotes.calibration import (
    ANSWER_FEATURES,
    SENTENCE_FEATURES,
    answer_features,
    sentence_features,
)
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.reader.encode import passage_text, question_text
from aspire_bot.answering.reader.model import open_reader
from aspire_bot.answering.reader.weights import parse_weights
from aspire_bot.answering.types import Question, Turn
from aspire_bot.bootstrap import open_assistant
from aspire_bot.settings import Settings
from aspire_training.own import places
from aspire_training.prepare import Prepared

_READ = 16
_FOLDS = 5
_PENALTY = 3.0
_MOST_OPEN, _MOST_WRONG = 0.45, 0.06
Matrix = NDArray[np.float64]


@dataclass(slots=True)
class Asked:
    """A question with everything that was read for it, and which sentences are right."""

    question: dict[str, Any]
    language: str
    evidence: list[Evidence]
    """With readings; the score is the ranking's own."""
    quoted: list[set[int]]
    """For each gold quote, the positions of evidence that overlap it."""
    also: set[int]


def collect(prepared: Prepared, work: Path, weights: Path, part: str, most: int) -> list[Asked]:
    """Ask the product, once for each set of weights."""
    content = weights.read_bytes()
    name = hashlib.sha256(content).hexdigest()
    kept = work / f"asked-{part}-{most}-{name[:12]}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())  # noqa: S301  our own file
    os.environ["ASPIRE_HOME"] = str(work / "home")
    questions = list(prepared.questions[part])
    random.Random(1).shuffle(questions)
    found: list[Asked] = []
    settings = Settings()
    reader = open_reader(settings.cache, parse_weights(content), name, remembered=3000)
    with open_assistant(settings) as assistant, assistant.reader() as index:
        for row in questions[:most]:
            history = tuple(Turn(role="user", text=turn) for turn in row.get("history") or ())
            asked = Question(text=row["question"], history=history)
            query, _, evidence = assistant.pipeline.evidence(asked, index)
            passages = {e.passage.passage.passage_id: e.passage for e in evidence}
            best = sorted(passages.values(), key=lambda entry: entry.rank)[:_READ]
            texts = [passage_text(entry.document, entry.passage) for entry in best]
            said = question_text(asked.text, [turn.text for turn in history][-3:])
            readings = dict(
                zip((e.passage.passage_id for e in best), reader.read(said, texts), strict=True)
            )
            read = [
                _with_reading(one, readings[one.passage.passage.passage_id])
                for one in evidence
                if one.passage.passage.passage_id in readings
            ]
            found.append(_labelled(row, query.language, read, prepared.texts))
            if len(found) % 50 == 0:
                sys.stderr.write(f"{len(found)} asked\n")
    kept.write_bytes(pickle.dumps(found))
    return found


def _with_reading(one: Evidence, reading: Any) -> Evidence:
    at = one.passage.passage.sentences.index(one.sentence)
    return replace(one, reading=reading.sentences[at], passage_reading=reading.passage)


def _labelled(
    row: dict[str, Any], language: str, read: list[Evidence], texts: dict[str, str]
) -> Asked:
    quoted = [
        {at for at, one in enumerate(read) if _overlaps(one, place)}
        for place in places(row["quotes"], texts)
    ]
    also = {
        at
        for place in places(row.get("also") or (), texts)
        for at, one in enumerate(read)
        if _overlaps(one, place)
    }
    return Asked(question=row, language=language, evidence=read, quoted=quoted, also=also)


def _overlaps(one: Evidence, place: tuple[str, int, int]) -> bool:
    name, start, end = place
    return (
        one.passage.document.document_id == name
        and one.sentence.start < end
        and start < one.sentence.end
    )


def sentence_rows(asked: Sequence[Asked]) -> tuple[Matrix, Matrix, NDArray[np.int64]]:
    """Give features, labels and the question's number of all sentences."""
    rows, labels, groups = [], [], []
    for number, one in enumerate(asked):
        right = set().union(*one.quoted) if one.quoted else set()
        for at, evidence in enumerate(one.evidence):
            if at in one.also and at not in right:
                continue
            rows.append(sentence_features(evidence, evidence.score))
            labels.append(float(at in right))
            groups.append(number)
    return np.array(rows), np.array(labels), np.array(groups)


def fit(rows: Matrix, labels: Matrix, names: Sequence[str], penalty: float = 1.0) -> LinearModel:
    """Fit a logistic regression by Newton's method, with a quadratic penalty on the weights."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    scaled = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    weights = np.zeros(scaled.shape[1])
    ridge = np.diag([penalty] * len(names) + [1e-6])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (chance - labels) + ridge @ weights
        bend = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + ridge
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    real = weights[:-1] / spread
    return LinearModel(
        weights={name: float(value) for name, value in zip(names, real, strict=True)},
        bias=float(weights[-1] - real @ mean),
    )


def scored(one: Asked, model: LinearModel) -> list[tuple[Evidence, int]]:
    """Give the evidence with calibrated scores, best first, and where each stood."""
    found = [
        (
            replace(e, score=model.log_odds(SENTENCE_FEATURES, sentence_features(e, e.score))),
            at,
        )
        for at, e in enumerate(one.evidence)
    ]
    return sorted(found, key=lambda pair: -pair[0].score)


def chosen(
    ranked: Sequence[tuple[Evidence, int]], add_from: float, within: float, most: int = 4
) -> list[int]:
    """Give where the sentences stood that would be said: the plain rule, without lists."""
    best = ranked[0][0]
    taken = [ranked[0][1]]
    for one, at in ranked[1:]:
        if len(taken) == most or one.score < add_from or best.score - one.score > within:
            break
        taken.append(at)
    return taken


def quality(one: Asked, said: Sequence[int]) -> dict[str, float]:
    """Measure what is said: right at all, complete, and complete with at most one too many."""
    right = set().union(*one.quoted) if one.quoted else set()
    hit = bool(set(said) & (right | one.also))
    whole = bool(one.quoted) and all(set(said) & quote for quote in one.quoted)
    whole = whole or bool(set(said) & one.also)
    extra = len([at for at in said if at not in right and at not in one.also])
    return {"right": float(hit), "complete": float(whole), "tight": float(whole and extra <= 1)}


def main() -> None:
    """Report, and fit where that is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--part", default="development")
    parser.add_argument("--fit", type=Path)
    parser.add_argument("--most", type=int, default=2000)
    given = parser.parse_args()
    prepared: Prepared = pickle.loads((given.work / "prepared.pickle").read_bytes())  # noqa: S301
    asked = [
        one
        for one in collect(prepared, given.work, given.weights, given.part, given.most)
        if one.evidence
    ]
    report(asked, given.fit)


def report(asked: Sequence[Asked], target: Path | None) -> None:
    """Fit by cross-validation, print figures, write the models of all questions to `target`."""
    chance = np.random.default_rng(0)
    fold = chance.integers(0, _FOLDS, len(asked))
    rows, labels, groups = sentence_rows(asked)
    ranked: list[list[tuple[Evidence, int]]] = [[] for _ in asked]
    for at in range(_FOLDS):
        model = fit(rows[fold[groups] != at], labels[fold[groups] != at], SENTENCE_FEATURES)
        for number, one in enumerate(asked):
            if fold[number] == at:
                ranked[number] = scored(one, model)
    _say_ranking(asked, ranked)
    add_from, within = _best_choice(asked, ranked)
    feats = np.array(
        [
            answer_features(
                [e for e, _ in order],
                language=one.language,
                is_follow_up=bool(one.question.get("history")),
            )
            for one, order in zip(asked, ranked, strict=True)
        ]
    )
    answerable = np.array([float(one.question["answerable"]) for one in asked])
    right = np.array(
        [
            quality(one, chosen(order, add_from, within))["right"]
            for one, order in zip(asked, ranked, strict=True)
        ]
    )
    languages = np.array(["ja" if one.language == "ja" else "en" for one in asked])
    answers, sure = np.zeros(len(asked)), np.zeros(len(asked))
    for at in range(_FOLDS):
        held, known = fold == at, fold != at
        for wanted, chance_of in ((answerable, answers), (right, sure)):
            model = fit(feats[known], wanted[known], ANSWER_FEATURES, _PENALTY)
            chance_of[held] = _chances(model, feats[held])
    bands = _thresholds(answers, sure, answerable, right)
    _say_silence(asked, Judged(answers, sure, answerable, right), bands, languages)
    if target:
        data = {
            "sentence": _json(fit(rows, labels, SENTENCE_FEATURES)),
            "answers": _json(fit(feats, answerable, ANSWER_FEATURES, _PENALTY)),
            "right": _json(fit(feats, right, ANSWER_FEATURES, _PENALTY)),
            "choice": {
                "answer_from": round(bands[0], 3),
                "sure_from": round(bands[1], 3),
                "add_from": round(add_from, 2),
                "add_within": round(within, 2),
            },
        }
        target.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Judged:
    """For each question: P(documents answer), P(what is said is right), and the truth of both."""

    answers: Matrix
    sure: Matrix
    answerable: Matrix
    right: Matrix


def _chances(model: LinearModel, rows: Matrix) -> Matrix:
    weights = np.array([model.weights[name] for name in ANSWER_FEATURES])
    return 1 / (1 + np.exp(-(rows @ weights + model.bias)))


def _json(model: LinearModel) -> dict[str, float]:
    return {"bias": round(model.bias, 4), **{k: round(v, 4) for k, v in model.weights.items()}}


def _best_choice(
    asked: Sequence[Asked], ranked: Sequence[list[tuple[Evidence, int]]]
) -> tuple[float, float]:
    """Try rules for further sentences; the best has the most answers complete and tight."""
    best, found = -1.0, (0.0, 0.0)
    for add_from in (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0):
        for within in (0.5, 1.0, 1.5, 2.0, 3.0):
            values = [
                quality(one, chosen(order, add_from, within))
                for one, order in zip(asked, ranked, strict=True)
                if one.question["answerable"]
            ]
            score = float(np.mean([v["tight"] + 0.5 * v["complete"] for v in values]))
            if score > best:
                best, found = score, (add_from, within)
                shown = {k: round(float(np.mean([v[k] for v in values])), 3) for k in values[0]}
    print("choice", found, shown)
    return found


def _say_ranking(asked: Sequence[Asked], ranked: Sequence[list[tuple[Evidence, int]]]) -> None:
    """Print how often the best sentence is right, by different orders."""
    orders = {
        "ranking alone": lambda e: e.score,
        "reader alone": lambda e: e.reading,
        "reader and passage": lambda e: e.reading + e.passage_reading,
        "cosine": lambda e: e.signals.similarity + e.signals.passage_similarity,
    }
    able = [one for one in asked if one.question["answerable"]]
    could = np.mean([all(quote for quote in one.quoted) or bool(one.also) for one in able])
    print(f"answerable {len(able)} of {len(asked)}; all quotes among what is read {could:.3f}")
    for name, key in orders.items():
        top = {
            id(one): max(range(len(one.evidence)), key=lambda at: key(one.evidence[at]))
            for one in asked
        }
        hits = [quality(one, [top[id(one)]])["right"] for one in able]
        best = [key(one.evidence[top[id(one)]]) for one in asked]
        print(f"{name}: right {np.mean(hits):.3f} AUROC {_auroc(asked, best):.3f}")
    hits = [
        quality(one, [order[0][1]])["right"]
        for one, order in zip(asked, ranked, strict=True)
        if one.question["answerable"]
    ]
    best = [order[0][0].score for order in ranked]
    print(f"together: right {np.mean(hits):.3f} AUROC {_auroc(asked, best):.3f}")


def _auroc(asked: Sequence[Asked], scores: Sequence[float]) -> float:
    able = np.array([bool(one.question["answerable"]) for one in asked])
    values = np.array(scores)
    above = np.subtract.outer(values[able], values[~able])
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def _thresholds(
    answers: Matrix, sure: Matrix, answerable: Matrix, right: Matrix
) -> tuple[float, float]:
    """Give where answers begin and where they are plain.

    Answered at all: from the lowest confidence at which `_MOST_OPEN` of the unanswerable are.
    Plain: from the lowest probability at which at most `_MOST_WRONG` of all are plainly wrong.
    """
    grid = np.linspace(0.02, 0.98, 97)
    open_to = np.array([(answers[answerable == 0] >= t).mean() for t in grid])
    low = float(grid[np.argmax(open_to <= _MOST_OPEN)])
    wrong = np.array([((answers >= low) & (sure >= t) & (right == 0)).mean() for t in grid])
    for most in (0.25, 0.35, 0.45, 0.55):
        at = float(grid[np.argmax(open_to <= most)])
        print(f"silent {1 - most:.2f}: refused {(answers[answerable == 1] < at).mean():.3f}")
    return low, float(grid[np.argmax(wrong <= _MOST_WRONG)])


def _say_silence(
    asked: Sequence[Asked], judged: Judged, bands: tuple[float, float], languages: Any
) -> None:
    """Print what would be said, hedged and left unsaid, of all and by language."""
    low, high = bands
    across = np.array([_is_across(one) for one in asked])
    parts = {
        "all": np.ones(len(asked), bool),
        "en": languages == "en",
        "ja": languages == "ja",
        "across": across,
    }
    print(f"answer from {low:.2f}, sure from {high:.2f}")
    spoken = judged.answers >= low
    plain = spoken & (judged.sure >= high)
    for name, own in parts.items():
        able, not_able = own & (judged.answerable == 1), own & (judged.answerable == 0)
        figures: dict[str, float] = {
            "n": own.sum(),
            "right and cited": (judged.right * spoken)[able].mean(),
            "sure and wrong": (plain & (judged.right == 0))[own].mean(),
            "hedged": (spoken & ~plain)[able].mean(),
            "refused": (~spoken)[able].mean(),
        }
        if not_able.any():
            above = np.subtract.outer(judged.answers[able], judged.answers[not_able])
            figures["silent"] = (~spoken)[not_able].mean()
            figures["silent or hedged"] = (~plain)[not_able].mean()
            figures["AUROC"] = ((above > 0) + 0.5 * (above == 0)).mean()
        figures["ECE"] = _ece(judged.answers[own], judged.answerable[own])
        figures["ECE of right"] = _ece(judged.sure[own], judged.right[own])
        print(name, {key: round(float(value), 3) for key, value in figures.items()})


def _is_across(one: Asked) -> bool:
    found = [one.evidence[at] for quote in one.quoted for at in quote]
    return bool(found) and all(e.passage.document.language != one.language for e in found)


def _ece(chance: Matrix, truth: Matrix) -> float:
    """Give the expected calibration error over ten bins of as many questions each."""
    order = np.argsort(chance)
    bins = np.array_split(order, 10)
    return float(sum(len(b) * abs(chance[b].mean() - truth[b].mean()) for b in bins) / len(chance))


if __name__ == "__main__":
    main()
