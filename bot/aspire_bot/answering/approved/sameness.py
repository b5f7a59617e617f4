"""Whether an approved answer is the answer to a question, similar to it, or neither.

Staff have the last word: the very words of a wording are answered, the very words of a question
that they excluded are not. All else is judged by trained weights; below what they call similar,
and where there are none, nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal, Protocol

from aspire_bot.answering.linear import probability
from aspire_bot.answering.message.plain_question import plain_question

Verdict = Literal["same", "similar", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Log-odds from which on two questions are the same, and from which on they are similar."""

    same: float
    similar: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness:
    """What an approved answer is to a question; `log_odds` that both ask the same."""

    verdict: Verdict
    log_odds: float

    @property
    def probability(self) -> float:
        """The probability (0 to 1) that both ask the same."""
        return probability(self.log_odds)


class PairJudge(Protocol):
    """Says of two questions whether an answer to one answers the other."""

    def log_odds(self, approved: str, asked: str) -> tuple[float, Levels]:
        """Give the log-odds, and what they are worth for these two languages.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedQuestion:
    """The wordings of an approved question, and the questions that staff excluded from it."""

    wordings: tuple[str, ...]
    not_wordings: tuple[str, ...] = ()

    def sameness(self, asked: str, judge: PairJudge | None) -> Sameness:
        """Say what its answer is to a question; without a judge only its very words are the same.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        plain = plain_question(asked)
        if plain in map(plain_question, self.not_wordings):
            return Sameness(verdict="other", log_odds=-inf)
        if plain in map(plain_question, self.wordings):
            return Sameness(verdict="same", log_odds=inf)
        if judge is None:
            return Sameness(verdict="other", log_odds=-inf)
        judged = [_judged(judge, wording, asked) for wording in self.wordings]
        best = max(judged, key=_rank)
        excluded = _most_alike(judge, self.not_wordings, asked)
        if excluded >= best.log_odds:
            return Sameness(verdict="other", log_odds=best.log_odds)
        return best


_ORDER: tuple[Verdict, ...] = ("other", "similar", "same")


def _rank(found: Sameness) -> tuple[int, float]:
    return _ORDER.index(found.verdict), found.log_odds


def _judged(judge: PairJudge, wording: str, asked: str) -> Sameness:
    log_odds, levels = judge.log_odds(wording, asked)
    is_similar = log_odds >= levels.similar
    verdict: Verdict = "same" if log_odds >= levels.same else "similar" if is_similar else "other"
    return Sameness(verdict=verdict, log_odds=log_odds)


def _most_alike(judge: PairJudge, wordings: Sequence[str], asked: str) -> float:
    return max((judge.log_odds(wording, asked)[0] for wording in wordings), default=-inf)
