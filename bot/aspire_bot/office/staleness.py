"""Documents that may be out of date, by rules on the dates that the index has. Pure.

- `closed`: a call whose last deadline is past.
- `ended`: a guideline for a fiscal year that has ended (on 31 March), with no newer edition.
- `unseen`: a document whose place has not held it for so many days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from aspire_bot.answering.approved.approval import approval_of
from aspire_bot.answering.search.editions import replaced_by
from aspire_bot.messages import phrases
from aspire_ingest.index import DocumentInfo, Occasion
from aspire_ingest.index.text.dates.date_spans import last_day
from aspire_ingest.index.text.dates.dates import find_dates
from aspire_ingest.index.text.dates.moments import closes_at, has_closed

StaleRule = Literal["closed", "ended", "unseen"]
_FISCAL_END = (3, 31)
"""Month and day on which a fiscal year ends, in the calendar year after it began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A document with the rule that it meets and the day since when it does."""

    document: DocumentInfo
    rule: StaleRule
    since: date


def stale_documents(
    documents: Iterable[DocumentInfo], today: date, *, unseen_days: int
) -> tuple[Stale, ...]:
    """Give the documents that may be out of date, the longest first.

    What a newer edition replaces is left out: the newer one is quoted.
    """
    known = list(documents)
    replaced = replaced_by(known)
    found = [
        stale
        for info in known
        if info.document_id not in replaced
        and (stale := stale_of(info, today, unseen_days=unseen_days)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.document.document_id)))


def stale_of(
    info: DocumentInfo, today: date, *, unseen_days: int = 0, now: datetime | None = None
) -> Stale | None:
    """Give the first rule that a document meets by itself; None where it meets none.

    A deadline that has an hour is past after it, by `now`, an aware moment; without one by its day.
    """
    if approval_of(info) is not None:
        return None  # its own last day ends it
    last = _last_term(info)
    if last is not None and _is_closed(last, today, now):
        return Stale(document=info, rule="closed", since=last_day(last.last))
    ended = _ended(info)
    if ended is not None and ended < today:
        return Stale(document=info, rule="ended", since=ended)
    gone = date.fromisoformat(info.gone_since) if info.gone_since else None
    if gone is not None and gone <= today - timedelta(days=unseen_days):
        return Stale(document=info, rule="unseen", since=gone)
    return None


def stale_note(stale: Stale, language: str) -> str:
    """Say it in a few words, as they stand beside a citation: "closed on 15 March 2026"."""
    said = phrases(language).office_work.finding.stale[stale.rule]
    if stale.rule == "ended":
        return said.format(stale.document.edition)
    return said.format(phrases(language).slack.dates.written(stale.since.isoformat()))


def _is_closed(last: Occasion, today: date, now: datetime | None) -> bool:
    return has_closed(last, now) if now else last_day(last.last) < today


def _last_term(info: DocumentInfo) -> Occasion | None:
    """The last deadline of a call; None where it has none."""
    if info.kind != "call":
        return None
    ends = [one for one in info.occasions if "deadline" in one.kinds]
    return max(ends, key=closes_at, default=None)


def _ended(info: DocumentInfo) -> date | None:
    """The last day of the fiscal year that a guideline is for."""
    if info.kind != "guideline" or not info.edition:
        return None
    years = [one.year for one in find_dates(info.edition) if one.is_fiscal_year and one.year]
    return date(max(years) + 1, *_FISCAL_END) if years else None
