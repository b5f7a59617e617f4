"""Which of a question's candidate sentences are evidence, as far as its set tells."""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.evaluation.cases import Case, names_of

_LEAST_OVERLAP = 12


def is_labelled(case: Case) -> bool:
    """Whether the set tells which words answer."""
    return bool(case.evidence) or (bool(case.answers) and bool(case.gold))


def labels_of(case: Case, evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    """Give 1 for each sentence that answers and 0 for the others, shape (sentences,)."""
    return np.array([float(_is_evidence(case, one)) for one in evidence])


def holds_part_of_answer(case: Case, text: str) -> bool:
    """Whether a text holds anything that a right answer must hold."""
    if case.must_include:
        return any(re.search(pattern, text, re.IGNORECASE) for pattern in case.must_include)
    return case.is_right(text)


def _is_evidence(case: Case, one: Evidence) -> bool:
    names = names_of(one.passage.document)
    said = plain(one.text)
    if case.evidence:
        return any(
            item.file in names and _overlap(said, plain(item.text)) for item in case.evidence
        )
    return bool(names & set(case.gold)) and any(plain(a) in said for a in case.answers)


def _overlap(said: str, wanted: str) -> bool:
    if wanted in said:
        return True
    return len(said) >= _LEAST_OVERLAP and said in wanted


def plain(text: str) -> str:
    """Text without white space and block markup, compatibility-folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s|#*“”\"']+", "", folded)
