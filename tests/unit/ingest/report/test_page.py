"""The page: what documents and people say stays text, whatever it is."""

import importlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.ingest.report.made import overview

from aspire_ingest.report.charts import columns
from aspire_ingest.report.page import render
from aspire_ingest.report.types import Overview, Periods

_HOSTILE = "<script>alert(1)</script> & \"'--></style> \u202e \x00\ud800"


def _parsed(page: str) -> Any:
    """The page as lxml reads it; its types are known in part only."""
    html: Any = importlib.import_module("lxml.html")
    return html.document_fromstring(page)


def _tags(page: str) -> list[str]:
    return [str(one.tag) for one in _parsed(page).iter()]


def test_hostile_text_is_shown_and_does_nothing() -> None:
    page = render(overview(_HOSTILE, "javascript:alert(1)"))
    root = _parsed(page)
    assert _tags(page) == _tags(render(overview("harmless", "javascript:alert(1)")))
    shown = str(root.text_content())
    assert "<script>alert(1)</script> &" in shown
    assert not root.xpath("//script | //a[not(starts-with(@href, 'http'))] | //*[@style]")
    page.encode("utf-8")


@given(st.text(max_size=40), st.one_of(st.none(), st.text(max_size=20)))
def test_no_text_becomes_markup(said: str, url: str | None) -> None:
    page = render(overview(said, url))
    assert _tags(page).count("a") in (0, 8)
    assert [tag for tag in _tags(page) if tag != "a"] == [
        tag for tag in _tags(render(overview("x", None))) if tag != "a"
    ]


def test_the_page_needs_nothing_from_elsewhere() -> None:
    root = _parsed(render(overview("x", "https://example.org/x")))
    assert not root.xpath("//link | //img | //iframe | //script | //@src")
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in str(policy)
    style = str(root.xpath("string(//style)"))
    assert "url(" not in style
    assert "@import" not in style
    assert set(map(str, root.xpath("//a/@rel"))) == {"noreferrer"}


def test_it_can_be_read_without_seeing_it() -> None:
    root = _parsed(render(overview("x", None)))
    assert root.get("lang") == "en"
    assert len(root.xpath("//h1")) == 1
    for table in root.xpath("//table"):
        assert table.xpath("string(caption)").strip()
        assert table.xpath("thead//th[@scope='col']")
        assert all(row.xpath("th[@scope='row']") for row in table.xpath("tbody/tr"))
    charts = root.xpath("//svg[not(@aria-hidden)]")
    assert charts
    assert all(one.get("role") == "img" and one.xpath("title") for one in charts)
    assert root.xpath("//details//table"), "the chart's figures stand in a table, too"


def test_what_is_wrong_stands_first() -> None:
    root = _parsed(render(overview("the site is down", None)))
    first = root.xpath("//section[1]")[0]
    said = first.text_content()
    assert "the site is down" in said
    assert "1 document is gone" in said
    assert "1 question was asked more than once" in said


def test_an_index_about_which_nothing_is_to_be_said() -> None:
    page = render(
        Overview(
            made_at=datetime(2026, 1, 1, tzinfo=UTC),
            index_version="1-abcdef01",
            as_of="2026-01-01T00:00:00+00:00",
            documents=0,
            passages=0,
            periods=Periods(unit="year", counts={}, undated=0),
            languages={},
            kinds={},
            audiences={},
            editions={},
            usage_problem="no aspire-bot here",
        )
    )
    said = str(_parsed(page).text_content())
    assert "What is asked and cited is not known: no aspire-bot here" in said
    assert "No run has left a record yet." in said


@pytest.mark.parametrize("counts", [{"a": 0}, {"a": 1}, {"a": 7, "b": 0}, {"a": 123_456, "b": 3}])
def test_columns_stay_in_the_picture_and_are_as_high_as_they_count(
    counts: dict[str, int],
) -> None:
    chart = columns(counts, title="t", description="d")
    bars = list(chart.iter("rect"))
    assert [one.findtext("title") for one in bars] == [f"{k}: {v}" for k, v in counts.items()]
    heights = {
        name: float(one.get("height", "nan")) for name, one in zip(counts, bars, strict=True)
    }
    assert all(0 <= height <= 220 for height in heights.values())
    most = max(counts, key=lambda name: counts[name])
    for name, count in counts.items():
        if counts[most]:
            assert heights[name] == pytest.approx(heights[most] * count / counts[most], abs=0.01)
    lines = sorted({float(one.get("y1", "nan")) for one in chart.iter("line")})
    assert 2 <= len(lines) <= 6
