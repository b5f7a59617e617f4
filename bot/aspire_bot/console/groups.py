"""Unanswered questions as the inbox shows them where nothing puts those alike together."""

from collections.abc import Sequence
from dataclasses import dataclass

from aspire_bot.console.parts import QuestionGroup
from aspire_bot.console.views.inbox import one_by_one
from aspire_bot.state.gaps import Gaps


@dataclass(frozen=True, slots=True)
class OneByOne:
    """Each question by itself, the most asked first."""

    gaps: Gaps

    def groups(self, limit: int) -> Sequence[QuestionGroup]:
        """See `QuestionGroups`."""
        return one_by_one(self.gaps.open(limit))
