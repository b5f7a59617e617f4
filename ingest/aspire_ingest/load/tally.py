"""Counting what a parser leaves out or cannot bring, for a few remarks in reading order."""

from dataclasses import dataclass, field

from aspire_ingest.index.types import Remark, RemarkKind

MAX_REMARKS = 30
_Key = tuple[RemarkKind, str, str, str]


@dataclass(slots=True)
class RemarkTally:
    """Counts things of one kind at one place; each becomes one remark, in order of appearance."""

    _counts: dict[_Key, int] = field(default_factory=dict[_Key, int])

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
        key = (kind, one, many or f"{one}s", where)
        self._counts[key] = self._counts.get(key, 0) + count

    def remarks(self) -> tuple[Remark, ...]:
        """All that was counted; what passes the limit is told in one last remark."""
        found = [
            Remark(kind=kind, what=f"{count} {one if count == 1 else many}", where=where)
            for (kind, one, many, where), count in self._counts.items()
        ]
        if len(found) <= MAX_REMARKS:
            return tuple(found)
        rest = found[MAX_REMARKS - 1 :]
        same = all(remark.kind == rest[0].kind for remark in rest)
        kind: RemarkKind = rest[0].kind if same else "doubtful"
        more = Remark(kind=kind, what=f"{len(rest)} more remarks")
        return (*found[: MAX_REMARKS - 1], more)
