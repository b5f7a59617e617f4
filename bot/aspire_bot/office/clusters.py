"""Questions that ask the same, by meaning and across languages. Pure.

Average linkage over the likeness of questions: two groups become one while the mean likeness of
their questions is at least a threshold. Groups that may meet at all lie in one connected part of
the graph of pairs above the threshold, so that only the parts are held as whole matrices: the
result is that of the whole.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BLOCK = 512
"""Rows of one product of matrices: 10 MB for 5,000 questions."""
_MOST_IN_PART = 2000
"""Questions of one connected part: 16 MB as a matrix. The rest of a larger one stays alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A question as it was grouped the last time; `is_placed` by staff."""

    cluster_id: str | None = None
    is_placed: bool = False


def group(
    vectors: NDArray[np.float32],
    threshold: float,
    likeness_read: Mapping[tuple[int, int], float] | None = None,
) -> NDArray[np.intp]:
    """Give each question its group, numbered by the first question in it.

    Args:
        vectors: unit vectors of the questions, shape (questions, dimension).
        threshold: the mean likeness from which on two groups are one.
        likeness_read: the likeness of pairs that were read together, by their places, the lower
            first; that of all others is the cosine of their vectors.
    """
    likeness_read = likeness_read or {}
    labels = np.arange(len(vectors))
    for part in _parts(vectors, threshold, likeness_read):
        members = np.array(part[:_MOST_IN_PART])
        likeness = vectors[members] @ vectors[members].T
        row_of = {member: row for row, member in enumerate(members.tolist())}
        for (first, second), value in likeness_read.items():
            if first in row_of and second in row_of:
                a, b = row_of[first], row_of[second]
                likeness[a, b] = likeness[b, a] = value
        labels[members] = members[linked(likeness, threshold)]
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
    placed = {
        question: one.cluster_id
        for question, one in kept.items()
        if one.is_placed and one.cluster_id is not None
    }
    taken = set(placed.values())
    sizes = Counter(one.cluster_id for one in kept.values() if one.cluster_id)
    with_votes = [(members, _votes(members, kept, sizes)) for members in groups]
    # groups that many earlier members bear out choose their names first
    for members, votes in sorted(with_votes, key=_by_strength):
        name = _earlier_name(votes, frozenset(placed.values()), taken)
        name = name or _new_name(members, sizes.keys() | taken)
        taken.add(name)
        named.update({member: placed.get(member, name) for member in members})
    return named


def _earlier_name(
    votes: Sequence[tuple[str, int]], placed: frozenset[str], taken: Set[str]
) -> str | None:
    """The name that most members had and that is free; several groups may share a `placed` one."""
    return next((name for name, _ in votes if name in placed or name not in taken), None)


def _new_name(members: Sequence[str], known: Set[str]) -> str:
    return next((member for member in members if member not in known), members[0])


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
    vectors: NDArray[np.float32], threshold: float, likeness_read: Mapping[tuple[int, int], float]
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

    def join(a: int, b: int) -> None:
        low, high = sorted((root(a), root(b)))
        parent[high] = low

    for start in range(0, len(vectors), _BLOCK):
        likeness = vectors[start : start + _BLOCK] @ vectors.T
        for row, column in np.argwhere(likeness >= threshold).tolist():
            join(start + row, column)
    for (first, second), value in likeness_read.items():
        if value >= threshold:
            join(first, second)
    parts: dict[int, list[int]] = {}
    for node in range(len(vectors)):
        parts.setdefault(root(node), []).append(node)
    return [part for part in parts.values() if len(part) > 1]


def linked(likeness: NDArray[np.float32], threshold: float) -> NDArray[np.intp]:
    """Link the two most alike groups again and again; give each question its group's first one.

    `likeness` has a row and a column for each question; `threshold` is the mean from which on two
    groups are one. A group lives in the row of its first question; the rows of those that were
    merged into it are -inf. For each living row `nearest` is the group most like it, and `value`
    how alike it is: all that is needed to find the next pair without looking through the matrix.
    """
    matrix = likeness.astype(np.float32)
    np.fill_diagonal(matrix, -np.inf)
    count = len(matrix)
    sizes, labels = np.ones(count, dtype=np.float32), np.arange(count)
    nearest = matrix.argmax(axis=1)
    value = matrix[np.arange(count), nearest]
    while True:
        closest = int(value.argmax())
        if value[closest] < threshold:
            return labels
        kept, merged = sorted((closest, int(nearest[closest])))
        mean = (sizes[kept] * matrix[kept] + sizes[merged] * matrix[merged]) / (
            sizes[kept] + sizes[merged]
        )
        mean[[kept, merged]] = -np.inf
        matrix[kept], matrix[:, kept] = mean, mean
        matrix[merged], matrix[:, merged] = -np.inf, -np.inf
        sizes[kept] += sizes[merged]
        labels[labels == merged] = kept
        value[merged] = -np.inf
        # only rows whose nearest group was one of the two are looked through again
        stale = np.flatnonzero(((nearest == kept) | (nearest == merged)) & (value > -np.inf))
        for row in {kept, *stale.tolist()}:
            nearest[row] = matrix[row].argmax()
            value[row] = matrix[row, nearest[row]]
        nearer = (mean > value) & (value > -np.inf)
        nearest[nearer], value[nearer] = kept, mean[nearer]
