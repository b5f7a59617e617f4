"""How much of a statement its sources say: the features of a calibrated decision, and it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources

from aspire_bot.answering.checking.agreement.replacements import count_replaced
from aspire_bot.answering.checking.agreement.sources import Line
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.claims.sentence import Unit
from aspire_bot.answering.checking.claims.wordlists import LIGHT
from aspire_bot.answering.linear import LinearModel, probability

_SAID = 0.5
_CLAUSE_STEP = 2.0
"""Things further from each other than this have a sign between them."""
_AROUND, _ABOVE, _ASKED, _PIECES = 0.8, 0.8, 0.7, 0.8
"""What a word counts that stands in a neighbouring sentence, the title, the question; in pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What is measured of a statement and its sources."""

    covered: float
    """Share of its words that the sources say."""
    missing: float
    """Words that they do not, up to 6, in sixths."""
    longest_gap: float
    """The longest row of words that they do not say, up to 4, in quarters."""
    worst_clause: float
    """The least share of words that the sources say of any clause of two words or more."""
    replaced: float
    """Words that stand where the source has another one, up to 2, in halves."""
    similarity: float
    """Cosine of the statement and the nearest supporting sentence, .75 as 0 and .95 as 1."""
    standing: float
    """How far that cosine is above the mean of all sentences of the prompt, up to .1, in tenths."""
    unknown: float
    """Share of its words of which it is not known what they are called in the source's language."""
    claims: float
    """Claims that the statement makes, up to 4, in quarters."""
    closeness: float
    """Cosine of the statement and the sentences that support it, .8 as 0 and 1 as 1."""
    strangeness: float
    """How much nearer it comes to them without the words that they do not say, up to .05."""


FEATURES = tuple(Coverage.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """The calibrated decision for one pair of languages."""

    model: LinearModel
    threshold: float

    def probability(self, coverage: Coverage) -> float:
        """How likely it is that the sources support a statement so covered."""
        row = list(asdict(coverage).values())
        return probability(self.model.log_odds(FEATURES, row))

    def is_enough(self, coverage: Coverage) -> bool:
        """Whether it is likely enough."""
        return self.probability(coverage) >= self.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """What vectors say of a statement and its sources: cosines, 0 where nobody compared them."""

    to_sentence: float = 0.0
    """With the nearest supporting sentence, as it stands in its passage."""
    background: float = 0.0
    """The mean with all sentences of the prompt."""
    to_support: float = 0.0
    """With the supporting sentences by themselves."""
    without_unsaid: float = 1.0
    """The same of the statement without the words that they do not say."""


SAID_IN_FULL = Nearness(to_support=1.0)
"""Where no word is left that the sources do not say, vectors have no say either."""


def measure(
    matcher: Matcher,
    lines: Sequence[Line],
    asked: frozenset[str],
    nearness: Nearness,
    *,
    is_foreign: bool,
) -> Coverage:
    """Measure how far the lines cover a statement; `asked` are the terms of the question.

    Across languages, words that nobody gave a translation say nothing either way.
    """
    shares: list[float] = []
    clauses: list[list[float]] = [[]]
    place = 0.0
    unknown = 0
    for at, unit in enumerate(matcher.statement.units):
        if _is_word(unit):
            share = _share(matcher, at, unit, lines, asked)
            if unit.place - place > _CLAUSE_STEP:
                clauses.append([])
            place = unit.place
            if is_foreign and share == 0 and not matcher.has_other_names(unit):
                unknown += 1
                continue
            if not set(unit.terms) & LIGHT or share > 0:
                shares.append(share)
                clauses[-1].append(share)
    missing = sum(1 - share for share in shares)
    return Coverage(
        covered=sum(shares) / len(shares) if shares else 1.0,
        missing=min(6.0, missing) / 6,
        longest_gap=min(4, _longest_gap(shares)) / 4,
        worst_clause=min((sum(c) / len(c) for c in clauses if len(c) > 1), default=1.0),
        replaced=min(2, count_replaced(matcher, lines)) / 2,
        similarity=_scaled(nearness.to_sentence - 0.75, 0.2),
        standing=_scaled(nearness.to_sentence - nearness.background, 0.1)
        if nearness.to_sentence
        else 0.0,
        unknown=unknown / max(1, unknown + len(shares)),
        claims=min(4, sum(u.claim is not None for u in matcher.statement.units)) / 4,
        closeness=_scaled(nearness.to_support - 0.8, 0.2),
        strangeness=_scaled(nearness.without_unsaid - nearness.to_support, 0.05),
    )


def without_unsaid(matcher: Matcher, lines: Sequence[Line], asked: frozenset[str]) -> str | None:
    """Give the statement without the words that the lines do not say; None where they say all."""
    statement = matcher.statement
    unsaid = [
        unit
        for at, unit in enumerate(statement.units)
        if _is_word(unit)
        and not set(unit.terms) & LIGHT
        and _share(matcher, at, unit, lines, asked) < _SAID
    ]
    if not unsaid:
        return None
    text = statement.text
    for unit in reversed(unsaid):
        text = f"{text[: unit.start]}…{text[unit.end :]}"
    return text


def _is_word(unit: Unit) -> bool:
    return unit.claim is None or unit.claim.kind == "contrast"


def _scaled(value: float, most: float) -> float:
    return min(1.0, max(0.0, value / most))


def _share(
    matcher: Matcher, at: int, unit: Unit, lines: Sequence[Line], asked: frozenset[str]
) -> float:
    if any(line.weight == 1 and matcher.places(at, line.reading) for line in lines):
        return 1.0
    if any(matcher.places(at, line.reading) for line in lines):
        return _AROUND
    if any(matcher.places(at, line.source.context) for line in lines if line.weight == 1):
        return _ABOVE
    if asked.intersection(unit.terms):
        return _ASKED
    return _PIECES * _in_pieces(unit, lines)


def _in_pieces(unit: Unit, lines: Sequence[Line]) -> float:
    """The share of the pairs of characters of a Japanese word that one sentence holds."""
    word = unit.terms[0] if unit.terms else ""
    if word.isascii() or len(word) < 2:
        return 0.0
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    best = max((sum(p in line.reading.text for p in pairs) for line in lines), default=0)
    return best / len(pairs)


def _longest_gap(shares: Sequence[float]) -> int:
    longest = running = 0
    for share in shares:
        running = running + 1 if share < _SAID else 0
        longest = max(longest, running)
    return longest


@lru_cache(maxsize=1)
def shipped_deciders() -> Mapping[str, Decider]:
    """Read the decisions that are shipped with the package: `same` and `cross` languages."""
    return deciders_from(
        json.loads((resources.files(__package__ or "") / "calibration.json").read_text("utf-8"))
    )


def deciders_from(data: Mapping[str, Mapping[str, float]]) -> Mapping[str, Decider]:
    """Read decisions out of their JSON form; bias and threshold stand among the weights."""
    return {
        pair: Decider(
            model=LinearModel(
                weights={k: v for k, v in values.items() if k not in ("bias", "threshold")},
                bias=values["bias"],
            ),
            threshold=values["threshold"],
        )
        for pair, values in data.items()
    }
