"""What staff decide of questions that ask the same: kept, so that the next grouping respects it."""

from collections.abc import Sequence
from dataclasses import dataclass

from aspire_bot.state import State
from aspire_bot.state.gaps import GapStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterDecisions:
    """Merges, splits and dismisses the clusters of a workspace; False where they are not there."""

    state: State
    team: str

    def merge(self, into: str, other: str) -> bool:
        """Put two clusters together."""
        known = self.state.clusters.statuses(self.team)
        if into == other or into not in known or other not in known:
            return False
        self.state.clusters.merge(into, [other])
        return True

    def split(self, cluster_id: str, gap_ids: Sequence[str]) -> str | None:
        """Give questions of a cluster one of their own, and its id; None where none would stay."""
        members = frozenset(self.state.clusters.gaps_of(cluster_id))
        wanted = members.intersection(gap_ids)
        is_known = cluster_id in self.state.clusters.statuses(self.team)
        if not is_known or not wanted or wanted == members:
            return None
        return self.state.clusters.split(self.team, sorted(wanted))

    def dismiss(self, cluster_id: str, by: str, reason: str) -> bool:
        """Say that a cluster, and what joins it later, needs no answer."""
        return self._decide(cluster_id, by, reason, ("open", "dismissed"))

    def reopen(self, cluster_id: str, by: str) -> bool:
        """Take up again what was dismissed."""
        return self._decide(cluster_id, by, "", ("dismissed", "open"))

    def _decide(
        self, cluster_id: str, by: str, reason: str, change: tuple[GapStatus, GapStatus]
    ) -> bool:
        if cluster_id not in self.state.clusters.statuses(self.team):
            return False
        before, after = change
        status = "dismissed" if after == "dismissed" else "open"
        self.state.clusters.set_status(cluster_id, status, by, reason)
        for gap_id in self.state.clusters.gaps_of(cluster_id):
            gap = self.state.gaps.get(gap_id)
            if gap is not None and gap.status == before:
                self.state.gaps.set_status(gap_id, after)
        return True
