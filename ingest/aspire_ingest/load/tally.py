"""Remarks counted while a file is read: a kind of thing and its place are one remark."""

from collections.abc import Iterable

from aspire_ingest.index.types import Remark, RemarkKind

MAX_REMARKS = 30


class RemarkTally:
    """Counts what is left out, lost or in doubt, in reading order."""

    def __init__(self) -> None:
        """Start with nothing to remark."""
        self._counts: dict[tuple[RemarkKind, str, str, str], int] = {}

    def add(self, kind: RemarkKind, one: str, many: str, *, where: str, count: int = 1) -> None:
        """Count `count` more of a thing: `one` names a single one of them, `many` several."""
        if count:
            key = (kind, one, many, where)
            self._counts[key] = self._counts.get(key, 0) + count

    def remarks(self) -> tuple[Remark, ...]:
        """One remark for each kind of thing and place; places are left out where they are many."""
        if len(self._counts) <= MAX_REMARKS:
            return tuple(_remarks(self._counts.items()))
        merged: dict[tuple[RemarkKind, str, str, str], int] = {}
        for (kind, one, many, _), count in self._counts.items():
            key = (kind, one, many, "")
            merged[key] = merged.get(key, 0) + count
        return tuple(_remarks(merged.items()))[:MAX_REMARKS]


def _remarks(
    counts: Iterable[tuple[tuple[RemarkKind, str, str, str], int]],
) -> Iterable[Remark]:
    for (kind, one, many, where), count in counts:
        what = f"1 {one}" if count == 1 else f"{count} {many}"
        yield Remark(kind=kind, what=what, where=where)
