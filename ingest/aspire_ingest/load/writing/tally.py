"""Counting what a parser leaves out or cannot bring, for a few remarks in reading order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from aspire_ingest.index.types import Remark, RemarkKind

MAX_REMARKS = 30


class _Thing(NamedTuple):
    kind: RemarkKind
    one: str
    many: str
    where: str


@dataclass(slots=True)
class RemarkTally:
    """Counts things of one kind at one place; each becomes one remark, in order of appearance."""

    _counts: dict[_Thing, int] = field(default_factory=dict[_Thing, int])

    def add(
        self,
        kind: RemarkKind,
        one: str,
        many: str | None = None,
        *,
        where: str = "",
        count: int = 1,
    ) -> None:
        """Count `one` thing ("hidden row"); its plural is made with an s where none is given."""
        if count:
            thing = _Thing(kind, one, many or f"{one}s", where)
            self._counts[thing] = self._counts.get(thing, 0) + count

    def remarks(self) -> tuple[Remark, ...]:
        """All that was counted; places are left out where they are many."""
        if len(self._counts) <= MAX_REMARKS:
            return _remarks(self._counts)
        merged: dict[_Thing, int] = {}
        for thing, count in self._counts.items():
            anywhere = thing._replace(where="")
            merged[anywhere] = merged.get(anywhere, 0) + count
        return _remarks(merged)[:MAX_REMARKS]


def _remarks(counts: Mapping[_Thing, int]) -> tuple[Remark, ...]:
    return tuple(
        Remark(
            kind=thing.kind,
            what=f"{count} {thing.one if count == 1 else thing.many}",
            where=thing.where,
        )
        for thing, count in counts.items()
    )
