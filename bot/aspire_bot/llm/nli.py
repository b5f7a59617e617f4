"""A server of a model for natural language inference: does a premise entail a hypothesis?

It is asked in the form of Hugging Face's text-embeddings-inference: `POST …/predict` with
`{"inputs": [premise, hypothesis], "truncate", "raw_scores"}`, answered by `[{"score", "label"}]`.
"""

import re
from typing import Literal, TypeAlias, cast

from aspire_bot.answering.checking.second_opinion import Case
from aspire_bot.answering.limits import Deadline
from aspire_bot.errors import JudgeError, UnfitJudgeError
from aspire_bot.llm.json_server import (
    Json,
    JsonServer,
    LateServerError,
    RefusedError,
    ServerError,
    encodable,
)

LEAST_ENTAILMENT = 1 / 3
"""Of its probability: what a model gives that cannot tell three labels apart.

Below, it holds that the quotes do not say so. Not a half: the rules have found every number, date,
name and negation in the quotes, translations and sentences put together get middling
probabilities, and what is dropped is lost to the reader.
"""
_TOO_LONG = 413
_ROUNDING = 0.05
_NAMELESS = re.compile(r"label[\W_]*\d+", re.IGNORECASE)
_MOST_TOLD = 40
_Label: TypeAlias = Literal["entailment", "contradiction", "neutral", "other"]
_SPELLINGS: tuple[tuple[re.Pattern[str], _Label], ...] = (
    (re.compile(r"entail(?:s|ed|ment)?"), "entailment"),
    (re.compile(r"n(?:ot?|on)entail(?:s|ed|ment)?"), "other"),
    (re.compile(r"contradict(?:s|ed|ion|ory)?"), "contradiction"),
    (re.compile(r"neutral"), "neutral"),
)


class NliJudge:
    """A `Judge` that is a model for natural language inference; safe for several threads."""

    name = "nli"

    def __init__(self, url: str, *, api_key: str | None = None, is_outside: bool) -> None:
        """Ask the server at `url`."""
        self._server = JsonServer(
            url, called="The judge", endpoint="predict", api_key=api_key, is_outside=is_outside
        )
        self._is_outside = is_outside

    @property
    def is_outside(self) -> bool:
        """Whether what it is asked leaves this machine and its private network."""
        return self._is_outside

    def opinion(self, case: Case, deadline: Deadline) -> bool | None:
        """See `Judge`. None where quotes and statement are longer than the model reads.

        Raises:
            JudgeError: no sound reply came in time; UnfitJudgeError where the model is another
                kind of model.
        """
        premise = encodable("\n".join(case.quotes))
        body: dict[str, Json] = {
            "inputs": [premise, encodable(case.statement)],
            "truncate": False,  # of half a premise it would say that it does not entail
            "raw_scores": False,
        }
        try:
            reply = self._server.within(deadline.remaining_s(), lambda post: post(body))
            scores = _read(reply)
        except RefusedError as error:
            if error.status == _TOO_LONG:
                return None
            raise JudgeError(str(error)) from error
        except ServerError as error:
            raise JudgeError(str(error), is_late=isinstance(error, LateServerError)) from error
        return _holds(scores)

    def close(self) -> None:
        """See `Judge`: connections are closed after each question."""


def _holds(scores: dict[_Label, float]) -> bool:
    entailment = scores["entailment"]
    return entailment >= LEAST_ENTAILMENT and entailment >= scores.get("contradiction", 0.0)


def _read(reply: Json) -> dict[_Label, float]:
    """Give the probability of each label; anything else is no reply."""
    scores: dict[_Label, float] = {}
    for entry in reply if isinstance(reply, list) else ():
        told = entry if isinstance(entry, dict) else {}
        label, score = told.get("label"), told.get("score")
        # `type`, not `isinstance`: true is no score
        if not isinstance(label, str) or type(score) not in (int, float):
            raise ServerError("The judge's reply holds an entry without a label or a score.")
        known = _known(label)
        if known in scores:
            raise ServerError(f"The judge's reply holds {known} twice.")
        scores[known] = _probability(cast("int | float", score))
    if "entailment" not in scores or len(scores) < 2:
        raise ServerError("The judge's reply does not say how likely entailment is.")
    if abs(sum(scores.values()) - 1) > _ROUNDING:
        raise ServerError("The judge's scores are no probabilities: they do not add up to 1.")
    return scores


def _known(label: str) -> _Label:
    letters = "".join(filter(str.isalpha, label.casefold()))
    for spelling, known in _SPELLINGS:
        if spelling.fullmatch(letters):
            return known
    shown = ascii(label[:_MOST_TOLD])
    if _NAMELESS.fullmatch(label.strip()):
        raise UnfitJudgeError(
            f"The judge's labels have no names ({shown}): give its model an `id2label` with "
            "entailment, neutral and contradiction, or use another."
        )
    raise UnfitJudgeError(
        f"The judge's label {shown} is none of entailment, neutral and contradiction: its model "
        "is not one for natural language inference."
    )


def _probability(score: float) -> float:
    if not 0 <= score <= 1:  # nor is NaN
        raise ServerError("The judge's reply holds a score that is no probability.")
    return float(score)
