"""Unanswered questions as the inbox shows them: those that ask the same together."""

from collections.abc import Sequence
from dataclasses import dataclass

from aspire_bot.console.parts import DismissedGroup, QuestionGroup
from aspire_bot.office.cluster_book import ClusterBook
from aspire_bot.state.gaps import Gaps

_MOST_OPEN = 5000
"""Open questions that are looked through; as many as are grouped."""


@dataclass(frozen=True, slots=True)
class ByMeaning:
    """Questions in the clusters that a running bot keeps; what is in none stands by itself.

    A cluster shows those of its questions that are still open. `serve` groups new ones; the
    console embeds nothing.
    """

    book: ClusterBook
    gaps: Gaps

    def groups(self, limit: int) -> Sequence[QuestionGroup]:
        """See `QuestionGroups`."""
        open_ = {gap.gap_id: gap for gap in self.gaps.open(_MOST_OPEN)}
        found: list[QuestionGroup] = []
        for team in sorted({gap.team for gap in open_.values()}):
            clusters = self.book.state.clusters.statuses(team)
            for report in self.book.reports(team):
                members = [open_[gap_id] for gap_id in report.gap_ids if gap_id in open_]
                if not members:
                    continue
                first = open_.get(report.gap_id, members[0])
                found.append(
                    QuestionGroup(
                        key=first.gap_id,
                        team=team,
                        cluster_id=report.cluster_id if report.cluster_id in clusters else None,
                        gap_ids=tuple(gap.gap_id for gap in members),
                        title=first.question,
                        times=sum(gap.times for gap in members),
                        language=first.language,
                        questions=tuple(gap.question for gap in members),
                        nearest=first.nearest,
                        this_week=report.this_week,
                        last_week=report.last_week,
                    )
                )
        return sorted(found, key=lambda group: (-group.times, group.key))[:limit]

    def dismissed(self, limit: int) -> Sequence[DismissedGroup]:
        """See `QuestionGroups`."""
        found: list[DismissedGroup] = []
        for team in self.gaps.teams():
            decided = self.book.state.clusters.decisions(team)
            found += [
                DismissedGroup(
                    cluster_id=report.cluster_id,
                    team=team,
                    title=report.question,
                    reason=decided[report.cluster_id].reason,
                )
                for report in self.book.reports(team, with_dismissed=True)
                if report.status == "dismissed"
            ]
        return found[:limit]
