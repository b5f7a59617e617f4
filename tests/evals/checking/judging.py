"""What became of the cases: lies let through, truths lost, by kind and language."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.evals.checking.cases import VerificationCase

from aspire_bot.answering.checking import Decision, SentenceVectors, Statement
from aspire_bot.answering.quotes.translations import is_translation
from aspire_bot.answering.types import ScoredPassage

_FAULTS = ("wrong marker", "missing marker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A case with what was decided, and how long it took."""

    case: VerificationCase
    decision: Decision
    seconds: float

    @property
    def is_shown(self) -> bool:
        """Whether a reader would see the statement."""
        return self.decision.verdict != "dropped"

    @property
    def is_well_marked(self) -> bool:
        """Whether it is shown with markers that lead to words it was made from, and no others."""
        if not self.is_shown:
            return False
        right = {self.case.passages[n - 1].passage.text for n in self.case.right}
        wanted = {" ".join(place.text.split()) for place in self.case.made.places}
        for marker in self.decision.markers:
            text = self.case.passages[marker - 1].passage.text
            is_same = any(one in " ".join(text.split()) for one in wanted)
            document = self.case.passages[marker - 1].document
            is_same |= any(
                is_translation(document, self.case.passages[n - 1].document)
                for n in self.case.right
            )
            if text not in right and not is_same:
                return False
        return bool(self.decision.markers)

    @property
    def is_wrong(self) -> bool:
        """Whether a lie came through, or a truth was lost.

        Of a true sentence with a wrong or no marker, the lie is the marker: it must not stay.
        """
        if self.case.made.kind in _FAULTS:
            return self.is_shown and not self.is_well_marked
        if self.case.made.is_true:
            return not self.is_shown
        return self.is_shown


class Verifies(Protocol):
    """What decides about a statement: the verification itself, or all that leads to it."""

    def verify(
        self,
        statement: Statement,
        passages: Sequence[ScoredPassage],
        *,
        question: str,
        language: str,
        vectors: SentenceVectors,
    ) -> Decision: ...


def judge(
    cases: Iterable[VerificationCase], verifier: Verifies, vectors: SentenceVectors
) -> list[Judged]:
    """Verify every case as the only statement of its answer."""
    judged: list[Judged] = []
    for case in cases:
        statement = Statement(text=case.made.text, markers=case.markers)
        start = time.perf_counter()
        decision = verifier.verify(
            statement,
            case.passages,
            question="",
            language=case.made.language,
            vectors=vectors,
        )
        seconds = time.perf_counter() - start
        judged.append(Judged(case=case, decision=decision, seconds=seconds))
    return judged


Group = tuple[str, str, str]


def summary(judged: Sequence[Judged]) -> Mapping[Group, tuple[int, int]]:
    """Give (wrong, all) by language with pair, truth or lie, and kind; `all` over the kinds."""
    found: dict[Group, list[int]] = defaultdict(lambda: [0, 0])
    for one in judged:
        made = one.case.made
        side = "truths lost" if made.is_true else "lies let through"
        pair = made.language if one.case.pair == "same" else f"{made.language} (translated)"
        for kind in (made.kind, "all"):
            for language in (pair, "both"):
                found[language, side, kind][0] += one.is_wrong
                found[language, side, kind][1] += 1
    return {group: (wrong, count) for group, (wrong, count) in sorted(found.items())}
