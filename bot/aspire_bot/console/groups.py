"""Unanswered questions as the inbox shows them: those that ask the same together."""

from collections.abc import Sequence

from aspire_bot.console.parts import DismissedGroup, QuestionGroup
from aspire_bot.office.cluster_book import ClusterBook, ClusterReport
from aspire_bot.state.database.kept_values import WhileUnchanged


class ByMeaning:
    """Questions in the clusters that a running bot keeps; what is in none stands by itself.

    A cluster shows those of its questions that are still open. `serve` groups new ones; the
    console embeds nothing.
    """

    def __init__(self, book: ClusterBook) -> None:
        """Show the groups of `book`."""
        self.book = book
        self._dismissed = WhileUnchanged[Sequence[DismissedGroup]](book.state.database)

    def count(self) -> int:
        """See `QuestionGroups`."""
        return self.book.count()

    def groups(self, limit: int) -> Sequence[QuestionGroup]:
        """See `QuestionGroups`."""
        return [_shown(report) for report in self.book.reports(limit=limit)]

    def found(
        self, text: str, *, start: int, limit: int, beside: str = ""
    ) -> tuple[Sequence[QuestionGroup], int]:
        """See `QuestionGroups`."""
        reports, total = self.book.found(text, start=start, limit=limit, beside=beside)
        return [_shown(report) for report in reports], total

    def dismissed(self, limit: int) -> Sequence[DismissedGroup]:
        """See `QuestionGroups`."""
        return self._dismissed.of(limit, lambda: self._read_dismissed(limit))

    def _read_dismissed(self, limit: int) -> Sequence[DismissedGroup]:
        return [
            DismissedGroup(
                cluster_id=report.cluster_id,
                team=report.team,
                title=report.first.question,
                reason=report.reason,
            )
            for report in self.book.dismissed(limit)
        ]


def _shown(report: ClusterReport) -> QuestionGroup:
    return QuestionGroup(
        key=report.first.gap_id,
        team=report.team,
        cluster_id=report.cluster_id if report.is_grouped else None,
        gap_ids=report.gap_ids,
        title=report.first.question,
        times=report.count,
        language=report.first.language,
        questions=report.questions,
        nearest=report.nearest,
        this_week=report.this_week,
        last_week=report.last_week,
    )
