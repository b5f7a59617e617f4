"""When several things that are asked are answered each by itself."""

import pytest
from tests.unit.bot.answering.made import evidence, query

from aspire_bot.answering.quotes.choose import Selection
from aspire_bot.answering.quotes.settle import are_told_apart
from aspire_bot.answering.search.search import Bands, Finding

BANDS = Bands(answer_from=0.4, sure_from=0.6)


def finding(confidence: float, sureness: float) -> Finding:
    said = (evidence("It is so."),)
    return Finding(
        query=query(),
        evidence=said,
        selection=Selection(evidence=said),
        confidence=confidence,
        sureness=sureness,
    )


SURE, HEDGED, SILENT = finding(0.9, 0.8), finding(0.9, 0.5), finding(0.2, 0.1)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((SURE, SURE), True),
        ((SURE, SILENT), True),  # what is left open is named
        ((SURE, HEDGED), False),
        ((HEDGED, SILENT), False),
        ((SILENT, SILENT), False),
    ],
)
def test_parts_are_told_apart_where_none_is_in_doubt(
    parts: tuple[Finding, ...], *, expected: bool
) -> None:
    assert are_told_apart(parts, BANDS) is expected
