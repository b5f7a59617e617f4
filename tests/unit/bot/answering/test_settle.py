"""What is said to each of several things asked."""

from dataclasses import replace

from tests.unit.bot.answering.made import in_one_passage, query

from aspire_bot.answering.quotes.choose import Selection
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.quotes.settle import settle
from aspire_bot.answering.search.search import Bands, Finding

_BANDS = Bands(answer_from=0.3, sure_from=0.6)


def _finding(ask: str, *said: Evidence) -> Finding:
    return Finding(
        query=query(ask),
        evidence=said,
        selection=Selection(evidence=said),
        confidence=0.9,
        sureness=0.9,
    )


def test_what_does_not_fit_is_what_answers_least() -> None:
    best, before = in_one_passage(
        "About 90 people came. They were welcomed by Professor Amano, who leads the field.",
        ("About 90 people came.", -1.0),
        ("They were welcomed by Professor Amano, who leads the field.", 3.0),
    )
    long = replace(before, text=before.text * 20)
    others = [_finding(f"And thing {n}?", replace(best, text=f"Thing {n}.")) for n in range(3)]
    settled = settle([_finding("Who leads?", long, best), *others], lambda: others[0], _BANDS)
    first = settled.said[0]
    assert first.asks == ("Who leads?", *first.asks[1:])
    assert [one.text for one in first.selection.evidence] == [best.text]
