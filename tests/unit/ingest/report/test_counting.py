"""Documents counted by date and by value."""

from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.index import DocumentInfo
from aspire_ingest.report.count import by_period, by_value, never_cited

_DATES = st.one_of(
    st.none(),
    st.integers(1950, 2030).map(str),
    st.tuples(st.integers(1950, 2030), st.integers(1, 12)).map(lambda one: f"{one[0]}-{one[1]:02}"),
    st.dates().map(lambda one: one.isoformat()),
)


def test_months_are_shown_where_they_are_few_and_none_is_skipped() -> None:
    found = by_period(["2025-11-11", "2026-01", "2025-11", None, "2026-01-01", "2026-02"])
    assert found.unit == "month"
    assert dict(found.counts) == {"2025-11": 2, "2025-12": 0, "2026-01": 2, "2026-02": 1}
    assert (found.undated, found.vague, found.earlier) == (1, 0, 0)


def test_a_few_dates_without_a_month_are_named_not_placed() -> None:
    found = by_period(["2026-01", "2026-02", "2026-02", "2026-03", "2026"])
    assert (found.unit, sum(found.counts.values()), found.vague) == ("month", 4, 1)


def test_years_are_shown_over_a_longer_time_and_the_oldest_left_out() -> None:
    found = by_period(["1970-01-01", "1990-01-01", "2026-01-01", "2026"])
    assert found.unit == "year"
    assert (min(found.counts), max(found.counts)) == ("1997", "2026")
    assert (found.counts["2026"], found.earlier) == (2, 2)


@given(st.lists(_DATES))
def test_every_document_is_counted_once(dates: list[str | None]) -> None:
    found = by_period(dates)
    counted = sum(found.counts.values()) + found.undated + found.vague + found.earlier
    assert counted == len(dates)
    assert list(found.counts) == sorted(found.counts)


def test_values_are_ranked_and_what_is_missing_comes_last() -> None:
    found = by_value(["b", "a", None, "b", None, None], "none")
    assert list(found.items()) == [("b", 2), ("a", 1), ("none", 3)]


def test_never_cited_are_the_standing_ones_that_no_answer_cites() -> None:
    documents = {
        name: DocumentInfo(
            document_id=name, source=name, title=name, published=published, gone_since=gone
        )
        for name, published, gone in (
            ("new", "2026-01", None),
            ("old", "2020", None),
            ("undated", None, None),
            ("cited", "2021", None),
            ("gone", "2019", "2026-02-01"),
        )
    }
    left = never_cited(documents, ["cited", "not in the index"])
    assert [one.document_id for one in left] == ["old", "new", "undated"]
