"""Questions that ask the same, by meaning and across languages. Pure.

Average linkage over the likeness of questions: two groups become one while the mean likeness of
their questions is at least a threshold. Groups that may meet at all lie in one connected part of
the graph of pairs above the threshold, so that only the parts are held as whole matrices: the
result is that of the whole.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BLOCK = 512
"""Rows of one product of matrices: 10 MB for 5,000 questions."""
_MOST_IN_PART = 2000
"""Questions of one connected part; the rest of a larger one stays alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A question as it was grouped the last time; `is_placed` by staff."""

    cluster_id: str | None = None
    is_placed: bool = False


def group(
    vectors: NDArray[np.float32], least: float, read: Mapping[tuple[int, int], float] | None = None
) -> NDArray[np.intp]:
    """Give each question its group, numbered by the first question in it.

    Args:
        vectors: unit vectors of the questions, shape (questions, dimension).
        least: the mean likeness from which on two groups are one.
        read: the likeness of pairs that were read together, by their places, the lower first; that
            of all others is the cosine of their vectors.
    """
    read = read or {}
    labels = np.arange(len(vectors))
    for part in _parts(vectors, least, read):
        members = np.array(part[:_MOST_IN_PART])
        likeness = vectors[members] @ vectors[members].T
        place = {member: at for at, member in enumerate(members.tolist())}
        for (one, other), alike in read.items():
            if one in place and other in place:
                at, beside = place[one], place[other]
                likeness[at, beside] = likeness[beside, at] = alike
        labels[members] = members[linked(likeness, least)]
    return labels


def typical(vectors: NDArray[np.float32]) -> int:
    """Give the place of the question that is most like all the others of its group."""
    return int((vectors @ vectors.mean(axis=0)).argmax())


def cluster_ids(groups: Sequence[Sequence[str]], kept: Mapping[str, Kept]) -> Mapping[str, str]:
    """Name the cluster of each question: a cluster keeps its name while most members stay.

    What staff have placed stays where it is, and the group around it follows: groups that staff
    have merged share a name. A new name is that of the group's first question that is free.

    Args:
        groups: ids of the questions of each group.
        kept: how each question was grouped before.
    """
    named: dict[str, str] = {}
    taken = {one.cluster_id for one in kept.values() if one.is_placed and one.cluster_id}
    placed_names = frozenset(taken)
    sizes = Counter(one.cluster_id for one in kept.values() if one.cluster_id)
    for members, votes in sorted(
        ((members, _votes(members, kept, sizes)) for members in groups), key=_by_strength
    ):
        name = next((v for v, _ in votes if v in placed_names or v not in taken), None)
        if name is None:
            known = {one.cluster_id for one in kept.values()} | taken
            name = next((m for m in members if m not in known), members[0])
        taken.add(name)
        for member in members:
            own = kept.get(member)
            stays = own is not None and own.is_placed and own.cluster_id
            named[member] = own.cluster_id if stays and own and own.cluster_id else name
    return named


def _votes(
    members: Sequence[str], kept: Mapping[str, Kept], sizes: Mapping[str, int]
) -> list[tuple[str, int]]:
    """Earlier names of a group's questions with how many of them bear it, the most first.

    Of names that as many bear, the one of the larger cluster (`sizes`) comes first.
    """
    counted = Counter(
        one.cluster_id for m in members if (one := kept.get(m)) is not None and one.cluster_id
    )
    return sorted(counted.items(), key=lambda item: (-item[1], -sizes[item[0]], item[0]))


def _by_strength(group: tuple[Sequence[str], list[tuple[str, int]]]) -> tuple[int, str]:
    members, votes = group
    return (-(votes[0][1] if votes else 0), members[0])


def _parts(
    vectors: NDArray[np.float32], least: float, read: Mapping[tuple[int, int], float]
) -> list[list[int]]:
    """The connected parts of the graph of pairs that are alike enough, those of one left out.

    A part may be larger than need be: of pairs that were read the cosine counts, too.
    """
    parent = list(range(len(vectors)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def join(one: int, other: int) -> None:
        low, high = sorted((root(one), root(other)))
        parent[high] = low

    for start in range(0, len(vectors), _BLOCK):
        likeness = vectors[start : start + _BLOCK] @ vectors.T
        for row, column in np.argwhere(likeness >= least).tolist():
            join(start + row, column)
    for (one, other), alike in read.items():
        if alike >= least:
            join(one, other)
    parts: dict[int, list[int]] = {}
    for node in range(len(vectors)):
        parts.setdefault(root(node), []).append(node)
    return [part for part in parts.values() if len(part) > 1]


def linked(likeness: NDArray[np.float32], least: float) -> NDArray[np.intp]:
    """Link the most alike groups again and again; give each its group's first question.

    `likeness` has a row and a column for each question; `least` is the mean from which on two are
    one.
    """
    matrix = likeness.astype(np.float32)
    np.fill_diagonal(matrix, -np.inf)
    count = len(matrix)
    sizes, labels = np.ones(count, dtype=np.float32), np.arange(count)
    best = matrix.argmax(axis=1)
    value = matrix[np.arange(count), best]
    while True:
        at = int(value.argmax())
        if value[at] < least:
            return labels
        one, other = sorted((at, int(best[at])))
        mean = (sizes[one] * matrix[one] + sizes[other] * matrix[other]) / (
            sizes[one] + sizes[other]
        )
        mean[[one, other]] = -np.inf
        matrix[one], matrix[:, one] = mean, mean
        matrix[other], matrix[:, other] = -np.inf, -np.inf
        sizes[one] += sizes[other]
        labels[labels == other] = one
        value[other] = -np.inf
        # Only rows whose nearest changed are looked through again.
        stale = np.flatnonzero(((best == one) | (best == other)) & (value > -np.inf))
        for row in {one, *stale.tolist()}:
            best[row] = matrix[row].argmax()
            value[row] = matrix[row, best[row]]
        nearer = (mean > value) & (value > -np.inf)
        best[nearer], value[nearer] = one, mean[nearer]
