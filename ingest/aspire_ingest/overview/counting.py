"""Documents counted by what is known of them. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from aspire_ingest.index.types import DocumentInfo
from aspire_ingest.overview.types import NamedDocument, Periods, PeriodUnit

_MOST_MONTHS = 36
_MOST_YEARS = 30
_MONTHLY_SHARE = 0.8
"""So many of the dated documents must name a month for months to be shown."""


def by_period(published: Iterable[str | None]) -> Periods:
    """Count dates (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`) by month where they are few, else by year."""
    dates = list(published)
    known = [date for date in dates if date]
    undated = len(dates) - len(known)
    months = [date[:7] for date in known if len(date) >= 7]
    if months and len(months) >= _MONTHLY_SHARE * len(known):
        shown = _from_first_to_last(months, "month")
        if len(shown) <= _MOST_MONTHS:
            vague = len(known) - len(months)
            return Periods(unit="month", counts=shown, undated=undated, vague=vague)
    years = _from_first_to_last([date[:4] for date in known], "year")
    late = dict(list(years.items())[-_MOST_YEARS:])
    earlier = sum(years.values()) - sum(late.values())
    return Periods(unit="year", counts=late, undated=undated, earlier=earlier)


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


def _from_first_to_last(periods: Sequence[str], unit: PeriodUnit) -> dict[str, int]:
    counts = Counter(periods)
    ordinals = sorted(_ordinal(period, unit) for period in counts)
    if not ordinals:
        return {}
    return {
        name: counts[name]
        for name in (_name(one, unit) for one in range(ordinals[0], ordinals[-1] + 1))
    }


def _ordinal(period: str, unit: PeriodUnit) -> int:
    return int(period[:4]) if unit == "year" else int(period[:4]) * 12 + int(period[5:7]) - 1


def _name(ordinal: int, unit: PeriodUnit) -> str:
    return f"{ordinal:04}" if unit == "year" else f"{ordinal // 12:04}-{ordinal % 12 + 1:02}"
