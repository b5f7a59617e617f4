"""How near the text that came out is to what a reader sees."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq
from tests.evals.documents.case import DocumentCase

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_RULE = re.compile(r"^\s*\|?[\s|:-]*-{3}[\s|:-]*$", re.MULTILINE)
_LEAD = re.compile(r"^[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|>[ \t])+", re.MULTILINE)
_RAISED = str.maketrans({sign: f"^{n}" for n, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")})
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_MARKS = re.compile(r"\\(?=\W)|\||\*\*|__")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a program made of one file; `error` says why it refused the file, if it did."""

    text: str
    remarks: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The measures of one file.

    Attributes:
        f1: of characters, None where the file is to be refused.
        leaked: hidden pieces that came out.
        unnamed: losses that nothing tells of.
    """

    f1: float | None
    leaked: tuple[str, ...]
    unnamed: tuple[str, ...]


def score(case: DocumentCase, outcome: Outcome) -> Score:
    """Hold what came out against what is seen."""
    told = "\n".join((*outcome.remarks, outcome.error))
    plain = _squeezed(outcome.text)
    return Score(
        f1=character_f1(case.shown, outcome.text) if case.shown else None,
        leaked=tuple(piece for piece in case.hidden if _squeezed(piece) in plain),
        unnamed=tuple(word for word in case.named if word not in told),
    )


def character_f1(seen: str, text: str) -> float:
    """The F1 of characters that both have in the same order (the longest common subsequence).

    Order counts, unlike with a multiset of characters: text read across columns is not right.
    Blanks and the signs of Markdown do not count, so that programs that write them can be
    compared; a raised 5 is `⁵` or `^5`, never `5`.
    """
    wanted, found = letters(seen), letters(text)
    if not wanted and not found:
        return 1.0
    return 2 * LCSseq.similarity(wanted, found) / (len(wanted) + len(found))


def letters(text: str) -> str:
    """The characters that count."""
    text = _LEAD.sub("", _RULE.sub("", _COMMENT.sub("", text)))
    return _squeezed(_MARKS.sub("", text)).translate(_RAISED).translate(_LOWERED)


def median(values: Sequence[float]) -> float:
    """The middle value, the lower one of two."""
    return sorted(values)[(len(values) - 1) // 2]


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
