"""The clusters of unanswered questions, kept up and reported to staff."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.types import Answer, Question
from aspire_bot.office.clusters import Kept, cluster_ids, group, typical
from aspire_bot.office.question_space import likeness_space
from aspire_bot.state import State
from aspire_bot.state.clusters import ClusterStatus, Member
from aspire_bot.state.database import utc_now
from aspire_bot.state.gaps import Gap
from aspire_bot.state.sources import CitedSource
from aspire_bot.suggestions.check import QuotingCore

MOST_QUESTIONS = 5000
"""Unanswered questions of a workspace that are grouped, the most asked first."""
_MOST_EMBEDDED = 200
"""New questions that are embedded at once; the others follow the next time."""
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
    """Questions that ask the same.

    `question` is the most typical of them, `gap_id` where it is kept, `answer_id` the answer that
    it got. `count` is how often they were asked; `this_week` and `last_week` of that, in the last
    seven days and the seven before. `nearest` are the documents nearest to the typical one.
    """

    cluster_id: str
    question: str
    gap_id: str
    answer_id: str | None
    gap_ids: tuple[str, ...]
    questions: tuple[str, ...]
    languages: tuple[str, ...]
    count: int
    this_week: int
    last_week: int
    nearest: tuple[CitedSource, ...]
    status: ClusterStatus = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterBook:
    """Groups the questions that are kept, and reads the groups."""

    state: State
    embedder: QuestionEmbedder
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
        self.state.clusters.assign(team, self._changes(gaps, members))

    def reports(self, team: str, *, with_dismissed: bool = False) -> tuple[ClusterReport, ...]:
        """Give the clusters of a workspace, the most asked first; each open question is in one."""
        gaps = [gap for gap in self._gaps(team) if gap.status != "dismissed" or with_dismissed]
        members = self.state.clusters.members(team, self.embedder.name)
        groups: dict[str, list[Gap]] = {}
        for gap in gaps:
            member = members.get(gap.gap_id)
            name = member.cluster_id if member and member.cluster_id else gap.gap_id
            groups.setdefault(name, []).append(gap)
        statuses = self.state.clusters.statuses(team)
        now = self.now()
        weeks = (
            self.state.gaps.times_asked(now - _WEEK, now, team=team),
            self.state.gaps.times_asked(now - 2 * _WEEK, now - _WEEK, team=team),
        )
        found = [
            _report(name, group_, members, weeks, statuses.get(name, "open"))
            for name, group_ in groups.items()
            if with_dismissed or statuses.get(name) != "dismissed"
        ]
        return tuple(sorted(found, key=lambda one: (-one.count, one.cluster_id)))

    def _gaps(self, team: str) -> Sequence[Gap]:
        found = self.state.gaps.all(MOST_QUESTIONS, team=team)
        return [gap for gap in found if gap.status != "answered"]

    def _changes(self, gaps: Sequence[Gap], members: Mapping[str, Member]) -> Mapping[str, str]:
        """The cluster of each question whose cluster is another than before."""
        grouped = sorted((g for g in gaps if g.gap_id in members), key=lambda g: g.gap_id)
        if not grouped:
            return {}
        vectors = np.stack([members[gap.gap_id].vector for gap in grouped])
        languages = tuple(gap.language for gap in grouped)
        labels = group(*likeness_space(vectors, languages, self.embedder.name))
        groups: dict[int, list[str]] = {}
        for gap, label in zip(grouped, labels.tolist(), strict=True):
            groups.setdefault(label, []).append(gap.gap_id)
        kept = {
            name: Kept(cluster_id=one.cluster_id, is_placed=one.is_placed)
            for name, one in members.items()
        }
        named = cluster_ids(list(groups.values()), kept)
        return {gap: name for gap, name in named.items() if kept[gap].cluster_id != name}


def suggest(core: QuotingCore, report: ClusterReport) -> Answer | None:
    """Give what the documents answer to the typical question by now; None: no document.

    Raises:
        AspireError: the index cannot be read.
    """
    answer = core.answer_in_quotes(Question(text=report.question, act="question"))
    return answer if answer.outcome == "answered" else None


def _report(
    name: str,
    gaps: Sequence[Gap],
    members: Mapping[str, Member],
    weeks: tuple[Mapping[str, int], Mapping[str, int]],
    status: ClusterStatus,
) -> ClusterReport:
    of = [gap for gap in gaps if gap.gap_id in members]
    at = typical(np.stack([members[gap.gap_id].vector for gap in of])) if of else 0
    first = of[at] if of else gaps[0]
    ids = tuple(gap.gap_id for gap in gaps)
    this_week, last_week = (sum(week.get(gap_id, 0) for gap_id in ids) for week in weeks)
    return ClusterReport(
        cluster_id=name,
        question=first.question,
        gap_id=first.gap_id,
        answer_id=first.answer_id,
        gap_ids=ids,
        questions=tuple(gap.question for gap in gaps),
        languages=tuple(sorted({gap.language for gap in gaps})),
        count=sum(gap.times for gap in gaps),
        this_week=this_week,
        last_week=last_week,
        nearest=first.nearest,
        status=status,
    )
