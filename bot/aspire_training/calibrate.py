"""Scores → answers: learn the last, small models on development documents, and say how good.

    python -m aspire_training.calibrate WORK WEIGHTS [--part development]
                                        [--programme WORK2] [--most N] [--fit TARGET]

Every question of the part is asked of the product itself over all documents indexed together; those
that `programme` held out, where its work folder is given, over the sample pages and over invented
documents of the programme that nothing was learnt from. What it read is kept, so that a second run
takes seconds. Scores and probabilities are of five-fold cross-validation over questions; the few
numbers of the rule for further sentences and the thresholds are chosen on all of them. Of another
part nothing is learnt: what is shipped is judged.
`aspire_training.ablate` says what each feature and rule is worth.
"""

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.quotes.calibration import (
    ADDING_FEATURES,
    ANSWER_FEATURES,
    COMPARED_FEATURES,
    SENTENCE_FEATURES,
    QuoteCalibration,
    Rule,
    adding_features,
    answer_features,
    chances,
    compared,
    compared_features,
    expected,
    scored,
    sentence_features,
    shipped_calibration,
)
from aspire_bot.answering.quotes.choose import MOST_TRIED, select
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.reader.order import FURTHER_FEATURES, by_passage, further_rows
from aspire_bot.answering.reader.read import FIRST_READ
from aspire_bot.answering.search.rounds import is_of_another_round
from aspire_bot.answering.search.years import is_of_other_years
from aspire_training.asked import Asked, collect, key_of, rescored
from aspire_training.examples import (
    INVENTED,
    INVENTED_QUESTIONS,
    SAMPLE,
    SAMPLE_QUESTIONS,
    read_prepared,
)
from aspire_training.logistic import (
    Matrix,
    area,
    calibration_error,
    fit,
    fit_choice,
    probabilities,
)
from aspire_training.programme import UNSEEN

_FOLDS = 5
_PENALTY = 3.0
_MOST_WRONG = 0.07
_READINGS = ("reading", "passage_reading")
_ADD_FROM = (0.02, 0.04, 0.06, 0.08, *np.arange(0.1, 0.95, 0.05))
_LENGTH = 0.05
"""What a sentence more costs, in shares of answers that are complete."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to score: which features of sentences and of answers it may use."""

    sentence: tuple[str, ...] = SENTENCE_FEATURES
    answer: tuple[str, ...] = ANSWER_FEATURES
    most_open: float = 0.4
    """The share of what the documents do not answer that may be answered, hedged."""
    may_be_sure: bool = True

    @property
    def is_read(self) -> bool:
        """Whether it knows what the reader says."""
        return _READINGS[0] in self.sentence


