"""A server for natural language inference: what it is sent, and which replies are believed."""

import math

import pytest
from tests.reranking_server import always, serving

from aspire_bot.answering.checking.second_opinion import Case
from aspire_bot.answering.limits import Deadline
from aspire_bot.errors import JudgeError, UnfitJudgeError
from aspire_bot.llm.nli import LEAST_ENTAILMENT, NliJudge

CASE = Case(statement="It is ten.", quotes=("Handbook\nTen.", "Rules\nIt is so."))


def _opinion(reply: object, status: int = 200) -> bool | None:
    with serving(always(status, reply)) as asked:
        judge = NliJudge(asked.url, is_outside=False)
        return judge.opinion(CASE, Deadline.after(20))


def _scores(**likely: float) -> list[dict[str, object]]:
    return [{"label": label, "score": score} for label, score in likely.items()]


@pytest.mark.parametrize("path", ["", "/", "/predict", "/predict/"])
def test_the_pair_is_premise_and_hypothesis_and_not_cut(path: str) -> None:
    with serving(always(200, _scores(entailment=1.0, neutral=0.0))) as asked:
        judge = NliJudge(asked.url + path, api_key=" k3y ", is_outside=True)
        assert judge.opinion(CASE, Deadline.after(20)) is True
        assert judge.is_outside
    assert asked.paths == ["/predict"]
    assert asked.keys == ["Bearer k3y"]
    assert asked.bodies == [
        {
            "inputs": ["Handbook\nTen.\nRules\nIt is so.", "It is ten."],
            "truncate": False,
            "raw_scores": False,
        }
    ]


@pytest.mark.parametrize(
    ("likely", "opinion"),
    [
        ({"entailment": 0.8, "neutral": 0.15, "contradiction": 0.05}, True),
        ({"ENTAILMENT": 0.4, "NEUTRAL": 0.5, "CONTRADICTION": 0.1}, True),
        ({"entail": 0.4, "Neutral": 0.15, "contradict": 0.45}, False),
        ({"entails": 0.2, "neutral": 0.79, "contradicts": 0.01}, False),
        ({"Entailment ": 0.34, "not_entailment": 0.66}, True),
        ({"entailment": 0.3, "not-entailment": 0.7}, False),
        ({"entailment": 0.05, "neutral": 0.05, "contradiction": 0.9}, False),
        ({"entailment": 0.9001, "neutral": 0.1201, "contradiction": 0.0}, True),  # of half floats
    ],
)
def test_it_passes_unless_contradicted_or_hardly_entailed(
    likely: dict[str, float], opinion: bool
) -> None:
    assert 0.3 < LEAST_ENTAILMENT < 0.34
    assert _opinion(_scores(**likely)) is opinion


def test_what_is_too_long_for_the_model_is_left_to_the_rules() -> None:
    assert _opinion({"error": "`inputs` must have less than 512 tokens"}, 413) is None


@pytest.mark.parametrize("label", ["LABEL_0", "label 2", "Label-1"])
def test_labels_without_names_are_refused_with_what_to_do(label: str) -> None:
    with pytest.raises(UnfitJudgeError, match="id2label"):
        _opinion(_scores(**{label: 0.9, "LABEL_1": 0.1}))


@pytest.mark.parametrize("label", ["positive", "5 stars", "", "\x1b[31mred" * 99])
def test_another_kind_of_model_is_refused(label: str) -> None:
    with pytest.raises(UnfitJudgeError, match="natural language inference") as raised:
        _opinion(_scores(**{label: 1.0}))
    assert len(str(raised.value)) < 400
    assert str(raised.value).isprintable()


_SOUND = _scores(entailment=0.9, neutral=0.1)


@pytest.mark.parametrize(
    ("status", "reply"),
    [
        (500, _SOUND),
        (424, {"error": "model is not a classifier"}),
        (200, []),
        (200, {}),
        (200, "entailment"),
        (200, b"[" * 200_000),
        (200, [_SOUND]),
        (200, _SOUND[:1]),
        (200, [_SOUND[1], {"label": "contradiction", "score": 0.9}]),
        (200, _scores(entails=0.2, entailment=0.9, neutral=0.1)),
        (200, [*_SOUND, 7]),
        (200, [*_SOUND, {"label": "contradiction"}]),
        (200, [*_SOUND, {"label": 2, "score": 0.0}]),
        (200, [*_SOUND, {"label": "contradiction", "score": True}]),
        (200, [*_SOUND, {"label": "contradiction", "score": "0"}]),
        (200, _scores(entailment=math.nan, neutral=0.1)),
        (200, _scores(entailment=math.inf, neutral=0.1)),
        (200, _scores(entailment=1.2, neutral=-0.2)),
        (200, _scores(entailment=0.9, neutral=0.9)),
        (200, b'[{"label": "entailment", "score": 1' + b"0" * 999 + b"}]"),
    ],
)
def test_what_is_no_distribution_over_labels_is_no_opinion(status: int, reply: object) -> None:
    with pytest.raises(JudgeError) as raised:
        _opinion(reply, status)
    assert not isinstance(raised.value, UnfitJudgeError)
