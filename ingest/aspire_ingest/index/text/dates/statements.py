"""The dates of a text with the words that say what they are of. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aspire_ingest.index.text.dates import term_words as words
from aspire_ingest.index.text.dates.date_spans import DateSpan
from aspire_ingest.index.text.dates.dated_text import DatedText, statement_around
from aspire_ingest.index.text.dates.dates import DateMention


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A date, or the two ends of a window, with the sentence, row or line that says it."""

    span: DateSpan
    start: int
    end: int
    is_range: bool


def statements_of(text: DatedText, spans: Sequence[DateSpan]) -> Iterator[Statement]:
    """The dates with their sentences; two that are the ends of a window are one."""
    taken = False
    for at, span in enumerate(spans):
        if taken:
            taken = False
            continue
        start, end = statement_around(text.folded, span)
        other = spans[at + 1] if at + 1 < len(spans) else None
        if (
            other is not None
            and other.start < end
            and span.first == span.last
            and words.WINDOW_JOINT.fullmatch(text.folded, span.end, other.start)
        ):
            taken = True
            both = replace(span, end=other.end, first=_year_of_end(span, other), last=other.last)
            yield Statement(span=both, start=start, end=end, is_range=True)
        else:
            is_range = span.first != span.last
            yield Statement(span=span, start=start, end=end, is_range=is_range)


def _year_of_end(span: DateSpan, end: DateSpan) -> DateMention:
    """The first day of a window, in the year of its last: "2 June to 17:00 on 3 July 2031"."""
    first, last = span.first, end.last
    if first.year is not None or last.year is None:
        return first
    return replace(first, year=last.year - ((first.month or 0) > (last.month or 0)))
