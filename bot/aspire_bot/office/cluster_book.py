"""The clusters of unanswered questions, kept up and reported to staff."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aspire_bot.office.clusters import Kept, cluster_ids, group, typical
from aspire_bot.office.pair_likeness import PairLikeness, pairs_to_read
from aspire_bot.office.question_space import likeness_space
from aspire_bot.state import State
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.gaps import Gap
from aspire_bot.state.office.clusters import GapGroup, Member
from aspire_bot.state.office.question_pairs import Pair
from aspire_bot.state.sources import CitedSource

MOST_QUESTIONS = 5000
"""Unanswered questions of a workspace that are grouped, the most asked first."""
_MOST_EMBEDDED = 200
"""New questions that are embedded at once; the others follow the next time."""
_MOST_WORDS = 10
"""Words that groups are looked for by."""
_WEEK = timedelta(days=7)


class QuestionEmbedder(Protocol):
    """The product's embedder, as far as questions go."""

    @property
    def name(self) -> str:
        """Model, release and revision: vectors of another name are of another space."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Give the unit vector of a question; raises `EmbeddingError`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterReport:
    """Questions that ask the same; one that is in no cluster yet (not `is_grouped`) by itself.

    `first` is the most typical of them. `count` is how often they were asked; `this_week` and
    `last_week` of that, in the last seven days and the seven before. `reason`: why staff dismissed
    them, where they did.
    """

    team: str
    cluster_id: str
    is_grouped: bool
    first: Gap
    gap_ids: tuple[str, ...]
    questions: tuple[str, ...]
    count: int
    this_week: int
    last_week: int
    reason: str = ""

    @property
    def nearest(self) -> tuple[CitedSource, ...]:
        """The documents nearest to the typical one."""
        return self.first.nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterBook:
    """Groups the questions that are kept, and reads the groups."""

    state: State
    embedder: QuestionEmbedder
    pairs: PairLikeness | None = None
    """Reads new questions together with their nearest; None: vectors alone group them."""
    now: Callable[[], datetime] = utc_now

    def refresh(self, team: str) -> None:
        """Group the questions of a workspace anew where there are new ones.

        Raises:
            EmbeddingError: a question cannot be embedded.
        """
        gaps = self._gaps(team)
        known = self.state.clusters.members(team, self.embedder.name)
        new = [gap for gap in gaps if gap.gap_id not in known][:_MOST_EMBEDDED]
        if not new:
            return
        vectors = {gap.gap_id: self.embedder.embed_query(gap.question) for gap in new}
        self.state.clusters.add(vectors, self.embedder.name)
        members = self.state.clusters.members(team, self.embedder.name)
        self.state.clusters.assign(team, self._changes(team, gaps, members, frozenset(vectors)))

    def count(self) -> int:
        """Count the groups of open questions."""
        return len(self.state.clusters.open_groups(MOST_QUESTIONS))

    def reports(
        self, team: str | None = None, *, limit: int | None = None
    ) -> tuple[ClusterReport, ...]:
        """Give the groups of open questions, the most asked first; of one workspace, or of all."""
        return self._read(self.state.clusters.open_groups(MOST_QUESTIONS, team=team)[:limit])

    def found(
        self, text: str, *, start: int, limit: int, beside: str = ""
    ) -> tuple[tuple[ClusterReport, ...], int]:
        """Give some of the groups of open questions that hold words, and how many do so in all.

        A group holds them where one of its questions holds all. With `beside`, the id of a
        cluster, they are those that may be put together with it.
        """
        groups = self.state.clusters.open_groups(MOST_QUESTIONS)
        if beside:
            teams = {one.team for one in groups if one.cluster_id == beside}
            groups = tuple(
                one for one in groups if one.cluster_id not in {None, beside} and one.team in teams
            )
        words = text.split()[:_MOST_WORDS]
        if words:
            holding = self.state.gaps.holding(words)
            groups = tuple(one for one in groups if not holding.isdisjoint(one.gap_ids))
        return self._read(groups[start : start + limit]), len(groups)

    def dismissed(self, limit: int) -> tuple[ClusterReport, ...]:
        """Give the clusters that staff dismissed, the most asked first; not how often of late."""
        groups = self.state.clusters.dismissed_groups(MOST_QUESTIONS)[:limit]
        return self._read(groups, with_trend=False)

    def _read(
        self, groups: Sequence[GapGroup], *, with_trend: bool = True
    ) -> tuple[ClusterReport, ...]:
        """Read groups in full; one whose questions are gone meanwhile is left out."""
        ids = [gap_id for group_ in groups for gap_id in group_.gap_ids]
        gaps = self.state.gaps.some(ids)
        vectors = self.state.clusters.vectors(ids, self.embedder.name)
        now = self.now()
        of_late = ids if with_trend else ()
        weeks = (
            self.state.gaps.times_asked(of_late, now - _WEEK, now),
            self.state.gaps.times_asked(of_late, now - 2 * _WEEK, now - _WEEK),
        )
        there = (
            (group_, [gaps[gap_id] for gap_id in group_.gap_ids if gap_id in gaps])
            for group_ in groups
        )
        return tuple(_report(group_, of, vectors, weeks) for group_, of in there if of)

    def _gaps(self, team: str) -> Sequence[Gap]:
        found = self.state.gaps.all(MOST_QUESTIONS, team=team)
        return [gap for gap in found if gap.status != "answered"]

    def _changes(
        self,
        team: str,
        gaps: Sequence[Gap],
        members: Mapping[str, Member],
        new: Collection[str],
    ) -> Mapping[str, str]:
        """The cluster of each question whose cluster is another than before."""
        grouped = sorted((g for g in gaps if g.gap_id in members), key=lambda g: g.gap_id)
        if not grouped:
            return {}
        vectors = np.stack([members[gap.gap_id].vector for gap in grouped])
        languages = tuple(gap.language for gap in grouped)
        space, least = likeness_space(vectors, languages, self.embedder.name)
        if self.pairs is None:
            labels = group(space, least)
        else:
            self._read_new(self.pairs, grouped, space, new)
            kept_pairs = self.state.question_pairs.of(team, self.pairs.name)
            labels = group(space, self.pairs.least, _by_place(kept_pairs, grouped))
        groups: dict[int, list[str]] = {}
        for gap, label in zip(grouped, labels.tolist(), strict=True):
            groups.setdefault(label, []).append(gap.gap_id)
        kept = {
            name: Kept(cluster_id=one.cluster_id, is_placed=one.is_placed)
            for name, one in members.items()
        }
        named = cluster_ids(list(groups.values()), kept)
        return {gap: name for gap, name in named.items() if kept[gap].cluster_id != name}

    def _read_new(
        self,
        pairs: PairLikeness,
        grouped: Sequence[Gap],
        space: NDArray[np.float32],
        new: Collection[str],
    ) -> None:
        """Read each new question together with its nearest, and keep how alike they are."""
        is_new = np.array([gap.gap_id in new for gap in grouped])
        found: dict[Pair, float] = {}
        for one, other, cosine in pairs_to_read(space, is_new):
            first, second = grouped[one], grouped[other]
            alike = pairs.likeness(first.question, second.question, cosine)
            found[first.gap_id, second.gap_id] = alike
        self.state.question_pairs.add(found, pairs.name)


def _by_place(pairs: Mapping[Pair, float], grouped: Sequence[Gap]) -> dict[tuple[int, int], float]:
    """Name pairs by the places of their questions, which are in the order of their ids."""
    place = {gap.gap_id: at for at, gap in enumerate(grouped)}
    return {
        (place[one], place[other]): alike
        for (one, other), alike in pairs.items()
        if one in place and other in place
    }


def _report(
    group_: GapGroup,
    gaps: Sequence[Gap],
    vectors: Mapping[str, NDArray[np.float32]],
    weeks: tuple[Mapping[str, int], Mapping[str, int]],
) -> ClusterReport:
    with_vector = [gap for gap in gaps if gap.gap_id in vectors]
    at = typical(np.stack([vectors[gap.gap_id] for gap in with_vector])) if with_vector else 0
    first = with_vector[at] if with_vector else gaps[0]
    ids = tuple(gap.gap_id for gap in gaps)
    this_week, last_week = (sum(week.get(gap_id, 0) for gap_id in ids) for week in weeks)
    return ClusterReport(
        team=group_.team,
        cluster_id=group_.cluster_id or first.gap_id,
        is_grouped=group_.cluster_id is not None,
        first=first,
        gap_ids=ids,
        questions=tuple(gap.question for gap in gaps),
        count=sum(gap.times for gap in gaps),
        this_week=this_week,
        last_week=last_week,
        reason=group_.reason,
    )
