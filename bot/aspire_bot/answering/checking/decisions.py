"""What was decided of a statement, and on what."""

from dataclasses import dataclass
from typing import Literal

from aspire_bot.answering.checking.agreement.faults import Fault, Reason
from aspire_bot.answering.checking.coverage import Coverage
from aspire_bot.answering.checking.statements import Statement

Verdict = Literal["kept", "moved", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words that support a statement: `document.text[start:end]` of passage `marker`.

    `passage` counts the passages of the prompt from 0, `marker` from 1.
    """

    marker: int
    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of a statement.

    `markers` are those to show: the statement's own where it is kept, corrected ones where it is
    moved. Each has at least one quote. `reasons` say why a statement is dropped, or what was wrong
    with the markers of one that is not. A lead is kept only if something supported follows it.
    """

    statement: Statement
    verdict: Verdict
    markers: tuple[int, ...] = ()
    quotes: tuple[Quote, ...] = ()
    reasons: tuple[Reason, ...] = ()
    is_lead: bool = False
    faults: tuple[Fault, ...] = ()
    """What of it the nearest sentences do not say, in its own words."""
    probability: float = 0.0
    """How likely its sources cover it; 0 where that was not asked."""
    coverage: Coverage | None = None
    """What the probability was worked out from."""
