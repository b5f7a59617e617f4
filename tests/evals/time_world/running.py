"""Asking the questions of a real index over the articles, and judging what is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import knowledge
from tests.evals.time_world import articles
from tests.evals.time_world.questions import CASES, NOW, TimeCase

from aspire_bot.answering.quotes.citations import markers_match
from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import open_assistant
from aspire_bot.settings import Settings

MOST_TOLD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was said to a question; `told` are the articles that are cited, translations as one."""

    case: TimeCase
    answer: Answer
    told: frozenset[str]

    @property
    def is_right(self) -> bool:
        """Whether just the right articles are cited, as many as an answer holds, or none at all."""
        if not self.case.answers:
            return self.answer.outcome == "abstained"
        whole = min(len(self.case.answers), MOST_TOLD - 2)
        return self.told <= self.case.answers and len(self.told) >= min(
            len(self.case.answers), whole
        )

    @property
    def is_sound(self) -> bool:
        """Whether text and citations fit each other and the answer is short."""
        citations = self.answer.citations
        return markers_match(self.answer.text, citations) and len(self.answer.text) <= 900


def run(folder: Path) -> list[Outcome]:
    """Index the articles below a folder and ask all questions."""
    articles.write(folder / "docs")
    knowledge.add(folder / "home", folder / "docs")
    with open_assistant(Settings(home=folder / "home"), now=lambda: NOW) as assistant:
        return [_outcome(case, assistant.answer(Question(text=case.question))) for case in CASES]


def summary(outcomes: Sequence[Outcome]) -> list[str]:
    """One line for each group of questions: how many are right, how sure answers are."""
    lines: list[str] = []
    for name, is_held_out in (("tuned", False), ("held out", True)):
        group = [one for one in outcomes if one.case.is_held_out is is_held_out]
        for label, part in (
            ("answerable", [one for one in group if one.case.answers]),
            ("unanswerable", [one for one in group if not one.case.answers]),
        ):
            right = sum(one.is_right for one in part)
            lines.append(f"{name}, {label}: {right} of {len(part)} right")
    return lines


def _outcome(case: TimeCase, answer: Answer) -> Outcome:
    names = {Path(citation.document.source).stem for citation in answer.citations}
    told = frozenset(name.removesuffix("_e") for name in names)
    return Outcome(case=case, answer=answer, told=told)
