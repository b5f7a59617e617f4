"""Whether one sentence states several counts, as several questions ask for. Pure.

"How many applied, and how many were chosen?": 41件の申請があり、5件を採択しました answers both,
though a reader of another language finds only one of them in it.
"""

import re

_ASKS = re.compile(
    r"\bhow many\b|何(?:件|人|名|社|校|組|回|票|課題|か国|カ国|ヵ国)|いくつ", re.IGNORECASE
)
_COUNT_JA = re.compile(
    r"\d[\d,]*\s*(件|人|名|社|校|組|回|票|課題|か国|カ国|ヵ国)(?!あたり|以[上下内]|まで|未満)"
)
_COUNT_EN = re.compile(
    r"(?<![\w.,:-])(?!(?:19|20)\d\d\b)(?:\d{1,3}(?:,\d{3})+|\d+)(?=\s+(?!(?:years?|months?|weeks?|days?|hours?"
    r"|percent|pages?|euros?|yen|million|Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)\b)[a-z])"
)


def asks_count(ask: str) -> bool:
    """Whether a question asks how many there are of something."""
    return _ASKS.search(ask) is not None


def states_counts(sentence: str, several: int) -> bool:
    """Whether a sentence states as many counts, in Japanese of one kind: 41件 and 5件."""
    counters = [found[1] for found in _COUNT_JA.finditer(sentence)]
    most = max((counters.count(one) for one in counters), default=0)
    return max(most, len(_COUNT_EN.findall(sentence))) >= several
