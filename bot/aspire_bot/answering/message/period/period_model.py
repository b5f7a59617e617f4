"""Which of the periods that a message may ask for it does ask for, and what: learnt from messages.

A multinomial logistic regression over hashed character n-grams of the message, in which a sign
stands for the period, and over a few features of how the period is named. Its weights are made by
`aspire_training.periods`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.message import hash_features
from aspire_bot.answering.message.hash_features import hashed, packed
from aspire_bot.answering.message.period.period_candidates import (
    OTHER_SIGN,
    SIGN,
    WHATS,
    AskedPeriod,
    Candidate,
)
from aspire_ingest.index.text.dates import occasion_words, term_words
from aspire_ingest.index.text.script import is_japanese

_MOST_CHARACTERS = 200
"""Characters that are read, around the sign of the period where there is one."""
_WEIGHTS = "period_weights.npz"
_SAYS_NO_DAYS = ("nearest", "now", "implied", "carried", "carried, moved")
"""Forms of a period for which a message says no days of its own."""


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SAYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("deadline", term_words.DEADLINE),
    ("closes", term_words.CLOSES),
    ("opening", term_words.OPENING),
    ("applying", term_words.APPLYING),
    ("handing in", term_words.HANDING_IN),
    ("event", occasion_words.KIND),
    ("takes place", occasion_words.TAKES_PLACE),
    ("future", occasion_words.FUTURE),
    ("past", occasion_words.PAST),
    ("other", term_words.OTHER),
    (
        "open",
        _words(
            r"\bopen\b(?! to\b| access| science| question)|\baccepting\b|\btaking (?:app|prop)"
            r"|\b(?:can|could) (?:i|we) still\b|募集中|受付中|公募中|応募でき"
            r"|申し込め|出せる|間に合"
        ),
    ),
    ("person", _words(r"\bwho(?:se|m)?\b|誰|だれ|どなた")),
    ("amount", _words(r"\bhow (?:much|many|long)\b|\bnumber of\b|いくら|何[件人名回]|件数|人数")),
    ("way", _words(r"\b(?:how (?:do|can|to|does)|why|where)\b|なぜ|どう|どこ|方法")),
    ("time", _words(r"\bwhen\b|\bwhat (?:day|date|time)\b|いつ|何日|何時")),
    (
        "list",
        _words(
            r"\b(?:which|any|list|all|anything|every|upcoming|what'?s)\b|一覧|ある|あります|どれ|全部|すべて|予定"
        ),
    ),
    (
        "news",
        _words(
            r"\b(?:news|new|updates?|publish\w*|posted|released?|announc\w*|came out|revis\w+)\b"
            r"|新着|お知らせ|公開|公表|掲載|発表|更新|改訂|出た|ニュース|プレス"
        ),
    ),
    ("end", _words(r"\b(?:end|ends|ended|ending|finish\w*|start\w*)\b|終わ|終了|始ま|開始")),
)
"""What a message may speak of, in the words that documents are read for."""


def features(one: Candidate) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The numbers of what a candidate has, and how much of each it has; see `hash_features`."""
    text = _around(one.text)
    return hashed(text, _signs(one, text))


def _signs(one: Candidate, text: str) -> Iterator[str]:
    """How the period is named, what stands beside it, and what the message speaks of."""
    language = "ja" if is_japanese(text) else "en"
    form = one.form
    yield from (f"form={form}", f"form={form} {language}", f"before={one.before}")
    yield from (f"before={one.before} {form}", f"only={one.is_only}", f"only={one.is_only} {form}")
    yield from (f"span={one.before_span} {form}", f"span={one.before_span} {form} {one.before}")
    yield f"length={min(len(text) // 15, 8)} {form}"
    for name, pattern in _SAYS:
        if pattern.search(text):
            yield from (f"says={name}", f"says={name} {form}", f"says={name} {one.before}")
    if SIGN in text:
        at = text.index(SIGN)
        behind, ahead = text[at + 1 :].strip(), text[:at].strip()
        yield from (f"behind={behind[:n]}" for n in (1, 2, 3, 4, 6) if behind)
        yield from (f"ahead={ahead[-n:]}" for n in (1, 2, 3, 4, 6) if ahead)
        yield from (f"ends={behind.strip(' ?.!') == ''}", f"begins={ahead == ''}")
    if OTHER_SIGN in text:
        yield "others"


def _around(text: str) -> str:
    if len(text) <= _MOST_CHARACTERS:
        return text
    at = max(0, text.find(SIGN) - _MOST_CHARACTERS // 2)
    return text[at : at + _MOST_CHARACTERS]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodModel:
    """Weights of shape (`BUCKETS`, 1 + number of whats): none, then the whats; and a bias of each.

    A period is asked for where the chance of none is below `none_below`.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    none_below: float

    def chances(self, one: Candidate) -> NDArray[np.float32]:
        """The probability of none and of each what that a candidate can have."""
        numbers, amounts = features(one)
        scores = amounts @ self.weights[numbers] + self.bias
        for column, what in enumerate(WHATS, start=1):
            if what not in one.by_what:
                scores[column] = -np.inf
        powers = np.exp(scores - scores.max())
        return powers / powers.sum()

    def choose(self, found: Sequence[Candidate]) -> AskedPeriod | None:
        """Give what is asked for most likely; None where likely none is.

        "Coming up in December" asks for December: beside days that are asked for, too, a word for
        what is nearest but says on which side of today they lie.
        """
        asked = [(one, self.chances(one)) for one in found]
        likely = [(one, chances) for one, chances in asked if chances[0] < self.none_below]
        named = [(one, chances) for one, chances in likely if one.form not in _SAYS_NO_DAYS]
        if named:
            likely = [(one, chances) for one, chances in likely if one.form != "nearest"]
        if not likely:
            return None
        one, chances = min(likely, key=lambda read: float(read[1][0]))
        return one.by_what[WHATS[int(chances[1:].argmax())]]

    def packed(self) -> bytes:
        """The model as a file."""
        return packed(self.weights, self.bias, none_below=self.none_below)


@cache
def shipped_model() -> PeriodModel:
    """Give the model that is shipped."""
    return unpacked(files("aspire_bot.answering.message.period").joinpath(_WEIGHTS).read_bytes())


def unpacked(file: bytes) -> PeriodModel:
    """Give the model that `PeriodModel.packed` made a file of."""
    weights, bias, settings = hash_features.unpacked(file)
    return PeriodModel(weights=weights, bias=bias, **settings)
