"""When a document that can be read is held: not indexed, and named, until staff have seen to it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from aspire_ingest.index.types import APPROVED_BY, Document, DocumentInfo
from aspire_ingest.load.stated.keys import ACCEPTED, MARKS_KEY
from aspire_ingest.pipeline.plan import Held
from aspire_ingest.remarks import NOT_WHOLE, short_line


def this_day() -> datetime.date:
    """Today where this machine is."""
    return datetime.datetime.now().astimezone().date()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRules:
    """What holds the documents of a run, or of one source of it."""

    accept_marks: bool = False
    """Staff have seen the marks of what is read now."""
    min_quality: float = 0.0
    """A document that was read less well is held; from 0 to 1."""
    source: str | None = None
    """The name of the source in the sources file; None for targets of a command."""

    def hold(self, document: Document, target: str, today: datetime.date) -> Held | None:
        """Why a document is held; None where it is not.

        Args:
            document: as it was read.
            target: how reports name its item.
            today: on which an embargo is judged.
        """
        info = document.info
        is_seen = self.accept_marks or APPROVED_BY in info.extra  # whose words are no marks
        marks = () if is_seen else holding_marks(document, today)
        reasons = [*_marked(marks), *self._too_bad(info)]
        return self._held(target, marks, info.quality, reasons) if reasons else None

    def hold_known(self, quality: float, target: str) -> Held | None:
        """Why a document that the index has just so is held: for how well it was read alone."""
        if quality >= self.min_quality:
            return None
        return self._held(target, (), quality, [self._below(quality)])

    def _held(
        self, target: str, marks: tuple[str, ...], quality: float, reasons: list[str]
    ) -> Held:
        return Held(
            target=target,
            marks=marks,
            quality=quality,
            reason="; ".join(reasons),
            source=self.source,
        )

    def _too_bad(self, info: DocumentInfo) -> Iterator[str]:
        if info.quality < self.min_quality:
            told = short_line([one for one in info.remarks if one.kind in NOT_WHOLE])
            below = self._below(info.quality)
            yield f"{below} ({told})" if told else below

    def _below(self, quality: float) -> str:
        return f"quality {quality:g} is below {self.min_quality:g}"


def _marked(marks: tuple[str, ...]) -> Iterator[str]:
    if marks:
        yield f"marked {', '.join(marks)}"


def holding_marks(document: Document, today: datetime.date) -> tuple[str, ...]:
    """The marks that keep a document back: what is for staff may carry them."""
    info = document.info
    is_accepted = info.extra.get(MARKS_KEY, "").strip().lower() == ACCEPTED
    if info.audience != "public" or is_accepted:
        return ()
    return tuple(mark.text for mark in document.marks if mark.holds(today))
