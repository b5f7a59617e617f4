"""From scores to an answer: the learned numbers, and what they say of sentences and questions.

`calibration.json` beside this file is written by `python -m aspire_training.calibrate`; nothing in
it is set by hand.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from statistics import fmean

from aspire_bot.answering.linear import LinearModel, probability
from aspire_bot.answering.quotes.evidence import Evidence

# Of a sentence: the reader's two log-odds, and its `Signals`.
SENTENCE_FEATURES = (
    "reading",
    "passage_reading",
    "similarity",
    "passage_score",
    "covered",
    "covered_around",
    "is_current",
)
# Of a sentence that was read: its score until then, whether it was read side by side with other
# good ones, and the log-odds of that.
COMPARED_FEATURES = ("score", "is_compared", "compared")
# Of a question: scores of the best sentence and of the best one of another passage, how many are
# expected to belong to the answer; the reader's log-odds of the best sentence, and above the mean
# of five; of the best sentence's passage, of the best passage, and above the second; how many of
# the five best sentences are of one document with it: where none answers, they are of many.
ANSWER_FEATURES = (
    "best",
    "second",
    "expected",
    "best_reading",
    "reading_gap",
    "best_passage",
    "most_passage",
    "passage_gap",
    "of_its_document",
    "is_follow_up",
    "is_japanese",
)

# Of a further sentence: its score, how far behind the best one, how many are expected; whether it
# stands in the passage of one that is said, and beside it; how many are said.
ADDING_FEATURES = ("score", "gap", "expected", "is_same_passage", "is_beside", "said")

_ALONE = 10.0
"""How far behind the best another passage's sentence is taken to be, where there is none."""
_EXPECTED = 20
"""Sentences whose probabilities are added up."""
_FEW = 5
"""Sentences whose documents are looked at, and whose readings the best one is above."""
_NEAR = 6.0
"""Log-odds within which a sentence stands beside the best one: in a small index others fill up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCalibration:
    """The models in force: which sentences belong to the answer, whether the documents answer.

    `sentence` scores what was read apart, `compared` the same when the best were read together;
    `further` says which passages are read when the first ones are.
    `answers` says whether the documents answer at all, `right` whether a sentence that is said
    does; `answer_from` and `sure_from` (0 to 1) are thresholds on them.
    """

    sentence: LinearModel
    compared: LinearModel
    further: LinearModel
    answers: LinearModel
    right: LinearModel
    answer_from: float
    sure_from: float
    rule: "Rule"


def sentence_features(one: Evidence) -> tuple[float, ...]:
    """Give the row of a sentence, in the order of `SENTENCE_FEATURES`; 0 for what nothing read."""
    signals = one.signals
    return (
        one.reading or 0.0,
        one.passage_reading or 0.0,
        signals.similarity,
        signals.passage_score,
        signals.covered,
        signals.covered_around,
        signals.is_current,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a further sentence is said: from a probability (0 to 1) on that it belongs there."""

    adding: LinearModel
    add_from: float

    def adds(self, said: Sequence[Evidence], candidate: Evidence, in_all: float) -> bool:
        """Whether a candidate is said beside others, of which the best is the first."""
        row = adding_features(said, candidate, in_all)
        return probability(self.adding.log_odds(ADDING_FEATURES, row)) >= self.add_from


def scored(one: Evidence, model: LinearModel) -> Evidence:
    """Give a sentence with the log-odds that it belongs to the answer."""
    return replace(one, score=model.log_odds(SENTENCE_FEATURES, sentence_features(one)))


def compared(one: Evidence, model: LinearModel) -> Evidence:
    """Give a scored sentence whose score knows what was said of it side by side with others."""
    return replace(one, score=model.log_odds(COMPARED_FEATURES, compared_features(one)))


def compared_features(one: Evidence) -> tuple[float, ...]:
    """Give the row of a scored sentence, in the order of `COMPARED_FEATURES`."""
    return one.score, float(one.compared is not None), one.compared or 0.0


