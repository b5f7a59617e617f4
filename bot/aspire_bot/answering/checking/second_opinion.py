"""An optional judge after the rules: another model that may drop what they keep, and no more."""

from dataclasses import dataclass
from typing import Protocol

from aspire_bot.answering.checking.agreement.sources import Sources
from aspire_bot.answering.checking.attempt import Outcome
from aspire_bot.answering.checking.statements import Statement
from aspire_bot.answering.limits import Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A statement that the rules keep, and what they keep it on.

    `quotes` are sentences as a person reads them, those of one passage together, under a line with
    the title, headings and date of their document. `language` is the statement's. `is_for_staff`:
    who wrote the statement had read what only staff may see. `deadline` is that of the
    answer, where there is one.
    """

    statement: str
    quotes: tuple[str, ...]
    language: str = "en"
    is_for_staff: bool = False
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeTerms:
    """What holds for all statements of an answer: its deadline, and who may know it.

    `is_for_staff` where more than the passages may have told the model what only staff may know.
    """

    deadline: Deadline | None = None
    is_for_staff: bool = False


class SecondOpinion(Protocol):
    """Says whether sentences of documents support a statement; off by default.

    It is asked only about what the rules keep, so that it can never keep what they drop.
    """

    def supports(self, case: Case) -> bool:
        """Say whether the quotes, taken together, support the statement.

        True also where no judge may see them, can be reached, or answers in time: the rules have
        spoken.
        """
        ...

    def close(self) -> None:
        """Let go of connections; nothing is asked any more."""
        ...


def case_of(statement: Statement, outcome: Outcome, sources: Sources, terms: JudgeTerms) -> Case:
    """Give what a judge is asked about a statement that `outcome` supports."""
    said: dict[int, list[str]] = {}
    for line in sorted(outcome.supporting, key=lambda line: (line.source.number, line.at)):
        source = line.source
        above = [] if source.number in said else [" › ".join(source.above)]
        said.setdefault(source.number, above).append(source.text_of(line.at))
    return Case(
        statement=statement.text,
        quotes=tuple("\n".join(lines) for lines in said.values()),
        language=outcome.language,
        # of all that the model read: a word or two that no quote has may come from any of it
        is_for_staff=terms.is_for_staff
        or any(one.entry.document.audience == "staff" for one in sources.all),
        deadline=terms.deadline,
    )
