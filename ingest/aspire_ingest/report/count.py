"""Documents counted by what is known of them. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping

from aspire_ingest.index.types import DocumentInfo
from aspire_ingest.report.types import NamedDocument, Periods

_MOST_MONTHS = 36
_MOST_YEARS = 30
_MONTHLY_SHARE = 0.8
"""So many of the dated documents must name a month for months to be shown."""


def by_period(published: Iterable[str | None]) -> Periods:
    """Count dates (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`) by month where they are few, else by year."""
    dates = list(published)
    known = [date for date in dates if date]
    undated = len(dates) - len(known)
    months = [_month(date) for date in known if len(date) >= 7]
    is_monthly = months and len(months) >= _MONTHLY_SHARE * len(known)
    if is_monthly and max(months) - min(months) < _MOST_MONTHS:
        counts = Counter(months)
        shown = {_month_name(one): counts[one] for one in range(min(months), max(months) + 1)}
        vague = len(known) - len(months)
        return Periods(unit="month", counts=shown, undated=undated, vague=vague)
    years = Counter(int(date[:4]) for date in known)
    last = max(years, default=0)
    late = range(max(min(years, default=1), last - _MOST_YEARS + 1), last + 1)
    return Periods(
        unit="year",
        counts={f"{year:04}": years[year] for year in late},
        undated=undated,
        earlier=sum(count for year, count in years.items() if year not in late),
    )


def by_value(values: Iterable[str | None], missing: str) -> dict[str, int]:
    """Count values, the most frequent first; None counts as `missing`, which comes last."""
    counts = Counter(values)
    absent = counts.pop(None, 0)
    ranked = sorted(
        ((value, count) for value, count in counts.items() if value is not None),
        key=lambda pair: (-pair[1], pair[0]),
    )
    return dict(ranked) | ({missing: absent} if absent else {})


def named(info: DocumentInfo) -> NamedDocument:
    """A document as it is shown."""
    return NamedDocument(
        document_id=info.document_id, title=info.title, url=info.url, edition=info.edition
    )


def never_cited(
    documents: Mapping[str, DocumentInfo], cited: Iterable[str]
) -> tuple[NamedDocument, ...]:
    """Standing documents that are not among the cited ones, the oldest first, undated ones last."""
    left = documents.keys() - set(cited)
    order = sorted(left, key=lambda name: (documents[name].published or "9999", name))
    return tuple(named(documents[name]) for name in order if documents[name].gone_since is None)


def _month(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7]) - 1


def _month_name(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"