def answer_features(
    ranked: Sequence[Evidence], *, language: str, is_follow_up: bool
) -> tuple[float, ...]:
    """Give the row of a question, in the order of `ANSWER_FEATURES`; `ranked` is best first."""
    best = ranked[0]
    name = best.passage.passage.passage_id
    # of another passage: two neighbours often answer together, and say nothing of each other
    others = [one.score for one in ranked if one.passage.passage.passage_id != name]
    readings = sorted((one.reading or 0.0 for one in ranked), reverse=True)
    by_passage = {one.passage.passage.passage_id: one.passage_reading or 0.0 for one in ranked}
    passages = sorted(by_passage.values(), reverse=True)
    return (
        best.score,
        max(others, default=best.score - _ALONE),
        expected(ranked),
        readings[0],
        readings[0] - fmean(readings[:_FEW]),
        best.passage_reading or 0.0,
        passages[0],
        passages[0] - passages[min(1, len(passages) - 1)],
        _share_of_its_document(ranked[:_FEW]),
        float(is_follow_up),
        float(language == "ja"),
    )


def _share_of_its_document(ranked: Sequence[Evidence]) -> float:
    """The share of good sentences (0 to 1) that are of the best one's document, itself counted."""
    best = ranked[0]
    near = [one for one in ranked if best.score - one.score <= _NEAR]
    name = best.passage.document.document_id
    return fmean(one.passage.document.document_id == name for one in near)


def expected(ranked: Sequence[Evidence]) -> float:
    """Give how many sentences are expected to belong to the answer."""
    return sum(probability(one.score) for one in ranked[:_EXPECTED])


def adding_features(
    said: Sequence[Evidence], candidate: Evidence, expected_in_all: float
) -> tuple[float, ...]:
    """Give the row of a further sentence, in the order of `ADDING_FEATURES`; the best is first."""
    name = candidate.passage.passage.passage_id
    near = [one for one in said if one.passage.passage.passage_id == name]
    at = candidate.passage.passage.sentences.index(candidate.sentence) if near else 0
    places = [one.passage.passage.sentences.index(one.sentence) for one in near]
    return (
        candidate.score,
        said[0].score - candidate.score,
        expected_in_all,
        float(bool(near)),
        float(any(abs(at - place) == 1 for place in places)),
        float(len(said)),
    )


def chances(
    ranked: Sequence[Evidence],
    calibration: QuoteCalibration,
    *,
    language: str,
    is_follow_up: bool,
) -> tuple[float, float]:
    """Give the probabilities (0 to 1) that the documents answer, and that what is said does."""
    if not ranked:
        return 0.0, 0.0
    row = answer_features(ranked, language=language, is_follow_up=is_follow_up)
    answers = calibration.answers.log_odds(ANSWER_FEATURES, row)
    right = calibration.right.log_odds(ANSWER_FEATURES, row)
    return probability(answers), probability(right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was learnt of sentences that are read, and of those by words and vectors alone.

    `order` says which passages are read first.
    """

    order: LinearModel
    read: QuoteCalibration
    unread: QuoteCalibration


@lru_cache(maxsize=1)
def shipped_calibration() -> Calibration:
    """Read the calibration that is shipped with the package."""
    path = resources.files("aspire_bot.answering.quotes") / "calibration.json"
    data = json.loads(path.read_text("utf-8"))
    return Calibration(
        order=_model(data["order"]),
        read=_quote_calibration(data["read"]),
        unread=_quote_calibration(data["unread"]),
    )


def _quote_calibration(data: Mapping[str, Mapping[str, float]]) -> QuoteCalibration:
    """Read a calibration out of its JSON form; the bias stands among the weights as `bias`."""
    choice = data["choice"]
    return QuoteCalibration(
        sentence=_model(data["sentence"]),
        compared=_model(data["compared"]),
        further=_model(data.get("further", {})),
        answers=_model(data["answers"]),
        right=_model(data["right"]),
        answer_from=choice["answer_from"],
        sure_from=choice["sure_from"],
        rule=Rule(adding=_model(data["adding"]), add_from=choice["add_from"]),
    )


def _model(weights: Mapping[str, float]) -> LinearModel:
    return LinearModel(
        weights={name: value for name, value in weights.items() if name != "bias"},
        bias=weights.get("bias", 0.0),
    )
