"""Which unanswered questions ask the same, and what staff decided about them."""

import base64
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Update, bindparam, delete, select, update

from aspire_bot.state.answers import new_id
from aspire_bot.state.database.database import Database, Insert
from aspire_bot.state.database.kept_values import WhileUnchanged
from aspire_bot.state.database.office_tables import cluster_members, clusters
from aspire_bot.state.database.tables import gaps
from aspire_bot.state.gaps import LOCK, TIMES_ASKED

ClusterStatus = Literal["open", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A gap in its cluster, None before it was put into one; `is_placed` by staff.

    `vector` is the unit vector of its question, shape (dimension,).
    """

    gap_id: str
    vector: NDArray[np.float32]
    cluster_id: str | None = None
    is_placed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterDecision:
    """What staff decided of a cluster, why, and who did; nobody where it is as it was made."""

    status: ClusterStatus
    reason: str = ""
    decided_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapGroup:
    """Gaps that ask the same: those of a cluster, or one that is in none (`cluster_id` None).

    The most asked comes first; `times` is how often they were asked together.
    """

    team: str
    cluster_id: str | None
    gap_ids: tuple[str, ...]
    times: int
    reason: str = ""
    """Why staff dismissed it."""


class Clusters:
    """The clusters of each workspace."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database
        self._groups_kept = WhileUnchanged[tuple[GapGroup, ...]](database)

    def members(self, team: str, embedding: str) -> Mapping[str, Member]:
        """Give the gaps whose vectors an embedder made, by id."""
        wanted = (
            select(cluster_members)
            .join(gaps, gaps.c.gap_id == cluster_members.c.gap_id)
            .where(gaps.c.team == team, cluster_members.c.embedding == embedding)
        )
        with self._database.read() as connection:
            rows = connection.execute(wanted).all()
        return {
            row.gap_id: Member(
                gap_id=row.gap_id,
                vector=_read(row.vector),
                cluster_id=row.cluster_id,
                is_placed=row.is_placed,
            )
            for row in rows
        }

    def open_groups(self, most_gaps: int, *, team: str | None = None) -> tuple[GapGroup, ...]:
        """Give what is open, of the most asked gaps, the most asked group first."""
        is_not_dismissed = clusters.c.status.is_distinct_from("dismissed")
        return self._groups_kept.of(
            ("open", most_gaps, team),
            lambda: self._groups(gaps.c.status == "open", is_not_dismissed, most_gaps, team),
        )

    def dismissed_groups(self, most_gaps: int) -> tuple[GapGroup, ...]:
        """Give what staff dismissed as a cluster, and nobody has answered, in the same order."""
        is_dismissed = clusters.c.status == "dismissed"
        return self._groups_kept.of(
            ("dismissed", most_gaps),
            lambda: self._groups(gaps.c.status != "answered", is_dismissed, most_gaps, None),
        )

    def _groups(
        self,
        gap_is: ColumnElement[bool],
        cluster_is: ColumnElement[bool],
        most_gaps: int,
        team: str | None,
    ) -> tuple[GapGroup, ...]:
        """No question and no vector is read: there may be thousands, of which few are shown."""
        joined = gaps.outerjoin(
            cluster_members, cluster_members.c.gap_id == gaps.c.gap_id
        ).outerjoin(clusters, clusters.c.cluster_id == cluster_members.c.cluster_id)
        wanted = (
            select(
                gaps.c.team, clusters.c.cluster_id, gaps.c.gap_id, TIMES_ASKED, clusters.c.reason
            )
            .select_from(joined)
            .where(gap_is, cluster_is)
            .order_by(TIMES_ASKED.desc(), gaps.c.asked_at.desc(), gaps.c.gap_id)
            .limit(most_gaps)
        )
        if team is not None:
            wanted = wanted.where(gaps.c.team == team)
        with self._database.read() as connection:
            rows = connection.execute(wanted).all()
        found: dict[str, list[Any]] = {}
        for row in rows:
            found.setdefault(row[1] or row[2], []).append(row)
        groups = (
            GapGroup(
                team=same[0].team,
                cluster_id=same[0].cluster_id,
                gap_ids=tuple([row[2] for row in same]),
                times=sum([row[3] for row in same]),
                reason=same[0].reason or "",
            )
            for same in found.values()
        )
        return tuple(sorted(groups, key=lambda one: (-one.times, one.gap_ids[0])))

    def vectors(
        self, gap_ids: Collection[str], embedding: str
    ) -> Mapping[str, NDArray[np.float32]]:
        """Give the vectors that an embedder made of some gaps, by id."""
        wanted = select(cluster_members.c.gap_id, cluster_members.c.vector).where(
            cluster_members.c.gap_id.in_(gap_ids), cluster_members.c.embedding == embedding
        )
        with self._database.read() as connection:
            return {row[0]: _read(row[1]) for row in connection.execute(wanted)}

    def add(self, vectors: Mapping[str, NDArray[np.float32]], embedding: str) -> None:
        """Keep the vectors of gaps; those that are gone meanwhile are passed over.

        A gap whose vector another embedder made keeps its place.
        """
        with self._database.write(lock=LOCK) as connection:
            there = select(gaps.c.gap_id).where(gaps.c.gap_id.in_(list(vectors)))
            for gap_id in connection.execute(there).scalars().all():
                vector = _write(vectors[gap_id])
                row = {"gap_id": gap_id, "is_placed": False, "embedding": embedding}
                new = self._database.insert_new(cluster_members).values(**row, vector=vector)
                connection.execute(new)
                renewed = update(cluster_members).where(cluster_members.c.gap_id == gap_id)
                connection.execute(renewed.values(embedding=embedding, vector=vector))

    def assign(self, team: str, found: Mapping[str, str]) -> None:
        """Keep the cluster of each gap; what staff have placed meanwhile stays where it is."""
        with self._database.write(lock=LOCK) as connection:
            for cluster_id in sorted(set(found.values())):
                connection.execute(self._new(cluster_id, team))
            if found:
                of_gap = update(cluster_members).where(
                    cluster_members.c.gap_id == bindparam("of_gap"), ~cluster_members.c.is_placed
                )
                rows = [{"of_gap": gap_id, "into": name} for gap_id, name in found.items()]
                connection.execute(of_gap.values(cluster_id=bindparam("into")), rows)

    def merge(self, into: str, others: Iterable[str]) -> None:
        """Put all gaps of other clusters into one, for good."""
        moved = update(cluster_members).where(cluster_members.c.cluster_id.in_([into, *others]))
        gone = delete(clusters).where(clusters.c.cluster_id.in_([o for o in others if o != into]))
        with self._database.write(lock=LOCK) as connection:
            connection.execute(moved.values(cluster_id=into, is_placed=True))
            connection.execute(gone)

    def split(self, team: str, gap_ids: Sequence[str]) -> str:
        """Put gaps into a cluster of their own, for good; give its id.

        Those that they leave stay together for good, too: of two that are alike nothing else says
        which of them bears the name of the cluster.
        """
        cluster_id = new_id()
        is_moved = cluster_members.c.gap_id.in_(gap_ids)
        left = select(cluster_members.c.cluster_id).where(
            is_moved, cluster_members.c.cluster_id.is_not(None)
        )
        moved = update(cluster_members).where(is_moved)
        with self._database.write(lock=LOCK) as connection:
            names = connection.execute(left.distinct()).scalars().all()
            connection.execute(_placed(names))
            connection.execute(self._new(cluster_id, team))
            connection.execute(moved.values(cluster_id=cluster_id, is_placed=True))
        return cluster_id

    def set_status(self, cluster_id: str, status: ClusterStatus, by: str, reason: str = "") -> None:
        """Keep that staff dismissed a cluster, and why, or took it up again.

        What is in it stays in it from then on: nothing of it comes up again under another name.
        """
        wanted = update(clusters).where(clusters.c.cluster_id == cluster_id)
        with self._database.write(lock=LOCK) as connection:
            connection.execute(wanted.values(status=status, decided_by=by, reason=reason))
            connection.execute(_placed([cluster_id]))

    def statuses(self, team: str) -> Mapping[str, ClusterStatus]:
        """Give the status of each cluster by id."""
        return {name: one.status for name, one in self.decisions(team).items()}

    def decisions(self, team: str) -> Mapping[str, ClusterDecision]:
        """Give what was decided of each cluster by id."""
        columns = (clusters.c.status, clusters.c.reason, clusters.c.decided_by)
        wanted = select(clusters.c.cluster_id, *columns).where(clusters.c.team == team)
        with self._database.read() as connection:
            rows = connection.execute(wanted).all()
        return {
            row[0]: ClusterDecision(status=row[1], reason=row[2], decided_by=row[3]) for row in rows
        }

    def gaps_of(self, cluster_id: str) -> Sequence[str]:
        """Give the gaps in a cluster, by id."""
        wanted = select(cluster_members.c.gap_id).where(cluster_members.c.cluster_id == cluster_id)
        with self._database.read() as connection:
            return connection.execute(wanted.order_by(cluster_members.c.gap_id)).scalars().all()

    def _new(self, cluster_id: str, team: str) -> Insert:
        return self._database.insert_new(clusters).values(
            cluster_id=cluster_id,
            team=team,
            status="open",
            reason="",
            made_at=self._database.now(),
        )


def _placed(cluster_ids: Sequence[str]) -> Update:
    """Have all that is in some clusters stay there."""
    within = cluster_members.c.cluster_id.in_(cluster_ids)
    return update(cluster_members).where(within).values(is_placed=True)


def _write(vector: NDArray[np.float32]) -> str:
    return base64.b64encode(vector.astype("<f2").tobytes()).decode("ascii")


def _read(kept: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(kept), dtype="<f2").astype(np.float32)