READ = Way()
UNREAD = Way(
    sentence=tuple(name for name in SENTENCE_FEATURES if name not in _READINGS),
    answer=("best", "second", "expected", "is_follow_up", "is_japanese"),
    most_open=0.8,  # words and vectors hardly know, so that every answer of theirs is hedged
    may_be_sure=False,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """Questions as one way answers them, each scored by models that never saw it.

    `answers` is P(documents answer), `sure` P(what is said is right), `right` the truth of the
    latter; `ranked` the sentences, best first; `complete` and `tight` are as in `quality`.
    """

    asked: Sequence[Asked]
    ranked: Sequence[Sequence[Evidence]]
    answers: Matrix
    sure: Matrix
    right: Matrix
    complete: Matrix
    tight: Matrix
    rule: Rule

    @property
    def answerable(self) -> Matrix:
        """1 where the documents answer."""
        return np.array([float(one.question["answerable"]) for one in self.asked])


def main() -> None:
    """Report, and fit where that is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--part", default="development")
    parser.add_argument("--programme", type=Path, help="the work folder of that module")
    parser.add_argument("--most", type=int, default=2000)
    parser.add_argument("--fit", type=Path)
    given = parser.parse_args()
    prepared = read_prepared(given.work)
    found = collect(prepared, given.work, given.weights, given.part, given.most)
    if given.programme:
        for work, part in ((given.programme, SAMPLE), (given.programme / UNSEEN, INVENTED)):
            held_out = read_prepared(work)
            found += collect(held_out, work, given.weights, part, given.most)
    asked = [one for one in found if one.evidence]
    if given.part != "development":
        learnt_before = shipped_calibration().read
        judged = judge_by(learnt_before, [one.only_read() for one in asked])
        report(judged, (learnt_before.answer_from, learnt_before.sure_from))
        return
    shipped = {}
    for name, way in (("read", READ), ("unread", UNREAD)):
        print(f"# {name}")
        given_way = asked if way is UNREAD else [one.only_read() for one in asked]
        judged = judge(given_way, way)
        low, high = thresholds(judged, way.most_open)
        bands = low, high if way.may_be_sure else math.inf
        report(judged, bands)
        shipped[name] = learnt(judged, way, bands)
    shipped["read"]["further"] = as_json(fit_further(asked))
    if given.fit:
        order = as_json(shipped_calibration().order)  # learnt before: it says what is read
        given.fit.write_text(json.dumps({"order": order, **shipped}, indent=2) + "\n", "utf-8")


def judge(asked: Sequence[Asked], way: Way, *, rules: bool = True) -> Judged:
    """Score all questions by cross-validation and choose the rule for further sentences.

    Without `rules` what `never_sure` says does not count.
    """
    fold = folds(asked)
    ranked = rank(asked, way.sentence, fold)
    if way.is_read:
        ranked = rank_compared(asked, ranked, fold)
    rule = best_rule(asked, ranked)
    rows = answer_rows(asked, ranked)[:, columns(ANSWER_FEATURES, way.answer)]
    right, complete, tight = qualities(asked, ranked, rule)
    answerable = np.array([float(one.question["answerable"]) for one in asked])
    answers, sure = np.zeros(len(asked)), np.zeros(len(asked))
    for at in range(_FOLDS):
        held, known = fold == at, fold != at
        for wanted, target in ((answerable, answers), (right, sure)):
            model = fit(rows[known], wanted[known], way.answer, _PENALTY)
            target[held] = probabilities(model, way.answer, rows[held])
    if rules:
        sure[never_sure(asked, ranked)] = 0.0
    return Judged(asked, ranked, answers, sure, right, complete, tight, rule)


def judge_by(learnt: QuoteCalibration, asked: Sequence[Asked]) -> Judged:
    """Score all questions by what is shipped; nothing is learnt of them."""
    ranked = [in_order(rescored(one.evidence, learnt.sentence), learnt.compared) for one in asked]
    likely = [
        chances(order, learnt, language=one.query.language, is_follow_up=one.query.is_follow_up)
        for one, order in both(asked, ranked)
    ]
    answers, sure = np.array(likely).T
    sure[never_sure(asked, ranked)] = 0.0
    right, complete, tight = qualities(asked, ranked, learnt.rule)
    return Judged(asked, ranked, answers, sure, right, complete, tight, learnt.rule)


def never_sure(asked: Sequence[Asked], ranked: Sequence[Sequence[Evidence]]) -> NDArray[np.bool_]:
    """Say for which questions the best sentence is no sure answer, whatever its probability.

    They name another round, edition or year than it is of.
    """
    return np.array(
        [
            is_of_another_round(one.query, order[0]) or is_of_other_years(one.query, order[0])
            for one, order in both(asked, ranked)
        ]
    )


def qualities(
    asked: Sequence[Asked], ranked: Sequence[Sequence[Evidence]], rule: Rule
) -> tuple[Matrix, Matrix, Matrix]:
    """Give for each question whether what is said is right, complete, complete and tight."""
    found = [
        quality(one, select(one.query, order, rule).basis) for one, order in both(asked, ranked)
    ]
    right, complete, tight = (
        np.array([one[name] for one in found]) for name in ("right", "complete", "tight")
    )
    return right, complete, tight


def both(
    asked: Sequence[Asked], ranked: Sequence[Sequence[Evidence]]
) -> Sequence[tuple[Asked, Sequence[Evidence]]]:
    """Give each question with its ranking."""
    return list(zip(asked, ranked, strict=True))


def folds(asked: Sequence[Asked]) -> NDArray[np.int64]:
    """Give the fold of each question."""
    return np.random.default_rng(0).integers(0, _FOLDS, len(asked))


def columns(names: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Give where the wanted features stand."""
    return [names.index(name) for name in wanted]


def rank(
    asked: Sequence[Asked],
    names: Sequence[str],
    fold: NDArray[np.int64],
    *,
    within_questions: bool = True,
) -> list[list[Evidence]]:
    """Score the sentences of each question by a model fitted on the other folds.

    Without `within_questions` it is fitted sentence by sentence, to compare.
    """
    rows, labels, groups = sentence_rows(asked)
    rows = rows[:, columns(SENTENCE_FEATURES, names)]
    ranked: list[list[Evidence]] = [[] for _ in asked]
    for at in range(_FOLDS):
        known = fold[groups] != at
        if within_questions:
            model = fit_sentences(rows[known], labels[known], groups[known], names)
        else:
            model = fit(rows[known], labels[known], names)
        for number in np.flatnonzero(fold == at):
            ranked[number] = rescored(asked[number].evidence, model)
    return ranked


def rank_compared(
    asked: Sequence[Asked], ranked: Sequence[Sequence[Evidence]], fold: NDArray[np.int64]
) -> list[list[Evidence]]:
    """Score sentences that have scores anew, by what was said of the best side by side."""
    found: list[list[Evidence]] = [[] for _ in asked]
    for at in range(_FOLDS):
        model = fit_compared(asked, ranked, fold != at)
        for number in np.flatnonzero(fold == at):
            found[number] = in_order(ranked[number], model)
    return found


def fit_compared(
    asked: Sequence[Asked], ranked: Sequence[Sequence[Evidence]], is_known: NDArray[np.bool_]
) -> LinearModel:
    """Fit what being good side by side is worth, on questions that are known."""
    rows: list[tuple[float, ...]] = []
    labels: list[float] = []
    groups: list[int] = []
    for number, (one, order) in enumerate(both(asked, ranked)):
        places = {key_of(e): at for at, e in enumerate(one.evidence)}
        for evidence in order if is_known[number] else ():
            at = places[key_of(evidence)]
            if at not in one.also or at in one.right:
                rows.append(compared_features(evidence))
                labels.append(float(at in one.right))
                groups.append(number)
    return fit_sentences(np.array(rows), np.array(labels), np.array(groups), COMPARED_FEATURES)


def in_order(ranked: Sequence[Evidence], model: LinearModel) -> list[Evidence]:
    """Give scored sentences by what is known of them side by side, best first."""
    return sorted((compared(one, model) for one in ranked), key=lambda one: -one.score)


def fit_further(asked: Sequence[Asked]) -> LinearModel:
    """Fit which passages are read when the first ones are: those that hold what these do not."""
    shipped = shipped_calibration().read
    rows: list[Matrix] = []
    labels: list[Matrix] = []
    for one in asked:
        passages = list(by_passage(one.evidence).values())
        first = [scored(e, shipped.sentence) for some in passages[:FIRST_READ] for e in some]
        places = {key_of(e): at for at, e in enumerate(one.evidence)}
        taken = {places[key_of(e)] for e in first}
        missing = [quote for quote in one.quoted if not quote & taken]
        wanted = set[int]() if taken & one.also or not missing else one.also.union(*missing)
        rest = passages[FIRST_READ:]
        holds = [any(places[key_of(e)] in wanted for e in some) for some in rest]
        if any(holds):
            best = max(first, key=lambda e: e.score)
            rows.append(np.array(further_rows(best, rest)))
            labels.append(np.array(holds, dtype=np.float64))
    return fit_choice(rows, labels, FURTHER_FEATURES)


def fit_sentences(
    rows: Matrix, labels: Matrix, groups: NDArray[np.int64], names: Sequence[str]
) -> LinearModel:
    """Fit which sentences belong to the answer, `groups` being the questions, in order.

    Their order is learnt within each question, which ranks them better than sentence by sentence;
    what it is worth, one scale and bias, over all sentences.
    """
    ends = np.flatnonzero(np.diff(groups)) + 1
    choice = fit_choice(np.split(rows, ends), np.split(labels, ends), names)
    order = rows @ np.array([choice.weights[name] for name in names])
    odds = fit(order[:, None], labels, ("order",))
    return LinearModel(
        weights={name: value * odds.weights["order"] for name, value in choice.weights.items()},
        bias=odds.bias,
    )


def sentence_rows(asked: Sequence[Asked]) -> tuple[Matrix, Matrix, NDArray[np.int64]]:
    """Give features, labels and the question's number of all sentences."""
    rows: list[tuple[float, ...]] = []
    labels: list[float] = []
    groups: list[int] = []
    for number, one in enumerate(asked):
        right = one.right
        for at, evidence in enumerate(one.evidence):
            if at in one.also and at not in right:
                continue
            rows.append(sentence_features(evidence))
            labels.append(float(at in right))
            groups.append(number)
    return np.array(rows), np.array(labels), np.array(groups)


def answer_rows(asked: Sequence[Asked], ranked: Sequence[Sequence[Evidence]]) -> Matrix:
    """Give the features of all questions."""
    return np.array(
        [
            answer_features(
                order,
                language=one.query.language,
                is_follow_up=one.query.is_follow_up,
            )
            for one, order in both(asked, ranked)
        ]
    )


def best_rule(asked: Sequence[Asked], ranked: Sequence[Sequence[Evidence]]) -> Rule:
    """Learn which further sentences belong there, and from where on they are said.

    The threshold is that with the most answers complete, and complete with one too many at most,
    less a little for their length.
    """
    able = [(one, order) for one, order in both(asked, ranked) if one.question["answerable"]]
    rows, labels = adding_rows(able)
    adding = fit(rows, labels, ADDING_FEATURES)
    best, found, shown = -1.0, Rule(adding=adding, add_from=1.0), {}
    for add_from in _ADD_FROM:
        rule = Rule(adding=adding, add_from=round(float(add_from), 2))
        said = [(one, select(one.query, order, rule).basis) for one, order in able]
        values = [quality(one, sentences) for one, sentences in said]
        means = {name: float(np.mean([v[name] for v in values])) for name in values[0]}
        means["sentences"] = float(np.mean([len(sentences) for _, sentences in said]))
        worth = means["tight"] + means["complete"] - _LENGTH * means["sentences"]
        if worth > best:
            best, found, shown = worth, rule, means
    print(f"further sentences from {found.add_from}: {rounded(shown)}")
    return found


def adding_rows(able: Sequence[tuple[Asked, Sequence[Evidence]]]) -> tuple[Matrix, Matrix]:
    """Give features and labels of further sentences beside the best one, or the right ones."""
    rows: list[tuple[float, ...]] = []
    labels: list[float] = []
    for one, order in able:
        places = {key_of(e): at for at, e in enumerate(one.evidence)}
        said, in_all = [order[0]], expected(order)
        for candidate in order[1:MOST_TRIED]:
            at = places[key_of(candidate)]
            taken = {places[key_of(e)] for e in said}
            missing = [quote for quote in one.quoted if not quote & taken]
            is_new = any(at in quote for quote in missing)
            is_new = is_new or (at in one.also and not taken & (one.right | one.also))
            rows.append(adding_features(said, candidate, in_all))
            labels.append(float(is_new))
            if is_new:
                said.append(candidate)
    return np.array(rows), np.array(labels)


def quality(one: Asked, said: Sequence[Evidence]) -> dict[str, float]:
    """Measure what is said: right at all, complete, and complete with at most one too many."""
    places = {key_of(e): at for at, e in enumerate(one.evidence)}
    taken = {places[key_of(e)] for e in said}
    hit = bool(taken & (one.right | one.also))
    whole = bool(one.quoted) and all(taken & quote for quote in one.quoted)
    whole = whole or bool(taken & one.also)
    extra = len(taken - one.right - one.also)
    return {"right": float(hit), "complete": float(whole), "tight": float(whole and extra <= 1)}


def thresholds(judged: Judged, most_open: float) -> tuple[float, float]:
    """Give where answers begin and where they are plain.

    Answered at all: from the lowest confidence at which `most_open` of the unanswerable are.
    Plain: from the lowest probability at which at most `_MOST_WRONG` of all are plainly wrong.
    """
    grid = np.linspace(0.02, 0.98, 97)
    able = judged.answerable
    open_to = np.array([(judged.answers[able == 0] >= t).mean() for t in grid])
    low = _first(grid, open_to <= most_open)
    spoken, wrong = judged.answers >= low, judged.right == 0
    plainly = np.array([(spoken & (judged.sure >= t) & wrong).mean() for t in grid])
    for most in (0.25, 0.30, 0.35, 0.45, 0.55):
        at = _first(grid, open_to <= most)
        refused = (judged.answers[able == 1] < at).mean()
        print(f"silent {1 - most:.2f} from {at:.2f}: refused {refused:.3f}")
    return low, _first(grid, plainly <= _MOST_WRONG)


def _first(grid: Matrix, holds: NDArray[np.bool_]) -> float:
    """Give the first number of a grid at which something holds; the last where it never does."""
    return float(grid[np.argmax(holds)] if holds.any() else grid[-1])


def report(judged: Judged, bands: tuple[float, float]) -> None:
    """Print what would be said, hedged and left unsaid, of all and by language."""
    low, high = bands
    print(f"answer from {low:.2f}, sure from {high:.2f}")
    is_able, is_right = judged.answerable == 1, judged.right == 1
    spoken = judged.answers >= low
    plain = spoken & (judged.sure >= high)
    for name, own in groups_of(judged.asked).items():
        able, not_able = own & is_able, own & ~is_able
        figures: dict[str, float] = {
            "n": own.sum(),
            "right and cited": (is_right & spoken)[able].mean(),
            "of these sure": (is_right & plain)[able].sum()
            / max(1, (is_right & spoken)[able].sum()),
            "complete": ((judged.complete == 1) & spoken)[able].mean(),
            "tight": ((judged.tight == 1) & spoken)[able].mean(),
            "sure and wrong": (plain & ~is_right)[own].mean(),
            "hedged": (spoken & ~plain)[able].mean(),
            "refused": (~spoken)[able].mean(),
        }
        if not_able.any():
            figures["silent"] = (~spoken)[not_able].mean()
            figures["silent or hedged"] = (~plain)[not_able].mean()
            figures["AUROC"] = area(judged.answers[own], judged.answerable[own])
            figures["ECE"] = calibration_error(judged.answers[own], judged.answerable[own])
            figures["ECE of right"] = calibration_error(judged.sure[own], judged.right[own])
        print(name, rounded(figures))


def groups_of(asked: Sequence[Asked]) -> dict[str, NDArray[np.bool_]]:
    """Give the questions of each group that is reported: all, by language, by type."""
    languages = np.array(["ja" if one.query.language == "ja" else "en" for one in asked])
    types = np.array([one.question.get("type", "") for one in asked])
    found = {
        "all": np.ones(len(asked), bool),
        "en": languages == "en",
        "ja": languages == "ja",
        "across": np.array([one.is_across for one in asked]),
    }
    collections = {SAMPLE: SAMPLE_QUESTIONS, INVENTED: INVENTED_QUESTIONS}
    names = [one.question["qid"] for one in asked]
    for part, beginning in collections.items():
        found[part] = np.array([name.startswith(beginning) for name in names])
    if found[SAMPLE].any():
        found["general"] = ~found[SAMPLE] & ~found[INVENTED]
    found |= {str(name): types == name for name in np.unique(types) if name != "unanswerable"}
    return {name: own for name, own in found.items() if own.any()}


def rounded(figures: dict[str, float]) -> dict[str, float]:
    """Give figures as they are printed."""
    return {name: round(float(value), 3) for name, value in figures.items()}


def learnt(judged: Judged, way: Way, bands: tuple[float, float]) -> dict[str, dict[str, float]]:
    """Fit all models on all questions, in the form that the package carries."""
    rows, labels, groups = sentence_rows(judged.asked)
    rows = rows[:, columns(SENTENCE_FEATURES, way.sentence)]
    sentence = fit_sentences(rows, labels, groups, way.sentence)
    is_known = np.ones(len(judged.asked), bool)
    apart = rank(judged.asked, way.sentence, folds(judged.asked))
    together = (
        fit_compared(judged.asked, apart, is_known)
        if way.is_read
        else LinearModel(weights={"score": 1.0})
    )
    feats = answer_rows(judged.asked, judged.ranked)[:, columns(ANSWER_FEATURES, way.answer)]
    return {
        "sentence": as_json(sentence),
        "compared": as_json(together),
        "answers": as_json(fit(feats, judged.answerable, way.answer, _PENALTY)),
        "right": as_json(fit(feats, judged.right, way.answer, _PENALTY)),
        "adding": as_json(judged.rule.adding),
        "choice": {
            "answer_from": round(bands[0], 3),
            "sure_from": round(min(1.0, bands[1]), 3),
            "add_from": judged.rule.add_from,
        },
    }


def as_json(model: LinearModel) -> dict[str, float]:
    """Give a model as it is written."""
    return {"bias": round(model.bias, 4), **{k: round(v, 4) for k, v in model.weights.items()}}


if __name__ == "__main__":
    main()
