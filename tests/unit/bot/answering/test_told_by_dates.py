"""Where sentences surely say a day, dates are not looked up."""

from typing import cast

import pytest
from tests.unit.bot.answering.made import evidence, query

from aspire_bot.answering.quotes.choose import Selection
from aspire_bot.answering.search.search import Bands, Finding, Search
from aspire_bot.answering.timeline.timeline import Timeline
from aspire_bot.answering.told_by_dates import ToldByDates

TOLD = ToldByDates(
    cast("Timeline", None), cast("Search", None), Bands(answer_from=0.5, sure_from=0.5)
)


@pytest.mark.parametrize(
    ("sentence", "confidence", "sureness", "is_open"),
    [
        ("Beam closes on 14 October 2026.", 0.9, 0.9, False),
        ("Reports are due within six weeks.", 0.9, 0.9, True),
        ("Beam closes in October 2026.", 0.9, 0.9, True),
        ("Beam closes on 14 October 2026.", 0.9, 0.1, True),
        ("Beam closes on 14 October 2026.", 0.1, 0.9, True),
    ],
)
def test_a_sure_sentence_with_a_day_answers(
    sentence: str, confidence: float, sureness: float, *, is_open: bool
) -> None:
    said = evidence(sentence)
    finding = Finding(
        query=query("When does Beam close?"),
        evidence=(said,),
        selection=Selection(evidence=(said,)),
        confidence=confidence,
        sureness=sureness,
    )
    assert TOLD.is_open(finding) is is_open
